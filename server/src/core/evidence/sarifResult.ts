import type { CodeFlow, Fix, Result } from 'sarif';

import type { Problem } from '../base/problem.ts';
import type { Snapshot } from '../facts/snapshot.ts';
import type { Finding } from '../match/finding.ts';
import { sha256Hex } from '../base/hash.ts';
import type { PlacedFinding } from './findings.ts';
import { artifactOf, locationOf, regionOf } from './sarifPlace.ts';
import { CWE_TAXONOMY, LEVELS, type RuleDescriptions } from './sarifRules.ts';

const FINGERPRINT = 'traceward/v1';

/** A finding as a result; one that a comment hides carries the suppression with its reason. */
export function resultOf(placed: PlacedFinding, rules: RuleDescriptions, snapshot: Snapshot): Result {
  const { finding, path, unit, suppression } = placed;
  const cwe = rules.cweOf(finding.ruleId);
  const related = finding.related.map(({ range, message }, id) => ({
    id: id + 1,
    ...locationOf(path, range),
    message: { text: message },
  }));
  const location = locationOf(path, finding.range);
  return {
    ruleId: finding.ruleId,
    ruleIndex: rules.indexOf(finding.ruleId),
    level: LEVELS[finding.severity],
    message: { text: finding.message },
    locations: [
      unit === undefined
        ? location
        : { ...location, logicalLocations: [{ name: unit.name, kind: unit.kind }] },
    ],
    ...(related.length === 0 ? {} : { relatedLocations: related }),
    ...(finding.trace === undefined ? {} : { codeFlows: [codeFlowOf(path, finding.trace)] }),
    ...(finding.fix === undefined ? {} : { fixes: [fixOf(path, finding)] }),
    ...(cwe.length === 0 ? {} : { taxa: cwe.map(taxon) }),
    ...(suppression === undefined
      ? {}
      : {
          suppressions: [
            {
              kind: suppression.record === undefined ? 'inSource' : 'external',
              status: suppression.reason === undefined ? 'underReview' : 'accepted',
              ...(suppression.reason === undefined ? {} : { justification: suppression.reason }),
              location:
                suppression.record === undefined
                  ? locationOf(path, suppression.range)
                  : locationOf(suppression.record.path, suppression.record.range),
            },
          ],
        }),
    partialFingerprints: { [FINGERPRINT]: placed.fingerprint },
    ...propertiesOf(finding, snapshot),
  };
}

/** A broken link, or another error in the trace, as a result. */
export function linkResult(problem: Problem, rules: RuleDescriptions): Result {
  const identity = JSON.stringify([problem.code, problem.path ?? '', problem.message]);
  return {
    ruleId: problem.code,
    ruleIndex: rules.indexOf(problem.code),
    level: 'error',
    message: { text: problem.message },
    ...(problem.path === undefined ? {} : { locations: [locationOf(problem.path, problem.range)] }),
    partialFingerprints: { [FINGERPRINT]: sha256Hex(identity).slice(0, 32) },
  };
}

/** The way of tainted data, from its source to the sink. */
function codeFlowOf(path: string, trace: NonNullable<Finding['trace']>): CodeFlow {
  const locations = trace.map((step) => ({
    location: { ...locationOf(step.path ?? path, step.range), message: { text: step.message } },
  }));
  return { threadFlows: [{ locations }] };
}

function fixOf(path: string, finding: Finding): Fix {
  return {
    description: { text: 'Apply the fix that the rule offers.' },
    artifactChanges: [
      {
        artifactLocation: artifactOf(path),
        replacements: (finding.fix ?? []).map(({ range, newText }) => ({
          deletedRegion: regionOf(range),
          insertedContent: { text: newText },
        })),
      },
    ],
  };
}

function taxon(id: string): NonNullable<Result['taxa']>[number] {
  return { id, toolComponent: { name: CWE_TAXONOMY, index: 0 } };
}

function propertiesOf(finding: Finding, snapshot: Snapshot): Pick<Result, 'properties'> {
  const rule = snapshot.rules.byId.get(finding.ruleId);
  if (rule === undefined || rule.metadata.stride.length === 0) return {};
  return { properties: { stride: [...rule.metadata.stride] } };
}
