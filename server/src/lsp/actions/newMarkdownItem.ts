import { LineIndex } from '../../core/base/lineIndex.ts';
import { markdownBlocks, markdownLines } from '../../core/base/markdownBlocks.ts';
import { capitalised } from '../../core/trace/item.ts';
import { readMarkdownItems } from '../../core/trace/markdown/readMarkdownItems.ts';
import { escapedLines, fieldLabel } from '../../core/trace/markdown/writing.ts';
import { NO_SETTINGS } from '../../core/trace/sources.ts';
import type { Insertion, NewItem, NewValue } from './newItemText.ts';

/** One more item behind the section of the last one of its kind, with a heading of the same level. */
export function appendMarkdownItem(
  path: string,
  text: string,
  lastLine: number,
  item: NewItem,
): Insertion | undefined {
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const lines = new LineIndex(text);
  const headings = markdownBlocks(markdownLines(text)).filter((block) => block.is === 'heading');
  const lineOf = (offset: number) => lines.positionAt(offset).line;
  const last = headings.find(({ title }) => lineOf(title.offset) === lastLine);
  if (last === undefined) return undefined;
  const next = headings.find(({ depth, title }) => lineOf(title.offset) > lastLine && depth <= last.depth)
    ?.lines[0]?.offset;
  const at = next ?? text.length;
  // Without a kind of its own where its place or its id tells it.
  for (const withKind of [false, true]) {
    const section = sectionText(item, last.depth, withKind).split('\n').join(newline);
    const gap = text.slice(0, at).endsWith('\n') || at === 0 ? '' : newline;
    const isApart = new RegExp(`${newline}${newline}$`).test(text.slice(0, at) + gap);
    const newText = `${gap}${isApart ? '' : newline}${section}${next === undefined ? '' : newline}`;
    const after = text.slice(0, at) + newText + text.slice(at);
    const settings = { ...NO_SETTINGS, options: { prefixes: prefixesOf(item) } };
    const { value } = readMarkdownItems(path, after, settings);
    if (value.some(({ id, kind }) => id === item.id && kind === item.kind))
      return { at: lines.positionAt(at), newText };
  }
  return undefined;
}

/** Ids of requirements begin in the project's own manner. */
function prefixesOf({ id, kind }: NewItem): string[] {
  return kind === 'requirement' ? [id.slice(0, id.indexOf('-'))] : [];
}

function sectionText({ id, kind, fields }: NewItem, depth: number, withKind: boolean): string {
  const title = fields.find(([name]) => name === 'title')?.[1];
  const texts = fields.filter(([name]) => name === 'text').map(([, value]) => plainText(value));
  const listed = fields
    .filter(([name]) => name !== 'title' && name !== 'text')
    .map(([name, value]) => `- ${fieldLabel(name)}: ${plainText(value)}`.trimEnd());
  const list = [...(withKind ? [`- Kind: ${capitalised(kind)}`] : []), ...listed].join('\n');
  const heading = `${'#'.repeat(depth)} ${id}${title === undefined ? '' : `: ${plainText(title)}`}`;
  return `${[heading, list, ...texts.map(escapedLines)].filter((part) => part !== '').join('\n\n')}\n`;
}

function plainText(value: NewValue): string {
  if ('text' in value) return value.text;
  if ('word' in value) return value.word;
  return 'open' in value ? value.open : value.list.join(', ');
}
