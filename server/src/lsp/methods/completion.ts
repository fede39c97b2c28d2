import {
  CompletionItemKind,
  MarkupKind,
  type CompletionItem,
  type CompletionList,
  type CompletionParams,
  type Position,
} from 'vscode-languageserver';

import type { ItemKind } from '../../core/trace/item.ts';
import { isMarkdown } from '../../core/trace/itemEntry.ts';
import { completionContext } from '../../core/trace/tags.ts';
import type { TracedItem } from '../../core/trace/traceGraph.ts';
import type { Context } from '../context.ts';
import type { OpenDocument } from '../documents.ts';
import { toPosition } from '../fromLsp.ts';
import { itemMarkdown } from '../itemText.ts';
import { linkListContext } from '../linkList.ts';
import { itemsOfPath } from '../lookup.ts';
import { plainText } from '../markdown.ts';
import { headingAbove, markdownFieldContext } from '../markdownFields.ts';
import { ruleCompletion } from '../ruleCompletion.ts';
import { isCounted } from '../traceNodes.ts';

const NONE: CompletionList = { isIncomplete: false, items: [] };

/** What an entry of the list needs to be described later. */
interface CompletionData {
  readonly uri: string;
  readonly id: string;
}

/** `textDocument/completion`: ids in tags of comments and in the link lists of item files; keys and values of rules. */
export async function completion({ session }: Context, params: CompletionParams): Promise<CompletionList> {
  const document = session.documents.get(params.textDocument.uri);
  if (document === undefined || !(await session.settingsOf(document.uri)).enable) return NONE;
  const { line, character } = params.position;
  const lineText = (at: number): string => lineOf(document, at).slice(0, at === line ? character : undefined);
  const { folder, path } = document.place;
  const role = folder.workspace.roleOf(path);
  if (role === 'items' && isMarkdown(path)) return inMarkdown(document, lineText, params.position);
  if (role === 'items') {
    const list = linkListContext(lineText, line);
    return list === undefined
      ? NONE
      : listOf(document, list.kinds, [], { line, start: list.start, end: character });
  }
  if (role === 'other' || role === 'text')
    return { isIncomplete: false, items: ruleCompletion(session, document, params.position) };
  if (role !== 'source') return NONE;
  const { prefixes } = folder.project().config;
  // Looking at the line is cheap; only then is the text parsed to see whether this is a comment.
  const tag = completionContext(lineText(line), prefixes);
  if (tag === undefined || folder.workspace.commentAt(path, toPosition(params.position)) === undefined)
    return NONE;
  const at = { line, start: tag.start, end: character };
  const kinds: readonly ItemKind[] = tag.type === 'verifies' ? ['requirement'] : ['requirement', 'test'];
  const list = listOf(document, kinds, tag.others, at, prefixes);
  if (tag.type === 'verifies' || tag.others.length > 0) return list;
  return { ...list, items: [...list.items, verifiesKeyword(at)] };
}

/** In a list of fields of an item: names of fields, ids, words. */
function inMarkdown(
  document: OpenDocument,
  lineText: (line: number) => string,
  { line, character }: Position,
): CompletionList {
  const { folder, path } = document.place;
  const heading = headingAbove(lineText, line);
  if (heading === undefined) return NONE;
  const owner = itemsOfPath(folder.snapshot().trace, path).find(
    ({ item }) => item.location.range.start.line === heading,
  );
  const context = owner && markdownFieldContext(lineText, line, owner.item.kind);
  if (context === undefined) return NONE;
  const at = { line, start: context.start, end: character };
  if (context.is === 'link') return listOf(document, context.kinds, [], at);
  return {
    isIncomplete: false,
    items: context.words.map((word) => ({
      label: word.replace(/: $/, ''),
      kind: word.endsWith(': ') ? CompletionItemKind.Property : CompletionItemKind.EnumMember,
      filterText: word,
      textEdit: { range: rangeOf(at), newText: word },
    })),
  };
}

/** `completionItem/resolve`: the item's text, for the entry that is looked at. */
export function completionResolve({ session }: Context, entry: CompletionItem): CompletionItem {
  const data = readData(entry.data);
  if (data === undefined) return entry;
  const { folder } = session.placeOf(data.uri);
  const trace = folder.wholeTrace();
  const item = trace.byId.get(data.id)?.[0];
  if (item === undefined) return entry;
  const text = itemMarkdown(
    trace,
    item,
    (at) => `${session.uriOf(folder, at.path)}#L${at.range.start.line + 1}`,
  );
  return {
    ...entry,
    documentation: session.client.markdown
      ? { kind: MarkupKind.Markdown, value: text }
      : { kind: MarkupKind.PlainText, value: plainText(text) },
  };
}

interface Replaced {
  readonly line: number;
  readonly start: number;
  readonly end: number;
}

function listOf(
  document: OpenDocument,
  kinds: readonly ItemKind[],
  others: readonly string[],
  at: Replaced,
  prefixes?: readonly string[],
): CompletionList {
  const trace = document.place.folder.wholeTrace();
  const items = trace.items.filter(
    (each) =>
      isCounted(each) &&
      kinds.includes(each.item.kind) &&
      !others.includes(each.item.id) &&
      (prefixes === undefined || prefixes.includes(each.item.id.split('-', 1)[0] ?? '')),
  );
  return { isIncomplete: false, items: items.map((item) => entryOf(item, document.uri, at)) };
}

function entryOf({ item, status, transitive }: TracedItem, uri: string, at: Replaced): CompletionItem {
  const isOpen = status === 'uncovered' && !transitive;
  return {
    label: item.id,
    labelDetails: { description: item.title },
    detail: item.title,
    kind: CompletionItemKind.Reference,
    // What still has a gap is what is looked for most.
    sortText: `${isOpen ? 0 : 1}${item.id}`,
    filterText: item.id,
    textEdit: { range: rangeOf(at), newText: item.id },
    data: { uri, id: item.id } satisfies CompletionData,
  };
}

function verifiesKeyword(at: Replaced): CompletionItem {
  return {
    label: 'verifies',
    detail: 'This test code verifies a requirement.',
    kind: CompletionItemKind.Keyword,
    sortText: '2verifies',
    filterText: 'verifies',
    textEdit: { range: rangeOf(at), newText: 'verifies ' },
  };
}

function rangeOf({ line, start, end }: Replaced) {
  return { start: { line, character: start }, end: { line, character: end } };
}

function lineOf({ text }: OpenDocument, line: number): string {
  return text
    .getText({ start: { line, character: 0 }, end: { line: line + 1, character: 0 } })
    .replace(/[\r\n]+$/, '');
}

/** The client sends `data` back as it got it, or so it should. */
function readData(data: unknown): CompletionData | undefined {
  if (typeof data !== 'object' || data === null || !('uri' in data) || !('id' in data)) return undefined;
  return typeof data.uri === 'string' && typeof data.id === 'string'
    ? { uri: data.uri, id: data.id }
    : undefined;
}
