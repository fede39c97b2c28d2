import type { Position as LspPosition, Range as LspRange } from 'vscode-languageserver';

import type { Position, Range } from '../core/base/range.ts';

/** Positions of the protocol as the core's; both count UTF-16 code units from zero. */
export function toPosition(position: LspPosition): Position {
  return { line: position.line, column: position.character };
}

export function toRange(range: LspRange): Range {
  return { start: toPosition(range.start), end: toPosition(range.end) };
}
