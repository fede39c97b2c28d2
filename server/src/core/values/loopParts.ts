import { descendants, type Node } from '../ast/node.ts';
import type { Ast } from '../ast/readAst.ts';
import { changedBy } from './stalled.ts';

const LOOPS: ReadonlySet<string> = new Set(['for', 'while', 'doWhile', 'forEach']);
const NUMBERS =
  /^(?:(?:un)?signed|int|long|short|char|size_t|ssize_t|u?int(?:_fast|_least)?(?:8|16|32|64)_t|uintptr_t|off_t|unsigned (?:char|short|int|long)(?: long| int)*|long (?:long|int)(?: int)?|u?char|uint|ulong|u8|u16|u32|u64)$/;
const UNSIGNED =
  /^(?:unsigned\b.*|size_t|uint(?:_fast|_least)?(?:8|16|32|64)_t|uintptr_t|uchar|uint|ulong|u8|u16|u32|u64)$/;

/** What the loops of one function have in common. */
export class WholeFunction {
  readonly nodes: readonly Node[];
  #declarations: ReadonlyMap<string, readonly Node[]> | undefined;
  #addresses: ReadonlyMap<string, readonly Node[]> | undefined;
  #operators: ReadonlyMap<string, ReadonlySet<string>> | undefined;
  #hasOtherNames: boolean | undefined;
  readonly #ast: Ast;

  constructor(nodes: readonly Node[], ast: Ast) {
    this.nodes = nodes;
    this.#ast = ast;
  }

  /** Whoever is given a variable may change it, by a reference. */
  get givesReferences(): boolean {
    return this.#ast.grammar.definition.dialect === 'cpp';
  }

  /** Some variables may have a second name here: a reference, or what a function within the function takes with it. */
  get hasOtherNames(): boolean {
    return (this.#hasOtherNames ??=
      this.givesReferences &&
      this.nodes.some(
        (node) => node.kind === 'lambda' || (node.kind === 'variable' && this.#isReference(node)),
      ));
  }

  /** Whether a declaration in the file makes this name volatile, or one that changes as a whole. */
  mayChangeAnywhere(name: string): boolean {
    return new RegExp(`(?:\\bvolatile\\b|tomic)[^;{}]*\\b${name}\\b`).test(this.#ast.text);
  }

  #isReference(variable: Node): boolean {
    const value = variable.part('value');
    return value !== undefined && this.#ast.text.slice(variable.start, value.start).includes('&');
  }

  /** Declarations of variables and parameters, by name. */
  get declarations(): ReadonlyMap<string, readonly Node[]> {
    return (this.#declarations ??= byName(this.nodes, (node) =>
      node.kind === 'variable' || node.kind === 'parameter' ? (node.part('target')?.text ?? '') : undefined,
    ));
  }

  /** Places that take the address of a variable, by name. */
  get addresses(): ReadonlyMap<string, readonly Node[]> {
    return (this.#addresses ??= byName(this.nodes, (node) => {
      const operand =
        node.kind === 'unary' && node.part('operator')?.text === '&' ? node.part('operand') : undefined;
      return operand?.kind === 'identifier' ? operand.text : undefined;
    }));
  }

  /** Names that stand on either side of an operator, by operator. */
  get operators(): ReadonlyMap<string, ReadonlySet<string>> {
    if (this.#operators === undefined) {
      const operators = new Map<string, Set<string>>();
      for (const node of this.nodes) {
        if (node.kind !== 'binary') continue;
        const operator = node.part('operator')?.text ?? '';
        const names = operators.get(operator) ?? new Set();
        operators.set(operator, names);
        for (const side of [node.part('left'), node.part('right')]) names.add(side?.text ?? '');
      }
      this.#operators = operators;
    }
    return this.#operators;
  }
}

function byName(
  nodes: readonly Node[],
  nameOf: (node: Node) => string | undefined,
): ReadonlyMap<string, readonly Node[]> {
  const named = new Map<string, Node[]>();
  for (const node of nodes) {
    const name = nameOf(node);
    if (name === undefined) continue;
    const known = named.get(name);
    if (known === undefined) named.set(name, [node]);
    else known.push(node);
  }
  return named;
}

/** What a loop consists of, by the names that stand in it. */
export class LoopParts {
  readonly loop: Node;
  /** The function around it. */
  readonly whole: WholeFunction;
  readonly condition: Node | undefined;
  /** Nodes of the loop, without what a `for` does once. */
  readonly nodes: readonly Node[];

