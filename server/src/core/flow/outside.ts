import type { Node } from '../ast/node.ts';
import type { LabelExpression } from '../rules/formula.ts';
import type { Summary } from './frame.ts';
import type { CallName } from './functionFinder.ts';
import type { Callable, Program } from './program.ts';
import type { SinkMatch, SourceMatch } from './taint.ts';

/** The text that places of another file are of. */
export interface ForeignText {
  readonly path: string;
  readonly text: string;
}

/** What the functions of another file do, in the words of that file. */
export interface ForeignFile {
  readonly code: ForeignText;
  readonly program: Program;
  readonly sources: readonly SourceMatch<unknown>[];
  readonly sinks: readonly SinkMatch<unknown>[];
  readonly conditions: readonly (LabelExpression | undefined)[];
  /** Some of its functions, or of those that they call, has a source or a sink. */
  readonly isOfInterest: boolean;
  summaryOf(callable: Callable): Summary | undefined;
}

/** The functions that a call may run: those of one name in one file. */
export interface ForeignFunctions {
  readonly file: ForeignFile;
  readonly callables: readonly Callable[];
}

/** The other files, as one rule and one file see them. */
export interface OutsideFiles {
  find(call: CallName): ForeignFunctions | undefined;
}

/** A function of another file that a call runs. */
export interface ForeignCallee {
  readonly file: ForeignFile;
  readonly callable: Callable;
  readonly place: Node;
}
