import type { EarlierAst } from '../ast/keptNodes.ts';
import { readAst, type Ast } from '../ast/readAst.ts';
import type { Node } from '../ast/node.ts';
import { kindsIn, nodesOfKind, type NodesByKind } from '../ast/nodesOfKind.ts';
import { functionAround, joined, partsOf, perFunction } from '../ast/parts.ts';
import type { Span } from '../base/range.ts';
import { partitionPoint } from '../base/partition.ts';
import { genericText, genericTextKey, type GenericText } from '../generic/genericText.ts';
import { namesOf, type Names } from '../resolve/names.ts';
import type { RuleOptions } from '../rules/options.ts';
import type { Grammar } from '../syntax/grammar.ts';
import type { SyntaxTree } from '../syntax/syntaxTree.ts';
import type { FactEvent } from '../values/events.ts';
import { factsOf, type ValueFacts } from '../values/factsOf.ts';
import { emptyRootCache, type RootCache } from '../values/rootCache.ts';
import { noteAsked, type AskedFacts } from './askedFacts.ts';
import { FileWords, type WordsOfPiece } from './fileWords.ts';
import { KeyMaker } from './keys.ts';
import { Vocabulary } from './vocabulary.ts';

/** Nodes that patterns start from, by a name. */
interface NameIndex {
  readonly identifiers: NodesByKind;
  /** Calls, `new` and annotations by the last part of the callee's name. */
  readonly calls: NodesByKind;
}

/** What is shared by a file and its pieces. */
class SharedFile {
  readonly syntax: SyntaxTree;
  #ast: Ast | undefined;
  #names: Names | undefined;
  #keys: KeyMaker | undefined;
  readonly #named = {
    identifiers: new Map<string, readonly Node[]>(),
    calls: new Map<string, readonly Node[]>(),
  };
  #namesOfRest: NameIndex | undefined;
  #values: ValueFacts | undefined;
  /** While rules run on a piece. */
  asked: AskedFacts | undefined;
  readonly #facts: RootCache;
  readonly #part: readonly Span[] | undefined;
  readonly words: FileWords;
  readonly #genericTexts = new Map<string, GenericText>();

  #earlier: EarlierAst | undefined;

  constructor(
    syntax: SyntaxTree,
    words: FileWords,
    earlier: EarlierAst | undefined,
    facts: RootCache,
    part: readonly Span[] | undefined,
  ) {
    this.syntax = syntax;
    this.words = words;
    this.#earlier = earlier;
    this.#facts = facts;
    this.#part = part;
  }

  get ast(): Ast {
    if (this.#ast === undefined) {
      const { grammar, table, text } = this.syntax;
      this.#ast = readAst(grammar, table, text, this.#earlier);
      this.#earlier = undefined;
    }
    return this.#ast;
  }

  get astIfRead(): Ast | undefined {
    return this.#ast;
  }

  genericText(options: RuleOptions): GenericText {
    const key = genericTextKey(options);
    let text = this.#genericTexts.get(key);
    if (text === undefined) {
      text = genericText(this.syntax.text, options);
      this.#genericTexts.set(key, text);
    }
    return text;
  }

  get names(): Names {
    this.#names ??= namesOf(this.ast, this.syntax.outside);
    return this.#names;
  }

  get keys(): KeyMaker {
    this.#keys ??= new KeyMaker(this.names);
    return this.#keys;
  }

  get values(): ValueFacts {
    this.#values ??= factsOf(this.ast, this.names, this.syntax.outside, this.#facts, { part: this.#part });
    return this.#values;
  }

  /** Nodes of all of the file, in the order of the text. */
  named(by: keyof NameIndex, name: string): readonly Node[] {
    const { ast } = this;
    const known = this.#named[by];
    let nodes = known.get(name);
    if (nodes === undefined) {
      const { functions, rest } = partsOf(ast);
      this.#namesOfRest ??= nameIndexOf(rest);
      const outside = this.#namesOfRest[by].get(name) ?? NONE;
      nodes = joined({ functions, rest: outside }, (each) => namesIn(ast, each)[by].get(name));
      known.set(name, nodes);
    }
    return nodes;
  }
}

/** A stretch of a file in which patterns may match: a function, the code outside of functions, or all. */
export interface Piece {
  /** Nodes with these preorder positions belong to the piece, in order, without overlap. */
  readonly positions: readonly { readonly first: number; readonly last: number }[];
  readonly span: Span;
  /** Of a function: the stretches of all functions of the file. */
  readonly functions?: readonly Span[];
  /** Of the code outside of functions: the stretches of these, in the order of the text. */
  readonly without?: readonly Span[];
  /** The code of a metavariable: what is around it is not looked at. */
  readonly isSubject?: true;
}

