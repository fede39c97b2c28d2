import { compileRegex } from '../rules/regex.ts';
import type { Grammar } from '../syntax/grammar.ts';
import type { PatternContext } from '../syntax/language.ts';
import { at, childrenOf, type SyntaxTable } from '../syntax/syntaxTable.ts';
import { freeTree, parseText } from '../syntax/syntaxTree.ts';
import { fillHoles, type Hole } from './holes.ts';
import type { LeafClass, Pattern, PatternChild, PatternNode, TreePattern } from './pattern.ts';
import { isPunctuation } from '../syntax/punctuation.ts';

/** Inner patterns of `<... ...>` may nest, but not without end. */
const MAX_DEPTH = 20;

/** @returns the pattern compiled for the grammar, or why it is no code of the language */
export function compilePattern(source: string, grammar: Grammar): { pattern: Pattern } | { error: string } {
  return compileWithin(source, grammar, 0);
}

function compileWithin(
  source: string,
  grammar: Grammar,
  depth: number,
): { pattern: Pattern } | { error: string } {
  const text = source.trim();
  if (text === '') return { error: 'the pattern is empty' };
  if (depth > MAX_DEPTH) return { error: '`<... ...>` is nested too deeply' };
  const { profile } = grammar.definition;
  for (const context of profile.patternContexts) {
    for (const ellipsisStatements of [true, false]) {
      const { text: filled, holes } = fillHoles(text, profile.metavariablePrefix, ellipsisStatements);
      const found = parseIn(context, filled, grammar);
      if (found === undefined) continue;
      const builder = new Builder(grammar, found.table, found.text, holes, depth);
      const nodes = found.roots.map((root) => builder.build(root));
      if (builder.error !== undefined) return { error: builder.error };
      const [first] = nodes;
      if (first === undefined) continue;
      const statements =
        context.role === 'statements' || (context.role === 'declarations' && nodes.length > 1);
      return {
        pattern: {
          shape: statements ? { is: 'statements', sequence: nodes } : { is: 'node', node: first },
          words: [...builder.words].sort(),
        },
      };
    }
  }
  return {
    error: `\`${shorten(text)}\` is no ${grammar.definition.name} expression, statement or declaration`,
  };
}

interface Parsed {
  readonly table: SyntaxTable;
  readonly text: string;
  readonly roots: readonly number[];
}

/** The nodes that exactly make up the pattern when it stands in the context, or undefined when it does not parse there. */
function parseIn(context: PatternContext, pattern: string, grammar: Grammar): Parsed | undefined {
  const text = context.before + pattern + context.after;
  const syntax = parseText(grammar, text);
  const { table } = syntax;
  freeTree(syntax);
  for (let node = 0; node < table.count; node++) {
    if (at(table.kind, node) === grammar.errorKind || table.missing[node] === 1) return undefined;
  }
  const start = context.before.length;
  // A preprocessor directive includes the line break behind it.
  const end = start + pattern.length + (context.after.startsWith('\n') ? 1 : 0);
  const roots: number[] = [];
  let node = 1;
  // Down to the nodes that lie within the pattern's text and are not within another such node.
  while (node < table.count) {
    if (
      at(table.start, node) >= start &&
      at(table.end, node) <= end &&
      at(table.end, node) > at(table.start, node)
    ) {
      if (!grammar.roles.comments.has(at(table.kind, node))) roots.push(node);
      node = at(table.next, node);
    } else if (at(table.end, node) <= start || at(table.start, node) >= end) {
      node = at(table.next, node);
    } else {
      node++;
    }
  }
  const named = roots.filter((root) => !isPunctuation(grammar, at(table.kind, root)));
  const single = context.role !== 'statements' && context.role !== 'declarations';
  if (named.length === 0 || (single && (named.length > 1 || roots.length > 1))) return undefined;
  if (context.role === 'statements' && !named.every((root) => isStatement(grammar, table, root)))
    return undefined;
  return { table, text, roots: named };
}

function isStatement(grammar: Grammar, table: SyntaxTable, node: number): boolean {
  const kind = at(table.kind, node);
  return (
    grammar.roles.statements.has(kind) || grammar.roles.blocks.has(kind) || grammar.roles.units.has(kind)
  );
}

class Builder {
  error: string | undefined;
  readonly words = new Set<string>();
  readonly #grammar: Grammar;
  readonly #table: SyntaxTable;
  readonly #text: string;
  readonly #holes: ReadonlyMap<string, Hole>;
  readonly #depth: number;

  constructor(
    grammar: Grammar,
    table: SyntaxTable,
    text: string,
    holes: ReadonlyMap<string, Hole>,
    depth: number,
  ) {
    this.#grammar = grammar;
    this.#table = table;
    this.#text = text;
    this.#holes = holes;
    this.#depth = depth;
  }

