import type { Grammar } from '../syntax/grammar.ts';
import { at, childInField, childrenOf, type SyntaxTable } from '../syntax/syntaxTable.ts';
import type { SyntaxTree } from '../syntax/syntaxTree.ts';
import { isPunctuation } from './significant.ts';

/** Separates tokens in a key; cannot occur in source text that compares equal otherwise. */
const TOKEN_END = '\u0001';

/**
 * One file as the matcher sees it: its syntax table with the look-ups that patterns start from. Everything is made on first
 * use and kept, so each is paid once for all rules.
 */
export class Code {
  readonly grammar: Grammar;
  readonly text: string;
  readonly table: SyntaxTable;
  readonly syntax: SyntaxTree;
  #byKind: { readonly nodes: Int32Array; readonly starts: Int32Array } | undefined;
  #callsByName: Map<string, number[]> | undefined;
  #identifiers: Map<string, number[]> | undefined;
  readonly #children = new Map<number, readonly number[]>();
  readonly #keys = new Map<number, string>();

  constructor(syntax: SyntaxTree) {
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
  ofKind(kind: number): Int32Array {
    this.#byKind ??= bucketByKind(this.table, this.grammar.errorKind + 1);
    const { nodes, starts } = this.#byKind;
    return nodes.subarray(at(starts, kind), at(starts, kind + 1));
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
    let key = this.#keys.get(inner);
    if (key === undefined) {
      key = this.#computeKey(inner);
      this.#keys.set(inner, key);
    }
    return key;
  }

  #computeKey(node: number): string {
    const { table } = this;
    const stop = at(table.next, node);
    if (stop === node + 1) return this.textOf(node);
    let key = '';
    for (let each = node; each < stop; each++) {
      if (this.grammar.roles.comments.has(this.kind(each))) continue;
      if (at(table.next, each) === each + 1) key += this.textOf(each) + TOKEN_END;
    }
    return key;
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
}

function append(map: Map<string, number[]>, key: string, value: number): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

function bucketByKind(table: SyntaxTable, kinds: number): { nodes: Int32Array; starts: Int32Array } {
  const starts = new Int32Array(kinds + 1);
  for (let node = 0; node < table.count; node++)
    starts[at(table.kind, node) + 1] = at(starts, at(table.kind, node) + 1) + 1;
  for (let kind = 0; kind < kinds; kind++) starts[kind + 1] = at(starts, kind + 1) + at(starts, kind);
  const filled = starts.slice();
  const nodes = new Int32Array(table.count);
  for (let node = 0; node < table.count; node++) {
    const kind = at(table.kind, node);
    nodes[at(filled, kind)] = node;
    filled[kind] = at(filled, kind) + 1;
  }
  return { nodes, starts };
}
