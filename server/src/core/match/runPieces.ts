import type { Node } from '../ast/node.ts';
import type { Ast } from '../ast/readAst.ts';
import { overlaps, type Span } from '../base/range.ts';
import { sameList } from '../base/sameList.ts';
import type { KnownItems } from '../resolve/surroundings.ts';
import { RegexLimit } from '../rules/regexLimit.ts';
import { at, isSound, type SyntaxTable } from '../syntax/syntaxTable.ts';
import type { SyntaxTree } from '../syntax/syntaxTree.ts';
import { emptyRootCache, type RootCache } from '../values/rootCache.ts';
import { basisOf, stillHolds, type FactsBasis } from './askedFacts.ts';
import { Budget, BudgetExceeded } from './budget.ts';
import type { Code } from './code.ts';
import type { CompiledFormula, CompiledRule } from './compileRule.ts';
import type { FileWords } from './fileWords.ts';
import { findPlaces, type Place } from './findPlaces.ts';
import type { Interfile } from './otherFiles.ts';
import { piecesOf, type Pieces, type Seen } from './pieces.ts';
import type { RuleIndex } from './ruleIndex.ts';
import { mayHold, type FoundNowhere, type SearchedPieces } from './searchedPieces.ts';

/**
 * What was found in the functions of one file, in their order: an open file keeps it, so that a keystroke costs one function.
 * Belongs to one file and one list of rules.
 */
export interface PieceCache {
  /** Code outside of functions that the results rest on. */
  restKey: readonly (string | number)[];
  /** The same as functions may see it; undefined where nobody has asked. */
  items: KnownItems | undefined;
  functions: readonly CachedFunction[];
  /** Functions of an earlier text that the last one did not have, by their texts: an edit that opens a bracket takes them away until it is closed. */
  aside: ReadonlyMap<string, CachedFunction>;
  /** It is asked again after an edit. */
  readonly isKept: boolean;
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
  /** As long as the same node stands there, so does the same text. */
  readonly node: Node | undefined;
  /** See `functionText`. */
  readonly text: string;
  /** What the results rest on of the code around it; undefined where that is all of it, or not known. */
  readonly seen: Seen | undefined;
  /** Undefined while it was not asked for. */
  readonly result: PieceResult | undefined;
  /** Of rules that look at more of the code around than what names mean. */
  readonly wide: PieceResult | undefined;
  readonly factual: FactualResult | undefined;
  readonly nowhere: FoundNowhere;
}

interface CachedRest {
  readonly gaps: readonly Gap[];
  readonly nowhere: FoundNowhere;
  /** Undefined while it was not asked for. */
  readonly result: PieceResult | undefined;
  readonly factual: FactualResult | undefined;
}

/** Of rules that ask for facts. */
interface FactualResult extends PieceResult {
  /** Undefined when it cannot be told whether the facts are still the same. */
  readonly basis: FactsBasis | undefined;
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
    each.result?.isSound === true
      ? each
      : { ...each, result: undefined, wide: undefined, factual: undefined, nowhere: new Map() },
  );
  cache.aside = new Map();
  if (cache.rest?.result?.isSound !== true) cache.rest = undefined;
}

/**
 * @param beside of another view of the file
 * @param isKept for a file that is open
 */
export function emptyPieceCache(beside?: PieceCache, isKept = true): PieceCache {
  return {
    restKey: [],
    items: undefined,
    functions: [],
    aside: new Map(),
    isKept,
    rest: undefined,
    read: undefined,
    words: undefined,
    facts: emptyRootCache(beside?.facts, isKept),
  };
}

interface InPieces {
  readonly results: Located[];
  /** With what is known of them; undefined for a file that is not open. */
  readonly pieces: SearchedPieces | undefined;
}

