import { RE2JS } from 're2js';

import { backtrackerOf, findFrom, searchIn, type Backtracker } from './regexBacktrack.ts';
import { isWithinLine } from './regexFirst.ts';
import { RegexLimit } from './regexLimit.ts';
import { mayHold, requiredTexts, type RequiredTexts } from './regexLiterals.ts';
import { parseRegex } from './regexParse.ts';
import { compileProgram } from './regexProgram.ts';
import { RegexRefused } from './regexRefused.ts';
import { StepsSpent, type RegexRun } from './regexRun.ts';
import { toRe2 } from './regexToRe2.ts';
import { someNode, writtenSize, type RegexAssertion, type RegexTree } from './regexTree.ts';

export { RegexLimit };

/**
 * A regular expression of a rule, as PCRE writes them, with `^` and `$` at lines. Rules come from strangers: what can be is
 * run in time linear in the text (RE2); the rest (look-around, back-references, atomic groups, ...) by a matcher that counts
 * its steps. What an expression means does not depend on who runs it.
 */
export interface RuleRegex {
  readonly source: string;
  /** What every match contains: of each entry one text. Empty when nothing is known. Worth a search before anything else. */
  readonly required: readonly RequiredTexts[];
  /** Neither a match nor what it looks at goes beyond a line: each line can be searched by itself. */
  readonly withinLine: boolean;
  /**
   * True when it matches at the start of the text (no implied end), as `metavariable-regex` asks.
   *
   * @throws RegexLimit
   */
  matchesStart(text: string): boolean;
  /**
   * The match at the start of the text.
   *
   * @throws RegexLimit
   */
  matchStart(text: string): RegexMatch | undefined;
  /**
   * Whether it matches anywhere.
   *
   * @throws RegexLimit
   */
  matchesAnywhere(text: string): boolean;
  /**
   * Every match, in order, without overlap.
   *
   * @throws RegexLimit while it is iterated
   */
  all(text: string): Iterable<RegexMatch>;
}

/** Offsets are UTF-16 code units. */
export interface RegexMatch {
  readonly start: number;
  readonly end: number;
  /** Text of group 1, 2, ...; undefined for a group that took no part. */
  readonly groups: readonly (string | undefined)[];
  /** Where those texts stand. */
  readonly groupRanges: readonly (GroupRange | undefined)[];
  /** Texts of the named groups that took part. */
  readonly named: Readonly<Record<string, string>>;
  readonly namedRanges: Readonly<Record<string, GroupRange>>;
}

export interface GroupRange {
  readonly start: number;
  readonly end: number;
}

/** Answers of `matchesStart` that are kept, and the longest text they are kept for. */
const MAX_ANSWERS = 2_000;
const MAX_ANSWERED = 200;
/** Compiled expressions that are kept: rules repeat them, and compile them once for every language. */
const MAX_COMPILED = 1_000;

const SEES_TEXT: readonly RegexAssertion[] = ['text-start', 'text-end', 'text-end-or-break', 'search-start'];

const compiledBySource = new Map<string, { regex: RuleRegex } | { error: string }>();

/** @returns the compiled expression, or what is wrong with it, as a phrase */
export function compileRegex(source: string): { regex: RuleRegex } | { error: string } {
  const known = compiledBySource.get(source);
  if (known !== undefined) return known;
  const parsed = parseRegex(source);
  const outcome = 'error' in parsed ? parsed : compileTree(source, parsed.tree);
  if (compiledBySource.size >= MAX_COMPILED) compiledBySource.clear();
  compiledBySource.set(source, outcome);
  return outcome;
}

/** Expressions of so few nodes, with their repetitions written out, are refused by none of the engines. */
const MAX_UNTRIED = 4_000;

function compileTree(source: string, tree: RegexTree): { regex: RuleRegex } | { error: string } {
  const required = requiredTexts(tree.root);
  const written = toRe2(tree);
  if (written !== undefined && writtenSize(tree.root) <= MAX_UNTRIED) {
    return { regex: ruleRegex(source, tree, required, whenNeeded(() => engineOf(tree, written, required))) };
  }
  try {
    return { regex: ruleRegex(source, tree, required, engineOf(tree, written, required)) };
  } catch (error) {
    if (error instanceof RegexRefused) return { error: error.message };
    throw error;
  }
}

/**
 * @param written the expression for RE2, when that can run it
 * @throws RegexRefused
 */
function engineOf(tree: RegexTree, written: string | undefined, required: readonly RequiredTexts[]): Engine {
  const linear = written === undefined ? undefined : linearEngine(tree, written);
  return linear ?? backtrackingEngine(backtrackerOf(tree, compileProgram(tree), required));
}

/** Makes an engine when it first has a text to look at: most expressions of most rules never have. */
function whenNeeded(make: () => Engine): Engine {
  let made: Engine | undefined;
  const engine = (): Engine => (made ??= make());
  return {
    search: (text) => engine().search(text),
    matchAtStart: (text) => engine().matchAtStart(text),
    holdsAtStart: (text) => engine().holdsAtStart(text),
  };
}

