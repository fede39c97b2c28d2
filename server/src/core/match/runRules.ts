import type { Problem } from '../base/problem.ts';
import { compareRanges, overlaps, type Range, type Span } from '../base/range.ts';
import { compareText } from '../base/order.ts';
import type { EarlierAst } from '../ast/keptNodes.ts';
import type { Ast } from '../ast/readAst.ts';
import type { Severity } from '../base/severity.ts';
import type { Node } from '../ast/node.ts';
import { isSound, type SyntaxTable } from '../syntax/syntaxTable.ts';
import type { SyntaxTree } from '../syntax/syntaxTree.ts';
import { emptyRootCache, type RootCache } from '../values/rootCache.ts';
import { RegexLimit } from '../rules/regexLimit.ts';
import { Budget, BudgetExceeded } from './budget.ts';
import { Code } from './code.ts';
import type { CompiledRule } from './compileRule.ts';
import { FileWords } from './fileWords.ts';
import type { Finding } from './finding.ts';
import { findPlaces, type Place } from './findPlaces.ts';
import type { Interfile } from './otherFiles.ts';
import { piecesOf } from './pieces.ts';
import type { RuleIndex } from './ruleIndex.ts';

/** Code that a `require-tag` rule found; which unit it lies in is decided later. */
export interface RelevantCode {
  readonly ruleId: string;
  readonly range: Range;
  readonly text: string;
}

export interface RuleResults {
  /** Sorted by place, then rule. */
  readonly findings: readonly Finding[];
  readonly relevant: readonly RelevantCode[];
  readonly problems: readonly Problem[];
}

/**
 * What was found in the functions of one file, in their order: an open file keeps it, so that a keystroke costs one function.
 * Belongs to one file and one list of rules.
 */
export interface PieceCache {
  /** Code outside of functions that the results rest on. */
  restKey: string;
  functions: readonly CachedFunction[];
  /** What was found outside of functions. */
  rest: CachedRest | undefined;
  /** What the last text was read as, for the next reading to take over; undefined when no rule looked at it. */
  read: { readonly ast: Ast; readonly table: SyntaxTable } | undefined;
  /** The words that the last text has. */
  words: FileWords | undefined;
  /** What is known of values and memory. */
  readonly facts: RootCache;
}

interface CachedFunction {
  readonly text: string;
  /** Undefined while it was not asked for. */
  readonly result: PieceResult | undefined;
}

interface CachedRest {
  readonly gaps: readonly Gap[];
  readonly result: PieceResult;
}

/** A stretch between two functions, with the text that decides what is found in it: whole lines, as expressions look around themselves. */
interface Gap extends Span {
  readonly text: string;
}

interface PieceResult {
  /** The code was read without errors. What is read with some may have been read otherwise in a fresh parse. */
  readonly isSound: boolean;
  /** Offsets count from the start of the piece. */
  readonly places: readonly Place[];
  readonly failures: readonly RuleFailure[];
}

interface RuleFailure {
  readonly rule: CompiledRule;
  readonly detail: string;
}

/** Steps that one rule may take on one piece: a second or so at the worst, where common rules take microseconds. */
const STEPS_PER_RULE = 2_000_000;

/** Forgets what was found in code that was read with errors. */
export function forgetUnsound(cache: PieceCache): void {
  cache.functions = cache.functions.map((each) =>
    each.result?.isSound === false ? { text: each.text, result: undefined } : each,
  );
  if (cache.rest?.result.isSound === false) cache.rest = undefined;
}

/** @param beside of another view of the file */
export function emptyPieceCache(beside?: PieceCache): PieceCache {
  return {
    restKey: '',
    functions: [],
    rest: undefined,
    read: undefined,
    words: undefined,
    facts: emptyRootCache(beside?.facts),
  };
}

/**
 * Runs the rules on one file. A rule that fails or takes too long is reported and left out; the others run.
 *
 * @param part stretches of the text of which alone the results are asked, though more may be given; all of it when undefined
 * @param interfile the other files, for rules that follow data into them
 */
