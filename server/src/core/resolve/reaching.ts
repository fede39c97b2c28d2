import { CALLABLES } from '../ast/kinds.ts';
import { descendants, type Node } from '../ast/node.ts';
import { nodesOfKind } from '../ast/nodesOfKind.ts';
import { fallsThrough } from '../ast/cases.ts';
import type { Ast } from '../ast/readAst.ts';
import { namesIn, type Declarations } from './declarations.ts';
import type { Declaration } from './names.ts';

/** What each variable holds at one place; undefined where several values, or unknown ones, come together. */
type Held = Map<Declaration, Node | undefined>;

const LOGICAL: ReadonlySet<string> = new Set(['&&', '||', 'and', 'or', '??', '?:']);
/** Operators after which a variable may be changed from elsewhere. */
const ESCAPES: ReadonlySet<string> = new Set(['&', '&mut', 'ref', 'out', 'in', 'del', 'delete']);
const COUNTS: ReadonlySet<string> = new Set(['++', '--', 'post++', 'post--']);

/**
 * The value that a local variable was given last before each of its uses, where only one can have reached it: branches that
 * leave different values leave none, and a loop leaves none of what it assigns. Follows one function at a time; a variable that
 * another function assigns, or whose address is taken, is left alone.
 */
export function reachingValues(ast: Ast, declarations: Declarations): ReachingValues {
  const byCallable = new Map<Node, Declaration[]>();
  for (const declaration of trackedIn(ast, declarations)) {
    const callable = callableOf(declaration.identifier) ?? ast.root;
    const known = byCallable.get(callable);
    if (known) known.push(declaration);
    else byCallable.set(callable, [declaration]);
  }
  const usesIn = new Map<Node, ReadonlyMap<Node, Node>>();
  return {
    at: (use) => {
      const callable = callableOf(use) ?? ast.root;
      let uses = usesIn.get(callable);
      if (uses === undefined) {
        uses = usesOf(ast, callable, declarations, byCallable.get(callable));
        usesIn.set(callable, uses);
      }
      return uses.get(use);
    },
  };
}

export interface ReachingValues {
  /** The value before a use; of `x += y` it is that assignment itself. Looks at the function of the use, once. */
  at(use: Node): Node | undefined;
}

const NO_USES: ReadonlyMap<Node, Node> = new Map();

function usesOf(
  ast: Ast,
  callable: Node,
  declarations: Declarations,
  tracked: readonly Declaration[] | undefined,
): ReadonlyMap<Node, Node> {
  if (tracked === undefined) return NO_USES;
  const uses = new Map<Node, Node>();
  new Walk(ast, declarations, new Set(tracked), uses).run(callable);
  return uses;
}

/** Variables that are assigned after they were declared, in their own function alone. */
function trackedIn(ast: Ast, declarations: Declarations): ReadonlySet<Declaration> {
  const tracked = new Set<Declaration>();
  const escaped = new Set<Declaration>();
  for (const node of nodesOfKind(ast, 'assign')) {
    for (const name of namesIn(node.part('target'))) {
      const declaration = declarations.declarationOf(name);
      if (!declaration) continue;
      const isOwn = callableOf(declaration.identifier) === callableOf(name);
      (isOwn ? tracked : escaped).add(declaration);
    }
  }
  for (const node of nodesOfKind(ast, 'unary')) {
    if (!ESCAPES.has(node.part('operator')?.text ?? '')) continue;
    for (const name of namesIn(node.part('operand'))) {
      const declaration = declarations.declarationOf(name);
      if (declaration) escaped.add(declaration);
    }
  }
  for (const declaration of escaped) tracked.delete(declaration);
  return tracked;
}

/** The function that code stands in; undefined outside of all. */
export function callableOf(node: Node): Node | undefined {
  for (let each = node.parent; each; each = each.parent) if (CALLABLES.has(each.kind)) return each;
  return undefined;
}

class Walk {
  readonly #caseFalls: boolean;
  readonly #declarations: Declarations;
  readonly #tracked: ReadonlySet<Declaration>;
  readonly #names: ReadonlySet<string>;
  readonly #uses: Map<Node, Node>;
  /** Undefined behind a `return` and the like. */
  #held: Held | undefined = new Map();
  /** For each loop and switch around, what is held where it is left. */
  readonly #left: (Held | undefined)[][] = [];
  #jumps = false;