/** Runs rules on each function and on the rest; what is known of a piece with the same text is taken from the cache. */
export function runInPieces(
  whole: Code,
  rules: readonly CompiledRule[],
  index: RuleIndex,
  cache: PieceCache,
  part: readonly Span[] | undefined,
): InPieces {
  if (rules.length === 0) return { results: [], pieces: undefined };
  const { table, grammar } = whole.syntax;
  const all = piecesOf(whole.ast, whole.syntax);
  const { functions, rest } = all;
  // Of a file that is not open nothing is known, and nothing will be asked.
  const restKey = cache.isKept ? all.restKey() : [];
  const isSameRest = sameList(cache.restKey, restKey);
  const known = earlierFunctions(cache, isSameRest, all);
  const before = isSameRest ? cache.rest : undefined;
  const plain = rules.filter(({ facts }) => facts === undefined);
  const factual = rules.filter(({ facts }) => facts !== undefined);
  const narrow = plain.filter(({ local }) => local);
  const wide = plain.filter(({ local }) => !local);
  const isNarrow = factual.every(({ local }) => local);
  const results: Located[] = [];
  const add = ({ places, failures }: PieceResult, offset: number): void => {
    if (places.length + failures.length > 0) results.push({ places, failures, offset });
  };
  const isAsked = (piece: Span): boolean => part === undefined || part.some((each) => overlaps(each, piece));
  const gaps = gapsBetween(
    whole.syntax,
    functions.map(({ node }) => node),
  );
  const outside = whole.within(rest);
  const nowhere: FoundNowhere =
    before && haveSameText(before.gaps, gaps) ? before.nowhere : new Map<CompiledFormula, number>();
  const pieces = [{ code: outside, nowhere }];
  cache.rest = { gaps, nowhere, result: undefined, factual: undefined };
  if (gaps.some(isAsked)) {
    const isSoundRest = isSound(table, grammar.errorKind, 0);
    const result = (before?.result && movedRest(before.gaps, before.result, gaps)) ?? {
      ...runOn(outside, 0, plain),
      isSound: isSoundRest,
    };
    const kept = before?.factual && movedRest(before.gaps, before.factual, gaps);
    const found = factualResult(outside, 0, factual, kept, isSoundRest);
    cache.rest = { gaps, nowhere, result, factual: found };
    add(result, 0);
    add(found, 0);
  }
  const now = functions.map(({ node, piece }, position): CachedFunction => {
    const there = known.at(node, position, () => functionText(whole.syntax, node));
    const { text, earlier } = there;
    // Costly, and asked for when something else has changed around: where nothing has, it may never be.
    const seen = earlier?.seen ?? (cache.isKept && !isSameRest ? all.seenBy(node) : undefined);
    const wideBefore = isSameRest ? earlier?.wide : undefined;
    const factualBefore = isSameRest || isNarrow ? earlier?.factual : undefined;
    const code = whole.within(piece);
    const nowhere: FoundNowhere = earlier?.nowhere ?? new Map<CompiledFormula, number>();
    pieces.push({ code, nowhere });
    if (!isAsked(node))
      return { node, text, seen, result: earlier?.result, wide: wideBefore, factual: factualBefore, nowhere };
    const mayMatch = (rule: CompiledRule): boolean => index.mayMatch(rule, code.words);
    const mayStandHere = ({ rule: { options }, formula }: CompiledRule): boolean =>
      formula.op === 'taint' ||
      mayHold({ code, options, budget: new Budget(STEPS_PER_RULE) }, formula, nowhere);
    const isSoundHere = earlier?.result?.isSound ?? isSound(table, grammar.errorKind, node.raw);
    const run = (some: readonly CompiledRule[]): PieceResult => ({
      ...runOn(code, node.start, some),
      isSound: isSoundHere,
    });
    const result = earlier?.result ?? run(narrow.filter(mayMatch));
    const more = wideBefore ?? run(wide.filter((rule) => mayMatch(rule) && mayStandHere(rule)));
    const found = factualResult(code, node.start, factual, factualBefore, isSoundHere, mayMatch);
    add(result, node.start);
    add(more, node.start);
    add(found, node.start);
    const isKept = earlier?.node === node && earlier.result === result;
    if (isKept && earlier.wide === more && earlier.factual === found) return earlier;
    return { node, text, seen, result, wide: more, factual: found, nowhere };
  });
  if (!isSameRest && cache.isKept) {
    cache.aside = setAside(cache, now);
    cache.items = now.some(({ seen }) => seen !== undefined) ? all.items() : undefined;
  }
  cache.functions = now;
  cache.restKey = restKey;
  return { results, pieces: cache.isKept ? pieces : undefined };
}

interface EarlierFunctions {
  /** The text that decides a function, and what is known of it. */
  at(
    node: Node,
    position: number,
    textOf: () => string,
  ): { readonly text: string; readonly earlier: CachedFunction | undefined };
}

/** What is known of functions from the last text, where it rests on nothing that has changed around them. */
function earlierFunctions(
  { functions, aside, items }: PieceCache,
  isSameRest: boolean,
  { seenBy, since }: Pieces,
): EarlierFunctions {
  // With the same code around, functions stand in the same order.
  if (isSameRest)
    return {
      at: (node, position, textOf) => {
        const there = functions[position];
        const text = there?.node === node ? there.text : textOf();
        return { text, earlier: there?.text === text ? there : undefined };
      },
    };
  const byNode = new Map(functions.map((each) => [each.node, each]));
  const byText = new Map(functions.map((each) => [each.text, each]));
  const seesTheSame = items === undefined ? undefined : since(items);
  return {
    at: (node, _position, textOf) => {
      const same = byNode.get(node);
      const text = same?.text ?? textOf();
      // Of the same code in another place it is not known that it sees the same.
      if (same?.seen !== undefined && seesTheSame?.(node, same.seen) === true) return { text, earlier: same };
      let now: readonly string[] | undefined;
      const holds = (each: CachedFunction | undefined): boolean => {
        if (each?.seen === undefined) return false;
        now ??= seenBy(node)?.key;
        return now !== undefined && sameList(each.seen.key, now);
      };
      return { text, earlier: [same, byText.get(text), aside.get(text)].find(holds) };
    },
  };
}

