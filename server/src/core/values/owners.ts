import type { Node } from '../ast/node.ts';
import { perFunction } from '../ast/parts.ts';
import type { Block, Cfg } from '../flow/cfg.ts';
import { lower } from '../flow/lower.ts';
import { loopsOf } from './loops.ts';
import type { Loops } from './run.ts';

/** A local variable or a parameter: its declaration. */
export type Variable = Node;

/** Where the value of a variable goes. */
export type Use =
  /** It is compared, or what it leads to is read or written. */
  | { readonly is: 'looks'; readonly follows: boolean }
  /** `exact`: as it is, not moved to another place of the block. `result`: what a function that returns its argument would hand on. */
  | {
      readonly is: 'argument';
      readonly name: string;
      readonly position: number;
      readonly call: Node;
      readonly exact: boolean;
      readonly result: () => Use;
    }
  | { readonly is: 'alias'; readonly into: Variable }
  | Part
  | { readonly is: 'moved'; readonly up: boolean; readonly by: Node }
  /** Returned, stored, or given to somebody who is not known. */
  | { readonly is: 'lost' };

/** `p->name`, handed on: where that is an array, a place within the block is. */
export interface Part {
  readonly is: 'part';
  readonly of: Variable;
  /** Members by their names, and `*` for what a pointer or an array leads to. */
  readonly path: readonly string[];
  readonly use: () => Use;
}

/** What a variable is given. */
export type Given =
  | { readonly is: 'call'; readonly name: string; readonly call: Node }
  | { readonly is: 'variable'; readonly variable: Variable }
  | { readonly is: 'null' }
  | { readonly is: 'other' };

export type Step =
  | { readonly is: 'use'; readonly of: Variable; readonly use: Use; readonly sometimes: boolean }
  | { readonly is: 'gets'; readonly variable: Variable; readonly given: Given; readonly sometimes: boolean }
  | { readonly is: 'calls'; readonly name: string }
  | { readonly is: 'returns'; readonly given: Given };

export type Condition =
  | { readonly is: 'and' | 'or'; readonly left: Condition; readonly right: Condition }
  | { readonly is: 'not'; readonly of: Condition }
  /** `variable` is null where it holds. */
  | { readonly is: 'null'; readonly variable: Variable; readonly steps: readonly Step[] }
  | { readonly is: 'other'; readonly steps: readonly Step[] };

export interface OwnerBlock {
  /** Where its code begins. */
  readonly first: Node | undefined;
  readonly steps: readonly Step[];
  readonly next: readonly number[];
  readonly branch: { readonly condition: Condition; readonly yes: number; readonly no: number } | undefined;
}

/** A function as what it does with the pointers in its variables. */
export interface Owners {
  readonly parameters: readonly (Variable | undefined)[];
  /** Where the values of each variable go. */
  readonly uses: ReadonlyMap<Variable, readonly Use[]>;
  /** Variables of which nothing is known: others have their address. */
  readonly shared: ReadonlySet<Variable>;
  /** Some variable is given what a call returns. */
  readonly asksCalls: boolean;
  readonly returned: readonly Given[];
  /** Names of the functions that it calls. */
  readonly called: ReadonlySet<string>;
  /** Made when first asked for; the entry comes first. */
  readonly flow: () => OwnerFlow;
}

export interface OwnerFlow {
  readonly blocks: ReadonlyMap<number, OwnerBlock>;
  readonly order: readonly number[];
  /** Where the code begins that runs in a block, or behind it where that has none; undefined for the end of the function. */
  readonly firstOf: (id: number) => Node | undefined;
  readonly entry: number;
  readonly exit: number;
  readonly loops: Loops;
  /** Variables that are declared in a loop, by its head. */
  readonly declared: (head: number) => ReadonlySet<Variable>;
}

