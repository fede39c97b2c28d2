import type { Range, Span } from '../base/range.ts';
import { utf8Length } from '../base/utf8.ts';
import type { ParsedFile } from '../syntax/parsedFile.ts';
import { outermostMarked } from '../syntax/syntaxTable.ts';
import type { SyntaxTree } from '../syntax/syntaxTree.ts';

/** More places than this are counted in the bytes but not listed. */
const MAX_RANGES = 1000;

/**
 * The code that the grammar could not read: the outermost ERROR nodes, those of other arms of conditionals in their own code, and arms that
 * are in no tree. `bytes` counts UTF-8.
 */
export function unparsedOf({ main, others, left }: ParsedFile): { bytes: number; ranges: Range[] } {
  const spans = [
    ...errorsOf(main),
    ...others.flatMap(({ syntax, added }) =>
      errorsOf(syntax).flatMap((error) => added.flatMap((each) => common(error, each))),
    ),
    ...left,
  ];
  const { text, lines } = main;
  let bytes = 0;
  const ranges: Range[] = [];
  for (const span of merged(spans)) {
    bytes += utf8Length(text, span.start, span.end);
    if (ranges.length < MAX_RANGES) ranges.push(lines.rangeOf(span));
  }
  return { bytes, ranges };
}

function errorsOf({ grammar, table }: SyntaxTree): Span[] {
  return outermostMarked(table, 0, (kind) => kind === grammar.errorKind);
}

/** What two stretches share. */
function common(a: Span, b: Span): Span[] {
  const start = Math.max(a.start, b.start);
  const end = Math.min(a.end, b.end);
  return start < end ? [{ start, end }] : [];
}

/** Stretches in order, those that overlap as one. */
function merged(spans: readonly Span[]): Span[] {
  const result: { start: number; end: number }[] = [];
  for (const { start, end } of [...spans].sort((a, b) => a.start - b.start)) {
    const last = result.at(-1);
    if (last && start < last.end) last.end = Math.max(last.end, end);
    else result.push({ start, end });
  }
  return result;
}
