import type { ReportingDescriptor, ToolComponent } from 'sarif';

import { compareText } from '../base/order.ts';
import type { Problem } from '../base/problem.ts';
import type { Severity } from '../base/severity.ts';
import type { Snapshot } from '../facts/snapshot.ts';
import { cweNumber, type Rule } from '../rules/rule.ts';
import type { PlacedFinding } from './findings.ts';
import { titleOfId } from './text.ts';

export const CWE_TAXONOMY = 'CWE';

export interface RuleDescriptions {
  readonly descriptors: ReportingDescriptor[];
  /** Position of a rule in `descriptors`; -1 for a rule that is not described. */
  indexOf(ruleId: string): number;
  /** CWE ids of a rule, such as `CWE-120`. */
  cweOf(ruleId: string): readonly string[];
}

/** Describes the rules in force, and what Traceward itself reports (suppressions, broken links) as far as it occurs. */
export function describeRules(
  snapshot: Snapshot,
  findings: readonly PlacedFinding[],
  broken: readonly Problem[],
): RuleDescriptions {
  const own = new Set(
    findings.map(({ finding }) => finding.ruleId).filter((id) => !snapshot.rules.byId.has(id)),
  );
  for (const problem of broken) own.add(problem.code);
  const severities = new Map(findings.map(({ finding }) => [finding.ruleId, finding.severity]));
  const descriptors = [
    ...snapshot.rules.rules.map(ruleDescriptor),
    ...[...own].map((id) => ownDescriptor(id, severities.get(id) ?? 'error')),
  ].sort((a, b) => compareText(a.id, b.id));
  const indexes = new Map(descriptors.map((descriptor, index) => [descriptor.id, index]));
  return {
    descriptors,
    indexOf: (ruleId) => indexes.get(ruleId) ?? -1,
    cweOf: (ruleId) => cweIds(snapshot.rules.byId.get(ruleId)),
  };
}

export const LEVELS = { error: 'error', warning: 'warning', info: 'note' } as const;

function ruleDescriptor(rule: Rule): ReportingDescriptor {
  const { metadata } = rule;
  const cwe = cweIds(rule);
  return {
    id: rule.id,
    shortDescription: { text: titleOfId(rule.id) },
    fullDescription: { text: rule.message },
    help: helpOf(rule),
    defaultConfiguration: { level: LEVELS[rule.severity] },
    ...(cwe.length === 0 ? {} : { relationships: cwe.map(cweRelationship) }),
    properties: {
      tags: ['security', ...cwe, ...cwe.map((id) => `external/cwe/${id.toLowerCase()}`)],
      cwe: [...metadata.cwe],
      cert: [...metadata.cert],
      stride: [...metadata.stride],
      fda: [...metadata.fda],
      iec81001: [...metadata.iec81001],
      ...(metadata.confidence === undefined ? {} : { confidence: metadata.confidence }),
    },
  };
}

function helpOf(rule: Rule): { text: string; markdown: string } {
  const { why, fixGuidance, references } = rule.metadata;
  const markdown = [
    why === undefined ? '' : `**Why it matters.** ${why.trim()}`,
    fixGuidance === undefined ? '' : `**What to write instead.** ${fixGuidance.trim()}`,
    references.length === 0 ? '' : `**References.**\n${references.map((link) => `- ${link}`).join('\n')}`,
  ].filter((part) => part !== '');
  const text = [rule.message.trim(), why?.trim() ?? '', fixGuidance?.trim() ?? '', ...references];
  return {
    text: text.filter((part) => part !== '').join('\n\n'),
    markdown: markdown.length === 0 ? rule.message : markdown.join('\n\n'),
  };
}

/** What Traceward reports without a rule file. */
const OWN: Readonly<Record<string, string>> = {
  'trace-orphaned': 'A link names an id that does not exist',
  'trace-outdated': 'A link names an older revision of its target',
  'trace-predated': 'A link names a revision that its target does not have yet',
  'trace-ambiguous': 'A link names an id that is defined more than once',
  'trace-unwanted': 'A link leads to an item that does not ask for it',
  'trace-duplicate': 'An id is defined more than once',
  'trace-cycle': 'Items lead to each other in a circle',
  'suppression-without-reason': 'A comment suppresses findings without giving a reason',
  'unused-suppression': 'A comment suppresses findings where there are none',
};

function ownDescriptor(id: string, severity: Severity): ReportingDescriptor {
  const title = OWN[id] ?? titleOfId(id);
  return {
    id,
    shortDescription: { text: title },
    help: { text: `${title}. Reported by Traceward itself, not by a rule file.` },
    defaultConfiguration: { level: LEVELS[severity] },
    properties: { tags: ['traceability'] },
  };
}

function cweIds(rule: Rule | undefined): readonly string[] {
  const numbers = (rule?.metadata.cwe ?? []).map(cweNumber).filter((number) => number !== undefined);
  return [...new Set(numbers)].sort((a, b) => a - b).map((number) => `CWE-${number}`);
}

function cweRelationship(id: string): NonNullable<ReportingDescriptor['relationships']>[number] {
  return { target: { id, toolComponent: { name: CWE_TAXONOMY, index: 0 } }, kinds: ['superset'] };
}

/** The CWE entries that the rules name, with their names where a rule writes one; undefined when there are none. */
export function cweTaxonomy(descriptors: readonly ReportingDescriptor[]): ToolComponent | undefined {
  const names = new Map<number, string>();
  for (const descriptor of descriptors) {
    const entries: unknown = descriptor.properties?.['cwe'];
    for (const entry of Array.isArray(entries) ? entries.map(String) : []) {
      const number = cweNumber(entry);
      if (number === undefined) continue;
      const name = /:\s*(.+)$/.exec(entry)?.[1] ?? '';
      if ((names.get(number) ?? '') === '') names.set(number, name);
    }
  }
  if (names.size === 0) return undefined;
  return {
    name: CWE_TAXONOMY,
    organization: 'MITRE',
    shortDescription: { text: 'Common Weakness Enumeration' },
    isComprehensive: false,
    taxa: [...names]
      .sort(([a], [b]) => a - b)
      .map(([number, name]) => ({
        id: `CWE-${number}`,
        ...(name === '' ? {} : { shortDescription: { text: name } }),
        helpUri: `https://cwe.mitre.org/data/definitions/${number}.markup`,
      })),
  };
}