/** Undefined (`none`) where the text of a function has several readings, or mistakes. */
export const ownersIn = perFunction((nodes, ast): Owners | 'none' => {
  const [code] = nodes;
  const body = code?.part('body');
  if (code === undefined || body === undefined) return 'none';
  if (nodes.some(({ kind }) => kind.startsWith(':preproc') || kind === ':ERROR' || kind === 'lambda'))
    return 'none';
  const scopes = new Scopes(nodes);
  const reader = new Reader(scopes);
  const uses = new Map<Variable, Use[]>();
  const shared = new Set<Variable>();
  const returned: Given[] = [];
  const called = new Set<string>();
  let asksCalls = false;
  for (const node of nodes) {
    const callee = node.kind === 'call' ? node.part('callee') : undefined;
    if (callee?.kind === 'identifier') called.add(callee.text);
    if (node.kind === 'return') {
      const value = node.part('value');
      if (value !== undefined) returned.push(...reader.givenAll(value));
    }
    if (node.kind === 'variable' || node.kind === 'assign')
      asksCalls ||= isPlain(node) && reader.given(node.part('value')).is === 'call';
    const variable = node.kind === 'identifier' ? scopes.variable(node) : undefined;
    if (variable === undefined) continue;
    const assigned = node.parent?.kind === 'assign' && node.role === 'target' ? node.parent : undefined;
    const use = reader.use(node) ?? (assigned && reader.useOfAssigned(assigned, variable));
    if (use === 'address') shared.add(variable);
    else if (use !== undefined) {
      const known = uses.get(variable);
      if (known === undefined) uses.set(variable, [use]);
      else known.push(use);
    }
  }
  let flow: OwnerFlow | undefined;
  return {
    parameters: code
      .parts('parameters')
      .map((each) => (each.part('target') === undefined ? undefined : each)),
    uses,
    shared,
    asksCalls,
    returned,
    called,
    flow: () => (flow ??= flowOf(lower(ast, body, false), reader)),
  };
});

function flowOf(cfg: Cfg, reader: Reader): OwnerFlow {
  const loops = loopsOf(cfg);
  const blocks = new Map<number, OwnerBlock>();
  for (const id of cfg.order) {
    const block = cfg.blocks[id];
    if (block !== undefined) blocks.set(id, reader.block(block));
  }
  const declared = new Map<number, ReadonlySet<Variable>>();
  const declaredIn = (head: number): ReadonlySet<Variable> =>
    new Set(
      [...(loops.get(head) ?? [])].flatMap((id) =>
        (cfg.blocks[id]?.instructions ?? []).flatMap((each) =>
          each.op === 'evaluate' && each.node.kind === 'variable' ? [each.node] : [],
        ),
      ),
    );
  const firstOf = (id: number): Node | undefined => {
    let block = blocks.get(id);
    for (let far = 0; far < MAX_EMPTY && block?.first === undefined; far++) {
      const [next, other] = block?.next ?? [];
      if (next === undefined || other !== undefined) return undefined;
      block = blocks.get(next);
    }
    return block?.first;
  };
  return {
    blocks,
    order: cfg.order,
    firstOf,
    entry: cfg.entry,
    exit: cfg.exit,
    loops,
    declared: (head) => {
      let known = declared.get(head);
      if (known === undefined) declared.set(head, (known = declaredIn(head)));
      return known;
    },
  };
}

/** Blocks without code, one behind the other. */
const MAX_EMPTY = 8;

function isPlain(node: Node): boolean {
  return node.kind !== 'assign' || (node.part('operator')?.text ?? '=') === '=';
}

const SCOPES: ReadonlySet<string> = new Set(['block', 'for', 'function', 'case']);
/** Modifiers of a variable that is there as long as its block runs, and that nothing takes back by itself. */
const PLAIN: ReadonlySet<string> = new Set(['const', 'volatile', 'register', 'restrict', 'auto', '*']);
/** Blocks in blocks, and expressions in expressions, are looked through this far. */
const MAX_DEPTH = 60;

