import type { Grammar } from '../syntax/grammar.ts';
import { at, earlierNode, type SyntaxTable, type UnchangedPart } from '../syntax/syntaxTable.ts';
import { looksAround, type CompiledReadings } from './compileReadings.ts';
import type { Node } from './node.ts';
import { nodesOfKind } from './nodesOfKind.ts';
import type { Ast } from './readAst.ts';

/** What an earlier text of the same file was read as. Its nodes go over to the next reading: it must not be used any more. */
export interface EarlierAst {
  readonly ast: Ast;
  readonly table: SyntaxTable;
  /** What the new table has taken over from that one, in the order of the new table. */
  readonly unchanged: readonly UnchangedPart[];
}

/** Functions that stand unchanged in a new text: their nodes are taken over, moved to where they stand now. */
export class KeptNodes {
  readonly #grammar: Grammar;
  readonly #readings: CompiledReadings;
  readonly #earlier: EarlierAst;
  readonly #table: SyntaxTable;
  /** By node of the earlier table. */
  readonly #functions = new Map<number, Node>();
  readonly #taken = new Set<Node>();

  constructor(grammar: Grammar, readings: CompiledReadings, earlier: EarlierAst, table: SyntaxTable) {
    this.#grammar = grammar;
    this.#readings = readings;
    this.#earlier = earlier;
    this.#table = table;
    // Of code that is nested too deeply it matters how deep it stands.
    if (earlier.ast.truncated) return;
    for (const node of nodesOfKind(earlier.ast, 'function')) {
      if (this.#isWhole(node)) this.#functions.set(node.raw, node);
    }
  }

  /** All that a node of the table reads as, when it is known. */
  take(raw: number): Node | undefined {
    const { table, ast, unchanged } = this.#earlier;
    const kind = at(this.#table.kind, raw);
    if (this.#grammar.roles.units.get(kind) !== 'function') return undefined;
    if (this.#readings.byKind[kind]?.some(looksAround) !== false) return undefined;
    const old = earlierNode(unchanged, raw);
    const node = this.#functions.get(old);
    if (node === undefined || this.#taken.has(node)) return undefined;
    const start = at(this.#table.start, raw);
    if (!this.#standsAlike(raw, old, table)) return undefined;
    this.#taken.add(node);
    node.move(start - node.start, raw - old, () => ast.nodes.slice(node.index, node.last + 1));
    return node;
  }

  /** Where the nodes of a subtree that was taken over stand among the earlier ones, in preorder; undefined for any other node. */
  nodesBelow(
    node: Node,
  ): { readonly earlier: readonly Node[]; readonly first: number; readonly last: number } | undefined {
    if (!this.#taken.has(node)) return undefined;
    return { earlier: this.#earlier.ast.nodes, first: node.index, last: node.last };
  }

  /** A function is all that its node of the table was read as, and was read from nothing else. */
  #isWhole({ raw, start, end, index, last }: Node): boolean {
    const { table, ast } = this.#earlier;
    if (raw < 0 || start !== at(table.start, raw) || end !== at(table.end, raw)) return false;
    const isBeside = (other: Node | undefined): boolean =>
      other !== undefined && other.raw >= raw && other.raw < at(table.next, raw);
    return !isBeside(ast.nodes[index - 1]) && !isBeside(ast.nodes[last + 1]);
  }

  /** Around both stand nodes of the same kinds. */
  #standsAlike(raw: number, old: number, earlier: SyntaxTable): boolean {
    let [now, before] = [at(this.#table.parent, raw), at(earlier.parent, old)];
    while (now > 0 && before > 0) {
      if (at(this.#table.kind, now) !== at(earlier.kind, before)) return false;
      [now, before] = [at(this.#table.parent, now), at(earlier.parent, before)];
    }
    return now === before;
  }
}