  constructor(
    ast: Ast,
    declarations: Declarations,
    tracked: ReadonlySet<Declaration>,
    uses: Map<Node, Node>,
  ) {
    this.#caseFalls = ast.grammar.definition.profile.caseFalls === true;
    this.#declarations = declarations;
    this.#tracked = tracked;
    this.#names = new Set([...tracked].map(({ name }) => name));
    this.#uses = uses;
  }

  run(callable: Node): void {
    for (const node of descendants(callable)) if (node.kind === 'goto') this.#jumps = true;
    for (const child of callable.children) this.#walk(child);
  }

  #walk(node: Node): void {
    switch (node.kind) {
      case 'function':
      case 'lambda':
      case 'class':
        return;
      case 'identifier':
        this.#use(node);
        return;
      case 'variable':
      case 'resource':
        this.#define(node, node.part('value'));
        return;
      case 'assign':
        this.#assign(node);
        return;
      case 'unary':
        this.#all(node.children);
        if (COUNTS.has(node.part('operator')?.text ?? '')) this.#forget(namesIn(node.part('operand')));
        return;
      case 'conditional':
        this.#all(node.parts('condition'));
        this.#branches([node.parts('then'), node.parts('else')]);
        return;
      case 'binary':
        this.#all(node.children);
        if (LOGICAL.has(node.part('operator')?.text ?? '')) this.#forget(assignedIn(node.parts('right')));
        return;
      case 'if':
        this.#all([...node.parts('initialiser'), ...node.parts('condition')]);
        this.#branches([node.parts('then'), node.parts('else')]);
        return;
      case 'while':
      case 'doWhile':
      case 'for':
      case 'forEach':
        this.#loop(node);
        return;
      case 'switch':
        this.#switch(node);
        return;
      case 'try':
        this.#try(node);
        return;
      case 'labeled':
        if (this.#jumps) this.#held = new Map([...this.#tracked].map((each) => [each, undefined]));
        this.#all(node.children);
        return;
      case 'return':
      case 'throw':
      case 'goto':
        this.#all(node.children);
        this.#held = undefined;
        return;
      case 'break':
      case 'continue':
        // With a label it may leave any of them.
        for (const left of this.#left) left.push(copyOf(this.#held));
        this.#held = undefined;
        return;
      default:
        this.#all(node.children);
    }
  }

  #all(nodes: readonly Node[]): void {
    for (const node of nodes) this.#walk(node);
  }

  #tracks(identifier: Node): Declaration | undefined {
    if (identifier.kind !== 'identifier' || !this.#names.has(identifier.text)) return undefined;
    const declaration = this.#declarations.declarationOf(identifier);
    return declaration && this.#tracked.has(declaration) ? declaration : undefined;
  }

