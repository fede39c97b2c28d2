import type { Node } from '../ast/node.ts';
import type { LabelExpression } from '../rules/formula.ts';
import type { RuleOptions } from '../rules/options.ts';
import type { Cfg } from './cfg.ts';
import type { Marks } from './marks.ts';
import type { Callable, Program } from './program.ts';
import type { State } from './state.ts';
import type { SinkMatch, SourceMatch, TaintInput } from './taint.ts';
import type { Taints, Trace, Value } from './values.ts';

/** Data of a source that reached a sink. */
export interface Reached {
  readonly sink: number;
  readonly source: number;
  readonly trace: Trace;
  readonly labels: readonly string[];
}

/** A sink that is reached by what callers give. */
export interface Awaited {
  readonly sink: number;
  readonly taints: Taints;
  readonly place: Node;
}

/** A call of a function that the caller gives. */
export interface Invoked {
  readonly root: string;
  readonly path: readonly string[];
  readonly arguments: readonly Value[];
  readonly place: Node;
}

/** What a function does, in terms of what its callers give. */
export interface Summary {
  readonly result: Value;
  /** What its parameters, its object and shared variables hold in the end, where that may have changed. */
  readonly effects: ReadonlyMap<string, Value>;
  readonly awaited: readonly Awaited[];
  readonly invoked: readonly Invoked[];
  /** By the parameter's place in the list: what it holds for a call that leaves it out. */
  readonly defaults: ReadonlyMap<number, Value>;
}

/** What came of running one function. */
export interface Outcome extends Summary {
  readonly exit: State;
  readonly reached: readonly Reached[];
}

/** What is found while one step runs; kept by the step, so that a step run again replaces what it found. */
export interface Findings {
  readonly reached: Map<string, Reached>;
  readonly awaited: Map<number, Awaited>;
  readonly invoked: Map<number, Invoked>;
}

/** A function that a call runs, with what it does. */
export interface Callee {
  readonly callable: Callable;
  /** The functions of its file. */
  readonly program: Program;
  readonly summary: Summary;
  /** Whether the call may as well run a function that is not known. */
  readonly isGuess?: boolean;
}

/** One run of the engine: everything that does not change with the place. */
export interface Run {
  readonly input: TaintInput<unknown>;
  /** Those of the file, and those of other files that its functions reach. */
  readonly sources: readonly SourceMatch<unknown>[];
  readonly sinks: readonly SinkMatch<unknown>[];
  readonly options: RuleOptions;
  readonly program: Program;
  readonly marks: Marks;
  /** Conditions of taints whose labels are not known yet. */
  readonly conditions: (LabelExpression | undefined)[];
  cfgOf(callable: Callable): Cfg;
  /** What is known of a function so far; asking makes the function at work depend on it. */
  summaryOf(callable: Callable): Summary;
  /** The function of another file that a call runs, and what it does. */
  outside(call: Node): Callee | undefined;
  /** Follows an inner function from the state in which it is reached. */
  enter(callable: Callable, state: State): Outcome;
  /** True while the function is being followed: it calls itself. */
  isOpen(callable: Callable): boolean;
  /** A call of it stands in the file. */
  noteCall(callable: Callable): void;
  /** No call of it stands in the file: it is entered from elsewhere, with its default values. */
  isEntry(callable: Callable): boolean;
}

/** Where the engine is: in a function, at a step, with what is known there. */
export interface Frame {
  readonly run: Run;
  readonly callable: Callable;
  readonly cfg: Cfg;
  state: State;
  findings: Findings;
  /** The step is the last one of its function. */
  atExit: boolean;
  result: Value;
  evaluate(node: Node): Value;
}

export function noFindings(): Findings {
  return { reached: new Map(), awaited: new Map(), invoked: new Map() };
}
