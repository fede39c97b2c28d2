import type { Ast } from '../ast/readAst.ts';
import type { Node } from '../ast/node.ts';
import type { Span } from '../base/range.ts';
import type { Names } from '../resolve/names.ts';
import type { TaintPropagator, TaintSanitizer, TaintSink, TaintSource } from '../rules/formula.ts';
import type { RuleOptions } from '../rules/options.ts';
import type { ForeignText, OutsideFiles } from './outside.ts';

/** A place that an entry of a taint rule matches. `Bindings` means nothing to the flow engine. */
export interface RoleMatch<Spec, Bindings> extends Span {
  readonly spec: Spec;
  /** Position of the entry among those of its role in the rule. */
  readonly index: number;
  /** The node matched, where one node was. The engine finds the nodes of the range by itself. */
  readonly node?: Node;
  /** The range is that of a `focus-metavariable`: it means this very expression and no call's arguments. */
  readonly focused?: boolean;
  readonly bindings: Bindings | undefined;
  /** The file of the range, when it is another one. */
  readonly code?: ForeignText;
  /** Of a sink in a function of another file, whose range is that of the call: where the sink itself is. */
  readonly inside?: Span & { readonly code: ForeignText };
}

export type SourceMatch<Bindings> = RoleMatch<TaintSource, Bindings>;
export type SinkMatch<Bindings> = RoleMatch<TaintSink, Bindings>;
export type SanitizerMatch<Bindings> = RoleMatch<TaintSanitizer, Bindings>;

/** `start` and `end` are those of the whole match. */
export interface PropagatorMatch<Bindings> extends RoleMatch<TaintPropagator, Bindings> {
  readonly from: Span;
  readonly to: Span;
}

/** What the entries of one taint rule match in one file. */
export interface TaintInput<Bindings> {
  readonly ast: Ast;
  readonly names: Names;
  readonly options: RuleOptions;
  readonly sources: readonly SourceMatch<Bindings>[];
  readonly sinks: readonly SinkMatch<Bindings>[];
  readonly sanitizers: readonly SanitizerMatch<Bindings>[];
  readonly propagators: readonly PropagatorMatch<Bindings>[];
  /** Asked only with `taint_unify_mvars`: may a finding join these two? */
  readonly agree: (source: Bindings | undefined, sink: Bindings | undefined) => boolean;
  /** Functions of other files; undefined when data is not followed into them. */
  readonly outside?: OutsideFiles | undefined;
  /** Counts one step of work; throws when the rule's budget is spent. */
  readonly spend: () => void;
}

export interface TraceStep extends Span {
  /** The file of the step, when it is another one. */
  readonly code?: ForeignText | undefined;
  readonly kind: 'source' | 'step' | 'sink';
  /** The step's code, on one line and shortened. */
  readonly text: string;
}

/** Data of a source reaches a sink. */
export interface TaintFinding<Bindings> {
  readonly sink: SinkMatch<Bindings>;
  readonly source: SourceMatch<Bindings>;
  /** From the source to the sink, both included. Made anew each time that it is asked. */
  readonly trace: readonly TraceStep[];
  /** Labels of all data at the sink, sorted. */
  readonly labels: readonly string[];
  /** What is reported: the sink, or the source with `taint_focus_on: source`; in the file itself what leads there. */
  readonly reported: Span;
  /** What is reported, when it is in another file. */
  readonly elsewhere?: (Span & { readonly code: ForeignText }) | undefined;
}
