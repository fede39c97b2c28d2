import type { Ast } from '../ast/readAst.ts';
import type { Node } from '../ast/node.ts';
import { calleeOutside } from './callNames.ts';
import type { Cfg } from './cfg.ts';
import { Translator } from './foreign.ts';
import type { Callee, Outcome, Reached, Run, Summary } from './frame.ts';
import { lower } from './lower.ts';
import { marksOf } from './marks.ts';
import { calleesFirst, neededOf, unitOf } from './needed.ts';
import type { ForeignCallee } from './outside.ts';
import { thisRoot } from './places.ts';
import { programOf, type Callable, type Program } from './program.ts';
import { State } from './state.ts';
import type { SinkMatch, SourceMatch, TaintInput } from './taint.ts';
import { CLEAN, inputTaint, join, mapValue, sameTaints, valueOf, type Taint, type Value } from './values.ts';
import { walk } from './walk.ts';

/** A function is followed anew when what it calls turns out to do more, but not for ever: recursion settles fast. */
const MAX_ROUNDS = 4;

const NOTHING: Summary = { result: CLEAN, effects: new Map(), awaited: [], invoked: [], defaults: new Map() };

interface Prepared {
  readonly program: Program;
  readonly graphs: Map<number, Cfg>;
}

/** Functions and graphs of a file do not depend on the rule. */
const prepared = new WeakMap<Ast, Prepared>();

/** The functions of a file, made once. */
export function prepare({ ast, names }: Pick<TaintInput<unknown>, 'ast' | 'names'>): Prepared {
  let known = prepared.get(ast);
  if (known === undefined) {
    known = { program: programOf(ast, names), graphs: new Map() };
    prepared.set(ast, known);
  }
  return known;
}

/** Follows data through the functions of one file. */
export class Analysis implements Run {
  readonly input: TaintInput<unknown>;
  readonly options: TaintInput<unknown>['options'];
  readonly program: Program;
  readonly marks: Run['marks'];
  readonly conditions: Run['conditions'] = [];
  readonly sources: SourceMatch<unknown>[];
  readonly sinks: SinkMatch<unknown>[];
  readonly #graphs: Map<number, Cfg>;
  readonly #translator: Translator;
  /** Functions of other files by the call that runs them; none where the name does not say which one. */
  readonly #outside = new Map<Node, ForeignCallee | undefined>();
  readonly #summaries = new Map<number, Summary>();
  /** Units of work to be done again when what is known of a function changes. */
  readonly #users = new Map<number, Set<number>>();
  /** What functions leave in shared variables, and who looked. */
  readonly #shared = new Map<string, Value>();
  readonly #readers = new Map<string, Set<number>>();
  readonly #open = new Set<number>();
  readonly #waiting = new Set<number>();
  /** Functions that calls of the file run. */
  readonly #called = new Set<number>();
  /** Functions with default values that matter and that no call of the file runs; known when all others are. */
  readonly #entries = new Set<number>();
  readonly #found = new Map<number, readonly Reached[]>();
  readonly #entered = new Map<
    number,
    { readonly epoch: number; readonly state: State; readonly outcome: Outcome }
  >();
  #epoch = 0;
  #unit = 0;

  constructor(input: TaintInput<unknown>) {
    const { program, graphs } = prepare(input);
    this.input = input;
    this.sources = [...input.sources];
    this.sinks = [...input.sinks];
    this.#translator = new Translator(this);
    this.options = input.options;
    this.program = program;
    this.#graphs = graphs;
    this.marks = marksOf(input);
  }

  /** @param ids units to be followed: those that matter when absent */
  run(ids: ReadonlySet<number> = this.#needed()): readonly Reached[] {
    const order = calleesFirst(this.program, ids);
    for (const id of order) this.#waiting.add(id);
    this.#followAll();
    for (const [id, { defaults }] of this.#summaries) {
      if (defaults.size === 0 || this.#called.has(id)) continue;
      this.#entries.add(id);
      this.#epoch++;
      this.#waiting.add(unitOf(this.program, id));
    }
    this.#followAll();
    return [...this.#found.values()].flat();
  }

  /** The functions of other files that calls of this one run, with a source or a sink somewhere. */
  callsOutside(): readonly ForeignCallee[] {
    const { program } = this;
    return program.ast.nodes.flatMap((node) => {
      if (node.kind !== 'call' && node.kind !== 'new') return [];
      const callee = this.#foreign(node);
      return callee?.file.isOfInterest === true ? [callee] : [];
    });
  }

  #needed(): ReadonlySet<number> {
    if (this.input.outside === undefined) return neededOf(this.program, this.marks);
    return neededOf(
      this.program,
      this.marks,
      this.callsOutside().map(({ place }) => place),
    );
  }

  outside(call: Node): Callee | undefined {
    const foreign = this.#foreign(call);
    const summary = foreign && this.#translator.summaryOf(foreign);
    return foreign && summary && { callable: foreign.callable, program: foreign.file.program, summary };
  }

  #foreign(call: Node): ForeignCallee | undefined {
    const { outside } = this.input;
    if (outside === undefined) return undefined;
    if (this.#outside.has(call)) return this.#outside.get(call);
    const callable = this.program.callables[this.program.around[call.index] ?? 0];
    const found = callable && calleeOutside({ callable, run: this }, outside, call);
    this.#outside.set(call, found);
    return found;
  }

  /** What became known of a function. */
  learnt(callable: Callable): Summary | undefined {
    return this.#summaries.get(callable.id);
  }

  #followAll(): void {
    const rounds = new Map<number, number>();
    for (let [id] = this.#waiting; id !== undefined; [id] = this.#waiting) {
      this.#waiting.delete(id);
      const round = (rounds.get(id) ?? 0) + 1;
      rounds.set(id, round);
      const callable = this.program.callables[id];
      if (callable === undefined || round > MAX_ROUNDS) continue;
      this.#unit = id;
      this.#follow(callable);
    }
  }

