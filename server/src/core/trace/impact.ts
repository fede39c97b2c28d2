import { compareText } from '../base/order.ts';
import { allAbove, allBelow, isCodeLink, leads, sortedItems } from './chain.ts';
import type { CodeLink } from './chain.ts';
import type { Item } from './item.ts';
import type { PlacedUnit } from './reviewSubjects.ts';
import { itemFingerprint, unitName } from './reviews.ts';
import type { ItemStatus, TracedItem, TraceGraph } from './traceGraph.ts';

/** One of the two states that are compared. */
export interface ImpactSide {
  readonly graph: TraceGraph;
  /** Source files by path: a hash of the text, and the units with the file itself first. */
  readonly files: ReadonlyMap<string, { readonly hash: string; readonly units: readonly PlacedUnit[] }>;
}

export interface ChangedFile {
  readonly path: string;
  /** `layout`: the text changed, and nothing that it means. */
  readonly change: 'added' | 'removed' | 'changed' | 'layout';
}

export interface ChangedUnit {
  /** `src/pin.c#pin_check`, or a path. */
  readonly name: string;
  readonly change: 'added' | 'removed' | 'changed' | 'moved';
  /** Of one that was moved: its name before. */
  readonly from?: string;
}

export interface ChangedItem {
  /** As it is now; as it was, when it is gone. */
  readonly item: Item;
  readonly change: 'added' | 'removed' | 'changed';
  /** Of a changed one: what of it. */
  readonly what: readonly ('meaning' | 'links' | 'needs' | 'revision' | 'approval')[];
}

/** An item that a change touches directly, with each reason in a few words. */
export interface TouchedItem {
  readonly traced: TracedItem;
  readonly because: readonly string[];
}

/** What a change amounts to; every list in a fixed order. */
export interface Impact {
  readonly files: readonly ChangedFile[];
  readonly units: readonly ChangedUnit[];
  readonly items: readonly ChangedItem[];
  /** Items that are there after the change. */
  readonly touched: readonly TouchedItem[];
  /** What the touched ones exist for, up to threats and assets. */
  readonly above: readonly TracedItem[];
  /** What makes them true, down to tests and their results. */
  readonly below: readonly TracedItem[];
  /** Links of the code that implements or verifies what is touched or stands below it. */
  readonly code: readonly CodeLink[];
  /** Items whose status is another one now. */
  readonly statuses: readonly {
    readonly id: string;
    readonly before: ItemStatus;
    readonly after: ItemStatus;
  }[];
}

/** Compares two states of a workspace: what changed in meaning, and what hangs together with that in the later one. */
export function impactOf(before: ImpactSide, after: ImpactSide): Impact {
  const files = changedFiles(before, after);
  const units = changedUnits(files, before, after);
  const items = changedItems(before.graph, after.graph);
  const reasons = new Map<string, Set<string>>();
  const touch = (id: string, reason: string): void => {
    const known = reasons.get(id);
    if (known === undefined) reasons.set(id, new Set([reason]));
    else known.add(reason);
  };
  for (const { item, change, what } of items) {
    touch(item.id, change === 'changed' ? `its ${what.join(', ')} changed` : `it was ${change}`);
    // What led to an item that is gone, or that it led to, must do without it.
    if (change !== 'removed') continue;
    for (const traced of before.graph.byId.get(item.id) ?? []) {
      for (const { to } of traced.outgoing) touch(to, `${item.id} was removed`);
      for (const { from } of traced.incoming)
        if (typeof from === 'string') touch(from, `${item.id} was removed`);
    }
  }
  const changeOf = new Map(
    units.flatMap((unit) => (unit.change === 'moved' ? [] : [[unit.name, unit.change]])),
  );
  const [old, now] = [codeLinksOf(before.graph), codeLinksOf(after.graph)];
  for (const [key, link] of [...old, ...now]) {
    const name = unitName(link.from);
    const change = changeOf.get(name);
    if (change !== undefined) touch(link.to, `${name} was ${change}`);
    else if (!now.has(key)) touch(link.to, `${name} no longer ${link.type} it`);
    else if (!old.has(key)) touch(link.to, `${name} now ${link.type} it`);
  }
  const touched = sortedItems([...reasons.keys()].flatMap((id) => after.graph.byId.get(id) ?? []));
  const above = sortedItems(allAbove(after.graph, touched));
  const below = sortedItems(allBelow(after.graph, touched));
  return {
    files,
    units,
    items,
    touched: touched.map((traced) => ({
      traced,
      because: [...(reasons.get(traced.item.id) ?? [])].sort(compareText),
    })),
    above,
    below,
    code: [...touched, ...below].flatMap(({ incoming }) => incoming.filter(isCodeLink).filter(leads)),
    statuses: changedStatuses(before.graph, after.graph),
  };
}

