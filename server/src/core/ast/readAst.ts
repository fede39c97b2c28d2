import type { Grammar } from '../syntax/grammar.ts';
import { isPunctuation } from '../syntax/punctuation.ts';
import { at, type SyntaxTable } from '../syntax/syntaxTable.ts';
import {
  compileReadings,
  type CompiledReading,
  type CompiledReadings,
  type CompiledSource,
  type Selector,
  type Step,
} from './compileReadings.ts';
import { readDeclarator } from './declarators.ts';
import { chained, isFragment, joinFragments, nested, withAttributes } from './folds.ts';
import { rolesOf } from './kinds.ts';
import { literalContent } from './literals.ts';
import { Node } from './node.ts';

/** Code nested deeper than this is read as one leaf: readers and matchers are recursive, and files can be hostile. */
const MAX_DEPTH = 400;

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

/** Reads a syntax table by the readings of its grammar's profile. */
export function readAst(grammar: Grammar, table: SyntaxTable, text: string): Ast {
  const reader = new AstReader(grammar, table, text);
  const root = reader.readFile();
  const nodes = number(root);
  return { root, nodes, text, grammar, truncated: reader.truncated };
}

/** Numbers a tree in preorder, and returns its nodes in that order. */
function number(root: Node): Node[] {
  const nodes: Node[] = [];
  const pending: Node[] = [root];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    node.index = nodes.length;
    nodes.push(node);
    for (let index = node.children.length - 1; index >= 0; index--) {
      const child = node.children[index];
      if (child) pending.push(child);
    }
  }
  for (let index = nodes.length - 1; index >= 0; index--) {
    const node = nodes[index];
    if (node) node.last = node.children.at(-1)?.last ?? node.index;
  }
  return nodes;
}

/** What a selector picked: a node of the table, or a constant token. */
type Picked = number | { readonly text: string };

/** Reads nodes of one table. Also used by `declarators.ts`. */
export class AstReader {
  truncated = false;
  readonly grammar: Grammar;
  readonly table: SyntaxTable;
  readonly text: string;
  readonly readings: CompiledReadings;
  #depth = 0;
  /** The node that an `each` is at: `.` then means the node as its own kind reads. */
  #element = -1;

  constructor(grammar: Grammar, table: SyntaxTable, text: string) {
    this.grammar = grammar;
    this.table = table;
    this.text = text;
    this.readings = readingsOf(grammar);
  }

  readFile(): Node {
    const statements = this.childrenOf(0).flatMap((child) => this.read(child));
    for (const each of statements) each.role = 'statements';
    return new Node('file', 0, this.text.length, 0, statements);
  }

  /** The nodes that a node of the table reads as: mostly one. */
  read(raw: number): readonly Node[] {
    if (this.#depth >= MAX_DEPTH) {
      this.truncated = true;
      return [this.#leaf(`:${this.grammar.kindName(this.#kind(raw))}`, raw)];
    }
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
    return this.readings.byKind[this.#kind(raw)]?.find((reading) => this.#applies(reading, raw));
  }

  /** The only node that a node means, when it is a wrapper. */
  #wrappedBy(reading: CompiledReading, raw: number): number | undefined {
    if (reading.is !== 'same' || reading.declarator !== undefined) return undefined;
    const picked = reading.of ? this.#pick(reading.of, raw, undefined) : this.#namedChildren(raw);
    const [only, second] = picked;
    return typeof only === 'number' && second === undefined && only !== raw ? only : undefined;
  }

  /** What a source picks from a node. */
  readWith(source: CompiledSource, raw: number): readonly Node[] {
    return this.#readSource(source, raw, undefined);
  }

  /** Children without comments and punctuation. */
  childrenOf(raw: number): number[] {
    const children: number[] = [];
    const end = at(this.table.next, raw);
    for (let child = raw + 1; child < end; child = at(this.table.next, child)) {
      const kind = this.#kind(child);
      if (!this.grammar.roles.comments.has(kind) && !isPunctuation(this.grammar, kind)) children.push(child);
    }
    return children;
  }

  textOf(raw: number): string {
    return this.text.slice(at(this.table.start, raw), at(this.table.end, raw));
  }

  #kind(raw: number): number {
    return at(this.table.kind, raw);
  }

