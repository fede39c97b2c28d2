import { compareRanges, containsRange } from '../base/range.ts';
import { compareText } from '../base/order.ts';
import type { Finding } from '../match/finding.ts';
import type { RuleSet } from '../rules/ruleSet.ts';
import { judgeDemand } from '../trace/demands.ts';
import { unitName } from '../trace/reviews.ts';
import type { TraceGraph } from '../trace/traceGraph.ts';
import type { FileFacts, TagDemand } from './fileFacts.ts';
import type { FileReport } from './snapshot.ts';
import type { Suppression } from './suppression.ts';

/** Findings that come from Traceward itself and not from a rule file. */
export const SUPPRESSION_WITHOUT_REASON = 'suppression-without-reason';
export const UNUSED_SUPPRESSION = 'unused-suppression';

/**
 * Joins a file's facts with the trace graph and applies its suppressions.
 *
 * @param isTraced whether the workspace traces anything: else nobody can give what `require-tag` rules ask for
 */
export function reportOf(
  facts: FileFacts,
  found: readonly Finding[],
  rules: RuleSet,
  trace: TraceGraph,
  isTraced: boolean,
): FileReport {
  const demands = isTraced ? facts.demands : [];
  const candidates = [
    ...found,
    ...demands.flatMap((demand) => demandFinding(facts, demand, rules, trace) ?? []),
  ];
  const findings: Finding[] = [];
  const suppressed: { finding: Finding; suppression: Suppression }[] = [];
  const used = new Set<Suppression>();
  for (const finding of candidates) {
    const suppression = facts.suppressions.find((each) => covers(each, finding));
    const accepted = suppression === undefined ? acceptance(facts, finding, trace) : undefined;
    if (accepted !== undefined) {
      suppressed.push({ finding, suppression: accepted });
    } else if (suppression === undefined) {
      findings.push(finding);
    } else {
      used.add(suppression);
      suppressed.push({ finding, suppression });
    }
  }
  for (const suppression of facts.suppressions) {
    if (!used.has(suppression)) findings.push(suppressionFinding(suppression, UNUSED_SUPPRESSION));
    else if (suppression.reason === undefined)
      findings.push(suppressionFinding(suppression, SUPPRESSION_WITHOUT_REASON));
  }
  findings.sort((a, b) => compareRanges(a.range, b.range) || compareText(a.ruleId, b.ruleId));
  return { facts, findings, suppressed };
}

/** What a record of a review says of a finding, as long as the code around it means what it meant then; shown like a suppression. */
function acceptance(facts: FileFacts, finding: Finding, trace: TraceGraph): Suppression | undefined {
  if (!trace.reviews.hasFindings) return undefined;
  const index = innermostUnit(facts, finding);
  const unit = facts.units[index];
  if (unit === undefined) return undefined;
  const name = unitName({ path: facts.path, kind: unit.kind, name: unit.name });
  const record = trace.reviews.finding(finding.ruleId, name, facts.fingerprints[index]);
  if (record === undefined) return undefined;
  const by = `reviewed by ${record.by}, ${record.at}`;
  return {
    rules: [finding.ruleId],
    reason: record.reason === undefined ? by : `${record.reason} (${by})`,
    range: finding.range,
    record: record.location,
    lines: [],
  };
}

/** Index of the smallest unit around a finding; the file is the first. */
export function innermostUnit({ units }: FileFacts, { range }: Finding): number {
  let best = 0;
  for (const [index, unit] of units.entries()) {
    const outer = units[best];
    if (
      index > 0 &&
      containsRange(unit.range, range) &&
      (best === 0 || (outer !== undefined && containsRange(outer.range, unit.range)))
    )
      best = index;
  }
  return best;
}

function covers(suppression: Suppression, finding: Finding): boolean {
  if (!suppression.lines.includes(finding.range.start.line)) return false;
  // Public rules are often named with the path of their file before the id.
  return (
    suppression.rules.length === 0 ||
    suppression.rules.some((rule) => rule === finding.ruleId || rule.endsWith(`.${finding.ruleId}`))
  );
}

function suppressionFinding(suppression: Suppression, ruleId: string): Finding {
  const rules = suppression.rules.length === 0 ? 'any rule' : suppression.rules.join(', ');
  return {
    ruleId,
    severity: ruleId === UNUSED_SUPPRESSION ? 'info' : 'warning',
    message:
      ruleId === UNUSED_SUPPRESSION
        ? `Nothing here is reported by ${rules}: remove the suppression, or move it to the line it is meant for.`
        : `This suppression of ${rules} gives no reason: write one after \`--\`.`,
    range: suppression.range,
    bindings: {},
    related: [],
  };
}

/** The finding of a `require-tag` rule, or undefined when the unit's tags give what the rule asks for. */
function demandFinding(
  facts: FileFacts,
  demand: TagDemand,
  rules: RuleSet,
  trace: TraceGraph,
): Finding | undefined {
  const rule = rules.byId.get(demand.ruleId);
  const unit = facts.units[demand.unit];
  const [cause] = demand.causes;
  if (rule?.require === undefined || unit === undefined || cause === undefined) return undefined;
  const verdict = judgeDemand({
    units: facts.units,
    unit: demand.unit,
    tags: facts.tags,
    require: rule.require,
    graph: trace,
  });
  if (verdict.kind === 'met') return undefined;
  const wanted = rule.require.categories.join(' or ');
  const message =
    verdict.kind === 'missing'
      ? rule.message.replaceAll('$UNIT', unit.name)
      : `\`${unit.name}\` carries ${verdict.id}, a requirement of category ${verdict.category}; this code needs one of category ${wanted}.`;
  const name = unit.kind === 'file' ? cause.range : unit.nameRange;
  return {
    ruleId: rule.id,
    severity: verdict.kind === 'missing' ? rule.severity : 'info',
    message,
    range: name,
    bindings: { $UNIT: unit.name },
    related: demand.causes.map(({ range, text }) => ({
      range,
      message: `makes it security-relevant: ${text.replace(/\s+/g, ' ').slice(0, 80)}`,
    })),
  };
}
