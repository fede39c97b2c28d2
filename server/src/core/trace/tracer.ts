import { compareText, sortedEntries } from '../base/order.ts';
import { PROBLEM_SEVERITIES } from '../base/problem.ts';
import type { ProblemSeverity } from '../base/problem.ts';
import { carries, downstream, ownGaps } from './coverage.ts';
import type { Edge, Node } from './coverage.ts';
import { broughtByItem, broughtByTag } from './coverageWords.ts';
import type { Brought } from './coverageWords.ts';
import { components } from './cycles.ts';
import { ITEM_KINDS } from './item.ts';
import type { Item, ItemKind, LooseLink, Need } from './item.ts';
import { itemFingerprint, NO_REVIEWS, unitName } from './reviews.ts';
import type { ReviewIndex } from './reviews.ts';
import { confirmed } from './suspect.ts';
import { sumOfResults } from './results.ts';
import type { ResultSum, TestResult } from './results.ts';
import { resultGap, resultsByTest, resultsOfUnit, withNamedTests } from './tested.ts';
import { needsByRules } from './needRules.ts';
import type { NeedRule } from './needRules.ts';
import { compareLocations, createLinker, listed, MAX_LISTED, placeName } from './linker.ts';
import type { Linker, LinkStart, Resolution, WrittenLink } from './linker.ts';
import { traceProblems } from './traceProblems.ts';
import type { FileLinks, ItemStatus, TracedItem, TracedLink, TraceGraph, UnitRef } from './traceGraph.ts';

/** Orphaned ids that get suggestions, in the order of the ids; each costs a search among all ids. */
const MAX_SUGGESTED = 200;

/** Kinds from the end of the chain to its start: what is further down is judged first. */
const UPWARDS: readonly ItemKind[] = [...ITEM_KINDS].reverse();

/** What a trace rests on beside items and tags. */
export interface TraceSettings {
  /** Of the configuration. */
  readonly needs?: readonly NeedRule[];
  readonly links?: readonly LooseLink[];
  readonly reviews?: ReviewIndex;
  /** Hash of the commit at hand, where it is known: results of another one are stale. */
  readonly head?: string;
  /** Every automated test must have a result. */
  readonly expectsResults?: boolean;
}

/** The items of a workspace, made ready so that a change of tags costs no new look at them. */
export interface TraceIndex {
  /** Links and judges everything. The answer does not depend on the order of items, files or tags. */
  trace(files: readonly FileLinks[]): TraceGraph;
}

export function createTraceIndex(unsorted: readonly Item[], settings: TraceSettings = {}): TraceIndex {
  const { needs: rules = [], links: loose = [], reviews = NO_REVIEWS } = settings;
  const items = withNamedTests(withLooseLinks(unsorted, loose));
  const ruled = new Map<Item, readonly Need[]>();
  const needsOf = (item: Item): readonly Need[] => {
    if (rules.length === 0) return NO_NEEDS;
    let needs = ruled.get(item);
    if (needs === undefined) ruled.set(item, (needs = needsByRules(item, rules)));
    return needs;
  };
  const linker = createLinker(items, needsOf);
  const fromItems = linker.items.map((item) =>
    item.links.map((link): ResolvedLink => {
      const start: LinkStart = { kind: item.kind, brings: broughtByItem(item, link.type) };
      const resolution = linker.resolve(link, start);
      return {
        link,
        brings: start.brings,
        resolution: confirmed(item.id, link, resolution, reviews, () => itemFingerprint(item)),
      };
    }),
  );
  const strays = straysOf(linker, loose);
  const results = resultsByTest(linker.items);
  return {
    trace: (files) => trace({ linker, needsOf, fromItems, strays, results, reviews, settings }, files),
  };
}

/** Links and judges items and tags; use {@link createTraceIndex} where the tags change more often than the items. */
export function traceGraph(
  items: readonly Item[],
  files: readonly FileLinks[],
  settings?: TraceSettings,
): TraceGraph {
  return createTraceIndex(items, settings).trace(files);
}

const NO_NEEDS: readonly Need[] = [];

interface ResolvedLink {
  readonly link: WrittenLink;
  readonly brings: Brought;
  readonly resolution: Resolution;
  /** Of a link from code. */
  readonly results?: readonly TestResult[];
  readonly signedOff?: boolean;
}