/**
 * A file, or a piece of one, as the matcher sees it. Names, types and constants are those of the whole file; only where
 * patterns may match is limited.
 */
export class Code {
  readonly #file: SharedFile;
  readonly piece: Piece | undefined;
  #words: WordsOfPiece | undefined;

  private constructor(file: SharedFile, piece: Piece | undefined) {
    this.#file = file;
    this.piece = piece;
  }

  /**
   * @param words those of the text that rules look for, when they are known already
   * @param earlier of the same file; its nodes go over to this reading
   * @param facts of the same file, as the last analysis left them
   * @param part stretches of the text of which alone values and memory are asked; all of it when undefined
   */
  static of(
    syntax: SyntaxTree,
    words = new FileWords(syntax.text, new Vocabulary(), syntax.outside),
    earlier?: EarlierAst,
    facts = emptyRootCache(),
    part?: readonly Span[],
  ): Code {
    return new Code(new SharedFile(syntax, words, earlier, facts, part), undefined);
  }

  /** The same file, seen through a piece of it; all of it when absent. */
  within(piece: Piece | undefined): Code {
    return new Code(this.#file, piece);
  }

  get syntax(): SyntaxTree {
    return this.#file.syntax;
  }

  get text(): string {
    return this.#file.syntax.text;
  }

  get grammar(): Grammar {
    return this.#file.syntax.grammar;
  }

  get ast(): Ast {
    return this.#file.ast;
  }

  /** Undefined as long as no rule has looked at the code. */
  get astIfRead(): Ast | undefined {
    return this.#file.astIfRead;
  }

  get names(): Names {
    return this.#file.names;
  }

  /** What is known of values and memory; computed when it is first asked for. */
  get values(): ValueFacts {
    return this.#file.values;
  }

  /** What is known of values at a node. */
  valuesAt(node: Node): ValueFacts {
    noteAsked(this.#file.asked, functionAround(node), 'values');
    return this.values;
  }

  /** What goes wrong in the piece, in the order of the text. */
  get events(): readonly FactEvent[] {
    if (this.piece?.without === undefined) return this.#eventsIn(this.span, this.function ?? this.subject);
    return this.values.events.filter(({ node }) => this.includes(node.start));
  }

  /** What goes wrong at a node and below it, and perhaps more. */
  eventsIn(node: Node): readonly FactEvent[] {
    return this.#eventsIn(node, node);
  }

  #eventsIn({ start, end }: Span, within: Node | undefined): readonly FactEvent[] {
    noteAsked(this.#file.asked, within && functionAround(within), 'events');
    return this.values.eventsWithin({ start, end: Math.max(end, start + 1) });
  }

  /** Runs rules on the piece, and says what they asked of facts. */
  asking<Result>(run: () => Result): { readonly result: Result; readonly asked: AskedFacts } {
    const asked: AskedFacts = { own: this.function, values: false, beyond: false };
    this.#file.asked = asked;
    try {
      return { result: run(), asked };
    } finally {
      this.#file.asked = undefined;
    }
  }

  /** The file as words and signs, for rules that look at text. */
  genericText(options: RuleOptions): GenericText {
    return this.#file.genericText(options);
  }

  /** Text that two nodes share exactly when they are the same code: see `KeyMaker`. */
  keyOf(node: Node, strictly: boolean): string {
    return this.#file.keys.keyOf(node, strictly);
  }

  /** Stretch of text that the piece lies in; the whole file's for the code outside of functions. */
  get span(): Span {
    return this.piece?.span ?? { start: 0, end: this.text.length };
  }

  /** The span without what stands in functions that do not belong to the piece; their beginnings are there, as matches may begin with one and go on behind it. */
  get stretches(): readonly Span[] {
    const { start, end } = this.span;
    const without = this.piece?.without ?? [];
    const starts = [start, ...without.map((each) => each.end)];
    return starts.map((from, index) => ({
      start: from,
      end: Math.min((without[index]?.start ?? end) + 1, end),
    }));
  }

  /** All nodes of a kind, in the order of the text. */
  ofKind(kind: string): readonly Node[] {
    const own = this.function;
    return own ? (kindsIn(this.ast, own).get(kind) ?? NONE) : this.#own(nodesOfKind(this.ast, kind));
  }

  /** Operations with two operands whose operator is a token, or may be, in the order of the text. */
  binariesOf(operator: string): readonly Node[] {
    const own = this.function;
    const binaries = own && binariesIn(this.ast, own);
    return binaries === undefined || binaries.has('')
      ? this.ofKind('binary')
      : (binaries.get(operator) ?? NONE);
  }

  /** Those of the nodes that belong to the piece, in the order of the text. */
  own(nodes: Iterable<Node>): readonly Node[] {
    return this.#own([...nodes].sort((a, b) => a.index - b.index));
  }

  /** Calls, `new` and annotations whose name ends in this word. */
  callsOf(name: string): readonly Node[] {
    return this.#named('calls', name);
  }

  /** The code that a condition on a metavariable speaks of, as a whole. */
  get subject(): Node | undefined {
    const first = this.piece?.isSubject === true ? this.piece.positions[0]?.first : undefined;
    return first === undefined ? undefined : this.ast.nodes[first];
  }

  identifiersOf(name: string): readonly Node[] {
    return this.#named('identifiers', name);
  }

  #named(by: keyof NameIndex, name: string): readonly Node[] {
    const own = this.function;
    return own ? (namesIn(this.ast, own)[by].get(name) ?? NONE) : this.#own(this.#file.named(by, name));
  }

  /** The nodes at which patterns may match, in the order of the text. */
  nodes(): readonly Node[] {
    const { nodes } = this.ast;
    if (!this.piece) return nodes;
    return this.piece.positions.flatMap(({ first, last }) => nodes.slice(first, last + 1));
  }

  /** True for a place that belongs to this piece. */
  includes(offset: number): boolean {
    if (!this.piece) return true;
    const { span, without } = this.piece;
    if (without === undefined) return span.start <= offset && offset < span.end;
    const next = partitionPoint(without.length, (index) => (without[index]?.end ?? 0) <= offset);
    return offset < (without[next]?.start ?? Infinity);
  }

  /** The words of a function and of what is around all functions; for any other piece those of the file. */
  get words(): WordsOfPiece {
    const { words } = this.#file;
    this.#words ??= this.piece?.functions ? words.within(this.piece.span, this.piece.functions) : words.all();
    return this.#words;
  }

  /** False when a word that the match needs is not there. */
  hasWords(words: readonly string[]): boolean {
    return words.every((word) => this.words.has(word));
  }

  /** The function that the piece is. */
  get function(): Node | undefined {
    const [only] = this.piece?.functions === undefined ? [] : this.piece.positions;
    return only && this.ast.nodes[only.first];
  }

  #own(nodes: readonly Node[]): readonly Node[] {
    if (!this.piece || nodes.length === 0) return nodes;
    const { positions } = this.piece;
    const [only, second] = positions;
    if (only === undefined) return NONE;
    return second === undefined
      ? between(nodes, only)
      : positions.flatMap((stretch) => between(nodes, stretch));
  }
}