/**
 * The engines under one roof. Registers are offsets: start and end of the match, then of each group, -1 for a group that took
 * no part.
 */
interface Engine {
  /** @returns finds the first match at or after an offset; and where its attempt began */
  search(text: string): (from: number) => { readonly registers: ArrayLike<number>; readonly startedAt: number } | undefined;
  matchAtStart(text: string): ArrayLike<number> | undefined;
  holdsAtStart(text: string): boolean;
}

function ruleRegex(
  source: string,
  { root, names, groups }: RegexTree,
  required: readonly RequiredTexts[],
  engine: Engine,
): RuleRegex {
  const answers = new Map<string, boolean>();
  const asMatch = (text: string, registers: ArrayLike<number>): RegexMatch => matchOf(text, registers, groups, names);
  const all = function* (text: string): Generator<RegexMatch> {
    if (!mayHold(required, text)) return;
    const find = engine.search(text);
    for (let from = 0; from <= text.length; ) {
      const found = limited(source, () => find(from));
      if (found === undefined) return;
      const match = asMatch(text, found.registers);
      // An empty match ends where it began: the next one begins further on.
      from = match.end > found.startedAt ? match.end : match.end + ((text.codePointAt(match.end) ?? 0) > 0xffff ? 2 : 1);
      yield match;
    }
  };
  return {
    source,
    withinLine: isWithinLine(root) && !someNode(root, (node) => node.is === 'assert' && SEES_TEXT.includes(node.what)),
    required,
    matchesStart: (text) => {
      const known = answers.get(text);
      if (known !== undefined) return known;
      const holds = mayHold(required, text) && limited(source, () => engine.holdsAtStart(text));
      if (text.length <= MAX_ANSWERED) {
        if (answers.size >= MAX_ANSWERS) answers.clear();
        answers.set(text, holds);
      }
      return holds;
    },
    matchStart: (text) => {
      const registers = limited(source, () => engine.matchAtStart(text));
      return registers === undefined ? undefined : asMatch(text, registers);
    },
    matchesAnywhere: (text) =>
      mayHold(required, text) && limited(source, () => engine.search(text)(0)) !== undefined,
    all,
  };
}

function limited<T>(source: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof StepsSpent) throw new RegexLimit(source);
    throw error;
  }
}

/** @returns undefined when RE2 cannot run it */
function linearEngine(tree: RegexTree, source: string): Engine | undefined {
  let compiled: RE2JS;
  try {
    compiled = RE2JS.compile(source);
  } catch {
    // Too large for RE2, or a property that it does not know: the other engine has its own limits, and says so.
    return undefined;
  }
  const registersOf = (matcher: ReturnType<RE2JS['matcher']>): number[] => {
    const registers: number[] = [];
    for (let group = 0; group <= tree.groups; group++) registers.push(matcher.start(group), matcher.end(group));
    return registers;
  };
  return {
    search: (text) => {
      const matcher = compiled.matcher(text);
      return (from) => {
        if (!matcher.find(from)) return undefined;
        const registers = registersOf(matcher);
        return { registers, startedAt: registers[0] ?? 0 };
      };
    },
    matchAtStart: (text) => {
      const matcher = compiled.matcher(text);
      return matcher.lookingAt() ? registersOf(matcher) : undefined;
    },
    holdsAtStart: (text) => compiled.matcher(text).lookingAt(),
  };
}

function backtrackingEngine(expression: Backtracker): Engine {
  return {
    search: (text) => {
      const run: RegexRun = searchIn(expression, text);
      return (from) => {
        const registers = findFrom(expression, run, from);
        return registers === undefined ? undefined : { registers, startedAt: run.startedAt };
      };
    },
    matchAtStart: (text) => searchIn(expression, text).matchAt(0, 0),
    holdsAtStart: (text) => searchIn(expression, text).matchAt(0, 0) !== undefined,
  };
}

function matchOf(
  text: string,
  registers: ArrayLike<number>,
  count: number,
  names: ReadonlyMap<string, readonly number[]>,
): RegexMatch {
  const rangeOf = (group: number): GroupRange | undefined => {
    const [start, end] = [registers[2 * group] ?? -1, registers[2 * group + 1] ?? -1];
    return start < 0 || end < 0 ? undefined : { start, end };
  };
  const groupRanges = Array.from({ length: count }, (_, index) => rangeOf(index + 1));
  const namedRanges: Record<string, GroupRange> = {};
  const named: Record<string, string> = {};
  for (const [name, groups] of names) {
    const range = groups.map((group) => groupRanges[group - 1]).find((each) => each !== undefined);
    if (range === undefined) continue;
    namedRanges[name] = range;
    named[name] = text.slice(range.start, range.end);
  }
  return {
    start: registers[0] ?? 0,
    end: registers[1] ?? 0,
    groups: groupRanges.map((range) => (range === undefined ? undefined : text.slice(range.start, range.end))),
    groupRanges,
    named,
    namedRanges,
  };
}
