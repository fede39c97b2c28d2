import type { Problem } from '../base/problem.ts';
import type { Rule } from '../rules/rule.ts';
import type { Grammar } from '../syntax/grammar.ts';
import type { LanguageSet } from '../syntax/languageSet.ts';
import { PLAIN_TEXT } from '../syntax/plainText.ts';
import { freeFile, NO_PREPROCESSING, parseFile } from '../syntax/parsedFile.ts';
import { compileRule, looksAt } from './compileRule.ts';
import type { Finding } from './finding.ts';
import { indexCompiled } from './ruleIndex.ts';
import { runOnFile } from './runOnFile.ts';
import type { RelevantCode } from './runRules.ts';

/** What one rule found in one text. */
export interface RunOnText {
  /** The language that the text was read as. */
  readonly grammar: Grammar;
  readonly findings: readonly Finding[];
  readonly relevant: readonly RelevantCode[];
  /** What keeps the rule from running, and where it failed. */
  readonly problems: readonly Problem[];
}

/**
 * Runs a rule on a text by itself, as rule tests do and whoever tries a rule: the rule's own `paths` speak of projects and do not count
 * here.
 *
 * @param path decides by its ending which language the text is
 * @returns undefined when the rule is not for that language, or its grammar is not loaded
 */
export function runOnText(
  rule: Rule,
  path: string,
  text: string,
  languages: LanguageSet,
): RunOnText | undefined {
  const id = languageFor(rule, path, text, languages);
  const grammar = id === undefined ? undefined : languages.grammar(id);
  if (grammar === undefined) return undefined;
  const { compiled, problems } = compileSafely(rule, grammar, languages);
  if (compiled === undefined) return { grammar, findings: [], relevant: [], problems };
  const file = parseFile(grammar, text, NO_PREPROCESSING);
  try {
    const run = runOnFile(
      path,
      file,
      indexCompiled([{ ...compiled, appliesTo: () => true }]),
      () => rule.severity,
    );
    return {
      grammar,
      findings: run.findings,
      relevant: run.relevant,
      problems: [...problems, ...run.problems],
    };
  } finally {
    freeFile(file);
  }
}

/** Compiles a rule; a failure of the compiler itself is told as a problem of this one rule, and the others go on. */
export function compileSafely(
  rule: Rule,
  grammar: Grammar,
  languages: LanguageSet,
): ReturnType<typeof compileRule> {
  try {
    return compileRule(rule, grammar, (other) => languages.grammar(other));
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    const message = `Rule ${rule.id} does not run on ${grammar.definition.name}: an internal error: ${detail}.`;
    const { path, range } = rule.source;
    return { problems: [{ code: 'rule-pattern', severity: 'error', message, path, range }] };
  }
}

/**
 * The language in which a rule reads a file: the file's own, or plain text where it has none.
 */
export function languageFor(
  rule: Rule,
  path: string,
  text: string,
  languages: LanguageSet,
): string | undefined {
  const own = languages.ofFile(path, text)?.id ?? PLAIN_TEXT;
  return looksAt(rule, own) && languages.isLoaded(own) ? own : undefined;
}
