import type { Node } from '../ast/node.ts';
import type { FactEvent } from './events.ts';
import {
  scopeOf,
  type Condition,
  type Given,
  type OwnerBlock,
  type OwnerFlow,
  type Owners,
  type Part,
  type Step,
  type Use,
  type Variable,
} from './owners.ts';

/** A block that nothing but the variable leads to, or one that was freed through it. */
export type Held =
  | {
      readonly is: 'owned';
      /** The calls that it comes from. */
      readonly from: readonly Node[];
      /** It is there: the variable was tested, or what it leads to was used. */
      readonly sure: boolean;
      /** Where it was moved away from the beginning of the block, on some way. */
      readonly moved: Node | undefined;
    }
  | { readonly is: 'freed' }
  | { readonly is: 'null' };

type Holding = ReadonlyMap<Variable, Held>;

/** What is known of the functions that are called. */
export interface Callees {
  /** What becomes of the block that an argument leads to. */
  argument(name: string, position: number): 'looks' | 'follows' | 'frees' | 'lost';
  /** The function may return this argument, or a place within its block. */
  returnsArgument(name: string, position: number): boolean;
  /** A block that the caller owns, or null; `sure`: never null. */
  makes(name: string): { readonly sure: boolean } | undefined;
  /** Does not come back. */
  ends(name: string): boolean;
  /** A number, a pointer or a structure: what is done with it is not done with the block that it lies in. */
  isScalar(part: Part): boolean;
  /** Nothing but looking is done with what a variable leads to. */
  borrows(owners: Owners, variable: Variable): boolean;
}

/** What is found on the ways through a function. */
export interface OwnerFindings {
  readonly leaked: (from: readonly Node[], why: string) => void;
  readonly freedMoved: (call: Node, moved: Node) => void;
  readonly returned: (given: Given, held: Held | undefined) => void;
  /** At an end of the function. */
  readonly left: (holding: Holding) => void;
}

/** Rounds over all blocks, and variables that are looked at in all of them, after which a function is given up. */
const MAX_ROUNDS = 12;
const MAX_WORK = 200_000;
/** Calls that one block may come from. */
const MAX_FROM = 4;

/** False where the function is given up; then nothing was found. */
export function followOwners(
  owners: Owners,
  callees: Callees,
  begin: Holding,
  findings: OwnerFindings,
): boolean {
  const flow = owners.flow();
  const walk = new Walk(owners, callees);
  const entering = new Map<number, Holding>([[flow.entry, begin]]);
  let work = 0;
  for (let round = 0, changed = true; changed; round++) {
    if (round === MAX_ROUNDS) return false;
    changed = false;
    for (const id of flow.order) {
      const [block, before] = [flow.blocks.get(id), entering.get(id)];
      if (block === undefined || before === undefined) continue;
      work += 1 + before.size;
      if (work > MAX_WORK) return false;
      for (const [to, after] of walk.through(block, before)) {
        const known = entering.get(to);
        const joined = known === undefined ? after : join(known, after);
        if (joined === known) continue;
        entering.set(to, joined);
        changed = true;
      }
    }
  }
  report(flow, walk, entering, findings);
  return true;
}

function report(
  flow: OwnerFlow,
  walk: Walk,
  entering: ReadonlyMap<number, Holding>,
  findings: OwnerFindings,
): void {
  for (const id of flow.order) {
    const [block, before] = [flow.blocks.get(id), entering.get(id)];
    if (block === undefined || before === undefined) continue;
    for (const [to, after] of walk.through(block, before, findings)) {
      if (to === flow.exit) findings.left(after);
      if (after.size === 0 || flow.loops.get(to)?.has(id) !== true) continue;
      const declared = flow.declared(to);
      for (const [variable, held] of after)
        if (held.is === 'owned' && held.sure && declared.has(variable))
          findings.leaked(held.from, 'nothing leads to it in the next round of the loop');
    }
  }
}

