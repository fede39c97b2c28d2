import { compareText } from '../core/base/order.ts';
import type { Location as CoreLocation } from '../core/base/range.ts';
import type { Snapshot } from '../core/facts/snapshot.ts';
import { chainOfItem, isCodeLink, leads, testsOf, type CodeLink } from '../core/trace/chain.ts';
import { asksFor } from '../core/trace/coverageWords.ts';
import type { TracedItem, TracedLink } from '../core/trace/traceGraph.ts';
import type { TraceNode, TraceNodeStatus } from '../protocol/messages.ts';
import { itemMarkdown, linkText, statusText } from './itemText.ts';
import { findUnit } from './lookup.ts';
import { escapeMarkdown } from './markdown.ts';
import { location } from './toLsp.ts';

/** A row that stands for itself has all there is to say of its item for a tooltip; one below another row only the title. */
export type Depth = 'top' | 'below';

/** A folder's snapshot with the way from its paths to URIs. */
export interface TraceSource {
  readonly snapshot: Snapshot;
  /** Start of every key, so that keys are unique over all folders. */
  readonly key: string;
  readonly uriOf: (path: string) => string;
}

/** A rejected item stays for the record and counts for nothing. */
export function isCounted({ item, status }: TracedItem): boolean {
  return item.approval !== 'rejected' || status === 'duplicate';
}

/** The tree of a folder: requirements, then other items with gaps, then links that are wrong; what is worst comes first. */
export function treeOf(source: TraceSource): TraceNode[] {
  const { items, links } = source.snapshot.trace;
  const counted = items.filter(isCounted);
  const requirements = byUrgency(
    counted
      .filter(({ item }) => item.kind === 'requirement')
      .map((item) => requirementNode(source, item, source.key)),
  );
  const others = byUrgency(
    counted
      .filter(({ item, status, transitive }) => item.kind !== 'requirement' && !transitive && isGap(status))
      .map((item) => itemNode(source, item, `${source.key}/gaps`, [], 'top')),
  );
  const broken = links
    .filter(({ status }) => status !== 'covered')
    .map((link) => linkNode(source, link, `${source.key}/links`));
  return uniqueKeys([
    ...requirements,
    ...(others.length > 0 ? [groupNode(`${source.key}/gaps`, 'Other gaps', others)] : []),
    ...(broken.length > 0 ? [groupNode(`${source.key}/links`, 'Broken links', broken)] : []),
  ]);
}

/** Keys hold no line numbers, so that they stay when text moves; siblings that are the same otherwise are counted. */
export function uniqueKeys(nodes: readonly TraceNode[]): TraceNode[] {
  const seen = new Map<string, number>();
  return nodes.map((node) => {
    const count = (seen.get(node.key) ?? 0) + 1;
    seen.set(node.key, count);
    return {
      ...node,
      key: count === 1 ? node.key : `${node.key}~${count}`,
      children: uniqueKeys(node.children),
    };
  });
}

/** A requirement with its threats, controls, code and tests below. */
export function requirementNode(source: TraceSource, traced: TracedItem, parent: string): TraceNode {
  const { trace } = source.snapshot;
  const key = itemKey(traced, parent);
  const chain = chainOfItem(trace, traced);
  const tests = testsOf(trace, traced.item.id);
  const plain = (items: readonly TracedItem[], group: string): TraceNode[] =>
    items.map((item) => itemNode(source, item, `${key}/${group}`, [], 'below'));
  const asks = (word: string) => traced.status !== 'justified' && asksFor(traced.item, word);
  const children = [
    neededGroup(`${key}/threats`, 'Threats', plain(chain.upstream.threat, 'threats'), false),
    ...(chain.upstream.control.length > 0
      ? [groupNode(`${key}/controls`, 'Controls', plain(chain.upstream.control, 'controls'))]
      : []),
    neededGroup(
      `${key}/code`,
      'Code',
      chain.units.map((link) => unitNode(source, link, `${key}/code`)),
      asks('code'),
    ),
    neededGroup(
      `${key}/tests`,
      'Tests',
      [
        ...tests.items.map((test) => testNode(source, test, `${key}/tests`)),
        ...aloneUnits(traced, tests.items).map((link) => unitNode(source, link, `${key}/tests`)),
      ],
      asks('test'),
    ),
  ];
  return itemNode(source, traced, parent, children, 'top');
}

/** A test case with the code that carries its id. */
export function testNode(
  source: TraceSource,
  traced: TracedItem,
  parent: string,
  depth: Depth = 'below',
): TraceNode {
  const key = itemKey(traced, parent);
  const units = traced.incoming.filter(leads).filter(isCodeLink);
  return itemNode(
    source,
    traced,
    parent,
    units.map((link) => unitNode(source, link, key)),
    depth,
  );
}

/** A link that is wrong. */
export function linkNode(source: TraceSource, link: TracedLink, parent: string): TraceNode {
  const from = typeof link.from === 'string' ? link.from : link.from.name;
  return {
    key: `${parent}/${link.location.path}#${from}#${link.type}#${link.to}`,
    kind: 'link',
    label: link.to,
    description: `${link.status}, in ${from} (${placeOf(link.location)})`,
    status: 'broken',
    reasons: link.reason === undefined ? [] : [link.reason],
    gaps: 1,
    id: link.to,
    location: location(link.location, source.uriOf),
    tooltip: linkText(link) ?? '',
    children: [],
  };
}

