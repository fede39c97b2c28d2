import { readAst } from '../ast/readAst.ts';
import { outermostWithin } from '../ast/unread.ts';
import type { Node } from '../ast/node.ts';
import type { Grammar } from '../syntax/grammar.ts';
import type { LanguageProfile, PatternContext } from '../syntax/language.ts';
import { at, type SyntaxTable } from '../syntax/syntaxTable.ts';
import { freeTree, parseText } from '../syntax/syntaxTree.ts';
import { PatternBuilder } from './buildPattern.ts';
import { fillHoles, findHoles, type HoledText, type PlacedHole } from './holes.ts';
import { withLoneArgumentsNamed } from './loneArguments.ts';
import { partsOf, type Pattern, type PatternNode } from './pattern.ts';
import { withTypedArguments } from './typedArguments.ts';

/** Inner patterns of `<... ...>` may nest, but not without end. */
const MAX_DEPTH = 20;
/** Longer patterns are no patterns: parsing them in many ways would take too long. */
const MAX_LENGTH = 20_000;
/** Parses spent to find out what `...` stands for in one frame. */
const MAX_TRIALS = 60;

/** Compiled patterns that are kept for each grammar: rules repeat each other's. */
const MAX_KEPT = 5_000;

type Outcome = { readonly pattern: Pattern } | { readonly error: string };

const kept = new WeakMap<Grammar, Map<string, Outcome>>();

/** Patterns that are compiled already, by their texts. Plain data. */
export type PreparedPatterns = Readonly<Record<string, Pattern>>;

/** Takes patterns that `preparedPatterns` of the same build gave: they need not be parsed again. */
export function keepPatterns(grammar: Grammar, patterns: PreparedPatterns): void {
  const outcomes = keptFor(grammar);
  for (const [source, pattern] of Object.entries(patterns)) outcomes.set(source, { pattern });
}

/** Every pattern that was compiled for the grammar so far and is code of its language. */
export function preparedPatterns(grammar: Grammar): PreparedPatterns {
  return Object.fromEntries(
    [...keptFor(grammar)].flatMap(([source, outcome]) =>
      'pattern' in outcome ? [[source, outcome.pattern] as const] : [],
    ),
  );
}

function keptFor(grammar: Grammar): Map<string, Outcome> {
  let outcomes = kept.get(grammar);
  if (outcomes === undefined) kept.set(grammar, (outcomes = new Map<string, Outcome>()));
  return outcomes;
}

/** @returns the pattern compiled for the grammar, or why it is no code of the language */
export function compilePattern(source: string, grammar: Grammar): Outcome {
  const outcomes = keptFor(grammar);
  let outcome = outcomes.get(source);
  if (outcome === undefined) {
    outcome = compileWithin(source, grammar, 0);
    if (outcomes.size >= MAX_KEPT) outcomes.clear();
    outcomes.set(source, outcome);
  }
  return outcome;
}

