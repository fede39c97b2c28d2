import type { Ast } from '../ast/readAst.ts';
import type { Cfg } from './cfg.ts';
import type { Outcome, Reached, Run, Summary } from './frame.ts';
import { lower } from './lower.ts';
import { marksOf } from './marks.ts';
import { thisRoot } from './places.ts';
import { programOf, type Callable, type Program } from './program.ts';
import { calleesFirst, neededOf, unitOf } from './needed.ts';
import { record } from './sinks.ts';
import { State } from './state.ts';
import type { TaintFinding, TaintInput, TraceStep } from './taint.ts';
import {
  CLEAN,
  inputTaint,
  join,
  mapValue,
  sameTaints,
  valueOf,
  type Taint,
  type Trace,
  type Value,
} from './values.ts';
import { walk } from './walk.ts';

export type { RoleMatch, TaintFinding } from './taint.ts';

/** A function is followed anew when what it calls turns out to do more, but not for ever: recursion settles fast. */
const MAX_ROUNDS = 4;
const MAX_TEXT = 80;

const NOTHING: Summary = { result: CLEAN, effects: new Map(), awaited: [], invoked: [], defaults: new Map() };

interface Prepared {
  readonly program: Program;
  readonly graphs: Map<number, Cfg>;
}

/** Functions and graphs of a file do not depend on the rule. */
const prepared = new WeakMap<Ast, Prepared>();

/**
 * Finds where data of a source reaches a sink, in the functions of one file and through calls between them. Sorted by sink, then
 * source; one for each pair of them. Throws only what `spend` throws.
 */
export function findTaint<Bindings>(input: TaintInput<Bindings>): readonly TaintFinding<Bindings>[] {
  if (input.sources.length === 0 || input.sinks.length === 0) return [];
  let known = prepared.get(input.ast);
  if (known === undefined) {
    known = { program: programOf(input.ast, input.names), graphs: new Map() };
    prepared.set(input.ast, known);
  }
  const reached = new Analysis(input as TaintInput<unknown>, known).run();
  return findingsOf(input, reached);
}

class Analysis implements Run {
  readonly input: TaintInput<unknown>;
  readonly options: TaintInput<unknown>['options'];
  readonly program: Program;
  readonly marks: Run['marks'];
  readonly conditions: Run['conditions'] = [];
  readonly #graphs: Map<number, Cfg>;
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

  constructor(input: TaintInput<unknown>, { program, graphs }: Prepared) {
    this.input = input;
    this.options = input.options;
    this.program = program;
    this.#graphs = graphs;
    this.marks = marksOf(input);
  }

  run(): readonly Reached[] {
    const order = calleesFirst(this.program, neededOf(this.program, this.marks));
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

function findingsOf<Bindings>(
  { ast, options, sources, sinks, agree }: TaintInput<Bindings>,
  reached: readonly Reached[],
): readonly TaintFinding<Bindings>[] {
  const pairs = new Map<string, Reached>();
  for (const found of reached) record({ reached: pairs, awaited: new Map(), invoked: new Map() }, found);
  const findings: TaintFinding<Bindings>[] = [];
  for (const found of pairs.values()) {
    const sink = sinks[found.sink];
    const source = sources[found.source];
    if (sink === undefined || source === undefined) continue;
    if (options.taint_unify_mvars && !agree(source.bindings, sink.bindings)) continue;
    const reported = options.taint_focus_on === 'source' ? source : sink;
    findings.push({
      sink,
      source,
      trace: stepsOf(ast.text, found.trace),
      labels: found.labels,
      reported: { start: reported.start, end: reported.end },
    });
  }
  return findings.sort(
    (a, b) =>
      a.sink.start - b.sink.start ||
      a.sink.end - b.sink.end ||
      a.sink.index - b.sink.index ||
      a.source.start - b.source.start ||
      a.source.end - b.source.end ||
      a.source.index - b.source.index,
  );
}

function stepsOf(text: string, trace: Trace): readonly TraceStep[] {
  const places: Trace[] = [];
  for (let at: Trace | undefined = trace; at !== undefined; at = at.previous) places.push(at);
  places.reverse();
  return places.map(({ start, end }, index) => ({
    start,
    end,
    kind: index === places.length - 1 ? 'sink' : index === 0 ? 'source' : 'step',
    text: shorten(text.slice(start, Math.min(end, start + 4 * MAX_TEXT))),
  }));
}

function shorten(code: string): string {
  const line = code.replace(/\s+/g, ' ').trim();
  return line.length > MAX_TEXT ? `${line.slice(0, MAX_TEXT - 1)}…` : line;
}
