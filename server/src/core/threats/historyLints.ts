import { compareText } from '../base/order.ts';
import type { TracedItem, TracedLink } from '../trace/traceGraph.ts';
import { claimsIndependence, type FileHistory, type History } from './history.ts';
import type { InterfaceUse } from './interfaces.ts';
import { named, type Lint } from './lint.ts';
import type { ThreatModel } from './threatModel.ts';

/** Names that a message shows. */
const MAX_NAMES = 3;

/** Lints that compare with the commits of files. What is not committed yet counts for none of them. */
export function historyLints(
  model: ThreatModel,
  uses: readonly InterfaceUse[],
  history: History,
): readonly Lint[] {
  return [...modelAgeLints(model, uses, history), ...independenceLints(model, history)];
}

/** One for the whole model: it is as old as the latest change of its elements and flows. */
function modelAgeLints(model: ThreatModel, uses: readonly InterfaceUse[], history: History): readonly Lint[] {
  const [at, changed] = [...model.of('element'), ...model.of('flow')]
    .map((traced) => [traced, history.get(traced.item.location.path)?.changed ?? 0] as const)
    .reduce<readonly [TracedItem | undefined, number]>(
      (latest, each) => (each[1] > latest[1] ? each : latest),
      [undefined, 0],
    );
  if (at === undefined) return [];
  const later = uses
    .flatMap(({ path }) => {
      const file = history.get(path);
      return file !== undefined && file.changed > changed ? [{ path, changed: file.changed }] : [];
    })
    .sort((a, b) => b.changed - a.changed || compareText(a.path, b.path));
  const [latest] = later;
  if (latest === undefined) return [];
  const more = later.length > 1 ? ` and ${later.length - 1} more` : '';
  const message = `The model was last changed on ${dayOf(changed)}, code with interfaces after that (${latest.path} on ${dayOf(latest.changed)}${more}): check that the elements and flows are still those of the code.`;
  return [{ code: 'TM09', severity: 'information', message, at }];
}

function dayOf(seconds: number): string {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? 'a day that cannot be' : date.toISOString().slice(0, 10);
}

/** Tests of which it is said that others wrote them than the code, and nobody else did. */
function independenceLints(model: ThreatModel, history: History): readonly Lint[] {
  return model.of('requirement').flatMap((requirement) => {
    const code = authorsOf(requirement.incoming, 'implements', history);
    if (code.length === 0) return [];
    const check = (claim: TracedItem, tests: readonly string[]): readonly Lint[] => {
      if (tests.length === 0 || !tests.every((author) => code.includes(author))) return [];
      const shown = tests.slice(0, MAX_NAMES).join(', ') + (tests.length > MAX_NAMES ? ', ...' : '');
      const message = `${named(claim)} claims independence, but whoever changed the test code (${shown}) changed the code of \`${requirement.item.id}\` too: have it tested by somebody else.`;
      return [{ code: 'TR09', severity: 'information', message, at: claim }];
    };
    const claims = claimsIndependence(requirement);
    return [
      ...(claims ? check(requirement, authorsOf(requirement.incoming, 'verifies', history)) : []),
      ...model
        .leadingTo(requirement, ['test'])
        .filter((test) => claims || claimsIndependence(test))
        .flatMap((test) => check(test, authorsOf(test.incoming, undefined, history))),
    ];
  });
}

/** Who changed the files of code that link to an item. */
function authorsOf(
  links: readonly TracedLink[],
  type: TracedLink['type'] | undefined,
  history: History,
): readonly string[] {
  const files = links.flatMap(({ from, ...link }): readonly FileHistory[] => {
    if (typeof from === 'string' || (type !== undefined && link.type !== type)) return [];
    const file = history.get(from.path);
    return file === undefined ? [] : [file];
  });
  return [...new Set(files.flatMap(({ authors }) => authors))];
}
