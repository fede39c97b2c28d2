import { rolesOf } from '../ast/kinds.ts';
import type { Node } from '../ast/node.ts';
import { MACRO_TEXT } from '../resolve/constants.ts';
import { compileRegex } from '../rules/regex.ts';
import type { Grammar } from '../syntax/grammar.ts';
import type { PatternContext } from '../syntax/language.ts';
import { sourceOf, type Hole, type PlacedHole } from './holes.ts';
import { impliedWords } from './impliedWords.ts';
import { isUnreadKind } from './matchUnread.ts';
import {
  BYTES_QUOTE,
  TEMPLATE_QUOTE,
  type Pattern,
  type PatternNode,
  type PatternPart,
  type TypePattern,
} from './pattern.ts';

/** Compiles what stands in a hole: the P of `<... P ...>`, the T of `(T $X)`. */
type CompileInner = (
  text: string,
  role: PatternContext['role'] | undefined,
) => { readonly pattern: Pattern } | { readonly error: string };

/** Constructs that may have no text beside that of their only part: `p->x` reads as `(*p).x`, `char *p` has a pointer type, a body no braces. */
const BORROWED_EXTENT: ReadonlySet<string> = new Set([
  'unary',
  'pointerType',
  'arrayType',
  'functionType',
  'referenceType',
  'block',
]);
/**
 * Constructs that may be nothing but one part: a name, the result that an arrow function gives without a word, the `value` of an annotation. In
 * `[return: $A]` the word before is written apart.
 */
const ONLY_PART: Readonly<Record<string, readonly string[]>> = {
  parameter: ['target'],
  importName: ['name'],
  exportName: ['name'],
  keyword: ['value'],
  return: ['value'],
  annotation: ['target'],
};
const METAVARIABLE = /^\$(?:[A-Z_][A-Z_0-9]*|\d+)$/;
const TYPE_MODIFIERS = ['const', 'final', 'volatile'];

/** Turns the parsed text of a pattern into a tree with holes. */
export class PatternBuilder {
  error: string | undefined;
  readonly words = new Set<string>();
  readonly #grammar: Grammar;
  readonly #text: string;
  readonly #placed: readonly PlacedHole[];
  readonly #compileInner: CompileInner;
  readonly #implicit: ReadonlySet<string>;

  /** @param text the text that was parsed, holes filled */
  constructor(grammar: Grammar, text: string, placed: readonly PlacedHole[], compileInner: CompileInner) {
    this.#grammar = grammar;
    this.#text = text;
    this.#placed = placed;
    this.#compileInner = compileInner;
    this.#implicit = impliedWords(grammar.definition.profile);
  }

  /** A node that lies in no other one of the pattern. */
  buildRoot(node: Node): readonly PatternNode[] {
    return this.#buildPart(node);
  }