export function runRules(
  path: string,
  syntax: SyntaxTree,
  rules: RuleIndex,
  severityOf: (compiled: CompiledRule) => Severity,
  cache: PieceCache = emptyPieceCache(),
  part?: readonly Span[],
  interfile?: Interfile,
): RuleResults {
  const words = new FileWords(syntax.text, rules.vocabulary, syntax.outside, cache.words);
  cache.words = words;
  const whole = Code.of(syntax, words, earlierAst(syntax, cache), cache.facts, part);
  cache.read = undefined;
  const applied = rules.candidates(whole.words).filter((rule) => rule.appliesTo(path));
  if (applied.length === 0) return { findings: [], relevant: [], problems: [] };
  const results = piecewise(
    whole,
    applied.filter((rule) => rule.piecewise),
    rules,
    cache,
    part,
  );
  results.push(
    runOn(
      whole,
      0,
      applied.filter((rule) => !rule.piecewise),
      interfile,
    ),
  );
  const ast = whole.astIfRead;
  cache.read = ast && { ast, table: syntax.table };
  const collected = collect(path, syntax, results, severityOf);
  return ast?.truncated === true
    ? { ...collected, problems: [...collected.problems, tooDeep(path)] }
    : collected;
}

function earlierAst({ earlier }: SyntaxTree, { read }: PieceCache): EarlierAst | undefined {
  return earlier !== undefined && read?.table === earlier.table
    ? { ...read, unchanged: earlier.unchanged }
    : undefined;
}

/** Runs rules on each function and on the rest; what is known of a piece with the same text is taken from the cache. */
function piecewise(
  whole: Code,
  rules: readonly CompiledRule[],
  index: RuleIndex,
  cache: PieceCache,
  part: readonly Span[] | undefined,
): Located[] {
  if (rules.length === 0) return [];
  const { table, grammar } = whole.syntax;
  const { functions, rest, restKey } = piecesOf(whole.ast, table);
  // With the same code around, functions stand in the same order.
  const known = cache.restKey === restKey ? cache.functions : [];
  const gaps = gapsBetween(
    whole.syntax,
    functions.map(({ node }) => node),
  );
  const before = cache.restKey === restKey ? cache.rest : undefined;
  const results: Located[] = [];
  const isAsked = (piece: Span): boolean => part === undefined || part.some((each) => overlaps(each, piece));
  cache.rest = undefined;
  if (gaps.some(isAsked)) {
    const result = (before && movedRest(before, gaps)) ?? {
      ...runOn(whole.within(rest), 0, rules),
      isSound: isSound(table, grammar.errorKind, 0),
    };
    cache.rest = { gaps, result };
    results.push({ ...result, offset: 0 });
  }
  const runOnFunction = (code: Code, node: Node): PieceResult => ({
    ...runOn(
      code,
      node.start,
      rules.filter((rule) => index.mayMatch(rule, code.words)),
    ),
    isSound: isSound(table, grammar.errorKind, node.raw),
  });
  cache.functions = functions.map(({ node, piece }, index) => {
    const text = pieceText(whole.syntax, node.start, node.end);
    const earlier = known[index];
    const found = earlier?.text === text ? earlier.result : undefined;
    if (!isAsked(node)) return { text, result: found };
    const result = found ?? runOnFunction(whole.within(piece), node);
    results.push({ ...result, offset: node.start });
    return { text, result };
  });
  cache.restKey = restKey;
  return results;
}

function gapsBetween(syntax: SyntaxTree, functions: readonly Span[]): readonly Gap[] {
  const { text } = syntax;
  const gaps: Gap[] = [];
  let start = 0;
  for (const { start: end, end: next } of [...functions, { start: text.length, end: text.length }]) {
    const from = text.lastIndexOf('\n', start - 1) + 1;
    const to = text.indexOf('\n', end);
    gaps.push({ start, end, text: pieceText(syntax, from, to < 0 ? text.length : to) });
    start = next;
  }
  return gaps;
}

/** What was found outside of functions, where it stands now; undefined when something there has changed, or is not all there. */
function movedRest({ gaps: old, result }: CachedRest, gaps: readonly Gap[]): PieceResult | undefined {
  if (old.length !== gaps.length) return undefined;
  for (let index = 0; index < gaps.length; index++) {
    const [before, now] = [old[index], gaps[index]];
    if (before?.text !== now?.text || lengthOf(before) !== lengthOf(now)) return undefined;
  }
  if (result.places.length === 0) return result;
  const moved = (offset: number): number => {
    const index = old.findIndex(({ start, end }) => start <= offset && offset <= end);
    return offset + (gaps[index]?.start ?? Number.NaN) - (old[index]?.start ?? 0);
  };
  const movedSpan = ({ start, end }: Span): Span => ({ start: moved(start), end: moved(end) });
  const places = result.places.map((place) => ({
    ...place,
    span: movedSpan(place.span),
    ...(place.trace === undefined
      ? {}
      : { trace: place.trace.map((step) => ({ ...step, span: movedSpan(step.span) })) }),
  }));
  const isWhole = ({ start, end }: Span): boolean => Number.isInteger(start) && Number.isInteger(end);
  const isKnown = places.every(
    ({ span, trace }) => isWhole(span) && trace?.every((step) => isWhole(step.span)) !== false,
  );
  return isKnown ? { ...result, places } : undefined;
}

