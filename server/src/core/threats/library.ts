import { CONFIG_FILE } from '../base/configFile.ts';
import { nearestAmong } from '../base/nearest.ts';
import type { Problem } from '../base/problem.ts';
import { START_OF_FILE } from '../base/range.ts';
import { readItemFile } from '../trace/itemFile.ts';
import type { Item } from '../trace/item.ts';
import type { ThreatModel } from './threatModel.ts';

/** Threats that apply to devices with some property; items are as item files have them. */
export interface ThreatLibrary {
  /** As `threats.libraries` names it: `ble`. */
  readonly name: string;
  readonly items: readonly Item[];
}

/** Makes libraries of files `threats/NAME.yaml`. They ship with the product, and tests read them without problems. */
export function readLibraries(
  files: readonly { readonly path: string; readonly text: string }[],
): readonly ThreatLibrary[] {
  return files.map(({ path, text }) => ({
    name: path.replace(/^.*\//, '').replace(/\.ya?ml$/, ''),
    items: readItemFile(path, text).value,
  }));
}

/** So many threats of a library are named in a sentence. */
const MAX_NAMED = 12;

/** Threats of the named libraries that nothing in the workspace answers: no threat has their id, or their id among its tags. */
export function unansweredThreats(
  model: ThreatModel,
  names: readonly string[],
  libraries: readonly ThreatLibrary[],
): readonly Problem[] {
  const threats = model.of('threat');
  const answered = new Set(threats.flatMap(({ item }) => [item.id, ...item.tags]));
  return names.flatMap((name): Problem[] => {
    const library = libraries.find((each) => each.name === name);
    const report = (message: string): Problem[] => [
      { code: 'TM16', severity: 'warning', message, path: CONFIG_FILE, range: START_OF_FILE },
    ];
    if (library === undefined) {
      const known = libraries.map((each) => each.name);
      const [guess] = nearestAmong(known)(name, 1);
      return report(
        `There is no library of threats \`${name.slice(0, 40)}\`${guess === undefined ? `: there are ${known.join(', ')}.` : `: did you mean \`${guess}\`?`}`,
      );
    }
    const open = library.items.filter(({ kind, id }) => kind === 'threat' && !answered.has(id));
    if (open.length === 0) return [];
    const shown = open.slice(0, MAX_NAMED).map(({ id, title }) => `\`${id}\` (${title})`);
    const rest = open.length > MAX_NAMED ? ` and ${open.length - MAX_NAMED} more` : '';
    return report(
      `${open.length} of ${library.items.filter(({ kind }) => kind === 'threat').length} threats of the library \`${name}\` are not answered: ${shown.join(', ')}${rest}. Write threats with these ids, or with them among their \`tags\`.`,
    );
  });
}