  constructor(loop: Node, whole: WholeFunction) {
    this.loop = loop;
    this.whole = whole;
    this.condition = loop.part('condition');
    const first = loop.part('initialiser');
    this.nodes = [...descendants(loop)].filter((node) => node !== loop && first?.contains(node) !== true);
  }

  /** Names of what is called in it. */
  get calls(): readonly string[] {
    return this.nodes.flatMap((node) => (node.kind === 'call' ? [node.part('callee')?.text ?? ''] : []));
  }

  /** A statement in it leaves it. */
  get leaves(): boolean {
    return this.nodes.some((node) => this.isWayOut(node));
  }

  isWayOut(node: Node): boolean {
    if (node.kind === 'return' || node.kind === 'goto' || node.kind === 'throw') return true;
    if (node.kind !== 'break') return false;
    for (let at = node.parent; at !== undefined && at !== this.loop; at = at.parent)
      if (LOOPS.has(at.kind) || at.kind === 'switch') return false;
    return true;
  }

  /** It is left in another way than by what an element holds. */
  get leavesUnasked(): boolean {
    return this.nodes.some((node) => {
      if (!this.isWayOut(node)) return false;
      let at: Node | undefined = node.parent;
      while (at !== undefined && at.kind !== 'if' && at !== this.loop) at = at.parent;
      const test = at?.kind === 'if' ? at.part('condition') : undefined;
      return test === undefined || ![...descendants(test)].some(({ kind }) => kind === 'index');
    });
  }

  /** Changes of a variable in the loop. */
  changes(name: string): readonly Node[] {
    return this.nodes.filter((node) => {
      const target = changedBy(node);
      return target?.kind === 'identifier' && target.text === name;
    });
  }

  namesIn(root: Node): readonly string[] {
    return [...descendants(root)].flatMap((node) =>
      node.kind === 'identifier' && node.role !== 'callee' && node.role !== 'name' ? [node.text] : [],
    );
  }

  /** A variable or parameter of the function whose address nobody has. */
  isLocal(name: string): boolean {
    const declared = this.whole.declarations.get(name);
    if (declared === undefined || this.#isAddressed(name)) return false;
    return declared.every(({ parent, children }) =>
      [parent, ...children].every((each) => !/^(?:static|volatile|extern|_Atomic)$/.test(each?.text ?? '')),
    );
  }

  /** The same of an integer, and of one declaration. */
  isLocalNumber(name: string): boolean {
    const type = this.#typeOf(name);
    return type !== undefined && NUMBERS.test(type) && this.isLocal(name);
  }

  isUnsignedNumber(name: string): boolean {
    return UNSIGNED.test(this.#typeOf(name) ?? '') && this.isLocalNumber(name);
  }

  isSignedNumber(name: string): boolean {
    return this.isLocalNumber(name) && !this.isUnsignedNumber(name);
  }

  isFraction(name: string): boolean {
    return /^(?:float|double)$/.test(this.#typeOf(name) ?? '') && this.isLocal(name);
  }

  /** The number that a variable has when the loop begins, where its declaration or the loop says so. */
  firstNumber(name: string): number | undefined {
    const first = this.loop.part('initialiser');
    const places = first === undefined ? (this.whole.declarations.get(name) ?? []) : [...descendants(first)];
    if (first === undefined && this.#isChangedBefore(name)) return undefined;
    for (const node of places) {
      const value = node.part('value');
      if (node.part('target')?.text !== name || value?.kind !== 'number') continue;
      const number = Number(value.text.replace(/[uUlL]+$/, ''));
      if (Number.isInteger(number)) return number;
    }
    return undefined;
  }

  #isChangedBefore(name: string): boolean {
    return (
      this.whole.addresses.has(name) ||
      this.whole.nodes.some((node) => node.start < this.loop.start && changedBy(node)?.text === name)
    );
  }

  /** Something has the address of the variable; what a call is given before the loop, as `scanf` is, it has not kept. */
  #isAddressed(name: string): boolean {
    const places = this.whole.addresses.get(name) ?? [];
    if (places.some((node) => node.role !== 'arguments' || this.loop.contains(node))) return true;
    if (!this.whole.givesReferences) return false;
    return (
      this.whole.hasOtherNames ||
      this.nodes.some(
        ({ kind, role, text }) => kind === 'identifier' && role === 'arguments' && text === name,
      )
    );
  }

  #typeOf(name: string): string | undefined {
    const [only, second] = this.whole.declarations.get(name) ?? [];
    if (only === undefined || second !== undefined || only.part('target')?.kind !== 'identifier')
      return undefined;
    return only.part('type')?.text;
  }
}
