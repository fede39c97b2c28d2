import type { Range } from '../base/range.ts';
import type { Elsewhere, Finding } from '../match/finding.ts';
import type { FileFacts } from './fileFacts.ts';

/** Findings by file, of those files alone that report others than their own facts have. */
export type PlacedFindings = ReadonlyMap<string, readonly Finding[]>;

/**
 * Data that begins in one file may reach a sink in another one: the finding is then that of the sink's file. Several ways to one sink make one
 * finding: that of the sink's own file, else of the first file by path. Where the sink's file has no facts, or is not as it was, the finding
 * stays at the call that leads there.
 *
 * @param files by path, in path order
 * @param rangeIn where a place in another file stands now; undefined when it cannot be told
 */
export function placeFindings(
  files: ReadonlyMap<string, FileFacts>,
  rangeIn: (place: Elsewhere) => Range | undefined,
): PlacedFindings {
  const kept = new Map<string, Finding[]>();
  const arrived = new Map<string, Finding[]>();
  for (const { path, findings } of files.values()) {
    if (!findings.some(({ elsewhere }) => elsewhere !== undefined)) continue;
    const own: Finding[] = [];
    for (const { elsewhere, ...finding } of findings) {
      const target = elsewhere && files.has(elsewhere.path) ? elsewhere.path : undefined;
      const range = elsewhere && target !== undefined ? rangeIn(elsewhere) : undefined;
      if (target === undefined || range === undefined) own.push(finding);
      else {
        const all = arrived.get(target) ?? [];
        all.push(seenFrom(target, finding, path, range));
        arrived.set(target, all);
      }
    }
    kept.set(path, own);
  }
  const changed = new Set([...kept.keys(), ...arrived.keys()]);
  return new Map(
    [...changed].map((path) => [
      path,
      onePerPlace([...(kept.get(path) ?? files.get(path)?.findings ?? []), ...(arrived.get(path) ?? [])]),
    ]),
  );
}

/** A finding of the file `from`, as the file of its sink has it. */
function seenFrom(path: string, finding: Finding, from: string, range: Range): Finding {
  const trace = finding.trace?.map(({ path: of = from, ...step }) =>
    of === path ? step : { ...step, path: of },
  );
  return { ...finding, range, ...(trace === undefined ? {} : { trace }) };
}

function onePerPlace(findings: readonly Finding[]): readonly Finding[] {
  const known = new Set<string>();
  return findings.filter(({ ruleId, range: { start, end } }) => {
    const key = [ruleId, start.line, start.column, end.line, end.column].join(' ');
    const isNew = !known.has(key);
    known.add(key);
    return isNew;
  });
}