/** Where a variable is known; at its end what it leads to is lost. */
export function scopeOf({ parent }: Variable): Node | undefined {
  let scope = parent;
  while (scope !== undefined && !SCOPES.has(scope.kind)) scope = scope.parent;
  return scope;
}

/** Which variable of a function a name means. */
class Scopes {
  readonly #declared = new Map<Node, Map<string, Variable>>();
  readonly #names = new Set<string>();

  constructor(nodes: readonly Node[]) {
    for (const node of nodes) {
      const target = node.kind === 'variable' || node.kind === 'parameter' ? node.part('target') : undefined;
      if (target?.kind !== 'identifier') continue;
      const scope = scopeOf(node);
      if (scope === undefined) continue;
      let names = this.#declared.get(scope);
      if (names === undefined) this.#declared.set(scope, (names = new Map<string, Variable>()));
      names.set(target.text, node);
      this.#names.add(target.text);
    }
  }

  /** Not where the name stands for a member or a label, or is being declared. */
  variable(name: Node): Variable | undefined {
    const { parent, role, text } = name;
    if (!this.#names.has(text) || parent === undefined) return undefined;
    if ((parent.kind === 'member' && role === 'name') || parent.kind === 'goto' || parent.kind === 'pair')
      return undefined;
    if ((parent.kind === 'variable' || parent.kind === 'parameter') && role === 'target') return undefined;
    let scope: Node | undefined = parent;
    for (; scope !== undefined; scope = scope.parent) {
      const found = this.#declared.get(scope)?.get(text);
      if (found !== undefined && found.start < name.start)
        return found.parts('modifiers').every((each) => PLAIN.has(each.text)) ? found : undefined;
    }
    return undefined;
  }
}

const NULLS: ReadonlySet<string> = new Set(['NULL', 'nullptr', '0']);
const LOST: Use = { is: 'lost' };
const LOOKS: Use = { is: 'looks', follows: false };
const FOLLOWS: Use = { is: 'looks', follows: true };
const COMPARISONS: ReadonlySet<string> = new Set(['==', '!=', '<', '>', '<=', '>=', '&&', '||']);
const CONDITIONS: ReadonlySet<string> = new Set(['if', 'while', 'for', 'doWhile', 'expressionStatement']);

class Reader {
  readonly #scopes: Scopes;

  constructor(scopes: Scopes) {
    this.#scopes = scopes;
  }

