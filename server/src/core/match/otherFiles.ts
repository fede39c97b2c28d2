import { compareText } from '../base/order.ts';
import { foreignFileOf } from '../flow/findTaint.ts';
import type { CallName, FunctionFinder } from '../flow/functionFinder.ts';
import { callerOf, type Caller } from '../flow/moduleNames.ts';
import type { ForeignFile, ForeignText, OutsideFiles } from '../flow/outside.ts';
import type { Summary } from '../flow/frame.ts';
import type { Callable } from '../flow/program.ts';
import { sharedIn, type SharedFile } from '../flow/shared.ts';
import { RegexLimit } from '../rules/regexLimit.ts';
import type { Grammar } from '../syntax/grammar.ts';
import { freeFile, type ParsedFile } from '../syntax/parsedFile.ts';
import { Budget, BudgetExceeded } from './budget.ts';
import { Code } from './code.ts';
import type { CompiledRule } from './compileRule.ts';
import { FileWords } from './fileWords.ts';
import type { RuleIndex } from './ruleIndex.ts';
import { followsCalls, roleMatchesIn, type RoleMatches } from './taintPlaces.ts';

/** Calls of calls are followed into so many files. */
const MAX_CALLS_OUTSIDE = 3;
/** Steps that one rule may take on another file: its matches there, and what its functions do. */
const STEPS_PER_FILE = 2_000_000;
/** Files are read anew when more text than this is kept, in characters. */
const MAX_KEPT = 8_000_000;

export interface OtherFilesOptions {
  readonly finder: FunctionFinder;
  /** The grammar of a language, when it is loaded. */
  readonly grammarOf: (language: string) => Grammar | undefined;
  readonly rulesFor: (grammar: Grammar) => RuleIndex;
  readonly parse: (file: SharedFile, grammar: Grammar) => ParsedFile;
}

/** What the findings of a file rest on outside of it. Plain data. */
export interface CallsOutside {
  /** Names that were looked for, in order. */
  readonly names: readonly string[];
  /** Changes when they lead elsewhere, or to other code. */
  readonly key: string;
}

/** The other files for one file at work. */
export interface Interfile {
  /** Undefined for a rule that does not follow calls into other files. */
  outsideOf(rule: CompiledRule): OutsideFiles | undefined;
  /** What was asked so far. */
  dependency(): CallsOutside;
  /** What a rule could not follow; of each file once. */
  failures(rule: CompiledRule): readonly string[];
}

/** A file that calls lead to, as rules see it. */
interface ReadFile {
  readonly code: Code;
  readonly text: ForeignText;
  /** By rule; undefined for one that takes too long. */
  readonly matches: ReadonlyMap<string, FileMatches | undefined>;
}

interface FileMatches {
  readonly of: RoleMatches;
  readonly stepsLeft: number;
}

/** What one file asked of others. */
interface Asked {
  readonly names: Set<string>;
  /** Files whose functions were followed. */
  readonly followed: Set<Followed>;
}

interface Followed extends Asked {
  readonly path: string;
  readonly file: ForeignFile | undefined;
  /** It took too long, or is nested too deeply. */
  hasFailed: boolean;
}

/**
 * Reads the files that calls lead to, each once, and follows data through them. What is known of a file depends on that file, the
 * rule and how many calls are still followed: in whatever order it is asked for, it is the same.
 */
export class OtherFiles {
  readonly #options: OtherFilesOptions;
  readonly #read = new Map<SharedFile, ReadFile | undefined>();
  readonly #followed = new Map<string, Followed>();
  #version = 0;
  #kept = 0;

  constructor(options: OtherFilesOptions) {
    this.#options = options;
  }

