import { globTest, type PathTest } from '../base/glob.ts';
import type { Problem } from '../base/problem.ts';
import type { Range } from '../base/range.ts';
import type { Comparison } from '../rules/comparison.ts';
import type {
  Condition,
  Formula,
  TaintFormula,
  TaintPropagator,
  TaintSanitizer,
  TaintSink,
  TaintSource,
} from '../rules/formula.ts';
import type { Certainty, FactQuestions } from '../rules/factNames.ts';
import type { RuleOptions } from '../rules/options.ts';
import { compileRegex, type RuleRegex } from '../rules/regex.ts';
import type { Rule } from '../rules/rule.ts';
import type { Grammar } from '../syntax/grammar.ts';
import { compileGeneric, type GenericPattern } from '../generic/compileGeneric.ts';
import { plainTextGrammar } from '../syntax/plainText.ts';
import { compileQuery, type RuleQuery } from '../syntax/query.ts';
import { compilePattern, compileWithin } from './compilePattern.ts';
import type { Pattern, PatternNode } from './pattern.ts';
import { factsNeeded, isAroundWithinPiece, isPiecewise, staysLocal, type FactsNeeded } from './piecewise.ts';
import { textsAsked, type AskedTexts } from './requirement.ts';
import { textConditions } from './textConditions.ts';

/** A rule made ready for one grammar. */
export interface CompiledRule {
  readonly rule: Rule;
  readonly formula: CompiledFormula | CompiledTaint;
  /** Each function can be searched on its own: see `isPiecewise`. */
  readonly piecewise: boolean;
  /** Each function can be searched with what its names mean alone: see `staysLocal`. */
  readonly local: boolean;
  /** What it asks of values and memory. */
  readonly facts: FactsNeeded | undefined;
  /** Whether the rule looks at this file at all. */
  readonly appliesTo: PathTest;
}

export type CompiledFormula =
  | {
      readonly op: 'pattern';
      readonly pattern: Pattern;
      /** The same text read as a type, for conditions on a metavariable that stands for one; made when it is first asked for. */
      readonly asType?: () => Pattern | undefined;
    }
  | { readonly op: 'generic'; readonly pattern: GenericPattern }
  | { readonly op: 'regex'; readonly regex: RuleRegex }
  | { readonly op: 'tree-sitter'; readonly query: RuleQuery }
  | { readonly op: 'fact'; readonly events: ReadonlySet<string>; readonly certainty: Certainty }
  | { readonly op: 'any'; readonly of: readonly CompiledFormula[] }
  | { readonly op: 'inside'; readonly of: CompiledFormula }
  | CompiledAll;

/** Languages of rules that look at the text of any file. */
export const TEXT_LANGUAGES: readonly string[] = ['generic', 'regex'];

/** Whether a rule looks at files of a language. */
export function looksAt({ languages }: Rule, language: string): boolean {
  return languages.includes(language) || TEXT_LANGUAGES.some((each) => languages.includes(each));
}

export interface CompiledAll {
  readonly op: 'all';
  readonly clauses: readonly CompiledClause[];
  /** The clauses of a role, in their order: each function of a file is asked for them. */
  readonly matches: readonly CompiledClause[];
  readonly insides: readonly CompiledClause[];
  readonly conditions: readonly CompiledCondition[];
  /** Those of them that ask the text of one metavariable, and nothing else. */
  readonly ofText: readonly RegexCondition[];
  /** Texts of which the code has one of each list wherever these hold. */
  readonly texts: AskedTexts;
  readonly focus: readonly (readonly string[])[];
}

export interface CompiledClause {
  readonly role: 'match' | 'inside' | 'not' | 'not-inside' | 'not-overlapping' | 'not-anywhere';
  readonly formula: CompiledFormula;
  /** What it finds around hits in one piece of a file lies in that piece, too: see `isAroundWithinPiece`. */
  readonly isLocal: boolean;
}

