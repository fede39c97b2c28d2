import { compareRanges, overlaps, type Range, type Span } from '../base/range.ts';
import { compareText } from '../base/order.ts';
import type { Severity } from '../base/severity.ts';
import type { OtherArms, ParsedFile } from '../syntax/parsedFile.ts';
import { outermostMarked } from '../syntax/syntaxTable.ts';
import type { SyntaxTree } from '../syntax/syntaxTree.ts';
import type { CompiledRule } from './compileRule.ts';
import type { Interfile } from './otherFiles.ts';
import type { RuleIndex } from './ruleIndex.ts';
import { emptyPieceCache, type PieceCache } from './runPieces.ts';
import { runRules, type RuleResults } from './runRules.ts';

/** What was found in the trees of one file, in their order. */
export type FileCache = PieceCache[];

/**
 * Runs the rules on a file: on its main tree, and on the trees with other arms of its conditionals, of which only what lies in a function
 * with one of these arms counts.
 *
 * @param cache of the same file and rules, to match again only what changed
 * @param interfile the other files, for rules that follow data into them
 */
export function runOnFile(
  path: string,
  { main, others }: ParsedFile,
  rules: RuleIndex,
  severityOf: (compiled: CompiledRule) => Severity,
  cache?: FileCache,
  interfile?: Interfile,
): RuleResults {
  const caches = cache ?? [];
  const cacheAt = (index: number, beside?: PieceCache): PieceCache =>
    (caches[index] ??= emptyPieceCache(beside, cache !== undefined));
  const first = cacheAt(0);
  const results = runRules(path, main, rules, severityOf, first, undefined, interfile);
  if (others.length === 0) return results;
  const findings = new Map(results.findings.map((each) => [keyOf(each), each]));
  const relevant = new Map(results.relevant.map((each) => [keyOf(each), each]));
  const problems = new Map(results.problems.map((each) => [each.message, each]));
  others.forEach((other, index) => {
    const part = stretchesThatCount(other);
    if (part.length === 0) return;
    const more = runRules(path, other.syntax, rules, severityOf, cacheAt(index + 1, first), part, interfile);
    const counts = liesIn(part, other.syntax);
    addNew(findings, more.findings.filter(counts));
    addNew(relevant, more.relevant.filter(counts));
    for (const each of more.problems) if (!problems.has(each.message)) problems.set(each.message, each);
  });
  return {
    findings: [...findings.values()].sort(byPlace),
    relevant: [...relevant.values()].sort(byPlace),
    problems: [...problems.values()],
  };
}

interface Placed {
  readonly ruleId: string;
  readonly range: Range;
}

function keyOf({ ruleId, range }: Placed): string {
  return `${ruleId}\u0000${JSON.stringify(range)}`;
}

function addNew<Item extends Placed>(known: Map<string, Item>, items: readonly Item[]): void {
  for (const item of items) {
    const key = keyOf(item);
    if (!known.has(key)) known.set(key, item);
  }
}

function byPlace(a: Placed, b: Placed): number {
  return compareRanges(a.range, b.range) || compareText(a.ruleId, b.ruleId);
}

/** The added code, and the functions that have some of it; without what was not read without errors. */
function stretchesThatCount({ syntax, added }: OtherArms): readonly Span[] {
  const spans = [
    ...added,
    ...functionsOf(syntax).filter((span) => added.some((each) => overlaps(each, span))),
  ];
  const errors = errorsOf(syntax);
  return spans.filter((span) => !errors.some((error) => overlaps(error, span)));
}

function liesIn(stretches: readonly Span[], { lines }: SyntaxTree): (place: Placed) => boolean {
  return ({ range }) => {
    const start = lines.offsetAt(range.start);
    const end = lines.offsetAt(range.end);
    return stretches.some((span) => span.start <= start && end <= span.end);
  };
}

/** The outermost functions. */
function functionsOf({ grammar, table }: SyntaxTree): Span[] {
  return outermostMarked(table, 1, (kind) => grammar.roles.units.get(kind) === 'function');
}

function errorsOf({ grammar, table }: SyntaxTree): Span[] {
  return outermostMarked(table, 1, (kind) => kind === grammar.errorKind);
}