/** Links that stand apart become links of the items that they start at: of each definition, where there are several. */
function withLooseLinks(items: readonly Item[], loose: readonly LooseLink[]): readonly Item[] {
  if (loose.length === 0) return items;
  const byStart = grouped(loose, ({ from }) => from);
  return items.map((item) => {
    const own = byStart.get(item.id);
    return own === undefined ? item : { ...item, links: [...item.links, ...own] };
  });
}

/** Links that stand apart and start at no item: both ends are shown where the link is written. */
function straysOf(linker: Linker, loose: readonly LooseLink[]): readonly TracedLink[] {
  return loose
    .filter(({ from }) => !linker.byId.has(from))
    .map(({ from, to, type, role, location }): TracedLink => {
      const [near] = linker.suggest(from);
      const advice = near === undefined ? 'define it, or correct the id.' : `did you mean \`${near}\`?`;
      const reason = `This link starts at \`${from}\`, and there is no such item: ${advice}`;
      return {
        from,
        to,
        type,
        status: 'orphaned',
        reason,
        suggestions: [],
        location,
        ...(role !== undefined && { role }),
      };
    });
}

/** What is known before any tag is looked at. */
interface Prepared {
  readonly linker: Linker;
  readonly needsOf: (item: Item) => readonly Need[];
  readonly fromItems: readonly (readonly ResolvedLink[])[];
  readonly strays: readonly TracedLink[];
  readonly results: ReadonlyMap<string, readonly TestResult[]>;
  readonly reviews: ReviewIndex;
  readonly settings: TraceSettings;
}

function trace(
  { linker, needsOf, fromItems, strays, results, reviews, settings }: Prepared,
  files: readonly FileLinks[],
): TraceGraph {
  const fromCode = files.flatMap((file) =>
    file.links.map(({ unit, id, word, fingerprint, ...rest }) => {
      const link: WrittenLink = { ...rest, to: id };
      const brings = broughtByTag(rest.type, word);
      const name = unitName(unit);
      const resolution = linker.resolve(link, { kind: 'code', brings });
      return {
        unit,
        link,
        brings,
        resolution: confirmed(name, link, resolution, reviews, () => fingerprint),
        results: resultsOfUnit(unit, results),
        signedOff: reviews.unit(name, fingerprint) === 'current',
      };
    }),
  );
  const suggestions = suggestionsFor(linker, [...fromItems.flat(), ...fromCode]);
  const nodes = linker.items.map((item, index): Node => ({
    item,
    index,
    ruled: needsOf(item),
    reviewed: reviews.item(item.id, () => itemFingerprint(item)) === 'current',
    results: [],
    incoming: [],
    outgoing: [],
  }));
  const nodeOf = new Map(nodes.map((node) => [node.item, node]));
  const edges: Edge[] = [];
  const connect = (
    from: string | UnitRef,
    source: Node | undefined,
    { link, brings, resolution, results: runs, signedOff }: ResolvedLink,
  ) => {
    const traced = tracedLink(from, link, resolution, suggestions);
    const targets = resolution.targets.flatMap((item) => nodeOf.get(item) ?? []);
    const edge: Edge = {
      link: traced,
      source,
      brings,
      ...(runs !== undefined && { results: runs }),
      ...(signedOff !== undefined && { signedOff }),
      target: targets.length === 1 ? targets[0] : undefined,
    };
    edges.push(edge);
    source?.outgoing.push(edge);
    for (const target of targets) {
      target.incoming.push(edge);
      if (source?.item.result !== undefined) target.results.push(source.item.result);
    }
  };
  for (const node of nodes) {
    for (const resolved of fromItems[node.index] ?? []) connect(node.item.id, node, resolved);
  }
  for (const resolved of fromCode) connect(resolved.unit, undefined, resolved);

  const verdicts = judge(nodes, linker, reviews, settings);
  const items = nodes.map((node): TracedItem => {
    const verdict = verdicts[node.index] ?? COVERED;
    return {
      item: node.item,
      ...verdict,
      incoming: node.incoming.map(({ link }) => link).sort(compareLinks),
      outgoing: node.outgoing.map(({ link }) => link).sort(compareLinks),
    };
  });
  const linksByPath = new Map(
    sortedEntries(grouped([...edges.map(({ link }) => link), ...strays], (link) => link.location.path)).map(
      ([path, links]) => [path, links.sort(compareLinks)] as const,
    ),
  );
  // What a rejected item says no longer matters, not even its mistakes.
  const silent = new Set(
    edges.filter((edge) => edge.source?.item.approval === 'rejected').map(({ link }) => link),
  );
  const links = [...linksByPath.values()].flat();
  return {
    items,
    byId: grouped(items, ({ item }) => item.id),
    links,
    linksByPath,
    reviews,
    problems: traceProblems(
      items,
      links.filter((link) => !silent.has(link)),
    ),
  };
}