  block({ instructions, next, branch }: Block): OwnerBlock {
    const steps: Step[] = [];
    const condition = branch?.is === 'condition' ? branch.condition : undefined;
    for (const each of instructions) {
      if (each.op === 'evaluate') {
        if (each.node !== condition) this.#steps(each.node, false, steps);
      } else if (each.op === 'hold') this.#steps(each.value, false, steps);
      else if (each.op === 'result') {
        if (each.value === undefined) continue;
        // What is returned is still owned then.
        for (const given of this.givenAll(each.value)) steps.push({ is: 'returns', given });
        this.#steps(each.value, false, steps);
      }
    }
    const [start] = instructions;
    return {
      first: start !== undefined && 'node' in start ? start.node : undefined,
      steps,
      next,
      branch:
        branch?.is === 'condition'
          ? { condition: this.#condition(branch.condition), yes: branch.yes, no: branch.no }
          : undefined,
    };
  }

  /** What an expression leaves behind. */
  given(value: Node | undefined): Given {
    const node = value?.kind === 'cast' ? value.part('value') : value;
    if (node === undefined) return { is: 'other' };
    if (NULLS.has(node.text) || node.kind === ':null') return { is: 'null' };
    const callee = node.kind === 'call' ? node.part('callee') : undefined;
    if (callee?.kind === 'identifier') return { is: 'call', name: callee.text, call: node };
    const variable = node.kind === 'identifier' ? this.#scopes.variable(node) : undefined;
    return variable === undefined ? { is: 'other' } : { is: 'variable', variable };
  }

  /** The same of each arm of `a ? b : c`. */
  givenAll(value: Node): readonly Given[] {
    const [yes, no] = [value.part('then'), value.part('else')];
    return value.kind === 'conditional' && yes !== undefined && no !== undefined
      ? [this.given(yes), this.given(no)]
      : [this.given(value)];
  }

  /** Undefined where a variable is only given something; `address`: where it lies is told. */
  use(name: Node): Use | 'address' | undefined {
    const { parent, role } = name;
    if (parent?.kind === 'assign' && role === 'target') {
      const operator = parent.part('operator')?.text ?? '=';
      return operator === '=' ? undefined : { is: 'moved', up: operator === '+=', by: parent };
    }
    const operator = parent?.kind === 'unary' ? (parent.part('operator')?.text ?? '') : '';
    if (operator === '&') return 'address';
    if (parent !== undefined && /\+\+|--/.test(operator))
      return { is: 'moved', up: operator.endsWith('++'), by: parent };
    return this.#useOf(name, this.#scopes.variable(name), 0);
  }

  /** `a = p = f()`: what `p` leads to, others lead to then, too. */
  useOfAssigned(node: Node, variable: Variable): Use | undefined {
    return node.kind === 'assign' ? this.#useOf(node, variable, 0) : undefined;
  }

  /** @param of whose value it is, not moved */
  #useOf(value: Node, of: Variable | undefined, depth: number): Use {
    const { parent, role } = value;
    if (parent === undefined || depth > MAX_DEPTH) return LOST;
    const on = (exactly = of): Use => this.#useOf(parent, exactly, depth + 1);
    switch (parent.kind) {
      case 'cast':
        return on();
      case 'conditional':
        return role === 'condition' ? LOOKS : on();
      case ':comma_expression':
        return role === 'right' ? on() : LOOKS;
      case 'unary':
        return this.#unary(value, parent, of, depth);
      case 'index':
        return role === 'object' ? this.#place(parent, of, depth + 1) : LOOKS;
      case 'member':
        return LOOKS;
      case 'binary':
        return COMPARISONS.has(parent.part('operator')?.text ?? '')
          ? LOOKS
          : this.#useOf(parent, undefined, depth + 1);
      case 'call':
        return role === 'arguments' ? this.#argument(value, parent, of !== undefined) : LOOKS;
      case 'assign':
      case 'variable': {
        const target = parent.part('target');
        const into =
          parent.kind === 'variable'
            ? parent
            : target?.kind === 'identifier' && isPlain(parent)
              ? this.#scopes.variable(target)
              : undefined;
        const isStatic = into?.parts('modifiers').some(({ text }) => text === 'static') === true;
        return role !== 'value' || into === undefined || isStatic ? LOST : { is: 'alias', into };
      }
      default:
        return CONDITIONS.has(parent.kind) ? LOOKS : LOST;
    }
  }

  #unary(value: Node, parent: Node, of: Variable | undefined, depth: number): Use {
    const operator = parent.part('operator')?.text ?? '';
    if (operator === '*') return this.#place(parent, of, depth + 1);
    if (operator === '&')
      return value.kind === 'identifier' ? LOST : this.#useOf(parent, undefined, depth + 1);
    return LOOKS;
  }