export interface RegexCondition {
  readonly kind: 'metavariable-regex';
  readonly metavariable: string;
  readonly regex: RuleRegex;
  /** Also asks the value of a named constant. */
  readonly ofConstants: boolean;
}

export type CompiledCondition =
  | RegexCondition
  | {
      readonly kind: 'metavariable-pattern';
      readonly metavariable: string;
      /** Grammar in which the text is read anew, of a string the content; undefined to look at the code as it is. */
      readonly grammar: Grammar | undefined;
      /** Code that is no string is looked at as it is: it is of this language already. */
      readonly isOwn: boolean;
      readonly formula: CompiledFormula;
    }
  | {
      readonly kind: 'metavariable-comparison';
      readonly comparison: Comparison;
      readonly metavariable: string | undefined;
      readonly base: number | undefined;
      readonly strip: boolean;
    }
  | {
      readonly kind: 'metavariable-type';
      readonly metavariable: string;
      readonly types: readonly { readonly text: string; readonly pattern: PatternNode }[];
    }
  | {
      readonly kind: 'metavariable-analysis';
      readonly metavariable: string;
      readonly analyzer: 'entropy' | 'redos';
    }
  | {
      readonly kind: 'metavariable-facts';
      readonly metavariable: string;
      readonly questions: FactQuestions;
    };

/** Each part of a taint rule with its formula compiled. */
export interface CompiledTaint {
  readonly op: 'taint';
  readonly sources: readonly Compiled<TaintSource>[];
  readonly sinks: readonly Compiled<TaintSink>[];
  readonly sanitizers: readonly Compiled<TaintSanitizer>[];
  readonly propagators: readonly Compiled<TaintPropagator>[];
}

export interface Compiled<Spec> {
  readonly spec: Spec;
  readonly formula: CompiledFormula;
}

/** Grammars by language id, as far as they are loaded. */
export type GrammarOf = (id: string) => Grammar | undefined;

/**
 * @param grammarOf for conditions that read a text in another language
 * @returns the compiled rule, or what keeps it from running on this language, each with its line in the rule file
 */
export function compileRule(
  rule: Rule,
  grammar: Grammar,
  grammarOf: GrammarOf = () => undefined,
): { compiled?: CompiledRule; problems: Problem[] } {
  const problems: Problem[] = [];
  const complain = (at: Range, message: string): void => {
    problems.push({
      code: 'rule-pattern',
      severity: 'error',
      message: `Rule ${rule.id} does not run on ${grammar.definition.name}: ${message}.`,
      path: rule.source.path,
      range: at,
    });
  };
  const asText = !rule.languages.includes(grammar.definition.id);
  const reading = asText ? 'text' : 'code';
  const compiler = new RuleCompiler(rule, grammar, grammarOf, complain, reading);
  const formula = rule.formula.op === 'taint' ? compiler.taint(rule.formula) : compiler.formula(rule.formula);
  const refused = [...globTest(rule.paths.include).refused, ...globTest(rule.paths.exclude).refused];
  for (const glob of refused) complain(rule.source.range, `the glob \`${glob}\` is empty or too long`);
  if (formula === undefined || problems.length > 0) return { problems };
  const isTaint = formula.op === 'taint';
  const piecewise = !isTaint && isPiecewise(formula, grammar);
  const local = piecewise && staysLocal(formula, grammar);
  const facts = isTaint ? undefined : factsNeeded(formula);
  return { compiled: { rule, formula, piecewise, local, facts, appliesTo: pathTest(rule) }, problems };
}

/** The files that a rule looks at, by its `paths`. */
export function pathTest({ paths }: Rule): PathTest {
  const include = globTest(paths.include);
  const exclude = globTest(paths.exclude);
  return (path) => (paths.include.length === 0 || include.test(path)) && !exclude.test(path);
}

/**
 * How patterns are read: as `text` with holes (`generic`), whatever language the file is in; as `code`; as code of a condition on a metavariable
 * (`subject`).
 */
