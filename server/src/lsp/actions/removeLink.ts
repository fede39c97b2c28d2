import type { CodeAction, TextEdit } from 'vscode-languageserver';

import type { TracedLink } from '../../core/trace/traceGraph.ts';
import { isMarkdown } from '../../core/trace/itemEntry.ts';
import { cutOfField } from '../markdownFields.ts';
import { linkAction } from './linkAction.ts';
import { lineText, type ActionTarget } from './target.ts';

/** What may stand around a tag in a line that is nothing but a comment. */
const ONLY_COMMENT = /^[\s/*#;!<>-]*$/;

/** Takes an id out of its tag or list; a tag that is left empty goes, and so does a comment line that is left empty. */
export function removeLink(target: ActionTarget, link: TracedLink): CodeAction[] {
  const { document } = target;
  const { start, end } = link.location.range;
  if (start.line !== end.line) return [];
  const line = lineText(document, start.line);
  const edit =
    inMarkdown(target, line, link) ??
    inBrackets(line, start.line, start.column, end.column, typeof link.from !== 'string') ??
    entryOfList(line, start.line, start.column, end.column);
  if (edit === undefined) return [];
  const title = typeof link.from === 'string' ? `Remove the link to ${link.to}` : `Remove the tag ${link.to}`;
  return linkAction(target, link, title, [{ uri: document.uri, edits: [edit] }]);
}

/** `- Derives: C-1, C-2`, or an entry below its field. */
function inMarkdown(
  { document }: ActionTarget,
  line: string,
  { location }: TracedLink,
): TextEdit | undefined {
  if (!isMarkdown(document.place.path)) return undefined;
  const { start, end } = location.range;
  const found = cutOfField(line, start.column, end.column);
  if (found === undefined) return undefined;
  return found === 'line' ? wholeLine(start.line) : cut(start.line, found.from, found.to);
}

/** `[SR-1, SR-2]` in one line. */
function inBrackets(
  line: string,
  at: number,
  start: number,
  end: number,
  isTag: boolean,
): TextEdit | undefined {
  const open = line.lastIndexOf('[', start);
  const close = line.indexOf(']', end);
  if (open < 0 || close < 0 || /[[\]]/.test(line.slice(open + 1, close))) return undefined;
  const before = line.slice(open + 1, start);
  const after = line.slice(end, close);
  const from = /,\s*$/.exec(before);
  const to = /^\s*,\s*/.exec(after);
  if (from !== null) return cut(at, start - from[0].length, end);
  if (to !== null) return cut(at, start, end + to[0].length);
  if (!/^\s*(?:verifies\s+)?$/.test(before) || after.trim() !== '') return undefined;
  if (!isTag) return cut(at, open + 1, close);
  const isAlone = ONLY_COMMENT.test(line.slice(0, open)) && ONLY_COMMENT.test(line.slice(close + 1));
  // A line that begins or ends a comment of several lines must stay.
  const isOpen =
    line.includes('/*') !== line.includes('*/') || line.includes('<!--') !== line.includes('-->');
  return isAlone && !isOpen ? wholeLine(at) : cut(at, open, close + 1);
}

/** `- SR-1` on a line of its own. */
function entryOfList(line: string, at: number, start: number, end: number): TextEdit | undefined {
  return /^\s*-\s+$/.test(line.slice(0, start)) && /^\s*(#.*)?$/.test(line.slice(end))
    ? wholeLine(at)
    : undefined;
}

function cut(line: number, start: number, end: number): TextEdit {
  return { range: { start: { line, character: start }, end: { line, character: end } }, newText: '' };
}

function wholeLine(line: number): TextEdit {
  return { range: { start: { line, character: 0 }, end: { line: line + 1, character: 0 } }, newText: '' };
}
