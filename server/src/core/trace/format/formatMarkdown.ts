import type { MarkdownBlock, MarkdownLine } from '../../base/markdownBlocks.ts';
import { fieldOrder } from '../fieldOrder.ts';
import type { ItemListName } from '../itemSchema.ts';
import { fieldOfLine, plainName } from '../markdown/fieldText.ts';
import { markdownSections } from '../markdown/readMarkdownItems.ts';
import type { Section } from '../markdown/sections.ts';
import { fieldLabel } from '../markdown/writing.ts';
import type { SourceSettings } from '../sources.ts';

/** A stretch of whole lines and what stands there instead. */
interface Replacement {
  readonly start: number;
  readonly end: number;
  readonly lines: readonly string[];
}

/**
 * Headings of items as `## ID: Title`, their lists of fields in order and with the usual names. Tables of fields, texts and everything between
 * items stay as they are.
 */
export function formatMarkdown(text: string, settings: SourceSettings): string {
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const edits = markdownSections(text, settings).flatMap((section) => [
    ...headingOf(section, text),
    ...section.fieldBlocks.flatMap((block) => listOf(block, section.list) ?? []),
  ]);
  let out = '';
  let at = 0;
  for (const { start, end, lines } of edits.sort((a, b) => a.start - b.start)) {
    out += text.slice(at, start) + lines.join(newline);
    at = end;
  }
  const whole = out + text.slice(at);
  return whole === '' || whole.endsWith('\n') ? whole : `${whole}${newline}`;
}

function headingOf({ heading, item }: Section, text: string): Replacement[] {
  const [line, ...more] = heading.lines;
  // An underlined heading of several lines says more than an item's heading can.
  if (line === undefined || more.length > 1) return [];
  const start = heading.title.offset;
  const title = text.slice(start + item.titleStart, start + heading.title.text.length).trim();
  return [
    {
      ...extentOf(heading.lines),
      lines: [`${'#'.repeat(heading.depth)} ${item.id}${title === '' ? '' : `: ${title}`}`],
    },
  ];
}

function listOf(block: MarkdownBlock, list: ItemListName): Replacement | undefined {
  if (block.is !== 'list') return undefined;
  const order = ['kind', ...fieldOrder(list)];
  const entries = block.entries.map(([first = { text: '', offset: 0 }, ...rest]) => {
    const field = fieldOfLine(first);
    const place = order.findIndex((name) => plainName(name) === plainName(field?.name ?? ''));
    const name = order[place];
    const head =
      name === undefined || field === undefined
        ? first.text
        : `${fieldLabel(name)}: ${field.value.text}`.trimEnd();
    const written = rest.map(({ text }) => text.trimEnd());
    const indents = written.filter((text) => text !== '').map((text) => /^ */.exec(text)?.[0].length ?? 0);
    const extra = Math.min(3, ...indents);
    const lines = [`- ${head}`, ...written.map((text) => (text === '' ? '' : `  ${text.slice(extra)}`))];
    while (lines.at(-1) === '') lines.pop();
    return { place: place < 0 ? order.length : place, lines };
  });
  entries.sort((a, b) => a.place - b.place);
  return { ...extentOf(block.lines), lines: entries.flatMap(({ lines }) => lines) };
}

function extentOf(lines: readonly MarkdownLine[]): { readonly start: number; readonly end: number } {
  const last = lines.at(-1);
  return { start: lines[0]?.offset ?? 0, end: last === undefined ? 0 : last.offset + last.text.length };
}
