import { jsonText, type JsonNode } from '../../base/jsonDocument.ts';
import type { Outcome } from '../../base/problem.ts';
import { readJsonOrYaml } from '../../base/yamlNode.ts';
import type { SourceFacts } from '../formats.ts';
import type { SourceSettings } from '../sources.ts';
import { othersOf, referenceAt, referencesIn } from './fields.ts';
import { categories, modelBuilder, type ModelBuilder, type Reference } from './model.ts';
import { cweOf, severityOfHarm, worstState, type ThreatState } from './words.ts';

/** Entries of `risk_tracking`: a risk's id, in which `*` stands for any part. */
interface Tracking {
  readonly key: string;
  readonly pattern: RegExp | undefined;
  readonly node: JsonNode;
  readonly status: string;
  readonly state: ThreatState;
  used: boolean;
}

const TYPES: Readonly<Record<string, string>> = {
  'external-entity': 'external',
  process: 'process',
  datastore: 'store',
};

/** A risk's key names at most this many things. */
const MAX_KEY = 1000;

/** Reads a Threagile model. Its maps are keyed by title; references name ids. Its built-in rules are not run, only what the file says is read. */
export function readThreagile(path: string, text: string, settings: SourceSettings): Outcome<SourceFacts> {
  const { value: root, problems } = readJsonOrYaml(path, text, true);
  const builder = modelBuilder(path, 'threagile', settings, problems);
  if (root === undefined) return builder.finish();
  if (!root.entries.has('threagile_version') && !root.entries.has('technical_assets'))
    builder.report('This is no Threagile model: it has no `threagile_version`.', root.range, 'error');
  const includes = root.entries.get('includes');
  if ((includes?.items.length ?? 0) > 0)
    builder.report(
      '`includes` is not followed: name the other files in `trace.sources` too.',
      includes?.range ?? root.range,
      'information',
    );
  for (const [title, asset] of titled(root, 'data_assets', builder))
    builder.add({ ...common(title, asset), sort: 'asset', attributes: othersOf(asset, COMMON) });
  addBoundaries(root, builder);
  const placed = placesOf(root);
  for (const [title, asset] of titled(root, 'technical_assets', builder)) {
    const id = jsonText(asset, 'id');
    const type = jsonText(asset, 'type');
    const outOfScope = asset.entries.get('out_of_scope')?.scalar === true;
    builder.add({
      ...common(title, asset),
      sort: 'element',
      type,
      links: [
        ...(placed.get(id) ?? []),
        ...referencesIn(asset, 'data_assets_processed', 'processed', ['asset']),
        ...referencesIn(asset, 'data_assets_stored', 'stored', ['asset']),
      ],
      attributes: {
        ...othersOf(asset, ASSET_FIELDS),
        type: Object.hasOwn(TYPES, type) ? TYPES[type] : 'process',
        ...(outOfScope && { outOfScope: jsonText(asset, 'justification_out_of_scope') || true }),
      },
    });
    for (const [name, link] of asset.entries.get('communication_links')?.entries ?? [])
      addFlow(id, name, link, builder);
  }
  for (const [title, requirement] of root.entries.get('security_requirements')?.entries ?? [])
    builder.add({
      sort: 'requirement',
      id: slugOf(title),
      title,
      text: typeof requirement.scalar === 'string' ? requirement.scalar : '',
      range: requirement.range,
    });
  const tracking = trackingOf(root, builder);
  addRisks(root, tracking, builder);
  for (const each of tracking) if (!each.used) addTracked(each, builder);
  return builder.finish();
}

const COMMON = ['id', 'description'] as const;
const ASSET_FIELDS = [
  ...[...COMMON, 'type', 'communication_links', 'data_assets_processed', 'data_assets_stored'],
  ...['out_of_scope', 'justification_out_of_scope'],
];

function titled(
  root: JsonNode,
  map: string,
  builder: ModelBuilder,
): readonly (readonly [string, JsonNode])[] {
  return [...(root.entries.get(map)?.entries ?? [])].filter(([title, each]) => {
    if (jsonText(each, 'id') !== '') return true;
    builder.report(`\`${title.slice(0, 60)}\` in \`${map}\` has no \`id\`: it is not read.`, each.range);
    return false;
  });
}