  /** `p->name`, `p[i]`, and what lies in that: its address leads into the block, too. */
  #place(place: Node, of: Variable | undefined, depth: number): Use {
    const path = ['*'];
    let whole = place;
    for (let far = depth; far <= MAX_DEPTH; far++) {
      const { parent, role } = whole;
      const operator = parent?.kind === 'unary' ? parent.part('operator')?.text : undefined;
      if (operator === '&' && parent !== undefined) return this.#useOf(parent, undefined, far + 1);
      if (operator === 'sizeof') return LOOKS;
      if (parent?.kind === 'member') path.push(parent.part('name')?.text ?? '');
      else if ((parent?.kind === 'index' && role === 'object') || operator === '*') path.push('*');
      else {
        const use = this.#useOf(whole, undefined, far + 1);
        if (use.is === 'looks') return FOLLOWS;
        return of === undefined ? use : { is: 'part', of, path, use: () => use };
      }
      if (parent !== undefined) whole = parent;
    }
    return LOST;
  }

  #argument(value: Node, call: Node, exact: boolean): Use {
    const callee = call.part('callee');
    if (callee?.kind !== 'identifier' || this.#scopes.variable(callee) !== undefined) return LOST;
    return {
      is: 'argument',
      name: callee.text,
      position: call.parts('arguments').indexOf(value),
      call,
      exact,
      result: () => this.#useOf(call, undefined, 0),
    };
  }

  /** What happens in an expression, in order. */
  #steps(node: Node, sometimes: boolean, steps: Step[]): void {
    if (node.kind === 'unary' && node.part('operator')?.text === 'sizeof') return;
    const isLogical = node.kind === 'binary' && /^(?:&&|\|\|)$/.test(node.part('operator')?.text ?? '');
    for (const child of node.children) {
      const isSometimes =
        sometimes ||
        (isLogical && child.role === 'right') ||
        (node.kind === 'conditional' && child.role !== 'condition');
      this.#steps(child, isSometimes, steps);
    }
    if (node.kind === 'call') {
      const name = node.part('callee');
      if (name?.kind === 'identifier' && !sometimes) steps.push({ is: 'calls', name: name.text });
    }
    if ((node.kind === 'variable' && node.part('value') !== undefined) || node.kind === 'assign') {
      const target = node.part('target');
      const variable =
        node.kind === 'variable'
          ? node
          : target?.kind === 'identifier'
            ? this.#scopes.variable(target)
            : undefined;
      if (variable !== undefined && isPlain(node)) {
        steps.push({ is: 'gets', variable, given: this.given(node.part('value')), sometimes });
        const use = this.useOfAssigned(node, variable);
        if (use !== undefined) steps.push({ is: 'use', of: variable, use, sometimes });
      }
    }
    const of = node.kind === 'identifier' ? this.#scopes.variable(node) : undefined;
    const use = of === undefined ? undefined : this.use(node);
    if (of !== undefined && use !== undefined && use !== 'address')
      steps.push({ is: 'use', of, use, sometimes });
  }

  #condition(node: Node): Condition {
    const operator = node.part('operator')?.text ?? '';
    const [left, right] = [node.part('left'), node.part('right')];
    if (node.kind === 'binary' && left !== undefined && right !== undefined) {
      if (operator === '&&' || operator === '||')
        return {
          is: operator === '&&' ? 'and' : 'or',
          left: this.#condition(left),
          right: this.#condition(right),
        };
      const isEqual = operator === '==';
      const tested =
        this.given(right).is === 'null' ? left : this.given(left).is === 'null' ? right : undefined;
      const variable = tested && (isEqual || operator === '!=') ? this.#tested(tested) : undefined;
      if (variable !== undefined) {
        const isNull: Condition = { is: 'null', variable, steps: this.#all(node) };
        return isEqual ? isNull : { is: 'not', of: isNull };
      }
    }
    const operand = node.part('operand');
    if (node.kind === 'unary' && operator === '!' && operand !== undefined)
      return { is: 'not', of: this.#condition(operand) };
    const variable = this.#tested(node);
    return variable === undefined
      ? { is: 'other', steps: this.#all(node) }
      : { is: 'not', of: { is: 'null', variable, steps: this.#all(node) } };
  }

  #all(node: Node): readonly Step[] {
    const steps: Step[] = [];
    this.#steps(node, false, steps);
    return steps;
  }

  /** `p`, or `(p = f())`. */
  #tested(node: Node): Variable | undefined {
    const target = node.kind === 'assign' && isPlain(node) ? node.part('target') : node;
    return target?.kind === 'identifier' ? this.#scopes.variable(target) : undefined;
  }
}
