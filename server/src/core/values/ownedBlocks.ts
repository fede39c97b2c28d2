import type { Node } from '../ast/node.ts';
import { STACK } from './allocate.ts';
import type { CType } from './ctypes.ts';
import type { FactEvent } from './events.ts';
import { isMemory } from './models.ts';
import { followOwners, leakOf, type Callees, type Held, type OwnerFindings } from './ownerFlow.ts';
import { ownersIn, type Owners, type Part, type Use, type Variable } from './owners.ts';
import type { Models } from './readModels.ts';
import type { FunctionCode, Unit } from './run.ts';

/**
 * Blocks that only one variable leads to, and that are lost on some way through their function: followed without numbers, so that loops and conditions
 * of any kind cost nothing. What is said holds on all paths to the place where it is said.
 */
export function ownedBlocks(unit: Unit, functions: readonly FunctionCode[], models: Models): FactEvent[] {
  if (unit.ast.grammar.definition.dialect !== 'c') return [];
  const callees = new FileCallees(unit, models);
  return functions.flatMap((code) => {
    const owners = ownersIn(unit.ast, code.node);
    if (owners === 'none' || !owners.asksCalls) return [];
    // Most functions get no block from anybody: they are not followed.
    if (![...owners.called].some((name) => callees.family(name) !== undefined)) return [];
    const found: FactEvent[] = [];
    const leaked = (from: readonly Node[], why: string): void => {
      for (const call of from) {
        const family = callees.family(call.part('callee')?.text ?? '');
        if (family === undefined) continue;
        found.push(leakOf(isMemory(family) ? 'leak' : 'resource-leak', call, code.node, why));
      }
    };
    const isWhole = followOwners(owners, callees, new Map(), {
      leaked,
      freedMoved: (call, moved) => {
        if (isGuarded(call, moved)) return;
        found.push({
          kind: 'invalid-free',
          certainty: 'proved',
          node: call,
          detail: 'the pointer was moved away from the beginning of the block',
          related: [{ node: moved, message: 'moved here' }],
        });
      },
      returned: nothing,
      left: (holding) => {
        // What the variables of `main` lead to at its end the system takes back.
        if (code.name === 'main') return;
        for (const held of holding.values())
          if (held.is === 'owned' && held.sure)
            leaked(held.from, 'nothing leads to it when this function is over');
      },
    });
    return isWhole ? found : [];
  });
}

function nothing(): void {
  // Not asked for.
}

/** Freed only under a condition that may say whether it was moved. */
function isGuarded(call: Node, moved: Node): boolean {
  for (let at: Node | undefined = call.parent; at !== undefined && at.kind !== 'function'; at = at.parent)
    if ((at.kind === 'if' || at.kind === 'switch' || at.kind === 'conditional') && !at.contains(moved))
      return true;
  return false;
}

/** What is said of a function is first taken to be so, and taken back where it is not: so functions that call each other are known, too. */
interface Asked<Value> {
  readonly known: Map<Node, Value>;
  /** Being worked out; true once somebody has taken the answer for granted. */
  readonly open: Map<Node, boolean>;
}

/** Functions in functions that are asked, and answers that are taken back, before the worst is taken for granted. */
const MAX_DEPTH = 40;
const MAX_TAKEN_BACK = 200;

type Made = { readonly family: string; readonly sure: boolean } | 'any' | 'nothing';

class FileCallees implements Callees {
  readonly #unit: Unit;
  readonly #models: Models;
  readonly #borrowed: Asked<boolean> = { known: new Map(), open: new Map() };
  readonly #freed: Asked<boolean> = { known: new Map(), open: new Map() };
  readonly #made: Asked<Made> = { known: new Map(), open: new Map() };
  readonly #ending = new Map<string, boolean>();
  /** Good answers, each with how it is taken back, in the order in which they became known. */
  readonly #good: (() => void)[] = [];
  #depth = 0;
  #takenBack = 0;

  constructor(unit: Unit, models: Models) {
    this.#unit = unit;
    this.#models = models;
  }