function tracedLink(
  from: string | UnitRef,
  { to, type, role, revision, location }: WrittenLink,
  { status, reason }: Resolution,
  suggestions: ReadonlyMap<string, readonly string[]>,
): TracedLink {
  const common = {
    from,
    to,
    type,
    status,
    location,
    ...(role !== undefined && { role }),
    ...(revision !== undefined && { revision }),
  };
  if (status !== 'orphaned') return { ...common, suggestions: [], ...(reason !== undefined && { reason }) };
  const near = suggestions.get(to) ?? [];
  const advice =
    near[0] === undefined ? 'define it in an item file, or correct the id.' : `did you mean \`${near[0]}\`?`;
  return { ...common, suggestions: near, reason: `There is no item \`${to}\`: ${advice}` };
}

function suggestionsFor(
  linker: Linker,
  links: readonly ResolvedLink[],
): ReadonlyMap<string, readonly string[]> {
  const orphaned = new Set(
    links.filter(({ resolution }) => resolution.status === 'orphaned').map(({ link }) => link.to),
  );
  return new Map(
    [...orphaned]
      .sort(compareText)
      .slice(0, MAX_SUGGESTED)
      .map((id) => [id, linker.suggest(id)]),
  );
}

interface Verdict {
  readonly status: ItemStatus;
  readonly reasons: readonly string[];
  readonly transitive: boolean;
  readonly shallow: boolean;
  readonly severity: ProblemSeverity;
  readonly result?: ResultSum['state'];
}

const COVERED: Verdict = {
  status: 'covered',
  reasons: [],
  transitive: false,
  shallow: true,
  severity: 'warning',
};

/** Verdicts by the nodes' index. */
function judge(
  nodes: readonly Node[],
  linker: Linker,
  reviews: ReviewIndex,
  settings: TraceSettings,
): readonly Verdict[] {
  const verdicts: Verdict[] = new Array<Verdict>(nodes.length).fill(COVERED);
  const circles = components(
    nodes.map((node) =>
      node.outgoing.flatMap((edge) =>
        edge.target === undefined || !carries(edge) ? [] : [edge.target.index],
      ),
    ),
  );
  /** Reasons of the nodes that are in a circle. */
  const circular = new Map<number, string>();
  for (const members of circles) {
    const ids = members.map((index) => nodes[index]?.item.id ?? '').sort(compareText);
    for (const index of members) {
      const node = nodes[index];
      if (node === undefined) continue;
      if (members.length > 1) {
        const others = ids.slice(0, MAX_LISTED + 1).filter((id) => id !== node.item.id);
        const named = listed(
          others.map((id) => `\`${id}\``),
          ids.length - 1,
        );
        circular.set(index, `Its links lead back to it through ${named}.`);
      } else if (node.outgoing.some((edge) => edge.target === node && carries(edge))) {
        circular.set(index, 'It links to itself.');
      }
    }
  }
  // Components come with what they lead to (upwards) first, so the reverse is a walk from the end of the chain.
  const order = circles.flat().reverse();
  for (const kind of UPWARDS) {
    for (const index of order) {
      const node = nodes[index];
      if (node?.item.kind === kind)
        verdicts[index] = verdictOf(node, verdicts, circular.get(index), linker, reviews, settings);
    }
  }
  return verdicts;
}