  #use(identifier: Node): void {
    const declaration = this.#tracks(identifier);
    const value = declaration && this.#held?.get(declaration);
    if (value) this.#uses.set(identifier, value);
  }

  #assign(node: Node): void {
    const operator = node.part('operator')?.text;
    const [target] = node.parts('target');
    if (operator === '=' || operator === ':=') {
      this.#define(node, node.part('value'));
      return;
    }
    this.#all(node.children);
    const declaration = target && this.#tracks(target);
    if (declaration) this.#held?.set(declaration, node);
  }

  /** What is on the left holds from now on what is on the right. */
  #define(node: Node, value: Node | undefined): void {
    const [target] = node.parts('target');
    this.#all(node.children.filter((child) => child !== target));
    if (!target) return;
    const targets = target.kind === 'tuple' ? target.children : [target];
    const values = target.kind === 'tuple' && value?.kind === 'tuple' ? value.children : [value];
    if (target.kind !== 'identifier' && target.kind !== 'tuple') this.#all(target.children);
    for (const [index, each] of targets.entries()) {
      const declaration = this.#tracks(each);
      if (!declaration) this.#forget(namesIn(each));
      else if (value === undefined) this.#held?.delete(declaration);
      else this.#held?.set(declaration, values.length === targets.length ? values[index] : undefined);
    }
  }

  #forget(identifiers: readonly Node[]): void {
    for (const identifier of identifiers) {
      const declaration = this.#tracks(identifier);
      if (declaration) this.#held?.set(declaration, undefined);
    }
  }

  /** One of several pieces of code runs; an empty one means that perhaps none does. */
  #branches(branches: readonly (readonly Node[])[]): void {
    const before = this.#held;
    let after: Held | undefined;
    for (const branch of branches) {
      this.#held = copyOf(before);
      this.#all(branch);
      after = join(after, this.#held);
    }
    this.#held = after;
  }

  #loop(node: Node): void {
    this.#all([...node.parts('initialiser'), ...node.parts('iterable')]);
    const repeated = node.children.filter(({ role }) => role !== 'initialiser' && role !== 'iterable');
    const assigned = [...assignedIn(repeated), ...namesIn(node.part('target'))];
    this.#forget(assigned);
    const before = copyOf(this.#held);
    this.#left.push([]);
    this.#all(repeated.filter(({ role }) => role !== 'target' && role !== 'else'));
    this.#left.pop();
    this.#held = before;
    this.#forget(assigned);
    this.#all(node.parts('else'));
  }

  #switch(node: Node): void {
    this.#all([...node.parts('initialiser'), ...node.parts('value')]);
    const before = this.#held;
    const left: (Held | undefined)[] = [];
    const cases = node.parts('cases');
    this.#left.push(left);
    const falls = this.#caseFalls || fallsThrough(cases);
    this.#held = undefined;
    let after: Held | undefined;
    for (const each of cases) {
      this.#held = falls ? join(copyOf(before), this.#held) : copyOf(before);
      this.#walk(each);
      if (!falls) after = join(after, this.#held);
    }
    this.#left.pop();
    if (falls) after = this.#held;
    for (const each of left) after = join(after, each);
    const isTotal = cases.some((each) => each.kind === 'case' && each.part('patterns') === undefined);
    this.#held = isTotal ? after : join(after, copyOf(before));
  }

  #try(node: Node): void {
    this.#all(node.parts('resources'));
    const before = copyOf(this.#held);
    const assigned = assignedIn(node.children.filter(({ role }) => role !== 'finally'));
    this.#all(node.parts('body'));
    this.#all(node.parts('else'));
    let after = this.#held;
    for (const each of node.parts('catches')) {
      this.#held = copyOf(before);
      this.#forget(assigned);
      this.#walk(each);
      after = join(after, this.#held);
    }
    const last = node.parts('finally');
    if (last.length > 0) {
      this.#held = join(copyOf(after), before);
      this.#forget(assigned);
      this.#all(last);
      const done = this.#held;
      for (const identifier of assignedIn(last)) {
        const declaration = this.#tracks(identifier);
        if (declaration) after?.set(declaration, done?.get(declaration));
      }
    }
    this.#held = after;
  }
}

/** Names that are assigned in code, but not in functions in it. */
function assignedIn(nodes: readonly Node[]): readonly Node[] {
  const names: Node[] = [];
  const pending = [...nodes];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (CALLABLES.has(node.kind) || node.kind === 'class') continue;
    if (TARGETS.has(node.kind)) names.push(...namesIn(node.part('target')));
    else if (node.kind === 'unary' && COUNTS.has(node.part('operator')?.text ?? ''))
      names.push(...namesIn(node.part('operand')));
    for (const child of node.children) pending.push(child);
  }
  return names;
}

const TARGETS: ReadonlySet<string> = new Set(['assign', 'variable', 'forEach', 'resource']);

function copyOf(held: Held | undefined): Held | undefined {
  return held && new Map(held);
}

/** What is held where two ways meet. A variable that only one of them has given a value has that one. */
function join(left: Held | undefined, right: Held | undefined): Held | undefined {
  if (left === undefined) return right;
  if (right === undefined) return left;
  const joined = new Map(left);
  for (const [declaration, value] of right) {
    const isOne = !joined.has(declaration) || isSame(joined.get(declaration), value);
    joined.set(declaration, isOne ? value : undefined);
  }
  return joined;
}

/** The same expression, or the same literal twice. */
function isSame(left: Node | undefined, right: Node | undefined): boolean {
  if (left === right) return true;
  const isLiteral = left?.kind === 'string' || left?.kind === 'number';
  return isLiteral && left.kind === right?.kind && left.text === right.text;
}