  argument(name: string, position: number): ReturnType<Callees['argument']> {
    if (this.#unit.macro(name) !== undefined) return 'lost';
    const code = this.#unit.functionNamed(name);
    if (code !== undefined) {
      const owners = ownersIn(this.#unit.ast, code.node);
      const parameter = owners === 'none' ? undefined : owners.parameters[position];
      if (owners === 'none' || parameter === undefined) return 'lost';
      if (this.borrows(owners, parameter)) return 'looks';
      return this.#frees(owners, parameter) ? 'frees' : 'lost';
    }
    const model = this.#models.functions.get(name);
    if (model === undefined) return 'lost';
    if (model.returns?.is === 'allocation' && model.returns.replaces === position) return 'lost';
    let follows = false;
    for (const effect of model.does) {
      if (effect.argument !== position) continue;
      if (effect.is === 'frees') return 'frees';
      if (effect.is === 'keeps' || effect.is === 'marks') return 'lost';
      follows = true;
    }
    return follows ? 'follows' : 'looks';
  }

  returnsArgument(name: string, position: number): boolean {
    const returns = this.#models.functions.get(name)?.returns;
    return (
      this.#unit.functionNamed(name) === undefined &&
      (returns?.is === 'argument' || returns?.is === 'within') &&
      returns.argument === position
    );
  }

  makes(name: string): { readonly sure: boolean } | undefined {
    const made = this.#makes(name);
    // Of a function that is being worked out.
    return made === 'any' ? { sure: false } : made === 'nothing' ? undefined : made;
  }

  family(name: string): string | undefined {
    const made = this.#makes(name);
    return typeof made === 'object' ? made.family : undefined;
  }

  ends(name: string): boolean {
    let known = this.#ending.get(name);
    if (known === undefined) {
      const code = this.#unit.functionNamed(name);
      known = code === undefined ? this.#endsOutside(name) : this.#endsAlways(code);
      this.#ending.set(name, known);
    }
    return known;
  }

  #endsOutside(name: string): boolean {
    return (
      this.#models.functions.get(name)?.ends === true ||
      this.#models.hints.says('never-returns', name) ||
      this.#unit.neverReturns(name)
    );
  }

  #endsAlways({ name, node }: FunctionCode): boolean {
    if (this.#unit.neverReturns(name)) return true;
    const owners = ownersIn(this.#unit.ast, node);
    if (owners === 'none') return false;
    const mayEnd = [...owners.called].some(
      (each) => this.#unit.functionNamed(each) === undefined && this.#endsOutside(each),
    );
    if (!mayEnd) return false;
    // One that calls itself comes back.
    this.#ending.set(name, false);
    let isLeft = false;
    const isWhole = followOwners(owners, this, new Map(), {
      ...NOTHING,
      left: () => {
        isLeft = true;
      },
    });
    return isWhole && !isLeft;
  }

  isScalar({ of, path }: Part): boolean {
    let type: CType | undefined = this.#unit.types.ofDeclaration(of);
    for (const step of path) {
      if (step === '*') type = type.is === 'pointer' ? type.to : type.is === 'array' ? type.of : undefined;
      else type = type.is === 'struct' ? type.fields.get(step)?.type : undefined;
      if (type === undefined) return false;
    }
    return type.is === 'int' || type.is === 'float' || type.is === 'pointer' || type.is === 'struct';
  }

  borrows(owners: Owners, variable: Variable): boolean {
    return this.#ask(
      this.#borrowed,
      variable,
      true,
      false,
      (answer) => answer,
      () =>
        !owners.shared.has(variable) &&
        (owners.uses.get(variable) ?? []).every((use) => this.#isLook(owners, use)),
    );
  }

  #isLook(owners: Owners, use: Use): boolean {
    switch (use.is) {
      case 'looks':
      case 'moved':
        return true;
      case 'alias':
        return this.borrows(owners, use.into);
      case 'part':
        return this.isScalar(use) || this.#isLook(owners, use.use());
      case 'argument': {
        const effect = this.argument(use.name, use.position);
        return (
          (effect === 'looks' || effect === 'follows') &&
          (!this.returnsArgument(use.name, use.position) || this.#isLook(owners, use.result()))
        );
      }
      default:
        return false;
    }
  }

  #frees(owners: Owners, parameter: Variable): boolean {
    if (owners.shared.has(parameter)) return false;
    const mayFree = (owners.uses.get(parameter) ?? []).some((use) => use.is === 'argument' && use.exact);
    if (!mayFree) return false;
    return this.#ask(
      this.#freed,
      parameter,
      true,
      false,
      (answer) => answer,
      () => {
        let isFreed = true;
        const held: Held = { is: 'owned', from: [], sure: true, moved: undefined };
        const isWhole = followOwners(owners, this, new Map([[parameter, held]]), {
          ...NOTHING,
          left: (holding) => {
            if (holding.get(parameter)?.is !== 'freed') isFreed = false;
          },
        });
        return isWhole && isFreed;
      },
    );
  }

