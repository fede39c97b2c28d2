import type { Span } from '../base/range.ts';
import type { Grammar } from '../syntax/grammar.ts';
import { at, childInField, childrenOf, type SyntaxTable } from '../syntax/syntaxTable.ts';
import type { SyntaxTree } from '../syntax/syntaxTree.ts';
import { isPunctuation } from '../syntax/punctuation.ts';

/** Separates tokens in a key; cannot occur in source text that compares equal otherwise. */
const TOKEN_END = '\u0001';

/**
 * A file, or a piece of one, as the matcher sees it: its syntax table with the look-ups that patterns start from. Everything
 * is made on first use and kept, so each is paid once for all rules.
 */
export class Code {
  readonly grammar: Grammar;
  readonly text: string;
  readonly table: SyntaxTable;
  readonly syntax: SyntaxTree;
  /** Of a piece: the code outside of functions, where names may be declared too. */
  readonly outside: Code | undefined;
  /** The file that this is a piece of; itself when it is the file. */
  readonly whole: Code;
  readonly #nodes: Int32Array | undefined;
  #gaps: readonly Span[] | undefined;
  #byKind: Map<number, number[]> | undefined;
  #callsByName: Map<string, number[]> | undefined;
  #identifiers: Map<string, number[]> | undefined;
  readonly #children = new Map<number, readonly number[]>();
  /** Keys by node; the outer parentheses of a node count here, and not in `keyOf`. */
  readonly #rawKeys = new Map<number, string>();
  /** Shared by the pieces of a file: their keys are compared with each other. */
  readonly #numbers: Map<string, string>;

  /** @param piece the nodes at which patterns may match, in the order of the text, and what is around; a whole file when absent */
  constructor(
    syntax: SyntaxTree,
    piece?: { readonly nodes: Int32Array; readonly whole: Code; readonly outside?: Code },
  ) {
    this.#nodes = piece?.nodes;
    this.whole = piece?.whole ?? this;
    this.#numbers = piece ? piece.whole.#numbers : new Map<string, string>();
    this.outside = piece?.outside;
    this.syntax = syntax;
    this.grammar = syntax.grammar;
    this.text = syntax.text;
    this.table = syntax.table;
  }

  kind(node: number): number {
    return at(this.table.kind, node);
  }

  start(node: number): number {
    return at(this.table.start, node);
  }

  end(node: number): number {
    return at(this.table.end, node);
  }

  parent(node: number): number {
    return at(this.table.parent, node);
  }

  textOf(node: number): string {
    return this.text.slice(this.start(node), this.end(node));
  }

  field(node: number, field: number): number {
    return childInField(this.table, node, field);
  }

  /** All nodes of a kind, in the order of the text. */
  ofKind(kind: number): readonly number[] {
    this.#byKind ??= this.#bucketByKind();
    return this.#byKind.get(kind) ?? [];
  }

