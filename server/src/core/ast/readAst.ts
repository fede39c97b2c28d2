import type { Grammar } from '../syntax/grammar.ts';
import { at, type SyntaxTable } from '../syntax/syntaxTable.ts';
import {
  compileReadings,
  SPECIAL,
  type CompiledReading,
  type CompiledReadings,
  type CompiledSource,
} from './compileReadings.ts';
import { readDeclarator } from './declarators.ts';
import {
  chained,
  folded,
  isFragment,
  nested,
  templateParts,
  withAttributes,
  withImpliedNames,
} from './folds.ts';
import { KeptNodes, type EarlierAst } from './keptNodes.ts';
import { hasRoles, rolesOf } from './kinds.ts';
import { literalContent } from './literals.ts';
import { Node } from './node.ts';
import { numberNodes } from './numberNodes.ts';
import { byPlace, hullOf, inOrder } from './order.ts';
import { regrouped } from './regroup.ts';
import { reparse, tokensBelow, WHOLE, type Part, type Reparsed } from './reparse.ts';
import { TableView, type Picked } from './tableView.ts';

/** Code nested deeper than this is read as one leaf: readers and matchers are recursive, and files can be hostile. */
const MAX_DEPTH = 400;
/** Tokens inside of tokens are parsed again this often; deeper ones stay tokens. */
const MAX_REPARSES = 6;

/** A file, or a pattern, in the vocabulary of `kinds.ts`. */
export interface Ast {
  readonly root: Node;
  /** Every node, in preorder: `nodes[n.index] === n`. */
  readonly nodes: readonly Node[];
  readonly text: string;
  readonly grammar: Grammar;
  /** Some code is nested too deeply to be read. */
  readonly truncated: boolean;
}

const compiled = new WeakMap<Grammar, CompiledReadings>();

/** The grammar's readings, compiled once. */
export function readingsOf(grammar: Grammar): CompiledReadings {
  let readings = compiled.get(grammar);
  if (readings === undefined) {
    readings = compileReadings(grammar, grammar.definition.profile.nodes);
    compiled.set(grammar, readings);
  }
  return readings;
}

/**
 * Reads a syntax table by the readings of its grammar's profile.
 *
 * @param earlier of the same file, from which functions that did not change are taken over
 */
export function readAst(grammar: Grammar, table: SyntaxTable, text: string, earlier?: EarlierAst): Ast {
  const reader = new AstReader(grammar, table, text);
  if (earlier) reader.kept = new KeptNodes(grammar, reader.readings, earlier, table);
  const root = reader.readFile();
  const nodes = numberNodes(root, reader.kept);
  return { root, nodes, text, grammar, truncated: reader.truncated };
}

/** Reads nodes of one table. Also used by `declarators.ts`. */
export class AstReader {
  truncated = false;
  kept: KeptNodes | undefined;
  readonly grammar: Grammar;
  readonly table: SyntaxTable;
  readonly readings: CompiledReadings;
  readonly #view: TableView;
  #depth = 0;
  /** The node that an `each` is at: `.` then means the node as its own kind reads. */
  #element = -1;
  /** Stretches of tokens that were parsed again, by node; filled when the first is read. */
  #reparsed: ReadonlyMap<number, Reparsed> | undefined;
  readonly #part: Part;
  readonly #attributesBeside: boolean;

  /** @param text the text that was parsed */
  constructor(grammar: Grammar, table: SyntaxTable, text: string, part: Part = WHOLE) {
    this.grammar = grammar;
    this.table = table;
    this.#view = new TableView(grammar, table, text, part.place);
    this.readings = readingsOf(grammar);
    this.#part = part;
    this.#attributesBeside = grammar.definition.profile.attributesBeside === true;
  }