function common(title: string, node: JsonNode) {
  return {
    id: jsonText(node, 'id'),
    title,
    text: jsonText(node, 'description'),
    range: node.entries.get('id')?.range ?? node.range,
  };
}

function addBoundaries(root: JsonNode, builder: ModelBuilder): void {
  const parents = new Map<string, readonly Reference[]>();
  for (const [, boundary] of root.entries.get('trust_boundaries')?.entries ?? []) {
    for (const nested of referencesIn(boundary, 'trust_boundaries_nested', 'parent', ['zone'])) {
      parents.set(nested.to, [{ ...nested, to: jsonText(boundary, 'id') }]);
    }
  }
  for (const [title, boundary] of titled(root, 'trust_boundaries', builder))
    builder.add({
      ...common(title, boundary),
      sort: 'zone',
      type: jsonText(boundary, 'type'),
      links: parents.get(jsonText(boundary, 'id')) ?? [],
      attributes: othersOf(boundary, [
        ...COMMON,
        'type',
        'technical_assets_inside',
        'trust_boundaries_nested',
      ]),
    });
}

/** In which trust boundary and shared runtime each technical asset is. */
function placesOf(root: JsonNode): ReadonlyMap<string, readonly Reference[]> {
  const places = new Map<string, Reference[]>();
  for (const [, boundary] of root.entries.get('trust_boundaries')?.entries ?? []) {
    for (const inside of referencesIn(boundary, 'technical_assets_inside', 'zone', ['zone'])) {
      const known = places.get(inside.to) ?? [];
      known.push({ ...inside, to: jsonText(boundary, 'id') });
      places.set(inside.to, known);
    }
  }
  return places;
}

function addFlow(source: string, name: string, link: JsonNode, builder: ModelBuilder): void {
  const range = link.entries.get('target')?.range ?? link.range;
  builder.add({
    sort: 'flow',
    id: flowId(source, name),
    title: name,
    text: jsonText(link, 'description'),
    range,
    links: [
      { type: 'relates', role: 'from', to: source, sorts: ['element'], range },
      ...referenceAt(link, 'target', 'to', ['element']),
      ...referencesIn(link, 'data_assets_sent', 'data', ['asset']),
      ...referencesIn(link, 'data_assets_received', 'data', ['asset']),
    ],
    attributes: {
      ...othersOf(link, ['target', 'description', 'data_assets_sent', 'data_assets_received']),
      encryption: encryptionOf(jsonText(link, 'protocol'), link.entries.get('vpn')?.scalar === true),
    },
  });
}

/** Links have no ids: the source and the title, as Threagile makes them. */
function flowId(source: string, title: string): string {
  return `${source}>${slugOf(title)}`;
}

function slugOf(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
}

/** Protocols say by their names whether they are encrypted. */
function encryptionOf(protocol: string, vpn: boolean): string | undefined {
  if (protocol === '' || protocol === 'unknown-protocol') return vpn ? 'vpn' : undefined;
  if (/encrypted|https|wss|ssh|sftp|scp|ldaps|smtps|imaps|pop3s|iiops|ftps|jrmps/i.test(protocol))
    return protocol;
  return vpn ? 'vpn' : 'none';
}

function trackingOf(root: JsonNode, builder: ModelBuilder): Tracking[] {
  return [...(root.entries.get('risk_tracking')?.entries ?? [])].map(([key, node]) => {
    const status = jsonText(node, 'status');
    const plain = key.slice(0, MAX_KEY).split('*');
    const pattern = plain.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('[^@]*');
    return {
      key,
      pattern: plain.length > 1 && plain.length < 20 ? new RegExp(`^${pattern}$`) : undefined,
      node,
      status,
      state: builder.stateOf(status, node.entries.get('status')?.range ?? node.range),
      used: false,
    };
  });
}

