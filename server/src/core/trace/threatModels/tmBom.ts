import { jsonList, jsonText, readJson, type JsonNode } from '../../base/jsonDocument.ts';
import type { Outcome } from '../../base/problem.ts';
import type { SourceFacts } from '../formats.ts';
import type { SourceSettings } from '../sources.ts';
import { entriesWith, othersOf, referenceAt, referencesIn, textIn, yesOrNone } from './fields.ts';
import { modelBuilder, type ModelBuilder, type Sort } from './model.ts';
import { cweOf, severityOfHarm } from './words.ts';

/** Parts of a system that threats and flows may name. Each list has names of its own in the format; here they are elements. */
const ANYTHING: readonly Sort[] = ['element', 'flow', 'asset', 'zone'];

/** Reads a model of the OWASP Threat Model Library (TM-BOM). */
export function readTmBom(path: string, text: string, settings: SourceSettings): Outcome<SourceFacts> {
  const { value: root, problems } = readJson(path, text);
  const builder = modelBuilder(path, 'tm-bom', settings, problems);
  if (root === undefined) return builder.finish();
  if (!root.entries.has('trust_zones') && !root.entries.has('data_flows'))
    builder.report('This is no TM-BOM: it has no `trust_zones` and no `data_flows`.', root.range, 'error');
  for (const zone of entriesWith(root, 'trust_zones', 'symbolic_name', builder)) {
    builder.add({ ...common(zone), sort: 'zone', attributes: othersOf(zone, COMMON) });
  }
  for (const boundary of jsonList(root, 'trust_boundaries')) {
    const [a, b] = [jsonText(boundary, 'trust_zone_a'), jsonText(boundary, 'trust_zone_b')];
    builder.add({
      sort: 'boundary',
      id: `${a}|${b}`,
      title: `Boundary between ${a} and ${b}`,
      text: jsonText(boundary, 'description'),
      range: boundary.range,
      type: 'trust_boundary',
      links: ['trust_zone_a', 'trust_zone_b'].flatMap((key) =>
        referenceAt(boundary, key, 'between', ['zone']),
      ),
      attributes: {
        type: 'boundary',
        ...othersOf(boundary, ['description', 'trust_zone_a', 'trust_zone_b']),
      },
    });
  }
  for (const [list, type] of [
    ['actors', 'external'],
    ['components', 'process'],
    ['data_stores', 'store'],
  ] as const) {
    for (const element of entriesWith(root, list, 'symbolic_name', builder)) {
      builder.add({
        ...common(element),
        sort: 'element',
        type: jsonText(element, 'type') || list.slice(0, -1),
        links: [
          ...referenceAt(element, 'trust_zone', 'zone', ['zone']),
          ...referenceAt(element, 'parent_component', 'parent', ['element']),
        ],
        attributes: { ...othersOf(element, [...COMMON, 'type', 'trust_zone', 'parent_component']), type },
      });
    }
  }
  for (const asset of entriesWith(root, 'data_sets', 'symbolic_name', builder)) {
    builder.add({
      ...common(asset),
      sort: 'asset',
      links: jsonList(asset, 'placements').flatMap((placement) =>
        referenceAt(placement, 'data_store', 'placed', ['element']),
      ),
      attributes: othersOf(asset, COMMON),
    });
  }
  for (const flow of entriesWith(root, 'data_flows', 'symbolic_name', builder)) {
    builder.add({
      ...common(flow),
      sort: 'flow',
      links: [
        // `type` says `component` or `#/$defs/component`; all of them are elements.
        ...referenceAt(flow.entries.get('source'), 'object', 'from', ['element']),
        ...referenceAt(flow.entries.get('destination'), 'object', 'to', ['element']),
      ],
      attributes: {
        ...othersOf(flow, [...COMMON, 'source', 'destination', 'encrypted']),
        encryption: yesOrNone(flow, 'encrypted'),
      },
    });
  }
  addThreats(root, builder);
  for (const assumption of jsonList(root, 'assumptions')) {
    const validity = jsonText(assumption, 'validity');
    const words = jsonText(assumption, 'description').slice(0, 100);
    if (validity !== 'confirmed')
      builder.report(
        `The assumption \`${words}\` is ${validity || 'not confirmed'}: check it, or say what follows when it does not hold.`,
        assumption.range,
        'information',
        'TM06',
      );
  }
  return builder.finish();
}

function addThreats(root: JsonNode, builder: ModelBuilder): void {
  for (const threat of entriesWith(root, 'threats', 'symbolic_name', builder)) {
    builder.add({
      ...common(threat),
      sort: 'threat',
      text: jsonText(threat, 'description') || jsonText(threat, 'event'),
      cwe: jsonList(threat, 'weaknesses').flatMap((each) => cweOf(textIn(each, 'cwe_id')) ?? []),
      links: referencesIn(threat, 'components_affected', 'on', ANYTHING, 'derives', NAMES),
      attributes: {
        ...othersOf(threat, [...COMMON, 'weaknesses', 'components_affected', 'attack_mechanisms']),
        capec: jsonList(threat, 'attack_mechanisms').map((each) => textIn(each, 'capec_id')),
      },
    });
  }
  for (const control of entriesWith(root, 'controls', 'symbolic_name', builder)) {
    const status = jsonText(control, 'status');
    const state = builder.stateOf(status, control.entries.get('status')?.range ?? control.range);
    builder.add({
      ...common(control),
      sort: 'control',
      status,
      state,
      approval:
        state === 'accepted' || state === 'not-applicable'
          ? 'rejected'
          : state === 'mitigated' || status === 'approved' || status === 'scheduled'
            ? 'approved'
            : 'draft',
      links: [
        ...referencesIn(control, 'threats', 'threats', ['threat'], 'mitigates', NAMES),
        ...referenceAt(control, 'trust_boundary', 'trust_boundary', ['boundary', 'zone']),
      ],
      attributes: othersOf(control, [...COMMON, 'status', 'threats', 'trust_boundary']),
    });
  }
  for (const risk of entriesWith(root, 'risks', 'symbolic_name', builder)) {
    const severity = severityOfHarm(jsonText(risk, 'impact'));
    builder.add({
      ...common(risk),
      sort: 'risk',
      ...(severity !== undefined && { severity }),
      links: referencesIn(risk, 'threats', 'threats', ['threat'], 'derives', NAMES),
      attributes: {
        ...othersOf(risk, [...COMMON, 'threats', 'likelihood', 'impact']),
        foreignLikelihood: jsonText(risk, 'likelihood'),
        foreignImpact: jsonText(risk, 'impact'),
      },
    });
  }
}

/** Where a reference is a record instead of a name. */
const NAMES = ['object', 'symbolic_name'] as const;
const COMMON = ['symbolic_name', 'title', 'description'] as const;

function common(node: JsonNode) {
  return {
    id: jsonText(node, 'symbolic_name'),
    title: jsonText(node, 'title'),
    text: jsonText(node, 'description'),
    range: node.entries.get('symbolic_name')?.range ?? node.range,
  };
}
