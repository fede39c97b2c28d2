import type { LineIndex } from '../base/lineIndex.ts';
import type { Range } from '../base/range.ts';
import { utf8Length } from '../base/utf8.ts';
import type { Grammar } from '../syntax/grammar.ts';
import { at, type SyntaxTable } from '../syntax/syntaxTable.ts';

/** More places than this are counted in the bytes but not listed. */
const MAX_RANGES = 1000;

/** The code that the grammar could not read: the outermost ERROR nodes. `bytes` counts UTF-8. */
export function unparsedOf(
  grammar: Grammar,
  table: SyntaxTable,
  text: string,
  lines: LineIndex,
): { bytes: number; ranges: Range[] } {
  let bytes = 0;
  const ranges: Range[] = [];
  for (let node = 0; node < table.count;) {
    if (at(table.kind, node) !== grammar.errorKind) {
      node++;
      continue;
    }
    const span = { start: at(table.start, node), end: at(table.end, node) };
    bytes += utf8Length(text, span.start, span.end);
    if (ranges.length < MAX_RANGES) ranges.push(lines.rangeOf(span));
    node = at(table.next, node);
  }
  return { bytes, ranges };
}
