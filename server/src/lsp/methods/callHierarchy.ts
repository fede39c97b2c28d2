import {
  SymbolKind,
  type CallHierarchyIncomingCall,
  type CallHierarchyIncomingCallsParams,
  type CallHierarchyItem,
  type CallHierarchyOutgoingCall,
  type CallHierarchyOutgoingCallsParams,
  type CallHierarchyPrepareParams,
} from 'vscode-languageserver';

import { START_OF_FILE, type Location } from '../../core/base/range.ts';
import { kindName } from '../../core/trace/item.ts';
import { stepsDown, stepsUp, type ChainEnd } from '../../core/trace/steps.ts';
import { endAt } from '../chainNodes.ts';
import type { Context } from '../context.ts';
import type { Folder } from '../folder.ts';
import { toPosition } from '../fromLsp.ts';
import { findUnit } from '../lookup.ts';
import type { Session } from '../session.ts';
import { range } from '../toLsp.ts';
import { traceSource } from './traceTree.ts';

/**
 * The chain as a hierarchy of calls: code "calls" the requirement that it implements, the requirement its control, the control its threat. So
 * incoming calls of a threat are what mitigates it, and outgoing calls of a function are what it is for.
 */
export function prepareCallHierarchy(
  { session }: Context,
  { textDocument, position }: CallHierarchyPrepareParams,
): CallHierarchyItem[] | null {
  const { folder, path } = session.placeOf(textDocument.uri);
  const end = endAt(traceSource(session, folder), path, toPosition(position));
  const item = end === undefined ? undefined : itemOf(session, folder, end);
  return item === undefined ? null : [item];
}

/** `callHierarchy/incomingCalls`: what leads here. */
export function incomingCalls(
  { session }: Context,
  { item }: CallHierarchyIncomingCallsParams,
): CallHierarchyIncomingCall[] {
  const start = endOf(session, item);
  if (start === undefined) return [];
  return stepsDown(start.folder.snapshot().trace, start.end).flatMap(({ link, end }) => {
    const from = itemOf(session, start.folder, end);
    return from === undefined ? [] : [{ from, fromRanges: [range(link.location.range)] }];
  });
}

/** `callHierarchy/outgoingCalls`: where this leads. */
export function outgoingCalls(
  { session }: Context,
  { item }: CallHierarchyOutgoingCallsParams,
): CallHierarchyOutgoingCall[] {
  const start = endOf(session, item);
  if (start === undefined) return [];
  return stepsUp(start.folder.snapshot().trace, start.end).flatMap(({ link, end }) => {
    const to = itemOf(session, start.folder, end);
    return to === undefined ? [] : [{ to, fromRanges: [range(link.location.range)] }];
  });
}

/** An end as the protocol writes it; undefined for an id that no item has. */
function itemOf(session: Session, folder: Folder, end: ChainEnd): CallHierarchyItem | undefined {
  const { trace, files } = folder.snapshot();
  const make = (name: string, kind: SymbolKind, detail: string, whole: Location, at = whole.range) => ({
    name,
    kind,
    detail,
    uri: session.uriOf(folder, whole.path),
    range: range(whole.range),
    selectionRange: range(at),
    // Read back by `endOf`, from whatever file it leads to.
    data: { end },
  });
  if (end.kind === 'item') {
    const [traced] = trace.byId.get(end.id) ?? [];
    if (traced === undefined) return undefined;
    const { kind, title, location } = traced.item;
    return make(end.id, SymbolKind.Key, `${kindName(kind)}: ${title}`, location);
  }
  const unit = findUnit(files.get(end.unit.path), end.unit);
  const kind = end.unit.kind === 'file' ? SymbolKind.File : SymbolKind.Function;
  if (unit === undefined || unit.kind === 'file')
    return make(end.unit.name, kind, end.unit.path, { path: end.unit.path, range: START_OF_FILE });
  return make(unit.name, kind, end.unit.path, { path: end.unit.path, range: unit.range }, unit.nameRange);
}

/** The client sends `data` back as it got it, or so it should. */
function endOf(session: Session, item: CallHierarchyItem): { folder: Folder; end: ChainEnd } | undefined {
  const { folder, path } = session.placeOf(item.uri);
  const data: unknown = item.data;
  if (typeof data === 'object' && data !== null && 'end' in data && isEnd(data.end))
    return { folder, end: data.end };
  const end = endAt(traceSource(session, folder), path, toPosition(item.selectionRange.start));
  return end === undefined ? undefined : { folder, end };
}

function isEnd(value: unknown): value is ChainEnd {
  if (typeof value !== 'object' || value === null || !('kind' in value)) return false;
  if (value.kind === 'item') return 'id' in value && typeof value.id === 'string';
  return (
    value.kind === 'unit' &&
    'unit' in value &&
    typeof value.unit === 'object' &&
    value.unit !== null &&
    ['path', 'name', 'kind'].every((key) => typeof Reflect.get(value.unit as object, key) === 'string')
  );
}