/** What holds on both ways; the same as the first one where the second one brings nothing new. */
function join(one: Holding, other: Holding): Holding {
  if (one === other) return one;
  const joined = new Map<Variable, Held>();
  let isSame = true;
  for (const [variable, held] of one) {
    const with_ = other.get(variable);
    const both = with_ === undefined ? undefined : joinHeld(held, with_);
    if (both !== undefined) joined.set(variable, both);
    if (both !== held) isSame = false;
  }
  return isSame ? one : joined;
}

function joinHeld(one: Held, other: Held): Held | undefined {
  if (one === other) return one;
  if (one.is === other.is && one.is !== 'owned') return one;
  if (one.is === 'freed' || other.is === 'freed') return undefined;
  // A block or null.
  if (other.is === 'null') return unsure(one);
  if (one.is === 'null') return unsure(other);
  const more = other.from.filter((each) => !one.from.includes(each));
  const moved = one.moved ?? other.moved;
  const sure = one.sure && other.sure;
  if (more.length === 0 && moved === one.moved && sure === one.sure) return one;
  return one.from.length + more.length > MAX_FROM
    ? undefined
    : { is: 'owned', from: [...one.from, ...more], sure, moved };
}

function unsure(held: Held): Held {
  return held.is === 'owned' && held.sure ? { ...held, sure: false } : held;
}

const NULL: Held = { is: 'null' };

class Walk {
  readonly #owners: Owners;
  readonly #flow: OwnerFlow;
  readonly #callees: Callees;

  constructor(owners: Owners, callees: Callees) {
    this.#owners = owners;
    this.#flow = owners.flow();
    this.#callees = callees;
  }

  /** The blocks that may run next, with what is held then. */
  through(
    block: OwnerBlock,
    before: Holding,
    findings?: OwnerFindings,
  ): readonly (readonly [number, Holding])[] {
    const after = this.#run(block.steps, before, findings);
    if (after === undefined) return [];
    const to = (id: number, holding: Holding): readonly [number, Holding] => [
      id,
      withinScopes(this.#flow.firstOf(id), holding, findings),
    ];
    if (block.branch === undefined) return block.next.map((id) => to(id, after));
    const { condition, yes, no } = block.branch;
    const [held, not] = this.#decide(condition, after, findings);
    return [...(held === undefined ? [] : [to(yes, held)]), ...(not === undefined ? [] : [to(no, not)])];
  }

  /** What is held where the condition holds, and where it does not; undefined where that never happens. */
  #decide(
    condition: Condition,
    before: Holding,
    findings: OwnerFindings | undefined,
  ): readonly [Holding | undefined, Holding | undefined] {
    switch (condition.is) {
      case 'and':
      case 'or': {
        const [holds, fails] = this.#decide(condition.left, before, findings);
        const isAnd = condition.is === 'and';
        const on = isAnd ? holds : fails;
        const [laterHolds, laterFails] =
          on === undefined ? [undefined, undefined] : this.#decide(condition.right, on, findings);
        return isAnd ? [laterHolds, either(fails, laterFails)] : [either(holds, laterHolds), laterFails];
      }
      case 'not': {
        const [holds, fails] = this.#decide(condition.of, before, findings);
        return [fails, holds];
      }
      default: {
        const after = this.#run(condition.steps, before, findings);
        const held = condition.is === 'null' ? after?.get(condition.variable) : undefined;
        if (condition.is !== 'null' || after === undefined) return [after, after];
        if (held?.is === 'null') return [after, undefined];
        if (held?.is !== 'owned') return [after, after];
        return [
          held.sure ? undefined : withHeld(after, condition.variable, NULL),
          held.sure ? after : withHeld(after, condition.variable, { ...held, sure: true }),
        ];
      }
    }
  }