type PatternReading = 'text' | 'code' | 'subject';

const NOTHING: CompiledFormula = { op: 'any', of: [] };

class RuleCompiler {
  readonly #rule: Rule;
  readonly #grammar: Grammar;
  readonly #options: RuleOptions;
  readonly #grammarOf: GrammarOf;
  readonly #complain: (at: Range, message: string) => void;
  readonly #reading: PatternReading;
  /** The rule is also for the language that extends this one: these are the signs of what is meant for that one alone. */
  readonly #otherSigns: RegExp | undefined;

  constructor(
    rule: Rule,
    grammar: Grammar,
    grammarOf: GrammarOf,
    complain: (at: Range, message: string) => void,
    reading: PatternReading,
  ) {
    this.#rule = rule;
    this.#grammar = grammar;
    this.#options = rule.options;
    this.#grammarOf = grammarOf;
    this.#complain = complain;
    this.#reading = reading;
    const { extendedBy } = grammar.definition;
    if (extendedBy !== undefined && rule.languages.includes(extendedBy.language))
      this.#otherSigns = new RegExp(extendedBy.signs);
  }

  taint(taint: TaintFormula): CompiledTaint {
    const each = <Spec extends { readonly formula: Formula }>(specs: readonly Spec[]): Compiled<Spec>[] =>
      specs.flatMap((spec) => {
        const formula = this.formula(spec.formula);
        return formula ? [{ spec, formula }] : [];
      });
    return {
      op: 'taint',
      sources: each(taint.sources),
      sinks: each(taint.sinks),
      sanitizers: each(taint.sanitizers),
      propagators: each(taint.propagators),
    };
  }