function changedFiles(before: ImpactSide, after: ImpactSide): readonly ChangedFile[] {
  const paths = [...new Set([...before.files.keys(), ...after.files.keys()])].sort(compareText);
  return paths.flatMap((path): ChangedFile[] => {
    const [old, now] = [before.files.get(path), after.files.get(path)];
    if (old === undefined) return [{ path, change: 'added' }];
    if (now === undefined) return [{ path, change: 'removed' }];
    if (old.hash === now.hash) return [];
    const same = old.units[0]?.fingerprint === now.units[0]?.fingerprint;
    return [{ path, change: same ? 'layout' : 'changed' }];
  });
}

function changedUnits(
  files: readonly ChangedFile[],
  before: ImpactSide,
  after: ImpactSide,
): readonly ChangedUnit[] {
  const found: ChangedUnit[] = [];
  /** Of units that are gone: their names by what stays the same when code is moved. */
  const gone = new Map<string, string[]>();
  const printsOfRemoved: [string, string][] = [];
  const added: [string, string][] = [];
  for (const { path, change } of files) {
    if (change === 'layout') continue;
    const old = printsByName(before.files.get(path)?.units ?? []);
    const now = printsByName(after.files.get(path)?.units ?? []);
    for (const name of [...new Set([...old.keys(), ...now.keys()])].sort(compareText)) {
      const [was, is] = [old.get(name), now.get(name)];
      if (was === is) continue;
      if (was === undefined && is !== undefined) added.push([name, is]);
      else if (is === undefined && was !== undefined) printsOfRemoved.push([name, was]);
      else found.push({ name, change: 'changed' });
    }
  }
  for (const [name, print] of printsOfRemoved) {
    const key = movedKey(name, print);
    const names = gone.get(key);
    if (names === undefined) gone.set(key, [name]);
    else names.push(name);
  }
  for (const [name, print] of added) {
    const from = gone.get(movedKey(name, print))?.shift();
    found.push(from === undefined ? { name, change: 'added' } : { name, change: 'moved', from });
  }
  for (const name of [...gone.values()].flat()) found.push({ name, change: 'removed' });
  return found.sort((a, b) => compareText(a.name, b.name));
}

/** Fingerprints by name; of several units with one name (conditional compilation) all of them together. */
function printsByName(units: readonly PlacedUnit[]): ReadonlyMap<string, string> {
  const prints = new Map<string, string>();
  for (const { name, fingerprint } of units) {
    const known = prints.get(name);
    prints.set(name, known === undefined ? fingerprint : `${known} ${fingerprint}`);
  }
  return prints;
}

/** A function keeps its name when it is moved; a file keeps its content. */
function movedKey(name: string, print: string): string {
  const hash = name.indexOf('#');
  return `${hash < 0 ? '' : name.slice(hash)}\n${print}`;
}

function changedItems(before: TraceGraph, after: TraceGraph): readonly ChangedItem[] {
  const ids = [...new Set([...before.byId.keys(), ...after.byId.keys()])].sort(compareText);
  return ids.flatMap((id): ChangedItem[] => {
    const [old, now] = [before.byId.get(id)?.[0]?.item, after.byId.get(id)?.[0]?.item];
    if (now === undefined) return old === undefined ? [] : [{ item: old, change: 'removed', what: [] }];
    if (old === undefined) return [{ item: now, change: 'added', what: [] }];
    const what = [
      ...(itemFingerprint(old) === itemFingerprint(now) ? [] : (['meaning'] as const)),
      ...(linksText(old) === linksText(now) ? [] : (['links'] as const)),
      ...(JSON.stringify(old.needs) === JSON.stringify(now.needs) ? [] : (['needs'] as const)),
      ...(old.revision === now.revision ? [] : (['revision'] as const)),
      ...(old.approval === now.approval ? [] : (['approval'] as const)),
    ];
    return what.length === 0 ? [] : [{ item: now, change: 'changed', what }];
  });
}

function linksText({ links }: Item): string {
  return links
    .map(({ type, role, to, revision }) => `${type} ${role ?? ''} ${to} ${revision ?? ''}`)
    .sort(compareText)
    .join('\n');
}

function codeLinksOf(graph: TraceGraph): ReadonlyMap<string, CodeLink> {
  return new Map(
    graph.links
      .filter(isCodeLink)
      .map((link) => [`${unitName(link.from)}\n${link.type}\n${link.to}\n${link.revision ?? ''}`, link]),
  );
}

function changedStatuses(before: TraceGraph, after: TraceGraph): Impact['statuses'] {
  return after.items.flatMap(({ item: { id }, status }) => {
    const old = before.byId.get(id)?.[0]?.status;
    return old === undefined || old === status ? [] : [{ id, before: old, after: status }];
  });
}