  #run(steps: readonly Step[], before: Holding, findings: OwnerFindings | undefined): Holding | undefined {
    let holding = before;
    for (const step of steps) {
      switch (step.is) {
        case 'calls':
          if (this.#callees.ends(step.name)) return undefined;
          break;
        case 'returns':
          findings?.returned(
            step.given,
            step.given.is === 'variable' ? holding.get(step.given.variable) : undefined,
          );
          break;
        case 'use': {
          const held = holding.get(step.of);
          if (held === undefined) break;
          const after = this.#use(step.use, held, step.sometimes, findings);
          if (after !== held)
            holding = after === undefined ? without(holding, step.of) : withHeld(holding, step.of, after);
          break;
        }
        case 'gets': {
          const { variable, given, sometimes } = step;
          const held = holding.get(variable);
          if (held?.is === 'owned' && held.sure && !sometimes)
            findings?.leaked(held.from, 'what led to it leads to something else here');
          const made = given.is === 'call' && !sometimes ? this.#callees.makes(given.name) : undefined;
          if (made !== undefined && given.is === 'call' && !this.#owners.shared.has(variable))
            holding = withHeld(holding, variable, {
              is: 'owned',
              from: [given.call],
              sure: made.sure,
              moved: undefined,
            });
          else if (given.is === 'null' && !sometimes && !this.#owners.shared.has(variable))
            holding = withHeld(holding, variable, NULL);
          else if (held !== undefined) holding = without(holding, variable);
        }
      }
    }
    return holding;
  }

  /** Undefined where nothing is known of it any more. */
  #use(use: Use, held: Held, sometimes: boolean, findings: OwnerFindings | undefined): Held | undefined {
    if (held.is === 'null') return use.is === 'moved' ? undefined : held;
    switch (use.is) {
      case 'looks':
        return use.follows && !sometimes ? sureOf(held) : held;
      case 'moved':
        return held.is === 'owned' && use.up ? { ...held, moved: use.by } : undefined;
      case 'alias':
        return this.#callees.borrows(this.#owners, use.into) ? held : undefined;
      case 'part':
        return this.#use(
          this.#callees.isScalar(use) ? { is: 'looks', follows: true } : use.use(),
          held,
          sometimes,
          findings,
        );
      case 'lost':
        return undefined;
      default: {
        const effect = this.#callees.argument(use.name, use.position);
        if (effect === 'lost' || held.is === 'freed') return undefined;
        if (effect === 'frees') {
          if (use.exact && held.moved !== undefined) findings?.freedMoved(use.call, held.moved);
          return use.exact && !sometimes ? { is: 'freed' } : undefined;
        }
        const after = effect === 'follows' && !sometimes ? sureOf(held) : held;
        return this.#callees.returnsArgument(use.name, use.position)
          ? this.#use(use.result(), after, sometimes, findings)
          : after;
      }
    }
  }
}

/** At the end of the block that a variable is declared in, what it leads to is lost. */
function withinScopes(
  place: Node | undefined,
  holding: Holding,
  findings: OwnerFindings | undefined,
): Holding {
  let within = holding;
  for (const [variable, held] of place === undefined ? [] : holding) {
    const scope = scopeOf(variable);
    if (place === undefined || scope?.contains(place) !== false) continue;
    if (held.is === 'owned' && held.sure)
      findings?.leaked(held.from, 'nothing leads to it behind the block that its variable is declared in');
    within = without(within, variable);
  }
  return within;
}

function sureOf(held: Held): Held {
  return held.is !== 'owned' || held.sure ? held : { ...held, sure: true };
}

function either(one: Holding | undefined, other: Holding | undefined): Holding | undefined {
  return one === undefined ? other : other === undefined ? one : join(one, other);
}

function without(holding: Holding, variable: Variable): Holding {
  const less = new Map(holding);
  less.delete(variable);
  return less;
}

function withHeld(holding: Holding, variable: Variable, held: Held): Holding {
  return new Map(holding).set(variable, held);
}

/** What an owned block is called in a report. */
export function leakOf(kind: FactEvent['kind'], node: Node, of: Node, why: string): FactEvent {
  return {
    kind,
    certainty: 'proved',
    node,
    detail: 'it is never released',
    related: [{ node: of, message: why }],
  };
}