/** @param only frames of this role alone: a type has to be read as a type */
export function compileWithin(
  source: string,
  grammar: Grammar,
  depth: number,
  only?: PatternContext['role'],
): Outcome {
  const text = source.trim();
  if (text === '') return { error: 'the pattern is empty' };
  if (text.length > MAX_LENGTH) return { error: `the pattern is longer than ${MAX_LENGTH} characters` };
  if (depth > MAX_DEPTH) return { error: '`<... ...>` is nested too deeply' };
  const { profile } = grammar.definition;
  const { notInPatterns } = profile;
  if (notInPatterns !== undefined && new RegExp(notInPatterns.text, 'm').test(text))
    return { error: notInPatterns.reason };
  for (const { context, holed } of readings(text, profile, only)) {
    const parsed = parseIn(context, holed, grammar);
    if (parsed === undefined) continue;
    const builder = new PatternBuilder(grammar, parsed.text, parsed.placed, (inner, role) =>
      compileWithin(inner, grammar, depth + 1, role),
    );
    const nodes = parsed.roots.flatMap((root) => builder.buildRoot(root));
    if (builder.error !== undefined) return { error: builder.error };
    const [built, second] = nodes;
    if (built === undefined) continue;
    const first = second === undefined && !text.endsWith(';') ? withParameters(built) : built;
    const lone = second === undefined ? loneMetavariable(first) : undefined;
    if (lone !== undefined && !isAround(text, lone)) {
      const why = 'what stands beside it makes no difference to a match';
      return { error: `\`${shorten(text)}\` reads as \`${lone}\` alone: ${why}` };
    }
    const isRun = context.role === 'statements' || context.role === 'declarations';
    const words = [...builder.words].sort();
    const expression =
      isRun && second === undefined && !text.endsWith(';') ? bareExpression(first) : undefined;
    if (expression) return { pattern: { shape: { is: 'node', node: expression }, words } };
    const single =
      !isRun || (second === undefined && isAlone(first.type === 'tree' ? first.kind : first.type));
    if (single) return { pattern: { shape: { is: 'node', node: first }, words } };
    return { pattern: { shape: { is: 'statements', sequence: nodes }, words } };
  }
  return {
    error: `\`${shorten(text)}\` is no ${grammar.definition.name} expression, statement or declaration`,
  };
}

interface Reading {
  readonly context: PatternContext;
  readonly holed: HoledText;
}

/** Where the text of a pattern may stand and what it says there, in the order in which they are tried. */
function readings(
  text: string,
  profile: LanguageProfile,
  only: PatternContext['role'] | undefined,
): readonly Reading[] {
  const contexts = profile.patternContexts.filter(
    ({ role, when }) =>
      (only === undefined || role === only) && (when === undefined || new RegExp(when).test(text)),
  );
  const { loneArgument } = profile;
  const written = loneArgument === undefined ? text : withLoneArgumentsNamed(text, loneArgument);
  const all = readingsIn(contexts, written, profile);
  const typed = withTypedArguments(written);
  const first = contexts.findIndex(({ role }) => role === 'expression');
  if (typed === undefined || first < 0) return all;
  // A call comes before the signature of a method, which it looks like in TypeScript and Rust.
  const count = contexts.slice(first).findIndex(({ role }) => role !== 'expression' && role !== 'statements');
  const calls = readingsIn(contexts.slice(first, first + count), typed, profile);
  const after = ({ context }: Reading): boolean => contexts.indexOf(context) >= first + count;
  return [...all.filter((each) => !after(each)), ...calls, ...all.filter(after)];
}

function readingsIn(
  contexts: readonly PatternContext[],
  text: string,
  profile: LanguageProfile,
): readonly Reading[] {
  const holed = findHoles(text, profile);
  const hasStatements = endsStatement(holed.code);
  return contexts
    .filter(({ role, after }) => role !== 'expression' || !after.startsWith(')') || !hasStatements)
    .map((context) => ({ context, holed }));
}

/** The name of a metavariable of which nothing is asked. */
function loneMetavariable(node: PatternNode): string | undefined {
  if (node.type !== 'any' || node.declared !== undefined || node.sigil !== undefined) return undefined;
  return node.isShorthand === true ? undefined : node.name;
}

/** Whether a text is the metavariable with nothing but brackets and layout around it. */
function isAround(text: string, name: string): boolean {
  return text.replace(/[\s(){};]/g, '') === name;
}

/** True for a `;` outside of all brackets: in no language does such a text stand in parentheses, whatever its holes are. */
function endsStatement(code: string): boolean {
  let depth = 0;
  for (const sign of code.match(/[;()[\]{}]/g) ?? []) {
    if (sign === ';' && depth === 0) return true;
    if (sign !== ';') depth += '([{'.includes(sign) ? 1 : -1;
  }
  return false;
}

const STATEMENTS_OF_SOME: ReadonlySet<string> = new Set(['assign', 'unary', 'binary']);