  build(node: Node): PatternNode {
    const placed = this.#holeOf(node);
    const isUnread = isUnreadKind(this.#grammar.definition.profile, node.kind);
    if (isUnread && (placed === undefined || placed.hole.type === 'deep')) return this.#buildUnread(node);
    // `$A` as a whole parameter or imported name binds the name, as what is done with it must agree.
    const isPart =
      placed?.hole.type === 'any' && (ONLY_PART[node.kind] ?? []).some((role) => node.part(role));
    if (placed && !isPart && !isOwnReturn(node)) {
      const hole = this.#buildHole(placed.hole, node.role);
      return node.kind === 'pair' && hole.type === 'any' ? { ...hole, isShorthand: true } : hole;
    }
    // `(...) -> ...`: the parameter's extent is that of the parentheses.
    const target = node.kind === 'parameter' && node.children.length === 1 ? node.part('target') : undefined;
    const run = target && this.#holeOf(target)?.hole;
    if (run?.type === 'ellipsis') return this.#buildHole(run, node.role);
    const cases = this.#casesOf(node);
    if (cases) return this.#buildHole(cases, node.role);
    if (node.kind === 'string' || node.kind === 'regex') return this.#buildLiteral(node);
    if (node.kind === MACRO_TEXT) return this.#buildMacroText(node);
    if (node.children.length === 0 && Object.keys(rolesOf(node.kind) ?? {}).length === 0) {
      return this.#buildLeaf(node);
    }
    return this.#buildTree(node);
  }

  /** `...` between the cases of a `switch`, which its form made the pattern of a case that does nothing. */
  #casesOf(node: Node): Hole | undefined {
    const [pattern, second] = node.kind === 'case' ? node.parts('patterns') : [];
    const body = node.part('body')?.children ?? [];
    const isIdle = second === undefined && body.every((child) => this.#isFiller(child));
    const placed = pattern && isIdle ? this.#holeOf(pattern) : undefined;
    // The word `case` is the form's.
    return placed?.hole.type === 'ellipsis' && placed.start <= node.start ? placed.hole : undefined;
  }

  /** `...` that got the form of a label: where labels make no blocks, it speaks of the statements above as well. */
  #isLabelled(node: Node | undefined): boolean {
    const hole =
      node?.kind === 'case' && this.#casesOf(node)
        ? this.#holeOf(node.parts('patterns')[0] ?? node)
        : undefined;
    return hole !== undefined && /^case .*:$/.test(this.#text.slice(hole.start, hole.end));
  }

  /** The hole that a node stands for as a whole. */
  #holeOf(node: Node): PlacedHole | undefined {
    if (BORROWED_EXTENT.has(node.kind)) return undefined;
    return this.#placed.find(
      (hole) =>
        node.start >= hole.start &&
        node.end <= hole.end &&
        node.start <= hole.nameStart &&
        node.end >= hole.nameEnd,
    );
  }

  #buildTree(node: Node): PatternNode {
    const demands = rolesOf(node.kind);
    const { impliedType } = this.#grammar.definition.profile;
    const children = node.children.filter((child) => !this.#isFiller(child));
    if (demands === undefined) {
      const patterns = children.flatMap((child) => this.#buildPart(child));
      const parts: PatternPart[] = [{ role: undefined, demand: 'exact', patterns }];
      return { type: 'tree', role: node.role, kind: node.kind, parts, path: undefined };
    }
    const parts: PatternPart[] = [];
    for (const [role, demand] of Object.entries(demands)) {
      const own = children.filter((child) => child.role === role);
      if (role === 'list') continue;
      const isEmptyList = role === 'arguments' && children.some((child) => child.role === 'list');
      if (own.length === 0 && demand !== 'exact' && !isEmptyList) continue;
      if (own.length > 0 && own.every(isImplied)) continue;
      if (role === 'type' && demand === 'optional' && own[0]?.text === impliedType) continue;
      const patterns = own.flatMap((child) => {
        const built = this.#buildPart(child);
        return this.#isLabelled(own[own.indexOf(child) + 1]) ? built.map(openEnded) : built;
      });
      parts.push({ role, demand: this.#isDesignated(node) ? 'subset' : demand, patterns });
    }
    const path = node.kind === 'member' ? this.#pathOf(node) : undefined;
    const tree: PatternNode = { type: 'tree', role: node.role, kind: node.kind, parts, path };
    return node.kind === 'for' || node.kind === 'forEach' ? anyHeader(tree) : tree;
  }

  /** `{.a = 1}`: further fields do not matter. */
  #isDesignated({ kind, children }: Node): boolean {
    if (kind !== 'list' || this.#grammar.definition.profile.designatedEntries !== true) return false;
    return children.some((child) => child.kind === 'pair');
  }

  /** Text that a hole's form added: the type of `int {};`. */
  #isFiller(node: Node): boolean {
    return (
      node.children.length === 0 &&
      this.#placed.some(
        (hole) =>
          node.start >= hole.start &&
          node.end <= hole.end &&
          node.start < node.end &&
          (node.end <= hole.nameStart || node.start >= hole.nameEnd),
      )
    );
  }

  /** A body of one hole without braces stands for any body. */
  #buildPart(child: Node): readonly PatternNode[] {
    const [only, second] = child.children;
    // A block may have no text beside its only statement: in Python, and without braces.
    const lone = child.kind === 'block' && second === undefined ? only : undefined;
    if (lone && (lone.kind === 'return' || this.#holeOf(child)?.hole.type === 'ellipsis'))
      return [this.#buildTree(child)];
    if (lone?.raw === child.raw) {
      const hole = this.#holeOf(lone);
      if (hole?.hole.type === 'any' && !isOwnReturn(lone)) return [this.#buildHole(hole.hole, child.role)];
    }
    if (child.kind === 'string' && child.role === 'parts') return this.#buildFragment(child);
    return [this.build(child)];
  }

  /** A piece of a template: `...` in it, or an identifier that stands for `...`, is any text with any parts. */
  #buildFragment(node: Node): readonly PatternNode[] {
    const text = this.#placed.reduce(
      (each, hole, index) =>
        hole.hole.type === 'ellipsis'
          ? each.replaceAll(`${this.#grammar.definition.profile.metavariablePrefix}${index}_`, '...')
          : each,
      node.text,
    );
    const { role } = node;
    const any: PatternNode = { type: 'ellipsis', role, name: undefined };
    if (text.trim() === '...') return [any];
    return text
      .split('...')
      .flatMap((piece, index) => [
        ...(index > 0 ? [any] : []),
        ...(piece === '' ? [] : [{ type: 'leaf', role, kind: 'string', text: piece } as const]),
      ]);
  }

  #pathOf(node: Node): string[] | undefined {
    if (node.kind === 'identifier')
      return this.#holeOf(node) || METAVARIABLE.test(node.text) ? undefined : [node.text];
    if (node.kind !== 'member') return undefined;
    const object = node.part('object');
    const name = node.part('name');
    if (!object || name?.kind !== 'identifier' || this.#holeOf(name)) return undefined;
    const path = this.#pathOf(object);
    return path && !METAVARIABLE.test(name.text) ? [...path, name.text] : undefined;
  }

  #buildHole(hole: Hole, role: string): PatternNode {
    if (hole.type === 'ellipsis') return { type: 'ellipsis', role, name: hole.name };
    if (hole.type === 'any') {
      const declared = hole.declaredType === undefined ? undefined : this.#typeOf(hole.declaredType);
      return { type: 'any', role, name: hole.name, declared };
    }
    const inner = this.#inner(hole.text, undefined);
    if (inner === undefined) return { type: 'any', role, name: undefined, declared: undefined };
    return { type: 'deep', role, inner };
  }

  /** Code that the grammar leaves unread is read as a pattern of its own; what is none is compared as text. */
  #buildUnread(node: Node): PatternNode {
    const { role, kind, text } = node;
    const inside = this.#placed.filter(({ start, end }) => start >= node.start && end <= node.end);
    let source = '';
    let at = node.start;
    for (const { hole, start, end } of inside) {
      source += this.#text.slice(at, start) + sourceOf(hole);
      at = end;
    }
    const inner = this.#compileInner(source + this.#text.slice(at, node.end), undefined);
    if ('error' in inner) {
      if (inside.length > 0) this.error ??= inner.error;
      return { type: 'leaf', role, kind, text };
    }
    for (const word of inner.pattern.words) this.words.add(word);
    const { shape } = inner.pattern;
    return { type: 'unread', role, patterns: shape.is === 'node' ? [shape.node] : shape.sequence };
  }

  /** `const char *`, `$T`, `java.util.List`. */
  #typeOf(text: string): TypePattern | undefined {
    const words = text.split(/\s+/);
    const modifiers = words.filter((word) => TYPE_MODIFIERS.includes(word));
    const bare = words.filter((word) => !TYPE_MODIFIERS.includes(word)).join(' ');
    const type = this.#inner(bare, 'type');
    return type && { type, modifiers };
  }

  #inner(text: string, role: PatternContext['role'] | undefined): PatternNode | undefined {
    const inner = this.#compileInner(text, role);
    if ('error' in inner) {
      this.error ??= inner.error;
      return undefined;
    }
    for (const word of inner.pattern.words) if (role !== 'type') this.words.add(word);
    const { shape } = inner.pattern;
    if (shape.is === 'node') return shape.node;
    const [statement, second] = shape.sequence;
    if (second !== undefined) this.error ??= '`<... ...>` takes one expression or statement';
    // Deep in an expression there are no statements: `<... f(); ...>` looks for `f()`.
    if (statement?.type === 'tree' && statement.kind === 'expressionStatement')
      return statement.parts[0]?.patterns[0];
    return statement;
  }

  /** `#define $X "..."` and `#define $X 16`: a text or a number as anywhere else. */
  #buildMacroText(node: Node): PatternNode {
    const { role, start, end } = node;
    const text = node.text.trim();
    if (/^"(?:[^"\\]|\\.)*"$/.test(text))
      return this.#buildLiteral({
        kind: 'string',
        role,
        text: text.slice(1, -1),
        start,
        end,
        contentStart: start + 1,
      });
    if (/^\d[\w.]*$/.test(text)) return { type: 'leaf', role, kind: 'number', text };
    return this.#buildLeaf(node);
  }

  #buildLiteral(node: Pick<Node, 'kind' | 'role' | 'text' | 'start' | 'end' | 'contentStart'>): PatternNode {
    const { role, text } = node;
    const kind = node.kind === 'regex' ? 'regex' : 'string';
    const placed = this.#placed.findIndex((hole) => hole.nameStart >= node.start && hole.nameEnd <= node.end);
    const hole = this.#placed[placed];
    if (hole && text.length === hole.nameEnd - hole.nameStart) {
      const name = hole.hole.type === 'deep' ? undefined : hole.hole.name;
      return { type: 'string', role, kind, regex: undefined, name, isTemplate: false };
    }
    if (text === '...')
      return {
        type: 'string',
        role,
        kind,
        regex: undefined,
        name: undefined,
        isTemplate: this.#isTemplate(node),
        ...this.#bytes(node),
      };
    if (METAVARIABLE.test(text)) {
      return {
        type: 'string',
        role,
        kind,
        regex: undefined,
        name: text === '$_' ? undefined : text,
        isTemplate: false,
      };
    }
    const written = /^=~\/(.*)\/([a-z]*)$/s.exec(text);
    if (written?.[1] === undefined) return { type: 'leaf', role, kind, text, ...this.#bytes(node) };
    const regex = written[2] === 'i' ? `(?i)${written[1]}` : written[1];
    const compiled = compileRegex(regex);
    if ('error' in compiled) {
      this.error ??= compiled.error;
      return { type: 'string', role, kind, regex: undefined, name: undefined, isTemplate: false };
    }
    return { type: 'string', role, kind, regex, name: undefined, isTemplate: false };
  }

  #bytes({ start, contentStart }: Pick<Node, 'start' | 'contentStart'>): { readonly isBytes?: true } {
    return BYTES_QUOTE.test(this.#text.slice(start, contentStart)) ? { isBytes: true } : {};
  }

  #isTemplate({ start, contentStart }: Pick<Node, 'start' | 'contentStart'>): boolean {
    return TEMPLATE_QUOTE.test(this.#text.slice(start, contentStart));
  }

  #buildLeaf(node: Node): PatternNode {
    const { role, kind, text } = node;
    if (kind === 'identifier') {
      // Where `$X` is an identifier of the language the parser may have seen it inside of a template.
      if (METAVARIABLE.test(text)) {
        return { type: 'any', role, name: text === '$_' ? undefined : text, declared: undefined };
      }
      const named = this.#placed.find(
        ({ nameStart, nameEnd }) => nameStart === node.start + 1 && nameEnd === node.end,
      );
      if (text.startsWith('#') && named?.hole.type === 'any')
        return { type: 'any', role, name: named.hole.name, declared: undefined, sigil: '#' };
      // Nobody has to write what is implied, nor what only the reading says: `default` in `import x from 'm'`.
      if (node.end > node.start && !this.#implicit.has(text)) this.words.add(text);
    }
    return { type: 'leaf', role, kind, text };
  }
}