  #makes(name: string): Made {
    if (this.#unit.macro(name) !== undefined) return 'nothing';
    const code = this.#unit.functionNamed(name);
    if (code === undefined) {
      const returns = this.#models.functions.get(name)?.returns;
      return returns?.is !== 'allocation' || returns.replaces !== undefined || returns.family === STACK
        ? 'nothing'
        : { family: returns.family, sure: !returns.fails };
    }
    const owners = ownersIn(this.#unit.ast, code.node);
    if (owners === 'none' || owners.returned.length === 0) return 'nothing';
    const { returned } = owners;
    if (returned.some(({ is }) => is === 'other') || returned.every(({ is }) => is === 'null'))
      return 'nothing';
    return this.#ask(
      this.#made,
      code.node,
      'any',
      'nothing',
      (made) => made !== 'nothing',
      () => this.#madeBy(owners),
    );
  }

  #madeBy(owners: Owners): Made {
    let made: Made = 'any';
    let sure = true;
    const note = (next: Made): void => {
      if (next === 'any') return;
      if (next === 'nothing' || made === 'nothing') made = 'nothing';
      else if (made === 'any') made = next;
      else if (made.family !== next.family) made = 'nothing';
    };
    const isWhole = followOwners(owners, this, new Map(), {
      ...NOTHING,
      returned: (given, held) => {
        if (given.is === 'null' || held?.is === 'null') sure = false;
        else if (given.is === 'call') {
          const next = this.#makes(given.name);
          note(next);
          if (next === 'any' || (next !== 'nothing' && !next.sure)) sure = false;
        } else if (held?.is !== 'owned' || held.moved !== undefined) note('nothing');
        else {
          if (!held.sure) sure = false;
          for (const call of held.from) note(this.#makes(call.part('callee')?.text ?? ''));
        }
      },
    });
    if (!isWhole) return 'nothing';
    const all = made as Made;
    return typeof all === 'object' ? { family: all.family, sure } : all;
  }

  #ask<Value>(
    asked: Asked<Value>,
    key: Node,
    best: Value,
    worst: Value,
    isGood: (value: Value) => boolean,
    workOut: () => Value,
  ): Value {
    const known = asked.known.get(key);
    if (known !== undefined) return known;
    if (asked.open.has(key)) {
      if (this.#takenBack > MAX_TAKEN_BACK) return worst;
      asked.open.set(key, true);
      return best;
    }
    if (this.#depth > MAX_DEPTH) return worst;
    asked.open.set(key, false);
    const from = this.#good.length;
    this.#depth++;
    const value = workOut();
    this.#depth--;
    const wasTaken = asked.open.get(key) === true;
    asked.open.delete(key);
    if (wasTaken && !isGood(value)) {
      this.#takenBack++;
      for (const takeBack of this.#good.splice(from)) takeBack();
    }
    asked.known.set(key, value);
    if (isGood(value)) this.#good.push(() => asked.known.delete(key));
    return value;
  }
}

const NOTHING: OwnerFindings = { leaked: nothing, freedMoved: nothing, returned: nothing, left: nothing };
