import type { LineIndex } from '../../base/lineIndex.ts';
import type { Problem } from '../../base/problem.ts';
import type { Span } from '../../base/range.ts';
import type { SourceSettings } from '../sources.ts';

/** One file that is being read. */
export interface Reading {
  readonly path: string;
  readonly settings: SourceSettings;
  readonly lines: LineIndex;
  readonly problems: Problem[];
}

export function spanAt(start: number, text: string): Span {
  return { start, end: start + text.length };
}
