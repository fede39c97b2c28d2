import { jsonText, readJson, type JsonNode } from '../../base/jsonDocument.ts';
import type { Outcome } from '../../base/problem.ts';
import type { SourceFacts } from '../formats.ts';
import type { SourceSettings } from '../sources.ts';
import { entriesWith, othersOf, referenceAt, referencesIn, yesOrNone } from './fields.ts';
import { modelBuilder, type ModelBuilder, type Sort } from './model.ts';
import type { ThreatState } from './words.ts';

/** Elements by their class in a data flow diagram; without a class an element is an `Asset`. */
const CLASSES: Readonly<Record<string, string>> = {
  Actor: 'external',
  ExternalEntity: 'external',
  Datastore: 'store',
};

/** Reads a model of pytm as JSON, as it is written by hand or by the tool itself. References are names; Python is never run. */
export function readPytm(path: string, text: string, settings: SourceSettings): Outcome<SourceFacts> {
  const { value: root, problems } = readJson(path, text);
  const builder = modelBuilder(path, 'pytm', settings, problems);
  if (root === undefined) return builder.finish();
  if (!root.entries.has('elements') || !root.entries.has('flows'))
    builder.report('This is no model of pytm: it has no `elements` and `flows`.', root.range, 'error');
  const elements = entriesWith(root, 'elements', 'name', builder);
  const isOf = (name: string) => (node: JsonNode) => jsonText(node, '__class__') === name;
  const others = elements.filter((each) => !isOf('Boundary')(each) && !isOf('Dataflow')(each));
  for (const zone of firstOfName([
    ...entriesWith(root, 'boundaries', 'name', builder),
    ...elements.filter(isOf('Boundary')),
  ]))
    builder.add({
      ...common(zone),
      sort: 'zone',
      links: referenceAt(zone, 'inBoundary', 'parent', ['zone']),
      attributes: othersOf(zone, COMMON),
    });
  for (const data of entriesWith(root, 'data', 'name', builder))
    builder.add({
      ...common(data),
      sort: 'asset',
      attributes: {
        ...othersOf(data, [...COMMON, 'classification']),
        classification: plainWord(jsonText(data, 'classification')),
      },
    });
  for (const element of others) {
    const type = jsonText(element, '__class__') || 'Asset';
    builder.add({
      ...common(element),
      sort: 'element',
      type,
      links: referenceAt(element, 'inBoundary', 'zone', ['zone']),
      attributes: {
        ...othersOf(element, COMMON),
        type: Object.hasOwn(CLASSES, type) ? CLASSES[type] : 'process',
        ...(element.entries.get('inScope')?.scalar === false && { outOfScope: true }),
      },
    });
  }
  for (const flow of firstOfName([
    ...entriesWith(root, 'flows', 'name', builder),
    ...elements.filter(isOf('Dataflow')),
  ])) {
    const controls = flow.entries.get('controls');
    builder.add({
      ...common(flow),
      sort: 'flow',
      links: [
        ...referenceAt(flow, 'source', 'from', ['element']),
        ...referenceAt(flow, 'sink', 'to', ['element']),
        ...referencesIn(flow, 'data', 'data', ['asset'], 'relates', ['name']),
      ],
      attributes: {
        ...othersOf(flow, [...COMMON, 'source', 'sink', 'data', 'dstPort']),
        port: flow.entries.get('dstPort')?.scalar ?? undefined,
        encryption: yesOrNone(controls, 'isEncrypted') ?? yesOrNone(flow, 'isEncrypted'),
        authentication: yesOrNone(controls, 'authenticatesSource'),
      },
    });
  }
  for (const [list, state] of [
    ['findings', undefined],
    ['excluded_findings', 'not-applicable'],
  ] as const) {
    for (const finding of entriesWith(root, list, 'threat_id', builder)) addFinding(finding, state, builder);
  }
  return builder.finish();
}

const COMMON = ['name', 'description', 'inBoundary', '__class__'] as const;

/** The tool writes boundaries and flows among the elements too. */
function firstOfName(nodes: readonly JsonNode[]): readonly JsonNode[] {
  const lists = new Set(nodes.filter((each) => jsonText(each, '__class__') === '').map(nameOf));
  return nodes.filter((each) => jsonText(each, '__class__') === '' || !lists.has(nameOf(each)));
}

function nameOf(node: JsonNode): string {
  return jsonText(node, 'name');
}

function common(node: JsonNode) {
  return {
    id: nameOf(node),
    title: nameOf(node),
    text: jsonText(node, 'description'),
    range: node.entries.get('name')?.range ?? node.range,
  };
}

/** `Classification.PUBLIC` and `PUBLIC` are the same. */
function plainWord(word: string): string {
  return word.replace(/^[A-Za-z]+\./, '');
}

const TARGETS: readonly Sort[] = ['element', 'flow', 'zone', 'asset'];

/** A finding of the tool's library: what it says under `mitigations` is advice of the library, the project's own answer is `response`. */
function addFinding(finding: JsonNode, given: ThreatState | undefined, builder: ModelBuilder): void {
  const type = jsonText(finding, 'threat_id');
  const target = jsonText(finding, 'target');
  const response = jsonText(finding, 'response');
  const state = given ?? responseState(response);
  builder.add({
    sort: 'threat',
    id: target === '' ? type : `${type}@${target}`,
    title: jsonText(finding, 'description'),
    text: jsonText(finding, 'details'),
    range: finding.entries.get('threat_id')?.range ?? finding.range,
    type,
    state,
    ...((state === 'accepted' || state === 'transferred') && { justification: response }),
    links: referenceAt(finding, 'target', 'on', TARGETS, 'derives'),
    attributes: {
      ...othersOf(finding, ['threat_id', 'target', 'description', 'details', 'likelihood']),
      foreignLikelihood: finding.entries.get('likelihood')?.scalar ?? undefined,
    },
  });
}

/** A response is free text: what it begins with says what was done. Without one nobody looked at the finding. */
function responseState(response: string): ThreatState {
  const word = response
    .toLowerCase()
    .replace(/[^a-z ]/g, '')
    .trim();
  if (word === '') return 'unreviewed';
  if (word.startsWith('accept')) return 'accepted';
  if (word.startsWith('transfer')) return 'transferred';
  return /^(?:mitigated|avoided|eliminated)/.test(word) ? 'mitigated' : 'open';
}