const NONE: readonly Node[] = [];

function between(
  nodes: readonly Node[],
  { first, last }: { readonly first: number; readonly last: number },
): readonly Node[] {
  const from = firstFrom(nodes, first);
  const to = firstFrom(nodes, last + 1);
  return from < to ? nodes.slice(from, to) : NONE;
}

/** Position of the first node whose preorder position is at least `index`. */
function firstFrom(nodes: readonly Node[], index: number): number {
  return partitionPoint(nodes.length, (position) => (nodes[position]?.index ?? 0) < index);
}

function nameIndexOf(nodes: readonly Node[]): NameIndex {
  const identifiers = new Map<string, Node[]>();
  const calls = new Map<string, Node[]>();
  for (const node of nodes) {
    if (node.kind === 'identifier') append(identifiers, node.text, node);
    const role = CALLEE_ROLE.get(node.kind);
    const callee = role === undefined ? undefined : lastName(node.part(role));
    if (callee !== undefined) append(calls, callee, node);
  }
  return { identifiers, calls };
}

const namesIn = perFunction(nameIndexOf);

/** By their operators; under the empty text those whose operator is no token. Patterns of ten operators each look at one of ten. */
const binariesIn = perFunction((nodes): ReadonlyMap<string, readonly Node[]> => {
  const binaries = new Map<string, Node[]>();
  for (const node of nodes) {
    if (node.kind !== 'binary') continue;
    const operator = node.part('operator');
    append(binaries, operator?.kind === 'token' ? operator.text : '', node);
  }
  return binaries;
});

const CALLEE_ROLE: ReadonlyMap<string, string> = new Map([
  ['call', 'callee'],
  ['new', 'type'],
  ['annotation', 'name'],
]);

/** `f` of `a.b.f`, of `f<T>` and of `f`. */
export function lastName(callee: Node | undefined): string | undefined {
  let node = callee;
  while (node) {
    if (node.kind === 'identifier') return node.text;
    if (node.kind === 'member') node = node.part('name');
    else if (node.kind === 'genericType') node = node.part('base');
    else return undefined;
  }
  return undefined;
}

function append<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