function lengthOf(span: Span | undefined): number {
  return span === undefined ? 0 : span.end - span.start;
}

/** What decides a piece: its text and, where the grammar was given another one, that too. */
function pieceText({ text, parsed }: SyntaxTree, start: number, end: number): string {
  const own = text.slice(start, end);
  const given = parsed.slice(start, end);
  return own === given ? own : `${own}\u0000${given}`;
}

interface Located extends Omit<PieceResult, 'isSound'> {
  readonly offset: number;
}

function runOn(code: Code, offset: number, rules: readonly CompiledRule[], interfile?: Interfile): Located {
  const places: Place[] = [];
  const failures: RuleFailure[] = [];
  for (const rule of rules) {
    try {
      // One by one: a file may have more places than a call may have arguments.
      for (const place of findPlaces(code, rule, offset, new Budget(STEPS_PER_RULE), interfile))
        places.push(place);
      const [path] = interfile?.failures(rule) ?? [];
      if (path !== undefined)
        failures.push({ rule, detail: `${path}, whose functions it calls, takes too long` });
    } catch (error) {
      failures.push({ rule, detail: failureOf(error) });
    }
  }
  return { places, failures, offset };
}

function collect(
  path: string,
  { lines }: SyntaxTree,
  results: readonly Located[],
  severityOf: (compiled: CompiledRule) => Severity,
): RuleResults {
  const findings: Finding[] = [];
  const relevant: RelevantCode[] = [];
  const failed = new Map<string, Problem>();
  for (const { places, failures, offset } of results) {
    const rangeOf = (span: Span): Range =>
      lines.rangeOf({ start: span.start + offset, end: span.end + offset });
    for (const place of places) {
      const { rule } = place.rule;
      const range = rangeOf(place.span);
      if (rule.mode === 'require-tag') {
        relevant.push({ ruleId: rule.id, range, text: place.text });
        continue;
      }
      findings.push({
        ruleId: rule.id,
        severity: severityOf(place.rule),
        message: place.message,
        range,
        bindings: place.bindings,
        ...(place.fix === undefined ? {} : { fix: [{ range, newText: place.fix }] }),
        ...(place.elsewhere === undefined ? {} : { elsewhere: place.elsewhere }),
        ...(place.trace === undefined
          ? {}
          : {
              trace: place.trace.map(({ span, message, elsewhere }) =>
                elsewhere === undefined ? { range: rangeOf(span), message } : { ...elsewhere, message },
              ),
            }),
        related: [],
      });
    }
    for (const { rule, detail } of failures) {
      const { id } = rule.rule;
      if (!failed.has(id)) failed.set(id, failure(path, id, detail));
    }
  }
  findings.sort((a, b) => compareRanges(a.range, b.range) || compareText(a.ruleId, b.ruleId));
  relevant.sort((a, b) => compareRanges(a.range, b.range) || compareText(a.ruleId, b.ruleId));
  const problems = [...failed].sort(([a], [b]) => compareText(a, b)).map(([, problem]) => problem);
  return { findings, relevant, problems };
}

function tooDeep(path: string): Problem {
  return {
    code: 'code-too-deep',
    severity: 'warning',
    message:
      'Some code of this file is nested too deeply to be read: rules were not applied to it. Split it up.',
    path,
  };
}

function failureOf(error: unknown): string {
  if (error instanceof BudgetExceeded || error instanceof RegexLimit)
    return 'it takes too long on some of its code';
  if (error instanceof RangeError) return 'some of its code is nested too deeply';
  return `an internal error: ${error instanceof Error ? error.message : String(error)}`;
}

function failure(path: string, ruleId: string, detail: string): Problem {
  return {
    code: 'rule-failed',
    severity: 'warning',
    message: `Rule ${ruleId} was not applied to all of this file: ${detail}.`,
    path,
  };
}