/** A parameter that is there without being written, such as `$0` of a closure: a pattern that writes none does not care. */
function isImplied({ kind, start, end }: Node): boolean {
  return kind === 'parameter' && start === end;
}

/** `case A: f(); ...`: the case with any further statements. */
function openEnded(node: PatternNode): PatternNode {
  if (node.type !== 'tree' || (node.kind !== 'case' && node.kind !== 'block')) return node;
  const parts = node.parts.map((part) => {
    if (part.role === 'body') return { ...part, patterns: part.patterns.map(openEnded) };
    if (part.role !== 'statements' || part.patterns.at(-1)?.type === 'ellipsis') return part;
    const any: PatternNode = { type: 'ellipsis', role: 'statements', name: undefined };
    return { ...part, patterns: [...part.patterns, any] };
  });
  return { ...node, parts };
}

/** The body of `fun f() = x`: it returns the value, and is not any body. */
function isOwnReturn({ kind, parent }: Node): boolean {
  return kind === 'return' && parent?.parent?.kind === 'function' && parent.role === 'body';
}

/** `for (...)`: any header, of a loop over a collection too. */
function anyHeader(tree: Extract<PatternNode, { type: 'tree' }>): PatternNode {
  const header = tree.parts.filter(({ role }) => role !== 'body').flatMap(({ patterns }) => patterns);
  if (header.length === 0 || !header.every((each) => each.type === 'ellipsis')) return tree;
  return { ...tree, kind: ANY_FOR, parts: tree.parts.filter(({ role }) => role === 'body') };
}

/** Kind of the pattern `for (...) ...`, which matches loops of both sorts. */
export const ANY_FOR = 'for or forEach';
