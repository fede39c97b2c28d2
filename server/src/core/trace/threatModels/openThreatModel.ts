import { jsonList, jsonText, type JsonNode } from '../../base/jsonDocument.ts';
import type { Outcome } from '../../base/problem.ts';
import { readJsonOrYaml } from '../../base/yamlNode.ts';
import type { SourceFacts } from '../formats.ts';
import type { AttributeValue } from '../item.ts';
import type { SourceSettings } from '../sources.ts';
import { entriesWith, othersOf, referenceAt, referencesIn, textsIn } from './fields.ts';
import { categories, modelBuilder, type ModelBuilder, type Reference, type Sort } from './model.ts';
import { cweOf, worstState, type ThreatState } from './words.ts';

/** A threat of the library where it applies. */
interface Instance {
  readonly threat: string;
  readonly on: Reference;
  readonly state: ThreatState;
  readonly status: string;
  readonly mitigations: readonly JsonNode[];
}

/** Reads a model of Open Threat Model (OTM), in JSON or YAML. Fields may be null as well as absent. */
export function readOpenThreatModel(
  path: string,
  text: string,
  settings: SourceSettings,
): Outcome<SourceFacts> {
  const { value: root, problems } = readJsonOrYaml(path, text);
  const builder = modelBuilder(path, 'otm', settings, problems);
  if (root === undefined) return builder.finish();
  if (!root.entries.has('otmVersion'))
    builder.report('This is no Open Threat Model: it has no `otmVersion`.', root.range, 'error');
  for (const asset of entriesWith(root, 'assets', 'id', builder))
    builder.add({ ...common(asset), sort: 'asset', attributes: othersOf(asset, COMMON) });
  for (const zone of entriesWith(root, 'trustZones', 'id', builder)) {
    builder.add({
      ...common(zone),
      sort: 'zone',
      type: jsonText(zone, 'type'),
      links: parentOf(zone, 'parent'),
      attributes: {
        ...othersOf(zone, [...COMMON, 'type', 'parent', 'risk']),
        trust: zone.entries.get('risk')?.entries.get('trustRating')?.scalar ?? undefined,
      },
    });
  }
  const instances: Instance[] = [];
  for (const component of entriesWith(root, 'components', 'id', builder)) {
    const type = jsonText(component, 'type');
    builder.add({
      ...common(component),
      sort: 'element',
      type,
      links: [
        ...parentOf(component, 'zone'),
        ...['processed', 'stored'].flatMap((role) =>
          referencesIn(component.entries.get('assets'), role, role, ['asset']),
        ),
      ],
      attributes: {
        ...othersOf(component, [...COMMON, 'type', 'parent', 'assets', 'threats']),
        type: elementType(type),
      },
    });
    instances.push(...instancesOn(component, 'element', builder));
  }
  for (const flow of entriesWith(root, 'dataflows', 'id', builder)) {
    builder.add({
      ...common(flow),
      sort: 'flow',
      links: [
        ...referenceAt(flow, 'source', 'from', ['element', 'zone']),
        ...referenceAt(flow, 'destination', 'to', ['element', 'zone']),
        ...referencesIn(flow, 'assets', 'data', ['asset']),
      ],
      attributes: othersOf(flow, [...COMMON, 'source', 'destination', 'assets', 'threats']),
    });
    instances.push(...instancesOn(flow, 'flow', builder));
  }
  addThreats(root, instances, builder);
  addMitigations(root, instances, builder);
  return builder.finish();
}