  build(node: number): PatternNode {
    const { roles } = this.#grammar;
    const table = this.#table;
    const kind = at(table.kind, node);
    const text = this.#text.slice(at(table.start, node), at(table.end, node));
    const hole = this.#holes.get(text);
    if (hole) return this.#buildHole(hole);
    if (roles.strings.has(kind)) return this.#buildString(kind, text);
    const children = childrenOf(table, node).filter(
      (child) =>
        !roles.comments.has(at(table.kind, child)) && !isPunctuation(this.#grammar, at(table.kind, child)),
    );
    const [only] = children;
    if (only === undefined) return this.#buildLeaf(kind, text);
    if (children.length === 1) {
      if (roles.parentheses.has(kind)) return this.build(only);
      const inner = this.#holes.get(this.#text.slice(at(table.start, only), at(table.end, only)));
      // `...` as a whole statement or parameter, and `$P` as a whole parameter.
      const isParameter = roles.typedDeclarations.has(kind);
      if (inner && (inner.type === 'ellipsis' || (inner.type === 'any' && isParameter)))
        return this.#buildHole(inner);
    }
    return this.#buildTree(kind, children);
  }

  #buildTree(kind: number, nodes: readonly number[]): TreePattern {
    const { roles, definition } = this.#grammar;
    const table = this.#table;
    const typeField = this.#grammar.field('type');
    const modifiers: PatternNode[] = [];
    const children: PatternChild[] = [];
    let typeIsHole = false;
    for (const node of nodes) {
      const built = this.build(node);
      const field = at(table.field, node);
      if (field === typeField && built.type === 'any') typeIsHole = true;
      if (roles.modifiers.has(at(table.kind, node))) modifiers.push(built);
      else children.push({ field, node: built, declarator: undefined });
    }
    const declarator = this.#grammar.field(definition.profile.initialiser.left);
    const hasType = children.some((child) => child.field === typeField);
    const mode = hasType && !typeIsHole ? 'exact' : 'loose';
    const initialiser = this.#grammar.kind(definition.profile.initialiser.kind);
    return {
      type: 'tree',
      kind,
      children: children.map((child) => {
        if (child.field !== declarator) return child;
        if (child.node.type === 'tree' && child.node.kind === initialiser) {
          return { ...child, node: withDeclarator(child.node, declarator, mode) };
        }
        return { ...child, declarator: mode };
      }),
      modifiers,
      fields: new Set(children.map((child) => child.field)),
    };
  }

  #buildHole(hole: Hole): PatternNode {
    if (hole.type !== 'deep') return hole;
    const inner = compileWithin(hole.text, this.#grammar, this.#depth + 1);
    if ('error' in inner) {
      this.error ??= inner.error;
      return { type: 'any', name: undefined };
    }
    for (const word of inner.pattern.words) this.words.add(word);
    const { shape } = inner.pattern;
    if (shape.is === 'node') return { type: 'deep', inner: shape.node };
    const [statement] = shape.sequence;
    if (shape.sequence.length !== 1 || statement === undefined)
      this.error ??= '`<... ...>` takes one expression or statement';
    return { type: 'deep', inner: statement ?? { type: 'any', name: undefined } };
  }

  #buildString(kind: number, text: string): PatternNode {
    const content = text.replace(/^[^"]*"/, '').replace(/"[^"]*$/, '');
    if (content === '...') return { type: 'string', matches: undefined };
    const regex = /^=~\/(.*)\/([a-z]*)$/s.exec(content);
    if (regex?.[1] === undefined) return { type: 'leaf', kind, text, class: 'string' };
    const compiled = compileRegex(regex[2] === 'i' ? `(?i)${regex[1]}` : regex[1]);
    if ('error' in compiled) {
      this.error ??= compiled.error;
      return { type: 'string', matches: undefined };
    }
    const { regex: test } = compiled;
    return { type: 'string', matches: (code) => !(test.all(code)[Symbol.iterator]().next().done ?? false) };
  }

  #buildLeaf(kind: number, text: string): PatternNode {
    const { roles } = this.#grammar;
    let leafClass: LeafClass = 'other';
    if (roles.identifiers.has(kind)) {
      leafClass = 'identifier';
      this.words.add(text);
    } else if (roles.numbers.has(kind)) leafClass = 'number';
    return { type: 'leaf', kind, text, class: leafClass };
  }
}

function withDeclarator(tree: TreePattern, field: number, mode: 'loose' | 'exact'): TreePattern {
  return {
    ...tree,
    children: tree.children.map((child) => (child.field === field ? { ...child, declarator: mode } : child)),
  };
}

function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length > 60 ? `${line.slice(0, 57)}...` : line;
}
