import { chainOfItem, itemsAbove, sortedItems, sourcesOf } from './chain.ts';
import type { Chain, CodeLink } from './chain.ts';
import type { ItemKind } from './item.ts';
import type { TracedItem, TracedLink, TraceGraph } from './traceGraph.ts';

/** Columns of the traceability matrix, in order. */
export const MATRIX_COLUMNS = [
  'kind',
  'id',
  'revision',
  'title',
  'category',
  'approval',
  'status',
  'gaps',
  'justification',
  'assets',
  'threats',
  'risks',
  'controls',
  'requirements',
  'code',
  'tests',
  'testCode',
  'file',
  'line',
] as const;
export type MatrixColumn = (typeof MATRIX_COLUMNS)[number];

/**
 * One line of the matrix: plain text in every cell, several entries joined with `; `, nothing is the empty text. `status` is a status of the
 * tracer, `rejected`, or the status of a broken link; `line` counts from 1.
 */
export type MatrixRow = Readonly<Record<MatrixColumn, string>>;

/**
 * The traceability matrix, in a fixed order: first one row per requirement with all that stands before and behind it; then one row for
 * each item that is on no requirement's row and so would be overlooked (a threat without a requirement, a test case of nothing); then
 * one for each broken link of the code (kind `tag`).
 */
export function matrixRows(graph: TraceGraph): readonly MatrixRow[] {
  const requirements = graph.items.filter(({ item }) => item.kind === 'requirement');
  const shown = new Set<TracedItem>(requirements);
  for (const requirement of requirements) {
    // What only a rejected requirement names is still a gap.
    if (requirement.item.approval === 'rejected') continue;
    for (const item of itemsAbove(graph, requirement)) shown.add(item);
    for (const test of chainOfItem(graph, requirement).downstream.test) shown.add(test);
  }
  // A risk stands beside the chain from threat to requirement: it is seen with its threats.
  for (const risk of graph.items.filter(({ item }) => item.kind === 'risk')) {
    if (itemsAbove(graph, risk).some((each) => each.item.kind === 'threat' && shown.has(each)))
      shown.add(risk);
  }
  const risksOf = riskFinder(graph);
  const rest = sortedItems(graph.items.filter((item) => !shown.has(item)));
  return [
    ...requirements.map((item) => itemRow(graph, item, risksOf)),
    ...rest.map((item) => itemRow(graph, item, risksOf)),
    ...graph.links.filter((link) => typeof link.from !== 'string' && link.status !== 'covered').map(tagRow),
  ];
}

function itemRow(graph: TraceGraph, traced: TracedItem, risksOf: RiskFinder): MatrixRow {
  const { item, status, reasons } = traced;
  const chain = chainOfItem(graph, traced);
  const ids = (kind: ItemKind) => joined(related(chain, kind, risksOf).map((each) => each.item.id));
  return {
    kind: item.kind,
    id: item.id,
    revision: String(item.revision),
    title: item.title,
    category: item.category ?? '',
    approval: item.approval,
    status: item.approval === 'rejected' && status !== 'duplicate' ? 'rejected' : status,
    gaps: reasons.join(' '),
    justification: item.justification ?? '',
    assets: ids('asset'),
    threats: ids('threat'),
    risks: ids('risk'),
    controls: ids('control'),
    requirements: ids('requirement'),
    code: joined(chain.units.map(unitName)),
    tests: ids('test'),
    testCode: joined(chain.testUnits.map(unitName)),
    file: item.location.path,
    line: String(item.location.range.start.line + 1),
  };
}

type RiskFinder = (threat: TracedItem) => readonly TracedItem[];

/** Risks of threats, each threat looked at once: thousands of requirements may share one. */
function riskFinder(graph: TraceGraph): RiskFinder {
  const known = new Map<TracedItem, readonly TracedItem[]>();
  return (threat) => {
    let risks = known.get(threat);
    if (risks === undefined) {
      risks = sourcesOf(graph, threat).filter(({ item }) => item.kind === 'risk');
      known.set(threat, risks);
    }
    return risks;
  };
}

/** Items of a kind on both sides of an item; the risks of its threats too, which no link joins to a requirement. */
function related(chain: Chain, kind: ItemKind, risksOf: RiskFinder): readonly TracedItem[] {
  const found = new Set([...chain.upstream[kind], ...chain.downstream[kind]]);
  if (kind === 'risk') {
    for (const threat of chain.upstream.threat) for (const risk of risksOf(threat)) found.add(risk);
  }
  found.delete(chain.item);
  return sortedItems([...found]);
}

function tagRow(link: TracedLink): MatrixRow {
  return {
    ...EMPTY_ROW,
    kind: 'tag',
    id: link.to,
    revision: link.revision === undefined ? '' : String(link.revision),
    status: link.status,
    gaps: link.reason ?? '',
    code: typeof link.from === 'string' ? '' : `${link.from.path}#${link.from.name}`,
    file: link.location.path,
    line: String(link.location.range.start.line + 1),
  };
}

const EMPTY_ROW: MatrixRow = {
  kind: '',
  id: '',
  revision: '',
  title: '',
  category: '',
  approval: '',
  status: '',
  gaps: '',
  justification: '',
  assets: '',
  threats: '',
  risks: '',
  controls: '',
  requirements: '',
  code: '',
  tests: '',
  testCode: '',
  file: '',
  line: '',
};

/** `src/auth.c#check_pin`, the file alone for a tag of the whole file, with the status when the link is not in order. */
function unitName({ from, status }: CodeLink): string {
  const name = from.kind === 'file' ? from.path : `${from.path}#${from.name}`;
  return status === 'covered' ? name : `${name} (${status})`;
}

function joined(words: readonly string[]): string {
  return [...new Set(words)].join('; ');
}