function addThreats(root: JsonNode, instances: readonly Instance[], builder: ModelBuilder): void {
  for (const threat of entriesWith(root, 'threats', 'id', builder)) {
    const own = instances.filter((each) => each.threat === jsonText(threat, 'id'));
    const state = worstState(own.map((each) => each.state));
    const status = own.find((each) => each.state === state)?.status;
    const { stride, category } = categories(textsIn(threat, 'categories'));
    const risk = threat.entries.get('risk');
    builder.add({
      ...common(threat),
      sort: 'threat',
      ...(state !== undefined && { state }),
      ...(status !== undefined && { status }),
      stride,
      cwe: textsIn(threat, 'cwes').flatMap((each) => cweOf(each) ?? []),
      links: own.map(({ on }) => on),
      attributes: {
        ...othersOf(threat, [...COMMON, 'categories', 'cwes', 'risk']),
        category,
        foreignLikelihood: scalarAt(risk, 'likelihood'),
        foreignImpact: scalarAt(risk, 'impact'),
        ...(own.length > 1 && {
          places: own.map((each): AttributeValue => ({ on: each.on.to, status: each.status })),
        }),
      },
    });
  }
}

function addMitigations(root: JsonNode, instances: readonly Instance[], builder: ModelBuilder): void {
  for (const mitigation of entriesWith(root, 'mitigations', 'id', builder)) {
    const id = jsonText(mitigation, 'id');
    const uses = instances.flatMap(({ threat, mitigations }) =>
      mitigations.filter((each) => jsonText(each, 'mitigation') === id).map((node) => ({ threat, node })),
    );
    const states = uses.map(({ node }) => {
      const at = node.entries.get('state');
      return builder.stateOf(jsonText(node, 'state'), at?.range ?? node.range);
    });
    const state = worstState(states);
    builder.add({
      ...common(mitigation),
      sort: 'control',
      ...(state !== undefined && { state }),
      approval: state === 'mitigated' ? 'approved' : state === 'not-applicable' ? 'rejected' : 'draft',
      links: uses.map(({ threat, node }) => ({
        type: 'mitigates',
        role: 'mitigation',
        to: threat,
        sorts: ['threat'],
        range: node.entries.get('mitigation')?.range ?? node.range,
      })),
      attributes: othersOf(mitigation, COMMON),
    });
  }
}

/** Threats that stand at a component or flow: only there the file says where they apply. */
function instancesOn(node: JsonNode, sort: Sort, builder: ModelBuilder): readonly Instance[] {
  return jsonList(node, 'threats').flatMap((entry): Instance[] => {
    const at = entry.entries.get('threat');
    const threat = jsonText(entry, 'threat');
    if (at === undefined || threat === '') return [];
    const status = jsonText(entry, 'state');
    return [
      {
        threat,
        on: { type: 'derives', role: 'on', to: jsonText(node, 'id'), sorts: [sort], range: at.range },
        status,
        state: builder.stateOf(status, entry.entries.get('state')?.range ?? entry.range),
        mitigations: jsonList(entry, 'mitigations'),
      },
    ];
  });
}

const COMMON = ['id', 'name', 'description'] as const;

function common(node: JsonNode) {
  return {
    id: jsonText(node, 'id'),
    title: jsonText(node, 'name'),
    text: jsonText(node, 'description'),
    range: node.entries.get('id')?.range ?? node.range,
  };
}

/** `parent: { trustZone: id }`, `{ component: id }`, or a zone's id alone. */
function parentOf(node: JsonNode, role: 'zone' | 'parent'): readonly Reference[] {
  const parent = node.entries.get('parent');
  return [
    ...referenceAt(node, 'parent', role, ['zone', 'element']),
    ...referenceAt(parent, 'trustZone', role, ['zone']),
    ...referenceAt(parent, 'component', 'parent', ['element']),
  ];
}

/** What a component is in a data flow diagram; its type is a free word. */
function elementType(type: string): string {
  if (/database|data-?store|storage|bucket|file-?system|\bstore\b|\bqueue\b/i.test(type)) return 'store';
  return /external|actor|\buser\b|browser|third-?party/i.test(type) ? 'external' : 'process';
}

function scalarAt(node: JsonNode | undefined, key: string): AttributeValue | undefined {
  return node?.entries.get(key)?.scalar ?? undefined;
}