  from(path: string, grammar: Grammar): Interfile {
    if (this.#version !== this.#options.finder.version) this.#followed.clear();
    this.#version = this.#options.finder.version;
    const asked = new Map<string, Asked>();
    const caller = callerOf(path, grammar);
    return {
      outsideOf: (rule) => {
        if (!followsCalls(rule)) return undefined;
        const own = asked.get(rule.rule.id) ?? nothingAsked();
        asked.set(rule.rule.id, own);
        return this.#outside(caller, rule.rule.id, MAX_CALLS_OUTSIDE, own);
      },
      dependency: () => {
        const names = [...new Set([...asked.values()].flatMap((each) => [...each.names]))].sort();
        return { names, key: this.#options.finder.keyOf(names) };
      },
      failures: (rule) => failuresOf(asked.get(rule.rule.id)),
    };
  }

  #outside(from: Caller, rule: string, depth: number, asked: Asked): OutsideFiles {
    const files = new Map<Followed, ForeignFile | undefined>();
    const fileOf = (followed: Followed): ForeignFile | undefined => {
      const { file } = followed;
      if (file === undefined || files.has(followed)) return files.get(followed);
      const noted: ForeignFile = {
        ...file,
        summaryOf: (callable) => {
          asked.followed.add(followed);
          return file.summaryOf(callable);
        },
      };
      files.set(followed, noted);
      return noted;
    };
    return {
      find: (call: CallName) => {
        const found = this.#options.finder.find(from, call, asked.names);
        if (found === undefined) return undefined;
        const followed = this.#follow(found.file, rule, depth);
        for (const name of followed.names) asked.names.add(name);
        if (followed.hasFailed) asked.followed.add(followed);
        const file = fileOf(followed);
        if (file === undefined) return undefined;
        const callables = sharedIn(file.program).flatMap((each) =>
          each.name === found.name && each.owner === found.owner ? [each.callable] : [],
        );
        return { callables, file };
      },
    };
  }

  #follow(shared: SharedFile, rule: string, depth: number): Followed {
    const key = JSON.stringify([rule, depth, shared.path]);
    let followed = this.#followed.get(key);
    if (followed === undefined) {
      followed = this.#followAnew(shared, rule, depth);
      this.#followed.set(key, followed);
    }
    return followed;
  }

  #followAnew(shared: SharedFile, rule: string, depth: number): Followed {
    const asked = nothingAsked();
    const read = this.#readFile(shared);
    const found = read?.matches.get(rule);
    if (read === undefined || found === undefined)
      return { ...asked, path: shared.path, file: undefined, hasFailed: read?.matches.has(rule) === true };
    const { code, text } = read;
    const made = withinLimits(() =>
      foreignFileOf(text, {
        ast: code.ast,
        names: code.names,
        ...found.of,
        agree: () => true,
        outside:
          depth > 1 ? this.#outside(callerOf(shared.path, code.grammar), rule, depth - 1, asked) : undefined,
        spend: spender(found.stepsLeft),
      }),
    );
    const file = made && {
      ...made,
      summaryOf: (callable: Callable): Summary | undefined => {
        const summary = withinLimits(() => ({ of: made.summaryOf(callable) }));
        if (summary === undefined) followed.hasFailed = true;
        return summary?.of;
      },
    };
    const followed: Followed = { ...asked, path: shared.path, file, hasFailed: made === undefined };
    return followed;
  }

  #readFile(shared: SharedFile): ReadFile | undefined {
    if (this.#read.has(shared)) return this.#read.get(shared);
    if (this.#kept > MAX_KEPT) {
      this.#read.clear();
      this.#followed.clear();
      this.#kept = 0;
    }
    this.#kept += shared.text.length;
    const grammar = this.#options.grammarOf(shared.language);
    const read = grammar && this.#readAnew(shared, grammar);
    this.#read.set(shared, read);
    return read;
  }

  #readAnew(shared: SharedFile, grammar: Grammar): ReadFile {
    const parsed = this.#options.parse(shared, grammar);
    try {
      const rules = this.#options.rulesFor(grammar);
      const code = Code.of(parsed.main, new FileWords(shared.text, rules.vocabulary, parsed.main.outside));
      const text = { path: shared.path, text: shared.text };
      // All rules at once: the trees are not kept.
      const matches = rules
        .candidates(code.words)
        .filter(followsCalls)
        .map((rule) => [rule.rule.id, matchesOf(code, rule)] as const);
      return { code, text, matches: new Map(matches) };
    } finally {
      freeFile(parsed);
    }
  }
}

/** Undefined when it takes too long. */
function matchesOf(code: Code, rule: CompiledRule): FileMatches | undefined {
  const budget = new Budget(STEPS_PER_FILE);
  return withinLimits(() => {
    const of = roleMatchesIn({ code, budget, options: rule.rule.options }, rule);
    return { of, stepsLeft: budget.left };
  });
}

function spender(steps: number): () => void {
  const budget = new Budget(steps);
  return () => {
    budget.spend();
  };
}

/** Undefined when it takes too long, or when code is nested too deeply: a RangeError tells of that. */
function withinLimits<Result>(run: () => Result): Result | undefined {
  try {
    return run();
  } catch (error) {
    if (error instanceof BudgetExceeded || error instanceof RegexLimit || error instanceof RangeError)
      return undefined;
    throw error;
  }
}

function nothingAsked(): Asked {
  return { names: new Set(), followed: new Set() };
}

/** The files, near and far, that could not be followed. */
function failuresOf(asked: Asked | undefined): readonly string[] {
  const seen = new Set<Followed>(asked?.followed);
  for (const each of seen) for (const next of each.followed) seen.add(next);
  return [...new Set([...seen].flatMap(({ hasFailed, path }) => (hasFailed ? [path] : [])))].sort(
    compareText,
  );
}