  readFile(): Node {
    const read = this.childrenOf(0).flatMap((child) => this.read(child));
    const statements = this.#hasAttributes('statements') ? withAttributes(read) : read;
    for (const each of statements) each.role = 'statements';
    return new Node('file', 0, this.#view.text.length, 0, statements);
  }

  /** The nodes that a node of the table reads as: mostly one. */
  read(raw: number): readonly Node[] {
    if (this.#depth >= MAX_DEPTH) {
      this.truncated = true;
      return [this.#leaf(`:${this.grammar.kindName(this.#view.kind(raw))}`, raw)];
    }
    const kept = this.kept?.take(raw);
    if (kept !== undefined) return [kept];
    this.#depth++;
    const element = this.#element;
    this.#element = -1;
    try {
      // Wrappers around one node are passed over in a loop: long chains of `else if` must not use up the stack.
      for (let node = raw; ;) {
        const reading = this.#readingOf(node);
        if (reading === undefined) return [this.#readRaw(node)];
        const inner = this.#wrappedBy(reading, node);
        if (inner === undefined) return this.#readAs(reading, node, true);
        node = inner;
      }
    } finally {
      this.#depth--;
      this.#element = element;
    }
  }

  #readingOf(raw: number): CompiledReading | undefined {
    return this.readings.byKind[this.#view.kind(raw)]?.find((reading) => this.#applies(reading, raw));
  }

  /** The only node that a node means, when it is a wrapper. */
  #wrappedBy(reading: CompiledReading, raw: number): number | undefined {
    if (reading.is !== 'same' || reading.declarator !== undefined) return undefined;
    const picked = reading.of ? this.#pick(reading.of, raw, undefined) : this.#view.namedChildrenOf(raw);
    const [only, second] = picked;
    return typeof only === 'number' && second === undefined && only !== raw ? only : undefined;
  }

  /** What a source picks from a node. */
  readWith(source: CompiledSource, raw: number): readonly Node[] {
    return this.#readSource(source, raw, undefined);
  }

  /** Children without comments and punctuation. */
  childrenOf(raw: number): number[] {
    return this.#view.childrenOf(raw);
  }

  #applies({ when }: CompiledReading, raw: number): boolean {
    return when.every(
      ({ selector, negated }) => this.#view.select(selector, raw, undefined).length > 0 !== negated,
    );
  }

  /** @param own the node is read as a whole: its extent is that of the result */
  #readAs(reading: CompiledReading, raw: number, own: boolean): readonly Node[] {
    switch (reading.is) {
      case 'skip':
        return [];
      case 'raw':
        return [this.#readRaw(raw)];
      case 'leaf':
        return [this.#leaf(`:${this.grammar.kindName(this.#view.kind(raw))}`, raw)];
      case 'same':
      case 'splice':
        if (reading.declarator !== undefined) return this.#readType(reading, raw);
        return this.#readOf(reading, raw);
      case 'each':
        return this.#readEach(reading, raw, own);
      case 'chain':
        return chained(this.#readOf(reading, raw));
      case 'nest':
        return nested(this.#readOf(reading, raw), reading.text ?? 'else');
      case 'fold':
        return folded(this.#readOf(reading, raw), reading.text ?? '&&');
      case 'split':
        return this.#readSplit(reading, raw);
      case 'parsed':
        return this.#readParsed(raw) ?? this.#readOf(reading, raw);
      case 'merge':
        return this.#readMerged(reading, raw);
      case 'fragment': {
        const start = this.#view.start(raw);
        return [
          new Node('string', start, this.#view.end(raw), this.#view.rawOf(raw), [], this.#view.textOf(raw)),
        ];
      }
      case 'concatenation':
        return [this.#readConcatenation(reading, raw)];
      default:
        return [this.#readConstruct(reading, raw, own, own)];
    }
  }

  /** What `of` picks; all named children when the reading has none. */
  #readOf({ of }: CompiledReading, raw: number): readonly Node[] {
    if (of !== undefined) return this.#readSource(of, raw, undefined);
    return this.#view.namedChildrenOf(raw).flatMap((child) => this.read(child));
  }

  /** Tokens as the code that they are; undefined where they are none in any frame. */
  #readParsed(raw: number): readonly Node[] | undefined {
    const { root, place, reparses } = this.#part;
    if (reparses >= MAX_REPARSES) return undefined;
    this.#reparsed ??= reparse(
      this.grammar,
      this.readings.tokenFrames,
      this.#view.text,
      tokensBelow(this.table, root, this.#view.text, (node) => this.#isTokens(node)),
    );
    const parsed = this.#reparsed.get(raw);
    if (parsed === undefined) return undefined;
    const { frame, item } = parsed;
    const reader = new AstReader(this.grammar, parsed.table, parsed.text, {
      root: item,
      place: { shift: parsed.shift + place.shift, raw: this.#view.rawOf(raw) },
      reparses: reparses + 1,
    });
    reader.#depth = this.#depth;
    const nodes = reader.readWith(frame.read, item);
    this.truncated ||= reader.truncated;
    return nodes;
  }

  #isTokens(node: number): boolean {
    const readings = this.readings.byKind[at(this.table.kind, node)];
    return readings?.some(({ is }) => is === 'parsed') === true && this.#readingOf(node)?.is === 'parsed';
  }

  /** One construct for each run of children between separators. */
  #readSplit({ as, of, text }: CompiledReading, raw: number): readonly Node[] {
    const picked = of === undefined ? [raw] : this.#pick(of, raw, undefined);
    return picked.flatMap((each) => {
      if (typeof each !== 'number') return [];
      return this.#view.split(each, text ?? ',').flatMap((run) => {
        const reading = as.find((one) => this.#applies(one, run));
        return reading === undefined ? [] : this.#readAs(reading, run, true);
      });
    });
  }

  /** One construct per picked node; of a node read as a whole a single one has its extent. */
  #readEach(reading: CompiledReading, raw: number, own: boolean): readonly Node[] {
    const { as: alternatives, of } = reading;
    if (of === undefined) return [this.#readRaw(raw)];
    const picked = this.#pick(of, raw, undefined).filter((each) => typeof each === 'number');
    const [only, second] = picked;
    if (only === undefined) return own ? [this.#readRaw(raw)] : [];
    return picked.flatMap((each) => {
      const as = alternatives.find((one) => this.#applies(one, each));
      const outer = this.#element;
      this.#element = each;
      try {
        const extent = own && second === undefined ? raw : each;
        if (as === undefined) return [];
        if (SPECIAL.includes(as.is)) return this.#readAs(as, each, false);
        return [this.#readConstruct(as, each, true, true, extent)];
      } finally {
        this.#element = outer;
      }
    });
  }

  /** A type with what an abstract declarator adds to it. */
  #readType(reading: CompiledReading, raw: number): readonly Node[] {
    const base = reading.of ? this.#readSource(reading.of, raw, undefined) : [];
    const [picked] = reading.declarator ? this.#view.select(reading.declarator, raw, undefined) : [];
    const parts = readDeclarator(this, typeof picked === 'number' ? picked : -1, base[0], 'type');
    return parts.find(({ role }) => role === 'type')?.nodes ?? [];
  }

  #readMerged(reading: CompiledReading, raw: number): readonly Node[] {
    const inner = this.#readOf(reading, raw);
    const more = this.#readRoles(reading, raw);
    return inner.map((node, index) => {
      const children = index === 0 ? [...more, ...node.children].sort(byPlace) : node.children;
      const whole = inner.length === 1;
      const merged = new Node(
        node.kind,
        whole ? this.#view.start(raw) : node.start,
        whole ? this.#view.end(raw) : node.end,
        node.raw,
        children,
        node.text,
        { start: node.contentStart, end: node.contentEnd },
      );
      merged.role = node.role;
      return merged;
    });
  }

  #readConcatenation(reading: CompiledReading, raw: number): Node {
    const parts = this.#readOf(reading, raw);
    return this.#joined(parts, raw);
  }

  /** A string of several pieces: one string when all are text, else a template. */
  #joined(parts: readonly Node[], raw: number): Node {
    const start = this.#view.start(raw);
    const end = this.#view.end(raw);
    const first = parts[0];
    const last = parts.at(-1);
    if (first && last && parts.every((part) => part.kind === 'string')) {
      const content = { start: first.contentStart, end: last.contentEnd };
      return new Node(
        'string',
        start,
        end,
        this.#view.rawOf(raw),
        [],
        parts.map((part) => part.text).join(''),
        content,
      );
    }
    const flat = parts.flatMap((part) => (part.kind === 'template' ? part.parts('parts') : [part]));
    for (const part of flat) part.role = 'parts';
    return new Node('template', start, end, this.#view.rawOf(raw), flat);
  }

  #readConstruct(
    reading: CompiledReading,
    raw: number,
    own: boolean,
    mayBeLeaf: boolean,
    extent: number = raw,
  ): Node {
    const { is } = reading;
    const start = this.#view.start(extent);
    const end = this.#view.end(extent);
    if (is === 'string') return this.#readString(raw, reading.text);
    if (!mayBeLeaf && isLeaf(is)) {
      const given = reading.text;
      return new Node(
        is,
        start,
        given === undefined ? end : start,
        this.#view.rawOf(raw),
        [],
        given ?? this.#view.textOf(raw),
      );
    }
    if (reading.roles.length === 0 && reading.declarator === undefined && mayBeLeaf) {
      const text = reading.text ?? this.#view.textOf(raw);
      if (hasRoles(is)) return new Node(is, start, end, this.#view.rawOf(raw), []);
      if (is === 'regex') return this.#readString(raw, undefined, is);
      return new Node(is, start, end, this.#view.rawOf(raw), [], text);
    }
    const read = this.#readRoles(reading, raw);
    const children = this.#withNames(is, read, raw);
    if (is === 'template' && children.every(isFragment)) {
      return this.#readString(raw, undefined);
    }
    // The extent of the node that is read, of what stands beside it, or of both.
    const whole = { start, end };
    const place =
      children.length === 0 || (own && !reading.hasSiblings)
        ? whole
        : hullOf(children, own ? whole : undefined);
    const node = new Node(is, place.start, place.end, this.#view.rawOf(raw), children);
    const { operatorOrder } = this.readings;
    return operatorOrder === undefined ? node : regrouped(node, operatorOrder, this.#view.text);
  }

  /** Names that stand for their values in a text. */
  #withNames(is: string, read: readonly Node[], raw: number): readonly Node[] {
    const { formatMacros, interpolatedNames: sign } = this.grammar.definition.profile;
    if (is === 'call' && formatMacros !== undefined) return withImpliedNames(read, formatMacros);
    if (is !== 'template') return read;
    return templateParts(read, sign, sign !== undefined && this.#view.textOf(raw).startsWith('"""'));
  }

  #readString(raw: number, given: string | undefined, kind = 'string'): Node {
    const start = this.#view.start(raw);
    const text = this.#view.textOf(raw);
    const content = literalContent(text);
    const place = { start: start + content.start, end: start + content.end };
    const inner = given ?? text.slice(content.start, content.end);
    return new Node(kind, start, this.#view.end(raw), this.#view.rawOf(raw), [], inner, place);
  }

  /** A list in which an annotation that stands before an entry is the entry's. */
  #hasAttributes(role: string): boolean {
    return role === 'members' || (role === 'statements' && this.#attributesBeside);
  }

  #readRoles(reading: CompiledReading, raw: number): Node[] {
    const children: Node[] = [];
    const demands = rolesOf(reading.is);
    const taken = reading.hasRest ? new Set<number>() : undefined;
    const add = (role: string, nodes: readonly Node[]): void => {
      const demand = demands?.[role];
      const isBody = demand === 'body' || demand === 'optional-body';
      const list = this.#hasAttributes(role) ? withAttributes(nodes) : nodes;
      const parts = isBody ? this.#asBody(role, nodes) : list;
      for (const node of parts) {
        node.role = role;
        children.push(node);
      }
    };
    if (reading.declarator !== undefined) {
      const [picked] = this.#view.select(reading.declarator, raw, taken);
      const base = reading.roles.find(({ role }) => role === 'type' || role === 'returns');
      const type = base ? this.#readSource(base.source, raw, taken) : [];
      for (const part of readDeclarator(this, typeof picked === 'number' ? picked : -1, type[0], reading.is))
        add(part.role, part.nodes);
    }
    const late: CompiledReading['roles'][number][] = [];
    for (const entry of reading.roles) {
      const { role, source } = entry;
      if (reading.declarator !== undefined && (role === 'type' || role === 'returns')) continue;
      if (entry.usesRest) late.push(entry);
      else add(role, this.#readSource(source, raw, taken));
    }
    for (const { role, source } of late) add(role, this.#readSource(source, raw, taken));
    return inOrder(children);
  }

  /** `else if` stays an `if`; anything else that is no block becomes a block of its own. */
  #asBody(role: string, nodes: readonly Node[]): readonly Node[] {
    const [first, second] = nodes;
    if (first === undefined || (second === undefined && first.kind === 'block')) return nodes;
    if (role === 'else' && second === undefined && first.kind === 'if') return nodes;
    for (const node of nodes) node.role = 'statements';
    return [new Node('block', first.start, nodes.at(-1)?.end ?? first.end, first.raw, nodes)];
  }

  #readSource(source: CompiledSource, raw: number, taken: Set<number> | undefined): readonly Node[] {
    for (const each of source) {
      if ('is' in each) {
        if (!this.#applies(each, raw)) continue;
        const nodes = this.#readAs(each, raw, false);
        if (nodes.length > 0) return nodes;
      } else {
        const picked = this.#view.select(each, raw, taken);
        const nodes: Node[] = [];
        for (const one of picked) for (const node of this.#readPicked(one, raw)) nodes.push(node);
        if (nodes.length > 0) return nodes;
      }
    }
    return [];
  }

  #readPicked(picked: Picked, raw: number): readonly Node[] {
    if (typeof picked === 'number') {
      // A node may pick itself as a leaf: its own reading would go round in circles.
      return picked === raw && picked !== this.#element ? [this.#leaf('token', raw)] : this.read(picked);
    }
    const start = this.#view.start(raw);
    return [new Node('token', start, start, this.#view.rawOf(raw), [], picked.text)];
  }

  #pick(source: CompiledSource, raw: number, taken: Set<number> | undefined): readonly Picked[] {
    for (const each of source) {
      if ('is' in each) continue;
      const picked = this.#view.select(each, raw, taken);
      if (picked.length > 0) return picked;
    }
    return [];
  }

  /** The grammar's own kind: all children in order, with their fields as roles. */
  #readRaw(raw: number): Node {
    const kind = this.#view.kind(raw);
    const named = this.grammar.isNamed(kind);
    const children = named ? this.childrenOf(raw) : [];
    if (children.length === 0) return this.#leaf(named ? `:${this.grammar.kindName(kind)}` : 'token', raw);
    const nodes = children.flatMap((child) => {
      const role = this.grammar.fieldName(at(this.table.field, child));
      const read = this.read(child);
      for (const each of read) each.role = role;
      return read;
    });
    return new Node(
      `:${this.grammar.kindName(kind)}`,
      this.#view.start(raw),
      this.#view.end(raw),
      this.#view.rawOf(raw),
      nodes,
    );
  }

  #leaf(kind: string, raw: number): Node {
    return new Node(
      kind,
      this.#view.start(raw),
      this.#view.end(raw),
      this.#view.rawOf(raw),
      [],
      this.#view.textOf(raw),
    );
  }
}

/** A construct without parts. */
function isLeaf(is: string): boolean {
  return rolesOf(is) !== undefined && !hasRoles(is);
}
