import { descendants, type Node } from '../ast/node.ts';
import { nodesOfKind } from '../ast/nodesOfKind.ts';
import type { Models } from './readModels.ts';
import type { FunctionCode, Unit } from './run.ts';
import { placeKey } from './sharedPlaces.ts';

/** Locks that are held for sure, by key; undefined where nothing is reached. */
export type Held = ReadonlySet<string> | undefined;

const NONE: ReadonlySet<string> = new Set();

/** What a function does to locks for who calls it. */
interface Summary {
  readonly takes: ReadonlySet<string>;
  readonly releases: ReadonlySet<string>;
  /** On some of its ways a lock is taken that it does not release; on others not. */
  readonly isOpen: boolean;
}

const NO_SUMMARY: Summary = { takes: NONE, releases: NONE, isOpen: false };

/** Calls in calls that are followed for the locks that they take. */
const MAX_DEPTH = 100;

/** The locks that are held at each place of the functions of a file, through helpers that lock and functions that are called with a lock. */
export class LockSets {
  readonly #unit: Unit;
  readonly #functions: readonly FunctionCode[];

  readonly #models: Models['functions'];
  readonly #hints: Models['hints'];
  /** Functions that are not only called: somebody else gets them. */
  readonly taken: ReadonlySet<string>;
  readonly #summaries = new Map<FunctionCode, Summary>();
  readonly #entries = new Map<FunctionCode, Held>();
  readonly #unknown = new Map<FunctionCode, boolean>();
  readonly #perhaps = new Map<FunctionCode, Set<string>>();
  #locks: ReadonlySet<string> | undefined;
  readonly #macros = new Map<string, boolean>();
  #depth = 0;

  constructor(unit: Unit, functions: readonly FunctionCode[], { functions: models, hints }: Models) {
    this.#unit = unit;
    this.#functions = functions;
    this.#models = models;
    this.#hints = hints;
    const called = new Set<string>();
    const taken = new Set<string>();
    for (const node of nodesOfKind(unit.ast, 'identifier')) {
      if (node.role === 'callee') called.add(node.text);
      else if (node.role !== 'name' && unit.functionNamed(node.text) !== undefined) taken.add(node.text);
    }
    this.taken = taken;
    // What is called from elsewhere, too, begins with nothing.
    for (const code of functions) {
      const isEntered = !called.has(code.name) || taken.has(code.name);
      this.#entries.set(code, isEntered ? NONE : undefined);
    }
    this.#findEntries();
  }

  /** Calls of a function that keep others out in a way that is not known. */
  isUnknownIn(code: FunctionCode): boolean {
    let known = this.#unknown.get(code);
    if (known === undefined) {
      known = [...descendants(code.body)].some((node) => this.#isUnknownCall(node) || this.#isOpenCall(node));
      this.#unknown.set(code, known);
    }
    return known;
  }

  /** `for (i = 0; i < N; i++) lock(&all[i].lock);`: on some of the ways through a function it is held. */
  isPerhapsHeld(code: FunctionCode, lock: string): boolean {
    return this.#perhaps.get(code)?.has(lock) === true;
  }

  #notePerhaps(code: FunctionCode, joined: Held, ...all: readonly Held[]): void {
    for (const held of all)
      for (const lock of held ?? []) {
        if (joined?.has(lock) === true) continue;
        const perhaps = this.#perhaps.get(code) ?? new Set<string>();
        this.#perhaps.set(code, perhaps.add(lock));
      }
  }

