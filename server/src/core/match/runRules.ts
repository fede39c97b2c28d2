import type { Problem } from '../base/problem.ts';
import { compareRanges, type Range, type Span } from '../base/range.ts';
import { compareText } from '../base/order.ts';
import type { EarlierAst } from '../ast/keptNodes.ts';
import type { Severity } from '../base/severity.ts';
import type { SyntaxTree } from '../syntax/syntaxTree.ts';
import { Code } from './code.ts';
import type { CompiledRule } from './compileRule.ts';
import { FileWords } from './fileWords.ts';
import type { Finding } from './finding.ts';
import type { Interfile } from './otherFiles.ts';
import type { RuleIndex } from './ruleIndex.ts';
import { emptyPieceCache, runInPieces, runOn, type Located, type PieceCache } from './runPieces.ts';

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
  const { results, pieces } = runInPieces(
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
      pieces,
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

function failure(path: string, ruleId: string, detail: string): Problem {
  return {
    code: 'rule-failed',
    severity: 'warning',
    message: `Rule ${ruleId} was not applied to all of this file: ${detail}.`,
    path,
  };
}