export function statusOf({ status, transitive }: TracedItem): TraceNodeStatus {
  if (status === 'uncovered') return transitive ? 'below' : 'gap';
  return status === 'duplicate' || status === 'cycle' ? 'broken' : status;
}

/** An item as a row. */
export function itemNode(
  source: TraceSource,
  traced: TracedItem,
  parent: string,
  children: readonly TraceNode[],
  depth: Depth,
): TraceNode {
  const { item, reasons } = traced;
  const status = statusOf(traced);
  return {
    key: itemKey(traced, parent),
    kind: item.kind,
    label: item.id,
    description: item.title,
    status,
    reasons,
    gaps: isGap(traced.status) && !traced.transitive ? 1 + gapsBelow(children) : gapsBelow(children),
    id: item.id,
    location: location(item.location, source.uriOf),
    tooltip: tooltipOf(source, traced, depth),
    children,
  };
}

function tooltipOf(source: TraceSource, traced: TracedItem, depth: Depth): string {
  if (depth === 'top') return itemMarkdown(source.snapshot.trace, traced, (at) => targetOf(source, at));
  return `**${escapeMarkdown(traced.item.id)}** ${escapeMarkdown(traced.item.title)}\n\n${statusText(traced)}`;
}

function unitNode(source: TraceSource, link: CodeLink, parent: string): TraceNode {
  const { from } = link;
  const unit = findUnit(source.snapshot.files.get(from.path), from);
  const at =
    unit === undefined || unit.kind === 'file' ? link.location : { path: from.path, range: unit.nameRange };
  const wrong = linkText(link);
  return {
    key: `${parent}/${from.path}#${from.kind}#${from.name}`,
    kind: 'unit',
    label: from.kind === 'file' ? (from.path.split('/').at(-1) ?? from.path) : from.name,
    description: placeOf(at),
    status: wrong === undefined ? 'covered' : 'broken',
    reasons: link.reason === undefined ? [] : [link.reason],
    // Counted under "Broken links".
    gaps: 0,
    location: location(at, source.uriOf),
    tooltip: wrong ?? '',
    children: [],
  };
}

/** A heading with the number of its rows. */
export function groupNode(key: string, label: string, children: readonly TraceNode[]): TraceNode {
  const gaps = gapsBelow(children);
  const status = children.some((child) => child.status === 'gap' || child.status === 'broken')
    ? 'below'
    : 'none';
  return {
    key,
    kind: 'group',
    label,
    description: String(children.length),
    status,
    reasons: [],
    gaps,
    tooltip: '',
    children,
  };
}

/** A group that says plainly when it is empty. The gap itself is the requirement's, so it is not counted twice. */
function neededGroup(
  key: string,
  label: string,
  children: readonly TraceNode[],
  isNeeded: boolean,
): TraceNode {
  if (children.length > 0) return groupNode(key, label, children);
  return {
    key,
    kind: 'group',
    label,
    description: isNeeded ? 'missing' : 'none',
    status: isNeeded ? 'gap' : 'none',
    reasons: [],
    gaps: 0,
    tooltip: '',
    children,
  };
}

/** Test code that verifies a requirement without being a test case's. */
function aloneUnits(requirement: TracedItem, tests: readonly TracedItem[]): readonly CodeLink[] {
  const carriers = new Set(
    tests.flatMap(({ incoming }) => incoming.filter(isCodeLink)).map(({ from }) => unitKey(from)),
  );
  return requirement.incoming
    .filter((link) => link.type === 'verifies' && leads(link))
    .filter(isCodeLink)
    .filter(({ from }) => !carriers.has(unitKey(from)));
}

function gapsBelow(children: readonly TraceNode[]): number {
  return children.reduce((sum, child) => sum + child.gaps, 0);
}

function isGap(status: TracedItem['status']): boolean {
  return status !== 'covered' && status !== 'justified' && status !== 'unreviewed';
}

const URGENCY: readonly TraceNodeStatus[] = [
  'broken',
  'gap',
  'below',
  'unreviewed',
  'justified',
  'covered',
  'none',
];

/** What is worst comes first. */
export function byUrgency(nodes: readonly TraceNode[]): TraceNode[] {
  return [...nodes].sort(
    (a, b) =>
      URGENCY.indexOf(a.status) - URGENCY.indexOf(b.status) ||
      compareText(a.label, b.label) ||
      compareText(a.key, b.key),
  );
}

function targetOf(source: TraceSource, at: CoreLocation): string {
  return `${source.uriOf(at.path)}#L${at.range.start.line + 1}`;
}

function itemKey({ item }: TracedItem, parent: string): string {
  return `${parent}/${item.id}`;
}

function unitKey({ path, kind, name }: CodeLink['from']): string {
  return `${path}\n${kind}\n${name}`;
}

function placeOf({ path, range }: CoreLocation): string {
  return `${path}:${range.start.line + 1}`;
}