/** What `risks_identified` names as the place of a risk, in the order in which Threagile makes its id. */
const PLACES = [
  ['most_relevant_technical_asset', 'element'],
  ['most_relevant_communication_link', 'flow'],
  ['most_relevant_trust_boundary', 'zone'],
  ['most_relevant_shared_runtime', 'element'],
  ['most_relevant_data_asset', 'asset'],
] as const;

function addRisks(root: JsonNode, tracking: readonly Tracking[], builder: ModelBuilder): void {
  const map = root.entries.has('individual_risk_categories')
    ? 'individual_risk_categories'
    : 'custom_risk_categories';
  for (const [title, category] of titled(root, map, builder)) {
    const id = jsonText(category, 'id');
    const stride = jsonText(category, 'stride');
    const risks = [...(category.entries.get('risks_identified')?.entries ?? [])].map(([name, risk]) => {
      const places = PLACES.flatMap(([key, sort]) => referenceAt(risk, key, 'on', [sort], 'derives'));
      const riskId = [id, ...places.map(({ to }) => to)].join('@');
      const tracked = tracking.find(({ key, pattern }) => key === riskId || pattern?.test(riskId) === true);
      if (tracked !== undefined) tracked.used = true;
      return { name, risk, places, riskId, tracked };
    });
    const state = worstState(risks.map(({ tracked }) => tracked?.state ?? 'unreviewed'));
    builder.add({
      ...common(title, category),
      sort: 'threat',
      ...categoryOf(stride),
      ...(state !== undefined && { state }),
      cwe: [cweOf(jsonText(category, 'cwe')) ?? []].flat(),
      links: risks.flatMap(({ places }) => places),
      attributes: othersOf(category, [...COMMON, 'stride', 'cwe', 'risks_identified']),
    });
    for (const { name, risk, places, riskId, tracked } of risks) {
      const at = risk.entries.get('severity')?.range ?? risk.range;
      const severity = severityOfHarm(jsonText(risk, 'exploitation_impact'));
      builder.add({
        sort: 'risk',
        id: riskId,
        title: name,
        range: at,
        ...answerOf(tracked),
        ...(severity !== undefined && { severity }),
        links: [
          { type: 'derives', role: 'category', to: id, sorts: ['threat'], range: at },
          ...places.map((place) => ({ ...place, type: 'relates' as const })),
        ],
        attributes: {
          ...othersOf(risk, [
            ...PLACES.map(([key]) => key),
            'exploitation_likelihood',
            'exploitation_impact',
          ]),
          foreignLikelihood: jsonText(risk, 'exploitation_likelihood'),
          foreignImpact: jsonText(risk, 'exploitation_impact'),
          ...trackedFields(tracked),
        },
      });
    }
  }
}

function categoryOf(stride: string) {
  return { type: stride, stride: categories([stride]).stride };
}

function answerOf(tracked: Tracking | undefined) {
  if (tracked === undefined) return {};
  const reason = jsonText(tracked.node, 'justification');
  const isReason = tracked.state === 'accepted' || tracked.state === 'not-applicable';
  return {
    status: tracked.status,
    state: tracked.state,
    ...(isReason && reason !== '' && { justification: reason }),
  };
}

function trackedFields(tracked: Tracking | undefined) {
  return tracked === undefined ? {} : { tracking: tracked.key, ...othersOf(tracked.node, ['status']) };
}

/** A risk of Threagile's own rules: nothing but its key is known. */
function addTracked(tracked: Tracking, builder: ModelBuilder): void {
  const [category = '', ...places] = tracked.key.slice(0, MAX_KEY).split('@');
  const range = tracked.node.entries.get('status')?.range ?? tracked.node.range;
  builder.add({
    sort: 'risk',
    id: tracked.key,
    title: category,
    range,
    type: category,
    ...answerOf(tracked),
    links: places
      .filter((place) => place !== '' && !place.includes('*'))
      .map((to) => ({ type: 'relates', role: 'on', to, sorts: ['element', 'flow', 'asset', 'zone'], range })),
    attributes: trackedFields(tracked),
  });
}
