import { valuesOf } from '../trace/needRules.ts';
import type { TracedItem } from '../trace/traceGraph.ts';
import { named, type Lint } from './lint.ts';
import type { ThreatConfig } from './threatConfig.ts';
import { isOutOfScope, stateOf, type ThreatModel } from './threatModel.ts';

/** Lints on elements and flows. */
export function structureLints(model: ThreatModel, { stride }: ThreatConfig): readonly Lint[] {
  const elements = model.of('element');
  const flows = model.of('flow');
  return [
    ...elements.flatMap((element) => missingThreats(model, element, wantedOf(element, stride))),
    ...flows
      .filter((flow) => model.crosses(flow))
      .flatMap((flow) => missingThreats(model, flow, stride.flow)),
    ...flows.filter((flow) => model.crosses(flow)).flatMap(unprotected),
    ...unzoned(model, flows),
    ...[...elements, ...flows].flatMap(withoutReason),
    ...unallocated(model, elements),
  ];
}

function wantedOf(element: TracedItem, stride: ThreatConfig['stride']): readonly string[] {
  const type = element.item.attributes['type'];
  return type === 'external' || type === 'store' ? stride[type] : stride.process;
}

/** A threat that is not applicable was thought of, too; one that nobody reviewed was not. */
function missingThreats(model: ThreatModel, item: TracedItem, wanted: readonly string[]): readonly Lint[] {
  if (isOutOfScope(item) || item.item.approval === 'rejected') return [];
  const threats = model.leadingTo(item, ['threat']);
  const thought = new Set(
    threats.filter((threat) => stateOf(threat) !== 'unreviewed').flatMap((threat) => threat.item.stride),
  );
  const missing = wanted.filter((each) => !thought.has(each));
  if (missing.length === 0) return [];
  const unreviewed = threats.filter((threat) => stateOf(threat) === 'unreviewed').length;
  const hint =
    unreviewed === 0
      ? 'add one, or one that is rejected with a reason.'
      : `${unreviewed} that nobody has reviewed ${unreviewed === 1 ? 'does' : 'do'} not count.`;
  const crossing = item.item.kind === 'flow' ? ', which crosses a trust boundary,' : '';
  const message = `${named(item)}${crossing} has no reviewed threat of ${words(missing)}: ${hint}`;
  return [{ code: 'TM01', severity: 'warning', message, at: item }];
}

const PROTECTION = ['authentication', 'encryption', 'integrity'] as const;

function unprotected(flow: TracedItem): readonly Lint[] {
  if (isOutOfScope(flow)) return [];
  const missing = PROTECTION.filter((field) =>
    valuesOf(flow.item, field).every((value) => value.trim() === ''),
  );
  if (missing.length === 0) return [];
  const message = `${named(flow)} crosses a trust boundary and says nothing of ${words(missing)}: write how, or \`none\`.`;
  return [{ code: 'TM02', severity: 'information', message, at: flow }];
}

/** Once for each file that has flows but no zones at all. */
function unzoned(model: ThreatModel, flows: readonly TracedItem[]): readonly Lint[] {
  if (model.of('zone').length > 0) return [];
  const seen = new Set<string>();
  return flows
    .filter(({ item }) => !seen.has(item.location.path) && seen.add(item.location.path))
    .map((flow) => ({
      code: 'TM02',
      severity: 'information',
      message: 'No trust zones are given: which data flows cross a trust boundary is not known.',
      at: flow,
    }));
}

function withoutReason(item: TracedItem): readonly Lint[] {
  if (item.item.attributes['outOfScope'] !== true) return [];
  const message = `${named(item)} is out of scope, and nothing says why: write the reason.`;
  return [{ code: 'TM13', severity: 'warning', message, at: item }];
}

function unallocated(model: ThreatModel, elements: readonly TracedItem[]): readonly Lint[] {
  if (elements.length === 0) return [];
  return model
    .of('component')
    .filter((component) => model.leadingTo(component, ['element']).length === 0)
    .map((component) => ({
      code: 'TM08',
      severity: 'information',
      message: `${named(component)} is part of no element: name it under \`components\` of one.`,
      at: component,
    }));
}

/** `a, b and c` with blanks for hyphens. */
function words(list: readonly string[]): string {
  const plain = list.map((each) => each.replaceAll('-', ' '));
  const last = plain.at(-1) ?? '';
  return plain.length < 2 ? last : `${plain.slice(0, -1).join(', ')} and ${last}`;
}
