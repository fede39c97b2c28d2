import type { Artifact, Log, Run } from 'sarif';

import { compareText } from '../base/order.ts';
import type { EvidenceContext, EvidenceWriter } from './evidence.ts';
import { brokenLinks, collectFindings } from './findings.ts';
import { notAnalysed } from './notAnalysed.ts';
import { artifactOf, SOURCE_ROOT } from './sarifPlace.ts';
import { invocationOf } from './sarifInvocation.ts';
import { linkResult, resultOf } from './sarifResult.ts';
import { cweTaxonomy, describeRules } from './sarifRules.ts';
import type { Snapshot } from '../facts/snapshot.ts';

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';

/** Findings, broken links and what was not analysed as a SARIF 2.1.0 log. */
export const writeSarif: EvidenceWriter = (snapshot, context) => ({
  path: 'findings.sarif',
  text: `${JSON.stringify(sarifLog(snapshot, context), null, 2)}\n`,
});

export function sarifLog(snapshot: Snapshot, context: EvidenceContext): Log {
  const { shown, suppressed } = collectFindings(snapshot);
  const broken = brokenLinks(snapshot);
  const rules = describeRules(snapshot, [...shown, ...suppressed], broken);
  const taxonomy = cweTaxonomy(rules.descriptors);
  const results = [
    ...[...shown, ...suppressed].map((placed) => resultOf(placed, rules, snapshot)),
    ...broken.map((problem) => linkResult(problem, rules)),
  ].sort((a, b) => compareText(placeKey(a), placeKey(b)));
  const run: Run = {
    tool: {
      driver: {
        name: context.tool.name,
        version: context.tool.version,
        semanticVersion: context.tool.version,
        rules: rules.descriptors,
        ...(taxonomy === undefined ? {} : { supportedTaxonomies: [{ name: taxonomy.name, index: 0 }] }),
      },
    },
    columnKind: 'utf16CodeUnits',
    originalUriBaseIds: { [SOURCE_ROOT]: { description: { text: 'The root folder of the workspace.' } } },
    invocations: [invocationOf(notAnalysed(snapshot, context.problems), context.leftOut)],
    artifacts: artifactsOf(snapshot, context),
    results,
    ...(taxonomy === undefined ? {} : { taxonomies: [taxonomy] }),
    properties: {
      ruleSetFingerprint: snapshot.rules.fingerprint,
      ...(context.commit === undefined ? {} : { commit: context.commit }),
    },
  };
  return { $schema: SCHEMA, version: '2.1.0', runs: [run] };
}

/** Sort key of a result: file, then line and column, then rule. */
function placeKey(result: Run['results'] extends (infer R)[] | undefined ? R : never): string {
  const place = result.locations?.[0]?.physicalLocation;
  const digits = (number: number | undefined) => String(number ?? 0).padStart(8, '0');
  const region = place?.region;
  return [
    place?.artifactLocation?.uri ?? '',
    digits(region?.startLine),
    digits(region?.startColumn),
    result.ruleId ?? '',
  ].join('\0');
}

function artifactsOf(snapshot: Snapshot, context: EvidenceContext): Artifact[] {
  const inputs = new Map(context.inputs.map((input) => [input.path, input]));
  return [...snapshot.files.keys()].sort(compareText).map((path) => {
    const facts = snapshot.files.get(path);
    const input = inputs.get(path);
    return {
      location: artifactOf(path),
      roles: ['analysisTarget'],
      length: input?.bytes ?? facts?.bytes ?? -1,
      ...(facts?.language === undefined ? {} : { sourceLanguage: facts.language }),
      ...(input === undefined || input.sha256 === '' ? {} : { hashes: { 'sha-256': input.sha256 } }),
      ...(facts === undefined ? {} : { properties: { bytesNotParsed: facts.unparsed.bytes } }),
    };
  });
}