  formula(formula: Formula): CompiledFormula | undefined {
    switch (formula.op) {
      case 'pattern': {
        if (this.#reading === 'text') return this.#textPattern(formula);
        const outcome = compilePattern(formula.text, this.#grammar);
        if ('pattern' in outcome)
          return { op: 'pattern', pattern: outcome.pattern, ...this.#asType(formula) };
        if (this.#otherSigns?.test(formula.text) === true) return NOTHING;
        this.#complain(formula.at, outcome.error);
        return undefined;
      }
      case 'regex': {
        const outcome = compileRegex(formula.regex);
        if ('regex' in outcome) return { op: 'regex', regex: outcome.regex };
        this.#complain(formula.at, outcome.error);
        return undefined;
      }
      case 'tree-sitter': {
        // Tests have compiled what ships with Traceward.
        const isTried = this.#rule.source.isBuiltIn === true;
        const outcome = compileQuery(formula.query, this.#grammar, isTried);
        if ('query' in outcome) return { op: 'tree-sitter', query: outcome.query };
        this.#complain(formula.at, outcome.error);
        return undefined;
      }
      case 'fact':
        return { op: 'fact', events: new Set(formula.events), certainty: formula.certainty };
      case 'any':
        return { op: 'any', of: formula.of.flatMap((each) => this.formula(each) ?? []) };
      case 'inside': {
        const of = this.formula(formula.of);
        return of && { op: 'inside', of };
      }
      case 'all':
        return this.#all(formula);
    }
  }

  /** `&str` and `*T` are expressions too; where a condition speaks of a type they are types. */
  #asType({ text }: Extract<Formula, { op: 'pattern' }>): { readonly asType?: () => Pattern | undefined } {
    if (this.#reading !== 'subject') return {};
    let outcome: ReturnType<typeof compileWithin> | undefined;
    return {
      asType: () => {
        outcome ??= compileWithin(text, this.#grammar, 1, 'type');
        return 'pattern' in outcome ? outcome.pattern : undefined;
      },
    };
  }

  #all(formula: Extract<Formula, { op: 'all' }>): CompiledAll {
    const clauses = formula.clauses.flatMap(({ role, formula: inner }): CompiledClause[] => {
      const compiled = this.formula(inner);
      if (compiled === undefined) return [];
      return [{ role, formula: compiled, isLocal: isAroundWithinPiece(compiled, this.#grammar) }];
    });
    const conditions = formula.conditions.flatMap((each) => this.#condition(each) ?? []);
    const ofText = conditions.flatMap((each) =>
      each.kind === 'metavariable-regex' && !each.ofConstants ? [each] : [],
    );
    return {
      op: 'all',
      clauses,
      matches: clauses.filter(({ role }) => role === 'match'),
      insides: clauses.filter(({ role }) => role === 'inside'),
      conditions,
      ofText,
      // What a metavariable of a pattern for text stands for may leave out some of the text.
      texts:
        this.#reading === 'text'
          ? []
          : textConditions(formula).flatMap(({ regex }) => textsAsked(regex, this.#grammar)),
      focus: formula.focus,
    };
  }

  #textPattern({ text, at }: Extract<Formula, { op: 'pattern' }>): CompiledFormula | undefined {
    const outcome = compileGeneric(text, this.#options);
    if ('pattern' in outcome) return { op: 'generic', pattern: outcome.pattern };
    this.#complain(at, outcome.error);
    return undefined;
  }

  #condition(condition: Condition): CompiledCondition | undefined {
    switch (condition.kind) {
      case 'metavariable-pattern':
        return this.#patternCondition(condition);
      case 'metavariable-regex': {
        const outcome = compileRegex(condition.regex);
        if ('regex' in outcome) {
          const { kind, metavariable, constantPropagation = false } = condition;
          return { kind, metavariable, regex: outcome.regex, ofConstants: constantPropagation };
        }
        this.#complain(condition.at, outcome.error);
        return undefined;
      }
      case 'metavariable-comparison': {
        const { kind, comparison, metavariable, base, strip } = condition;
        return { kind, comparison, metavariable, base, strip };
      }
      case 'metavariable-type': {
        const types = condition.types.flatMap((text) => {
          const outcome = compileWithin(text, this.#grammar, 1, 'type');
          if ('pattern' in outcome && outcome.pattern.shape.is === 'node')
            return [{ text, pattern: outcome.pattern.shape.node }];
          if (this.#otherSigns?.test(text) !== true) this.#complain(condition.at, `\`${text}\` is no type`);
          return [];
        });
        return { kind: condition.kind, metavariable: condition.metavariable, types };
      }
      case 'metavariable-analysis':
      case 'metavariable-facts':
        return condition;
    }
  }

  /** For a condition that reads a text in another way. */
  #reader(grammar: Grammar, reading: PatternReading): RuleCompiler {
    return new RuleCompiler(this.#rule, grammar, this.#grammarOf, this.#complain, reading);
  }

  #patternCondition(
    condition: Extract<Condition, { kind: 'metavariable-pattern' }>,
  ): CompiledCondition | undefined {
    const { kind, metavariable, language } = condition;
    const own = this.#grammar.definition.id;
    if (language === undefined || language === own) {
      const reading = this.#reading === 'code' ? 'subject' : this.#reading;
      const formula = this.#reader(this.#grammar, reading).formula(condition.formula);
      const grammar = language === undefined ? undefined : this.#grammar;
      return formula && { kind, metavariable, grammar, isOwn: true, formula };
    }
    if (language === 'generic' || language === 'regex') {
      const formula = this.#reader(this.#grammar, 'text').formula(condition.formula);
      return formula && { kind, metavariable, grammar: plainTextGrammar(), isOwn: false, formula };
    }
    const grammar = this.#grammarOf(language);
    if (grammar === undefined) {
      this.#complain(condition.at, `the language \`${language}\` is not loaded`);
      return undefined;
    }
    const formula = this.#reader(grammar, 'code').formula(condition.formula);
    return formula && { kind, metavariable, grammar, isOwn: false, formula };
  }
}