function verdictOf(
  node: Node,
  verdicts: readonly Verdict[],
  circle: string | undefined,
  linker: Linker,
  reviews: ReviewIndex,
  settings: TraceSettings,
): Verdict {
  const { item } = node;
  const definitions = (linker.byId.get(item.id) ?? []).filter((other) => sameItem(item, other));
  if (item.result !== undefined) return verdictOfResult(item.result, settings.head);
  if (definitions.length > 1) {
    const others = definitions.slice(0, MAX_LISTED + 1).filter((other) => other !== item);
    const places = listed(
      others.map(({ location }) => placeName(location)),
      definitions.length - 1,
    );
    return {
      ...COVERED,
      status: 'duplicate',
      reasons: [`Its id is also defined in ${places}.`],
      severity: 'error',
    };
  }
  if (item.approval === 'rejected') return COVERED;
  if (circle !== undefined) return { ...COVERED, status: 'cycle', reasons: [circle], severity: 'error' };
  const tested = resultGap(node, settings);
  const own = [...ownGaps(node), ...(tested?.gap === undefined ? [] : [tested.gap])];
  const below = downstream(node).filter(({ index }) => isOpen(verdicts[index]));
  const result = tested === undefined ? {} : { result: tested.state };
  if (own.length === 0 && below.length === 0) return { ...reviewVerdict(item, reviews), ...result };
  const names = [...new Set(below.map(({ item: { id } }) => id))].sort(compareText).map((id) => `\`${id}\``);
  const reasons = own.map(({ text }) => text);
  return {
    status: isJustified(node) ? 'justified' : 'uncovered',
    reasons: names.length === 0 ? reasons : [...reasons, `There are gaps further down: ${listed(names)}.`],
    transitive: own.length === 0,
    shallow: own.length === 0,
    severity: worst(own.map(({ severity }) => severity)),
    ...result,
  };
}

/** Two definitions of one id; where revisions are items of their own, of one revision. */
function sameItem(item: Item, other: Item): boolean {
  return item.revisioned !== true || other.revisioned !== true || item.revision === other.revision;
}

/** A run that failed is a gap of its own; one of another commit says nothing. */
function verdictOfResult(result: TestResult, head: string | undefined): Verdict {
  const { state, text } = sumOfResults([result], head);
  return state === 'failed'
    ? { ...COVERED, status: 'uncovered', reasons: [text], shallow: false, severity: 'error', result: state }
    : { ...COVERED, result: state };
}

/** Of an item that lacks nothing: whether its own format, or a record, says that it was reviewed as it is. */
function reviewVerdict(item: Item, reviews: ReviewIndex): Verdict {
  const { stamps } = item;
  if (reviews.item(item.id, () => itemFingerprint(item)) === 'stale') {
    return { ...COVERED, status: 'unreviewed', reasons: ['It has changed since its review.'] };
  }
  if (stamps === undefined || stamps.reviewed === stamps.review) return COVERED;
  const reason =
    stamps.reviewed === undefined ? 'It has never been reviewed.' : 'It has changed since its review.';
  return { ...COVERED, status: 'unreviewed', reasons: [reason] };
}

/** A gap that a written reason accepts: of the item itself, or of a justification that leads to it. */
function isJustified({ item, incoming }: Node): boolean {
  return (
    item.justification !== undefined ||
    incoming.some(({ link, source }) => link.type === 'justifies' && source?.item.approval === 'approved')
  );
}

function worst(severities: readonly ProblemSeverity[]): ProblemSeverity {
  return PROBLEM_SEVERITIES.find((severity) => severities.includes(severity)) ?? 'warning';
}

/** Statuses that are a gap for whatever rests on the item. */
const OPEN: readonly ItemStatus[] = ['uncovered', 'duplicate', 'cycle'];

function isOpen(verdict: Verdict | undefined): boolean {
  return verdict !== undefined && OPEN.includes(verdict.status);
}

function compareLinks(a: TracedLink, b: TracedLink): number {
  return (
    compareLocations(a.location, b.location) ||
    compareText(a.to, b.to) ||
    compareText(a.type, b.type) ||
    compareText(nameOfEnd(a.from), nameOfEnd(b.from))
  );
}

function nameOfEnd(from: string | UnitRef): string {
  return typeof from === 'string' ? from : `${from.path} ${from.kind} ${from.name}`;
}

function grouped<T>(values: readonly T[], keyOf: (value: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const value of values) {
    const key = keyOf(value);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [value]);
    else group.push(value);
  }
  return groups;
}