/** Languages in which `a = b`, `i++` or `c <- v` is a statement: without a `;` the pattern means it wherever it stands. */
function bareExpression(statement: PatternNode): PatternNode | undefined {
  if (statement.type !== 'tree' || statement.kind !== 'expressionStatement') return undefined;
  const [expression] = partsOf(statement, 'expression');
  return expression?.type === 'tree' && STATEMENTS_OF_SOME.has(expression.kind) ? expression : undefined;
}

/** Without a `;` a declared name that is given no value reads as a parameter just as well. */
function withParameters(node: PatternNode): PatternNode {
  const isOpen = node.type === 'tree' && node.kind === 'variable' && partsOf(node, 'value').length === 0;
  return isOpen ? { ...node, orParameter: true } : node;
}

/** A statement that is looked for wherever it stands, unlike one whose expression may be deeper in another statement. */
function isAlone(kind: string): boolean {
  return kind !== 'expressionStatement' && kind !== 'ellipsis' && kind !== 'any' && kind !== 'deep';
}

interface Parsed {
  /** What was parsed: the pattern in its frame, holes filled. */
  readonly text: string;
  readonly roots: readonly Node[];
  readonly placed: readonly PlacedHole[];
}

/** Where a statement can start, `...` is most likely one. */
function likelyForms(
  { pieces, holes }: HoledText,
  { ellipsisForms: known, ellipsisBehind = [] }: LanguageProfile,
): readonly string[] {
  const behind = ellipsisBehind.map(({ text, form }) => ({ text: new RegExp(text), form }));
  const asStatement = known.find((form) => /^\{\}(\(\))?;$/.test(form));
  const afterStatement = known.find((form) => form === '\n{}\n');
  const asEntry = known.find((form) => form === '**{}');
  let before = '';
  return holes.map((hole, index) => {
    before += pieces[index] ?? '';
    // In C# a name is no statement, but a call is one.
    if (hole.type !== 'ellipsis' && asStatement === '{}();')
      return /(^|[;{}:)]|\belse|\bdo)\s*$/.test(pieces[index] ?? '') && /^\s*;/.test(pieces[index + 1] ?? '')
        ? '{}()'
        : '{}';
    if (hole.type !== 'ellipsis') return '{}';
    const expected = behind.find(({ text }) => text.test(before));
    if (expected !== undefined) return expected.form;
    if (asEntry !== undefined && /\{[^{}()[\]]*$/.test(before) && /(^|[{,])\s*$/.test(before)) return asEntry;
    if (asStatement === undefined) return '{}';
    // `{ f(); ... }` on one line, where a line break ends a statement.
    if (afterStatement !== undefined && /[\w)\]}"'] $/.test(before) && /^\s*\}/.test(pieces[index + 1] ?? ''))
      return afterStatement;
    // `$X{...}` and `A{...}` hold values.
    const piece = pieces[index] ?? '';
    if (/\w\{\s?$/.test(piece) || (/^\{\s?$/.test(piece) && index > 0)) return '{}';
    // `<$T ...`: nothing that ends a statement stands between.
    if (index > 0 && /^[ \t]+$/.test(piece)) return '{}';
    const startsStatement =
      /(^|[;{}:]|\belse)\s*$/.test(pieces[index] ?? '') && (index === 0 || pieces[index] !== '');
    return startsStatement && !/^\s*(?:[;,:=.)\]`]|\$\{)/.test(pieces[index + 1] ?? '') ? asStatement : '{}';
  });
}

interface Attempt extends Parsed {
  /** Number of places that did not parse. */
  readonly errors: number;
  /** Length of the text of the pattern and its frame that these take up. */
  readonly broken: number;
}

/** The nodes that exactly make up the pattern when it stands in the context, or undefined when it does not parse there. */
function parseIn(context: PatternContext, holed: HoledText, grammar: Grammar): Parsed | undefined {
  const { profile } = grammar.definition;
  const { ellipsisForms } = profile;
  const likely = likelyForms(holed, profile);
  let forms = likely;
  let best = attempt(context, holed, forms, grammar);
  let trials = 1;
  const retry = (others: readonly string[], isEllipsis: boolean): boolean => {
    const next = attempt(context, holed, others, grammar);
    trials++;
    // What `$X` looks like is a last resort: it has to put something right.
    const isGain = isEllipsis ? isBetter(next, best) : next.errors < best.errors;
    if (!isGain) return false;
    best = next;
    forms = others;
    return true;
  };
  // Ellipses of one list mostly look alike, and one of several put right may be no better than none.
  for (const group of best.errors > 0 ? listsOfEllipses(holed) : []) {
    for (const form of ellipsisForms) {
      if (best.errors === 0 || trials >= MAX_TRIALS) break;
      // `{...}` would be a block where a statement stands.
      const isBlock = (each: string): boolean => form.startsWith('{{') && each.endsWith(';');
      const formAt = (at: number): string =>
        isBlock(likely[at] ?? '') || !fits(form, holed, at) ? (likely[at] ?? form) : form;
      retry(
        forms.map((each, at) => (group.has(at) ? formAt(at) : each)),
        true,
      );
    }
  }
  // What `...` has to look like depends on where it stands; the parser knows. Ellipses first, then `$X`.
  for (const type of ['ellipsis', 'any', 'deep'] as const) {
    for (let improved = true; improved && best.errors > 0 && trials < MAX_TRIALS;) {
      improved = false;
      for (const [index, hole] of holed.holes.entries()) {
        if (hole.type !== type) continue;
        for (const form of ['{}', ...ellipsisForms]) {
          if (best.errors === 0 || trials >= MAX_TRIALS) break;
          if (form === forms[index] || !mayStand(form, holed, index)) continue;
          const others = forms.map((each, at) => (at === index ? form : each));
          if (retry(others, type === 'ellipsis')) improved = true;
        }
      }
    }
  }
  if (best.errors > 0 || best.roots.length === 0) return undefined;
  const single = context.role !== 'statements' && context.role !== 'declarations';
  return single && best.roots.length > 1 ? undefined : best;
}

/** Ellipses that stand in one pair of parentheses or braces, or in none, where there are several. */
function listsOfEllipses({ pieces, holes }: HoledText): readonly ReadonlySet<number>[] {
  const outside = new Set<number>();
  const lists: Set<number>[] = [outside];
  const open: Set<number>[] = [];
  pieces.forEach((piece, index) => {
    for (const sign of piece.match(/[(){}]/g) ?? []) {
      if (sign === '(' || sign === '{') {
        const list = new Set<number>();
        open.push(list);
        lists.push(list);
      } else open.pop();
    }
    if (holes[index]?.type === 'ellipsis') (open.at(-1) ?? outside).add(index);
  });
  return lists.filter(({ size }) => size > 1);
}

/** `$T` of `$T $F();` is no statement of its own, `$X` no entry of a list, `$A` of `@$A` no declaration. */
function mayStand(form: string, { pieces, holes }: HoledText, index: number): boolean {
  if (!form.startsWith('{}') && /[@.#]$/.test(pieces[index] ?? '')) return false;
  if (!fits(form, { pieces, holes }, index)) return false;
  if (holes[index]?.type === 'ellipsis') return true;
  if (/[=>(]| in /.test(form)) return false;
  const after = pieces[index + 1] ?? '';
  // A name before parentheses is a constructor's or a callee, and gets no type.
  if (/^\s*\(/.test(after)) return form === '{}';
  if (!form.endsWith(';')) return true;
  return /^\s*(?:\n|\}|else\b|while\b)/.test(after) || (index === holes.length - 1 && after.trim() === '');
}

function fits(form: string, holed: Pick<HoledText, 'pieces' | 'holes'>, index: number): boolean {
  // `return ...;` gives back any values: on a line of its own it would be a statement behind a bare `return`.
  const isOperand = /\b(?:return|throw)[ \t]+$/.test(holed.pieces[index] ?? '');
  return !(isOperand && form.startsWith('\n')) && mayBeCase(form, holed, index);
}

/** `...` stands for further cases where a case or nothing follows, and not right behind a label: `default: ... throw $E;`. */
function mayBeCase(form: string, { pieces }: Pick<HoledText, 'pieces' | 'holes'>, index: number): boolean {
  if (!form.startsWith('case ')) return true;
  return !/:\s*$/.test(pieces[index] ?? '') && /^\s*(?:case\b|default\b|\}|$)/.test(pieces[index + 1] ?? '');
}

/** Length of a stretch of text without what stands for holes. */
function writtenIn(placed: readonly PlacedHole[], start: number, end: number): number {
  const holes = placed.filter((hole) => hole.start >= start && hole.end <= end);
  return Math.max(
    0,
    holes.reduce((left, hole) => left - (hole.end - hole.start), end - start),
  );
}

function isBetter(a: Attempt, b: Attempt): boolean {
  return a.errors < b.errors || (a.errors === b.errors && a.broken < b.broken);
}

function attempt(
  context: PatternContext,
  holed: HoledText,
  forms: readonly string[],
  grammar: Grammar,
): Attempt {
  const start = context.before.length;
  const { text: filled, placed } = fillHoles(
    holed,
    grammar.definition.profile.metavariablePrefix,
    forms,
    start,
  );
  const text = context.before + filled + context.after;
  const syntax = parseText(grammar, text);
  const { table } = syntax;
  freeTree(syntax);
  let errors = 0;
  let broken = 0;
  let errorsEnd = 0;
  for (let node = 0; node < table.count; node++) {
    const kind = at(table.kind, node);
    if (kind === grammar.errorKind || isMissing(grammar, table, node)) {
      errors++;
      broken += writtenIn(placed, Math.max(at(table.start, node), errorsEnd), at(table.end, node));
      errorsEnd = Math.max(errorsEnd, at(table.end, node));
    }
    // A name of no letters: what the parser made up.
    else if (at(table.start, node) === at(table.end, node) && grammar.roles.identifiers.has(kind)) errors++;
  }
  if (errors > 0) return { text, roots: [], placed, errors, broken };
  // A preprocessor directive includes the line break behind it, a declaration the semicolon that the frame adds.
  const end = start + filled.length + (/^\n?;?/.exec(context.after)?.[0].length ?? 0);
  const ast = readAst(grammar, table, text);
  const { profile } = grammar.definition;
  if (ast.nodes.some((node) => isAddedOperator(node, placed) || isReserved(node, profile)))
    return { text, roots: [], placed, errors: 1, broken: text.length };
  const roots = outermostWithin(ast.nodes, start, start + filled.length, end);
  return { text, roots, placed, errors, broken: 0 };
}

/** What the parser put in to go on, unless the grammar asks for it where nothing is written. */
function isMissing({ roles }: Grammar, table: SyntaxTable, node: number): boolean {
  return table.missing[node] === 1 && !roles.madeUp.has(at(table.kind, at(table.parent, node)));
}

const MAY_HAVE_ANY_NAME: ReadonlySet<string> = new Set(['member', 'keyword', 'parameter']);

/** `const [a, b] = c` is no element of `const`, and `try { ... }` no constructor. */
function isReserved(node: Node, { reservedWords = [], wordsNameMembers }: LanguageProfile): boolean {
  const { kind, text, role, parent } = node;
  if (kind !== 'identifier' || role === 'key' || !reservedWords.includes(text)) return false;
  return role !== 'name' || (wordsNameMembers !== true && !MAY_HAVE_ANY_NAME.has(parent?.kind ?? ''));
}

/** `print **x` is one power, and not `print` and an entry of a dictionary: what a form adds must not join what stands around it. */
function isAddedOperator(node: Node, placed: readonly PlacedHole[]): boolean {
  return (
    node.role === 'operator' &&
    node.parent?.kind === 'binary' &&
    placed.some((hole) => hole.start <= node.start && node.end <= hole.nameStart && node.start < node.end)
  );
}

function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length > 60 ? `${line.slice(0, 57)}...` : line;
}