  #applies({ when }: CompiledReading, raw: number): boolean {
    return when.every(
      ({ selector, negated }) => this.#select(selector, raw, undefined).length > 0 !== negated,
    );
  }

  /** @param own the node is read as a whole: its extent is that of the result */
  #readAs(reading: CompiledReading, raw: number, own: boolean): readonly Node[] {
    switch (reading.is) {
      case 'skip':
        return [];
      case 'raw':
        return [this.#readRaw(raw)];
      case 'same':
      case 'splice':
        if (reading.declarator !== undefined) return this.#readType(reading, raw);
        return reading.of ? this.#readSource(reading.of, raw, undefined) : this.#readNamed(raw);
      case 'each':
        return this.#readEach(reading, raw, own);
      case 'chain':
        return chained(reading.of ? this.#readSource(reading.of, raw, undefined) : this.#readNamed(raw));
      case 'nest':
        return nested(
          reading.of ? this.#readSource(reading.of, raw, undefined) : this.#readNamed(raw),
          reading.text ?? 'else',
        );
      case 'merge':
        return this.#readMerged(reading, raw);
      case 'fragment': {
        const start = at(this.table.start, raw);
        return [new Node('string', start, at(this.table.end, raw), raw, [], this.textOf(raw))];
      }
      case 'concatenation':
        return [this.#readConcatenation(reading, raw)];
      default:
        return [this.#readConstruct(reading, raw, own, own)];
    }
  }

  #readNamed(raw: number): readonly Node[] {
    return this.childrenOf(raw)
      .filter((child) => this.grammar.isNamed(this.#kind(child)))
      .flatMap((child) => this.read(child));
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
        return as ? [this.#readConstruct(as, each, true, true, extent)] : [];
      } finally {
        this.#element = outer;
      }
    });
  }

  /** A type with what an abstract declarator adds to it. */
  #readType(reading: CompiledReading, raw: number): readonly Node[] {
    const base = reading.of ? this.#readSource(reading.of, raw, undefined) : [];
    const [picked] = reading.declarator ? this.#select(reading.declarator, raw, undefined) : [];
    const parts = readDeclarator(this, typeof picked === 'number' ? picked : -1, base[0], 'parameter');
    return parts.find(({ role }) => role === 'type')?.nodes ?? [];
  }

  #readMerged(reading: CompiledReading, raw: number): readonly Node[] {
    const inner = reading.of ? this.#readSource(reading.of, raw, undefined) : this.#readNamed(raw);
    const more = this.#readRoles(reading, raw);
    return inner.map((node, index) => {
      const children = index === 0 ? [...more, ...node.children].sort(byPlace) : node.children;
      const whole = inner.length === 1;
      const merged = new Node(
        node.kind,
        whole ? at(this.table.start, raw) : node.start,
        whole ? at(this.table.end, raw) : node.end,
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
    const parts = reading.of ? this.#readSource(reading.of, raw, undefined) : this.#readNamed(raw);
    return this.#joined(parts, raw);
  }

  /** A string of several pieces: one string when all are text, else a template. */
  #joined(parts: readonly Node[], raw: number): Node {
    const start = at(this.table.start, raw);
    const end = at(this.table.end, raw);
    const first = parts[0];
    const last = parts.at(-1);
    if (first && last && parts.every((part) => part.kind === 'string')) {
      const content = { start: first.contentStart, end: last.contentEnd };
      return new Node('string', start, end, raw, [], parts.map((part) => part.text).join(''), content);
    }
    const flat = parts.flatMap((part) => (part.kind === 'template' ? part.parts('parts') : [part]));
    for (const part of flat) part.role = 'parts';
    return new Node('template', start, end, raw, flat);
  }

  #readConstruct(
    reading: CompiledReading,
    raw: number,
    own: boolean,
    mayBeLeaf: boolean,
    extent: number = raw,
  ): Node {
    const { is } = reading;
    const start = at(this.table.start, extent);
    const end = at(this.table.end, extent);
    if (is === 'string') return this.#readString(raw, reading.text);
    if (!mayBeLeaf && isLeaf(is)) {
      const given = reading.text;
      return new Node(is, start, given === undefined ? end : start, raw, [], given ?? this.textOf(raw));
    }
    if (reading.roles.length === 0 && reading.declarator === undefined && mayBeLeaf) {
      const text = reading.text ?? this.textOf(raw);
      if (Object.keys(rolesOf(is) ?? {}).length > 0) return new Node(is, start, end, raw, []);
      if (is !== 'regex') return new Node(is, start, end, raw, [], text);
      const content = literalContent(text);
      const place = { start: start + content.start, end: start + content.end };
      return new Node(is, start, end, raw, [], text.slice(content.start, content.end), place);
    }
    const read = this.#readRoles(reading, raw);
    const children = is === 'template' ? joinFragments(read) : read;
    if (is === 'template' && children.every(isFragment)) {
      return this.#readString(raw, undefined);
    }
    const first = children[0];
    if (own || first === undefined) return new Node(is, start, end, raw, children);
    const hullEnd = children.reduce((furthest, child) => Math.max(furthest, child.end), first.end);
    return new Node(is, first.start, hullEnd, raw, children);
  }

  #readString(raw: number, given: string | undefined): Node {
    const start = at(this.table.start, raw);
    const text = this.textOf(raw);
    const content = literalContent(text);
    const place = { start: start + content.start, end: start + content.end };
    const inner = given ?? text.slice(content.start, content.end);
    return new Node('string', start, at(this.table.end, raw), raw, [], inner, place);
  }

  #readRoles(reading: CompiledReading, raw: number): Node[] {
    const children: Node[] = [];
    const demands = rolesOf(reading.is);
    const taken = reading.hasRest ? new Set<number>() : undefined;
    const add = (role: string, nodes: readonly Node[]): void => {
      const demand = demands?.[role];
      const isBody = demand === 'body' || demand === 'optional-body';
      const list = role === 'members' ? withAttributes(nodes) : nodes;
      const parts = isBody ? this.#asBody(role, nodes) : list;
      for (const node of parts) node.role = role;
      children.push(...parts);
    };
    if (reading.declarator !== undefined) {
      const [picked] = this.#select(reading.declarator, raw, taken);
      const base = reading.roles.find(({ role }) => role === 'type' || role === 'returns');
      const type = base ? this.#readSource(base.source, raw, taken) : [];
      for (const part of readDeclarator(this, typeof picked === 'number' ? picked : -1, type[0], reading.is))
        add(part.role, part.nodes);
    }
    const late: CompiledReading['roles'][number][] = [];
    for (const entry of reading.roles) {
      const { role, source } = entry;
      if (reading.declarator !== undefined && (role === 'type' || role === 'returns')) continue;
      if (usesRest(source)) late.push(entry);
      else add(role, this.#readSource(source, raw, taken));
    }
    for (const { role, source } of late) add(role, this.#readSource(source, raw, taken));
    return children.sort(byPlace);
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
        const picked = this.#select(each, raw, taken);
        const nodes: Node[] = [];
        for (const one of picked) nodes.push(...this.#readPicked(one, raw));
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
    const start = at(this.table.start, raw);
    return [new Node('token', start, start, raw, [], picked.text)];
  }

  #pick(source: CompiledSource, raw: number, taken: Set<number> | undefined): readonly Picked[] {
    for (const each of source) {
      if ('is' in each) continue;
      const picked = this.#select(each, raw, taken);
      if (picked.length > 0) return picked;
    }
    return [];
  }

  #select(selector: Selector, raw: number, taken: Set<number> | undefined): readonly Picked[] {
    const [path, second] = selector.paths;
    if (path === undefined) return [];
    if (second === undefined) return this.#follow(path, raw, taken);
    const all = selector.paths.flatMap((each) => this.#follow(each, raw, taken));
    return all.sort((a, b) => (typeof a === 'number' && typeof b === 'number' ? a - b : 0));
  }

  #follow(path: readonly Step[], raw: number, taken: Set<number> | undefined): readonly Picked[] {
    const [first] = path;
    if (first?.step === 'text') return [{ text: first.text }];
    let nodes: number[] = [raw];
    path.forEach((step, index) => {
      nodes = nodes.flatMap((node) => this.#step(step, node, taken));
      if (index === 0) for (const node of nodes) taken?.add(node);
    });
    return nodes;
  }

  #step(step: Step, raw: number, taken: Set<number> | undefined): number[] {
    const { table, grammar } = this;
    switch (step.step) {
      case 'self':
        return [raw];
      case 'blank':
        return this.textOf(raw).trim() === '' ? [raw] : [];
      case 'parent': {
        const parent = raw > 0 ? at(table.parent, raw) : -1;
        return parent < 0 || step.kinds?.includes(this.#kind(parent)) === false ? [] : [parent];
      }
      case 'text':
        return [];
      case 'field': {
        const nodes: number[] = [];
        const end = at(table.next, raw);
        for (let child = raw + 1; child < end; child = at(table.next, child)) {
          const kind = this.#kind(child);
          if (table.field[child] !== step.field || grammar.roles.comments.has(kind)) continue;
          if (!isPunctuation(grammar, kind)) nodes.push(child);
        }
        return nodes;
      }
      case 'kind': {
        const nodes: number[] = [];
        const end = at(table.next, raw);
        for (let child = raw + 1; child < end; child = at(table.next, child)) {
          if (step.kinds.includes(this.#kind(child))) nodes.push(child);
        }
        return nodes;
      }
      case 'tokens':
        return this.childrenOf(raw).filter((child) => !grammar.isNamed(this.#kind(child)));
      case 'named':
        return this.#namedChildren(raw);
      case 'unfielded':
        return this.#namedChildren(raw).filter((child) => grammar.fieldName(at(table.field, child)) === '');
      case 'rest':
        return this.#namedChildren(raw).filter((child) => taken?.has(child) !== true);
      case 'nth': {
        const child = this.#namedChildren(raw).at(step.index);
        return child === undefined ? [] : [child];
      }
      case 'tokenAt': {
        const child = this.childrenOf(raw).at(step.index);
        return child === undefined || grammar.isNamed(this.#kind(child)) ? [] : [child];
      }
    }
  }

  #namedChildren(raw: number): number[] {
    return this.childrenOf(raw).filter((child) => this.grammar.isNamed(this.#kind(child)));
  }

  /** The grammar's own kind: all children in order, with their fields as roles. */
  #readRaw(raw: number): Node {
    const kind = this.#kind(raw);
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
      at(this.table.start, raw),
      at(this.table.end, raw),
      raw,
      nodes,
    );
  }

  #leaf(kind: string, raw: number): Node {
    return new Node(kind, at(this.table.start, raw), at(this.table.end, raw), raw, [], this.textOf(raw));
  }
}

/** A construct without parts. */
function isLeaf(is: string): boolean {
  const roles = rolesOf(is);
  return roles !== undefined && Object.keys(roles).length === 0;
}

function usesRest(source: CompiledSource): boolean {
  return source.some(
    (each) => !('is' in each) && each.paths.some((path) => path.some(({ step }) => step === 'rest')),
  );
}

function byPlace(a: Node, b: Node): number {
  return a.start - b.start || a.end - b.end;
}