  #isOpenCall(node: Node): boolean {
    const own = node.kind === 'call' ? this.#unit.functionNamed(node.part('callee')?.text ?? '') : undefined;
    return own !== undefined && this.#summaryOf(own).isOpen;
  }

  #isUnknownCall(node: Node): boolean {
    if (node.kind === 'identifier') return this.#isOfLocks(node.text);
    // `for (lock(), once = 1; once; unlock(), once = 0) { ... }`
    if (node.parts('update').some((step) => this.#releases(step))) return true;
    // `WITH(&lock) { ... }`, which is read as a condition.
    const condition = node.part('condition');
    if (condition !== undefined) return this.#isLock(condition);
    if (node.kind !== 'call') return false;
    const name = node.part('callee')?.text ?? '';
    if (this.#hints.says('only-waits', name) || this.#unit.functionNamed(name) !== undefined) return false;
    const isModelled = this.#hints.says('tries-lock', name) || this.#model(name) !== undefined;
    if (isModelled) return this.#lockOf(node) === undefined;
    return (
      this.#hints.says('keeps-others-out', name) ||
      this.#isOfLocks(name) ||
      node.parts('arguments').some((each) => this.#isLock(each))
    );
  }

  #releases(step: Node): boolean {
    for (const each of descendants(step))
      if (each.kind === 'call' && this.#model(each.part('callee')?.text ?? '')?.mark === 'unlocked')
        return true;
    return false;
  }

  #isLock(given: Node): boolean {
    this.#locks ??= new Set(nodesOfKind(this.#unit.ast, 'call').flatMap((call) => this.#lockOf(call) ?? []));
    return this.#locks.has(placeKey(this.#unit, given) ?? '');
  }

  /** A macro with a lock in its text, `#define GUARDED(it) ...`: what it is given may run with the lock. */
  #isOfLocks(name: string): boolean {
    let known = this.#macros.get(name);
    if (known === undefined) {
      this.#macros.set(name, false);
      const macro = this.#unit.functionNamed(name) === undefined ? this.#unit.macro(name) : undefined;
      known =
        macro !== undefined &&
        [...descendants(macro.body)].some(
          ({ kind, text }) =>
            kind === 'identifier' &&
            (this.#hints.says('keeps-others-out', text) ||
              this.#model(text) !== undefined ||
              this.#isOfLocks(text)),
        );
      this.#macros.set(name, known);
    }
    return known;
  }

  #model(name: string): { readonly mark: string; readonly argument: number } | undefined {
    for (const effect of this.#models.get(name)?.does ?? []) if (effect.is === 'marks') return effect;
    return this.#hints.says('tries-lock', name) ? { mark: 'locked', argument: 0 } : undefined;
  }

  #lockOf(call: Node): string | undefined {
    const model = this.#model(call.part('callee')?.text ?? '');
    const given = model && call.parts('arguments')[model.argument];
    return given && placeKey(this.#unit, given);
  }

  /** Tells of each node of a function, in the order of its steps, which locks are held. */
  visit(code: FunctionCode, see: (node: Node, held: Held) => void): void {
    this.#run(code, this.#entries.get(code), see);
  }

  /** A function that is only called with locks begins with those that all of its callers hold. */
  #findEntries(): void {
    /** With what each caller calls a function. */
    const given = new Map<FunctionCode, Map<FunctionCode, Held>>();
    const entered = new Set(this.#functions.filter((code) => this.#entries.get(code) !== undefined));
    // A set that grows is walked to its end; what is held at the beginning of a function only becomes less.
    const changed = new Set(entered);
    for (const caller of changed) {
      changed.delete(caller);
      for (const [called, held] of this.#callsOf(caller)) {
        if (entered.has(called)) continue;
        const callers = given.get(called) ?? new Map<FunctionCode, Held>();
        given.set(called, callers.set(caller, held));
        const found = [...callers.values()].reduce(common);
        if (isSame(this.#entries.get(called), found)) continue;
        this.#entries.set(called, found);
        changed.add(called);
      }
    }
  }

  #callsOf(caller: FunctionCode): ReadonlyMap<FunctionCode, Held> {
    const calls = new Map<FunctionCode, Held>();
    this.visit(caller, (node, held) => {
      const called =
        node.kind === 'call' ? this.#unit.functionNamed(node.part('callee')?.text ?? '') : undefined;
      if (called === undefined || held === undefined) return;
      calls.set(called, calls.has(called) ? common(calls.get(called), held) : held);
    });
    return calls;
  }

  #summaryOf(code: FunctionCode): Summary {
    const known = this.#summaries.get(code);
    if (known !== undefined) return known;
    // A chain of calls may be longer than the stack has room for.
    if (this.#depth >= MAX_DEPTH) return NO_SUMMARY;
    this.#depth++;
    this.#summaries.set(code, NO_SUMMARY);
    const released = new Set<string>();
    const kept = new Set<string>();
    const ended = new Set<string>();
    const exit = this.#run(code, NONE, (node, held) => {
      const model = node.kind === 'call' ? this.#model(node.part('callee')?.text ?? '') : undefined;
      const lock = model === undefined ? undefined : this.#lockOf(node);
      if (lock === undefined) return;
      if (model?.mark === 'locked') kept.add(lock);
      if (model?.mark !== 'unlocked') return;
      ended.add(lock);
      if (held?.has(lock) === false) released.add(lock);
    });
    const takes = exit ?? NONE;
    const isOpen = [...kept].some((each) => !takes.has(each) && !ended.has(each));
    const summary = { takes, releases: released, isOpen };
    this.#depth--;
    this.#summaries.set(code, summary);
    return summary;
  }

  /** @returns what is held in the end */
  #run(code: FunctionCode, entry: Held, see: (node: Node, held: Held) => void): Held {
    const { cfg } = code.flow();
    const before = new Map<number, Held>([[cfg.entry, entry]]);
    const reached = new Set<number>([cfg.entry]);
    // Sets only become smaller.
    for (let isSettled = false; !isSettled;) {
      isSettled = true;
      for (const id of cfg.order) {
        const block = cfg.blocks[id];
        if (block === undefined || !reached.has(id)) continue;
        const after = this.#through(block.instructions, before.get(id));
        for (const to of block.next) {
          const joined = reached.has(to) ? common(before.get(to), after) : after;
          if (reached.has(to)) this.#notePerhaps(code, joined, before.get(to), after);
          if (reached.has(to) && isSame(before.get(to), joined)) continue;
          reached.add(to);
          before.set(to, joined);
          isSettled = false;
        }
      }
    }
    for (const id of cfg.order) {
      const block = cfg.blocks[id];
      if (block !== undefined && reached.has(id)) this.#through(block.instructions, before.get(id), see);
    }
    return reached.has(cfg.exit) ? before.get(cfg.exit) : undefined;
  }

  #through(
    instructions: readonly { readonly op: string; readonly node?: Node; readonly value?: Node | undefined }[],
    start: Held,
    see?: (node: Node, held: Held) => void,
  ): Held {
    let held = start;
    for (const { op, node, value } of instructions) {
      const whole =
        op === 'result' || op === 'bind' || op === 'hold' ? value : op === 'evaluate' ? node : undefined;
      if (whole === undefined) continue;
      for (const each of descendants(whole)) {
        see?.(each, held);
        if (each.kind === 'call') held = this.#afterCall(each, held);
      }
    }
    return held;
  }

  #afterCall(call: Node, held: Held): Held {
    if (held === undefined) return held;
    const name = call.part('callee')?.text ?? '';
    const own = this.#unit.functionNamed(name);
    const model = this.#model(name);
    const lock = model && this.#lockOf(call);
    let { takes, releases } = own === undefined ? NO_SUMMARY : this.#summaryOf(own);
    if (lock !== undefined && model?.mark === 'locked') takes = new Set([lock]);
    else if (lock !== undefined) releases = new Set([lock]);
    if (takes.size + releases.size === 0) return held;
    return new Set([...[...held].filter((each) => !releases.has(each)), ...takes]);
  }
}

function common(a: Held, b: Held): Held {
  if (a === undefined || b === undefined) return a ?? b;
  return new Set([...a].filter((each) => b.has(each)));
}

function isSame(a: Held, b: Held): boolean {
  if (a === undefined || b === undefined) return a === b;
  return a.size === b.size && [...a].every((each) => b.has(each));
}