  /** True for a place that belongs to this piece: all do of a whole file. */
  includes(offset: number): boolean {
    const first = this.#nodes?.[0];
    if (this.#nodes === undefined || first === undefined) return true;
    if (first > 0) return this.start(first) <= offset && offset < this.end(first);
    return !this.#functionSpans().some(({ start, end }) => start <= offset && offset < end);
  }

  /** Stretch of text to look at: a function's own, else the whole file's. */
  get span(): Span {
    const first = this.#nodes?.[0];
    if (first === undefined || first === 0) return { start: 0, end: this.text.length };
    return { start: this.start(first), end: this.end(first) };
  }

  /** The nodes at which patterns may match, in the order of the text. */
  *nodes(): Generator<number> {
    if (this.#nodes) yield* this.#nodes;
    else for (let node = 0; node < this.table.count; node++) yield node;
  }

  /** Calls whose callee is this plain name. */
  callsOf(name: string): readonly number[] {
    if (this.#callsByName === undefined) {
      this.#callsByName = new Map();
      const { call } = this.grammar.definition.profile;
      const calleeField = this.grammar.field(call.callee);
      for (const node of this.ofKind(this.grammar.kind(call.kind))) {
        const callee = this.field(node, calleeField);
        if (callee < 0 || !this.grammar.roles.identifiers.has(this.kind(callee))) continue;
        append(this.#callsByName, this.textOf(callee), node);
      }
    }
    return this.#callsByName.get(name) ?? [];
  }

  /** Identifiers with this text. */
  identifiersOf(name: string): readonly number[] {
    return this.#identifierIndex().get(name) ?? [];
  }

  hasWords(words: readonly string[]): boolean {
    // A whole file is only indexed when all words occur in its text.
    if (!this.#nodes && !this.#identifiers && !words.every((word) => this.text.includes(word))) return false;
    const index = this.#identifierIndex();
    return words.every((word) => index.has(word));
  }

  /** Children without comments and punctuation. */
  significantChildren(node: number): readonly number[] {
    let children = this.#children.get(node);
    if (children === undefined) {
      children = childrenOf(this.table, node).filter(
        (child) =>
          !this.grammar.roles.comments.has(this.kind(child)) &&
          !isPunctuation(this.grammar, this.kind(child)),
      );
      this.#children.set(node, children);
    }
    return children;
  }

  /** The expression inside any parentheses around it. */
  unwrap(node: number): number {
    let inner = node;
    while (this.grammar.roles.parentheses.has(this.kind(inner))) {
      const [only, second] = this.significantChildren(inner);
      if (only === undefined || second !== undefined) return inner;
      inner = only;
    }
    return inner;
  }

  /** The declarator without `*`, `[]` and the like around it. */
  unwrapDeclarator(node: number): number {
    const declarator = this.grammar.field(this.grammar.definition.profile.initialiser.left);
    let inner = node;
    while (this.grammar.roles.initialiserWrappers.has(this.kind(inner))) {
      const next = this.field(inner, declarator);
      const fallback = this.significantChildren(inner).at(-1);
      if (next < 0 && fallback === undefined) return inner;
      inner = next < 0 ? (fallback ?? inner) : next;
    }
    return inner;
  }

  /** Text that two pieces of code share exactly when they are the same but for layout, comments and outer parentheses. */
  keyOf(node: number): string {
    const inner = this.unwrap(node);
    return this.#rawKeys.get(inner) ?? this.#computeKey(inner);
  }

  /**
   * Keys of a node and all below it, each made once from those of its children: a long key is replaced by a number, so that deeply
   * nested code does not cost its size times its depth.
   */
  #computeKey(root: number): string {
    const { table } = this;
    const pending = [root];
    for (let node = pending.at(-1); node !== undefined; node = pending.at(-1)) {
      const stop = at(table.next, node);
      const parts: string[] = [];
      let complete = true;
      for (let child = node + 1; child < stop; child = at(table.next, child)) {
        if (this.grammar.roles.comments.has(this.kind(child))) continue;
        const key = this.#rawKeys.get(child);
        if (key !== undefined) parts.push(key);
        else {
          complete = false;
          pending.push(child);
        }
      }
      if (!complete) continue;
      pending.pop();
      const [only, second] = parts;
      const key =
        stop === node + 1
          ? this.textOf(node)
          : only !== undefined && second === undefined
            ? only
            : this.#numberOf(parts.join(TOKEN_END));
      this.#rawKeys.set(node, key);
    }
    return this.#rawKeys.get(root) ?? '';
  }

  #numberOf(key: string): string {
    let number = this.#numbers.get(key);
    if (number === undefined) {
      number = `${TOKEN_END}${this.#numbers.size}`;
      this.#numbers.set(key, number);
    }
    return number;
  }

  /** Of the code outside of functions: the stretches that are left out. */
  #functionSpans(): readonly Span[] {
    this.#gaps ??= gapsOf(this.table, this.#nodes ?? new Int32Array());
    return this.#gaps;
  }

  #identifierIndex(): Map<string, number[]> {
    if (this.#identifiers === undefined) {
      this.#identifiers = new Map();
      for (const kind of this.grammar.roles.identifiers) {
        for (const node of this.ofKind(kind)) append(this.#identifiers, this.textOf(node), node);
      }
    }
    return this.#identifiers;
  }

  #bucketByKind(): Map<number, number[]> {
    const byKind = new Map<number, number[]>();
    const { kind } = this.table;
    const count = this.#nodes?.length ?? this.table.count;
    for (let index = 0; index < count; index++) {
      const node = this.#nodes ? at(this.#nodes, index) : index;
      append(byKind, at(kind, node), node);
    }
    return byKind;
  }
}

/** Extents of the subtrees that are missing between nodes that follow each other in preorder. */
function gapsOf(table: SyntaxTable, nodes: Int32Array): Span[] {
  const gaps: Span[] = [];
  for (let index = 1; index <= nodes.length; index++) {
    const stop = index < nodes.length ? at(nodes, index) : table.count;
    for (let node = at(nodes, index - 1) + 1; node < stop; node = at(table.next, node)) {
      gaps.push({ start: at(table.start, node), end: at(table.end, node) });
    }
  }
  return gaps;
}

function append<K>(map: Map<K, number[]>, key: K, value: number): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