  cfgOf(callable: Callable): Cfg {
    let cfg = this.#graphs.get(callable.id);
    if (cfg === undefined) {
      cfg = lower(this.input.ast, callable.body, callable.id === 0);
      this.#graphs.set(callable.id, cfg);
    }
    return cfg;
  }

  summaryOf(callable: Callable): Summary {
    listIn(this.#users, callable.id).add(this.#unit);
    return this.#summaries.get(callable.id) ?? NOTHING;
  }

  isOpen(callable: Callable): boolean {
    return this.#open.has(callable.id);
  }

  noteCall(callable: Callable): void {
    this.#called.add(callable.id);
  }

  isEntry(callable: Callable): boolean {
    return this.#entries.has(callable.id);
  }

  enter(callable: Callable, state: State): Outcome {
    const known = this.#entered.get(callable.id);
    if (known?.epoch === this.#epoch && same(known.state, state)) return known.outcome;
    const before = state.fork();
    const outcome = this.#walk(callable, state);
    this.#entered.set(callable.id, { epoch: this.#epoch, state: before, outcome });
    this.#learn(callable, outcome);
    return outcome;
  }

  /** A function that stands on its own, or the file. */
  #follow(callable: Callable): void {
    const state = new State((root) => this.#sharedValue(root));
    const self = callable.id === 0 ? undefined : thisRoot(this.program, callable);
    if (self !== undefined) {
      const taint = inputTaint(self, [], undefined);
      state.set(self, join(valueOf(new Map([[taint.key, taint]])), this.#sharedValue(self)));
    }
    const outcome = this.#walk(callable, state);
    this.#found.set(callable.id, outcome.reached);
    this.#learn(callable, outcome);
    this.#share(outcome);
  }

  #walk(callable: Callable, state: State): Outcome {
    this.#open.add(callable.id);
    try {
      return walk(this, callable, state);
    } finally {
      this.#open.delete(callable.id);
    }
  }

  #learn(callable: Callable, outcome: Outcome): void {
    const old = this.#summaries.get(callable.id);
    this.#summaries.set(callable.id, outcome);
    if (old !== undefined && sameSummary(old, outcome)) return;
    this.#epoch++;
    for (const user of this.#users.get(callable.id) ?? [])
      if (user !== this.#unit || !callable.inner) this.#waiting.add(user);
  }

  #sharedValue(root: string): Value {
    if (root.startsWith('#') || root.startsWith('!') || root.startsWith('p')) return CLEAN;
    if (root.startsWith('v') && this.program.owners.get(root) !== 0) return CLEAN;
    if (this.#unit !== 0 || root.startsWith('t')) listIn(this.#readers, root).add(this.#unit);
    return this.#shared.get(root) ?? CLEAN;
  }

  /** What a function leaves in variables that others see: data of sources, wherever it is. */
  #share(outcome: Outcome): void {
    for (const [root, value] of outcome.effects) {
      if (!(root.startsWith('t') || root.startsWith('n') || this.program.owners.get(root) === 0)) continue;
      const own = mapValue(value, (taints) => {
        const known = [...taints].filter(([, taint]) => isOfSource(taint));
        return known.length === taints.size ? taints : new Map(known);
      });
      const before = this.#shared.get(root) ?? CLEAN;
      const after = join(before, own);
      if (sameTaints(before, after)) continue;
      this.#shared.set(root, after);
      this.#epoch++;
      for (const reader of this.#readers.get(root) ?? [])
        if (reader !== this.#unit) this.#waiting.add(reader);
    }
  }
}

function isOfSource({ origin, needs }: Taint): boolean {
  return origin.is === 'source' && needs === undefined;
}

function listIn<Key>(map: Map<Key, Set<number>>, key: Key): Set<number> {
  let set = map.get(key);
  if (set === undefined) {
    set = new Set();
    map.set(key, set);
  }
  return set;
}

function same(a: State, b: State): boolean {
  const roots = new Set([...a.roots(), ...b.roots()].map(([root]) => root));
  for (const root of roots) if (!sameTaints(a.get(root), b.get(root))) return false;
  return a.control.size === b.control.size;
}

function sameSummary(a: Summary, b: Summary): boolean {
  if (a === b) return true;
  if (!sameTaints(a.result, b.result) || a.effects.size !== b.effects.size) return false;
  if (a.awaited.length !== b.awaited.length || a.invoked.length !== b.invoked.length) return false;
  for (const [root, value] of a.effects) {
    const other = b.effects.get(root);
    if (other === undefined || !sameTaints(value, other)) return false;
  }
  if (a.defaults.size !== b.defaults.size) return false;
  for (const [index, value] of a.defaults) {
    const other = b.defaults.get(index);
    if (other === undefined || !sameTaints(value, other)) return false;
  }
  const waiting = (summary: Summary): string =>
    summary.awaited.map(({ sink, taints }) => `${sink}:${[...taints.keys()].sort().join()}`).join(';');
  return waiting(a) === waiting(b);
}