/** Functions that are kept aside. */
const MAX_ASIDE = 300;

/** The functions that a text does not have any more; without their nodes, which hold the text that they were read from. */
function setAside(
  { functions, aside }: PieceCache,
  now: readonly CachedFunction[],
): ReadonlyMap<string, CachedFunction> {
  const there = new Set(now.map(({ text }) => text));
  const kept = new Map<string, CachedFunction>();
  for (const each of [...functions, ...aside.values()]) {
    if (each.seen === undefined || there.has(each.text) || kept.has(each.text)) continue;
    if (kept.size >= MAX_ASIDE) break;
    kept.set(each.text, { ...each, node: undefined, factual: undefined });
  }
  return kept;
}

/** Runs rules that ask for facts on a piece, unless what is known of it from before rests on the same facts. */
function factualResult(
  code: Code,
  offset: number,
  rules: readonly CompiledRule[],
  known: FactualResult | undefined,
  isSound: boolean,
  mayMatch: (rule: CompiledRule) => boolean = () => true,
): FactualResult {
  if (rules.length === 0) return { places: [], failures: [], isSound, basis: NOTHING_ASKED };
  const events = unlessTooDeep(() => code.events);
  const basis = known?.basis;
  if (basis && events && unlessTooDeep(() => stillHolds(basis, code, events)) === true) return known;
  const kinds = events && new Set<string>(events.map(({ kind }) => kind));
  const wanted = rules.filter((rule) => mayFind(rule, kinds) && mayMatch(rule));
  const { result, asked } = code.asking(() => runOn(code, offset, wanted));
  const { places, failures } = result;
  // What failed is tried again.
  const restsOn = events && failures.length === 0 ? basisOf(code, events, asked) : undefined;
  return { places, failures, isSound, basis: restsOn };
}

const NOTHING_ASKED: FactsBasis = { events: [], values: undefined };

/** Undefined where code is nested too deeply to be followed: each rule that asks says so for itself. */
function unlessTooDeep<Value>(ask: () => Value): Value | undefined {
  try {
    return ask();
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function mayFind({ facts }: CompiledRule, kinds: ReadonlySet<string> | undefined): boolean {
  if (facts?.events === undefined || kinds === undefined) return true;
  for (const kind of kinds) if (facts.events.has(kind)) return true;
  return false;
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
function movedRest<Result extends PieceResult>(
  old: readonly Gap[],
  result: Result,
  gaps: readonly Gap[],
): Result | undefined {
  if (!haveSameText(old, gaps)) return undefined;
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

function haveSameText(old: readonly Gap[], gaps: readonly Gap[]): boolean {
  const isSame = (now: Gap, index: number): boolean =>
    old[index]?.text === now.text && lengthOf(old[index]) === lengthOf(now);
  return old.length === gaps.length && gaps.every(isSame);
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

/** What decides a function: its code, and how that was read. Around errors, and where it has several readings, the same code may be read in another way. */
function functionText(syntax: SyntaxTree, { start, end, raw }: Node): string {
  const { kind, next } = syntax.table;
  const shape: number[] = [];
  const stop = at(next, raw);
  for (let node = raw; node < stop; node++) shape.push(at(kind, node), (at(next, node) - node) & 0xffff);
  let read = '';
  for (let from = 0; from < shape.length; from += MAX_ARGUMENTS)
    read += String.fromCharCode(...shape.slice(from, from + MAX_ARGUMENTS));
  return `${pieceText(syntax, start, end)}\u0000${read}`;
}

/** As many as one call takes without trouble. */
const MAX_ARGUMENTS = 4096;

export interface Located extends Omit<PieceResult, 'isSound'> {
  readonly offset: number;
}

export function runOn(
  code: Code,
  offset: number,
  rules: readonly CompiledRule[],
  interfile?: Interfile,
  pieces?: SearchedPieces,
): Located {
  const places: Place[] = [];
  const failures: RuleFailure[] = [];
  for (const rule of rules) {
    try {
      // One by one: a file may have more places than a call may have arguments.
      for (const place of findPlaces(code, rule, offset, new Budget(STEPS_PER_RULE), interfile, pieces))
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

function failureOf(error: unknown): string {
  if (error instanceof BudgetExceeded || error instanceof RegexLimit)
    return 'it takes too long on some of its code';
  if (error instanceof RangeError) return 'some of its code is nested too deeply';
  return `an internal error: ${error instanceof Error ? error.message : String(error)}`;
}
