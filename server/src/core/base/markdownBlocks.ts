/**
 * The blocks of a Markdown text (CommonMark): enough to know what is a heading, what belongs to which list, and what is code. Made in one pass
 * over the lines, so that the time stays linear whatever a file holds; what stands within a line is left as it is written.
 */
export interface MarkdownLine {
  readonly text: string;
  /** Of its first character in the whole text. */
  readonly offset: number;
}

export type MarkdownBlock = (
  | MarkdownHeading
  | MarkdownList
  | {
      readonly is: 'paragraph' | 'code' | 'html' | 'quote' | 'break';
      readonly lines: readonly MarkdownLine[];
    }
) & {
  /** Empty lines before it. */
  readonly blanks?: number;
};

export interface MarkdownHeading {
  readonly is: 'heading';
  readonly depth: number;
  /** Without signs and white space around it. An underlined heading of several lines is its first one. */
  readonly title: MarkdownLine;
  readonly lines: readonly MarkdownLine[];
}

export interface MarkdownList {
  readonly is: 'list';
  readonly ordered: boolean;
  /** Of each entry the lines without its sign and its indentation; {@link markdownBlocks} reads them. */
  readonly entries: readonly (readonly MarkdownLine[])[];
  readonly lines: readonly MarkdownLine[];
}

/** Lines of a text with their offsets; line ends (and a byte order mark) are left out. */
export function markdownLines(text: string, from = 0): readonly MarkdownLine[] {
  const lines: MarkdownLine[] = [];
  let start = from === 0 && text.startsWith('\uFEFF') ? 1 : from;
  while (start < text.length) {
    const found = text.indexOf('\n', start);
    const end = found < 0 ? text.length : found;
    const length = text[end - 1] === '\r' && end > start ? end - 1 : end;
    lines.push({ text: text.slice(start, length), offset: start });
    start = end + 1;
  }
  return lines;
}

const ATX = /^ {0,3}(#{1,6})(?:[ \t]+|$)/;
const UNDERLINE = /^ {0,3}(=+|-+)[ \t]*$/;
const BREAK = /^ {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$/;
const FENCE = /^ {0,3}(`{3,}(?=[^`]*$)|~{3,})/;
const MARKER = /^( {0,3})([-+*]|\d{1,9}[.)])(?=[ \t]|$)/;
const QUOTE = /^ {0,3}>/;
/** Elements that make a block of HTML wherever a line begins with them. */
const BLOCK_NAMES =
  'address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt|fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link|main|menu|menuitem|nav|noframes|ol|optgroup|option|p|param|search|section|summary|table|tbody|td|tfoot|th|thead|title|tr|track|ul';
const ATTRIBUTE = String.raw`\s+[A-Za-z_:][\w.:-]*(?:\s*=\s*(?:[^\s"'=<>\x60]+|'[^']*'|"[^"]*"))?`;
/** How blocks of HTML begin, and what ends them: a text in the line, or an empty line. */
const HTML: readonly (readonly [begin: RegExp, end: RegExp | undefined])[] = [
  [/^ {0,3}<(?:script|pre|style|textarea)(?:[\s>]|$)/i, /<\/(?:script|pre|style|textarea)>/i],
  [/^ {0,3}<!--/, /-->/],
  [/^ {0,3}<\?/, /\?>/],
  [/^ {0,3}<![A-Za-z]/, />/],
  [/^ {0,3}<!\[CDATA\[/, /\]\]>/],
  [new RegExp(`^ {0,3}</?(?:${BLOCK_NAMES})(?:\\s|/?>|$)`, 'i'), undefined],
];
/** A whole tag alone on its line: it does not end a paragraph. */
const LONE_TAG = new RegExp(
  `^ {0,3}<(?:[A-Za-z][A-Za-z0-9-]*(?:${ATTRIBUTE})*\\s*/?|/[A-Za-z][A-Za-z0-9-]*\\s*)>[ \\t]*$`,
);
/** Longer lines hold no tag that a person writes. */
const MAX_TAG = 1000;

export function markdownBlocks(lines: readonly MarkdownLine[]): readonly MarkdownBlock[] {
  const blocks: MarkdownBlock[] = [];
  let blanks = 0;
  for (let at = 0; at < lines.length;) {
    if (isBlank(lines[at]?.text ?? '')) {
      blanks++;
      at++;
      continue;
    }
    const block = blockFrom(lines, at);
    blocks.push({ ...block, blanks });
    at += Math.max(1, block.lines.length);
    blanks = 0;
  }
  return blocks;
}

/** The block that begins at a line that is not blank. */
function blockFrom(lines: readonly MarkdownLine[], at: number): MarkdownBlock {
  const line = lines[at] ?? { text: '', offset: 0 };
  const { text } = line;
  if (indentOf(text) >= 4) return code(lines, at);
  const heading = atxHeading(line);
  if (heading !== undefined) return heading;
  const fence = FENCE.exec(text)?.[1];
  if (fence !== undefined) return fenced(lines, at, fence);
  if (BREAK.test(text)) return { is: 'break', lines: [line] };
  const html = htmlBegin(text);
  if (html !== undefined) return htmlBlock(lines, at, html.end);
  if (text.length < MAX_TAG && LONE_TAG.test(text)) return htmlBlock(lines, at, undefined);
  if (QUOTE.test(text)) return quote(lines, at);
  if (MARKER.test(text)) return list(lines, at);
  return paragraph(lines, at);
}

function atxHeading(line: MarkdownLine): MarkdownHeading | undefined {
  const found = ATX.exec(line.text);
  const signs = found?.[1];
  if (found === null || signs === undefined) return undefined;
  const start = found[0].length;
  const inner = line.text.slice(start).trimEnd();
  const closing = /(?:^|[ \t])#+$/.exec(inner);
  const title = (closing === null ? inner : inner.slice(0, closing.index)).trimEnd();
  return {
    is: 'heading',
    depth: signs.length,
    title: { text: title, offset: line.offset + start },
    lines: [line],
  };
}

function code(lines: readonly MarkdownLine[], at: number): MarkdownBlock {
  let end = at + 1;
  for (let next = end; next < lines.length; next++) {
    const { text } = lines[next] ?? { text: '' };
    if (isBlank(text)) continue;
    if (indentOf(text) < 4) break;
    end = next + 1;
  }
  return { is: 'code', lines: lines.slice(at, end) };
}

function fenced(lines: readonly MarkdownLine[], at: number, fence: string): MarkdownBlock {
  const sign = fence.startsWith('~') ? '~' : '`';
  const closing = new RegExp(`^ {0,3}${sign}{${fence.length},}[ \\t]*$`);
  let end = at + 1;
  while (end < lines.length && !closing.test(lines[end]?.text ?? '')) end++;
  return { is: 'code', lines: lines.slice(at, end + 1) };
}

function htmlBegin(text: string): { readonly end: RegExp | undefined } | undefined {
  const found = HTML.find(([begin]) => begin.test(text));
  return found && { end: found[1] };
}

function htmlBlock(lines: readonly MarkdownLine[], at: number, ends: RegExp | undefined): MarkdownBlock {
  let end = at;
  if (ends === undefined) {
    while (end < lines.length && !isBlank(lines[end]?.text ?? '')) end++;
    return { is: 'html', lines: lines.slice(at, end) };
  }
  while (end < lines.length && !ends.test(lines[end]?.text ?? '')) end++;
  return { is: 'html', lines: lines.slice(at, end + 1) };
}

/** Whether a line begins something new where a paragraph is open. */
function interrupts(text: string): boolean {
  if (indentOf(text) >= 4) return false;
  const marker = MARKER.exec(text);
  return (
    ATX.test(text) ||
    FENCE.test(text) ||
    BREAK.test(text) ||
    QUOTE.test(text) ||
    htmlBegin(text) !== undefined ||
    // A list within a paragraph must begin with 1, and with something.
    (marker !== null && /^(?:[-+*]|1[.)])$/.test(marker[2] ?? '') && !isBlank(text.slice(marker[0].length)))
  );
}

function paragraph(lines: readonly MarkdownLine[], at: number): MarkdownBlock {
  let end = at + 1;
  for (; end < lines.length; end++) {
    const { text } = lines[end] ?? { text: '' };
    if (isBlank(text)) break;
    const underline = UNDERLINE.exec(text)?.[1];
    if (underline !== undefined) {
      const [first = { text: '', offset: 0 }] = lines.slice(at, at + 1);
      const start = first.text.length - first.text.trimStart().length;
      return {
        is: 'heading',
        depth: underline.startsWith('=') ? 1 : 2,
        title: { text: first.text.trim(), offset: first.offset + start },
        lines: lines.slice(at, end + 1),
      };
    }
    if (interrupts(text)) break;
  }
  return { is: 'paragraph', lines: lines.slice(at, end) };
}

function quote(lines: readonly MarkdownLine[], at: number): MarkdownBlock {
  const last = lastParagraph();
  let end = at;
  for (; end < lines.length; end++) {
    const text = lines[end]?.text ?? '';
    const sign = indentOf(text) < 4 ? QUOTE.exec(text)?.[0] : undefined;
    if (sign !== undefined) last.add(text.slice(sign.length).replace(/^ /, ''));
    else if (!last.goesOnWith(text)) break;
  }
  return { is: 'quote', lines: lines.slice(at, end) };
}

function list(lines: readonly MarkdownLine[], at: number): MarkdownBlock {
  const entries: MarkdownLine[][] = [];
  const kind = markerOf(lines[at]?.text ?? '')?.kind ?? '-';
  let last = lastParagraph();
  let column = 0;
  let end = at;
  let blanks = 0;
  for (; end < lines.length; end++) {
    const line = lines[end] ?? { text: '', offset: 0 };
    const entry = entries.at(-1);
    if (isBlank(line.text)) {
      // An entry that begins with two empty lines is over.
      if (entry?.length === 1 && isBlank(entry[0]?.text ?? '') && blanks > 0) break;
      entry?.push({ text: '', offset: line.offset });
      last.add('');
      blanks++;
      continue;
    }
    const indent = indentOf(line.text);
    const marker = markerOf(line.text);
    if (entry !== undefined && indent >= column) {
      const inner = dedent(line, column);
      entry.push(inner);
      last.add(inner.text);
    } else if (marker?.kind === kind && !BREAK.test(line.text)) {
      const inner = dedent(line, marker.width);
      entries.push([inner]);
      column = marker.width;
      last = lastParagraph();
      last.add(inner.text);
    } else if (entry !== undefined && last.goesOnWith(line.text)) {
      entry.push(line);
    } else break;
    blanks = 0;
  }
  return { is: 'list', ordered: !/[-+*]/.test(kind), entries, lines: lines.slice(at, end - blanks) };
}

interface Marker {
  /** `-`, `+`, `*`, `.` or `)`: another one begins another list. */
  readonly kind: string;
  /** Column at which what the entry holds begins. */
  readonly width: number;
}

function markerOf(text: string): Marker | undefined {
  const [whole, indent = '', sign = ''] = indentOf(text) < 4 ? (MARKER.exec(text) ?? []) : [];
  if (whole === undefined) return undefined;
  const start = indent.length + sign.length;
  const rest = text.slice(start);
  const inner = indentOf(rest, start) - start;
  // Nothing behind the sign, or code: one blank belongs to the sign.
  const gap = isBlank(rest) || inner > 4 ? 1 : inner;
  return { kind: sign.slice(-1), width: start + gap };
}

/** A line without its first columns; a tab that reaches farther leaves blanks. */
function dedent({ text, offset }: MarkdownLine, columns: number): MarkdownLine {
  let column = 0;
  let at = 0;
  while (column < columns && at < text.length) {
    column = text[at] === '\t' ? column + 4 - (column % 4) : column + 1;
    at++;
  }
  return { text: ' '.repeat(Math.max(0, column - columns)) + text.slice(at), offset: offset + at };
}

/** Columns of white space that a text begins with; a tab reaches to the next multiple of four. */
function indentOf(text: string, from = 0): number {
  let column = from;
  for (const sign of text) {
    if (sign === ' ') column++;
    else if (sign === '\t') column += 4 - (column % 4);
    else break;
  }
  return column;
}

/** Whether a paragraph stands last in a list or a quote, so that a line without a sign goes on with it. */
interface LastParagraph {
  add(content: string): void;
  goesOnWith(text: string): boolean;
}

/** Signs of containers within each other, on one line; what is nested deeper goes on with no paragraph. */
const MAX_SIGNS = 20;

function lastParagraph(): LastParagraph {
  let fence: string | undefined;
  let isOpen = false;
  return {
    add: (content) => {
      let inner = content.trimStart();
      for (let count = 0; count < MAX_SIGNS && !BREAK.test(inner); count++) {
        const sign = QUOTE.exec(inner) ?? MARKER.exec(inner);
        if (sign === null) break;
        inner = inner.slice(sign[0].length).trimStart();
      }
      const sign = FENCE.exec(inner)?.[1];
      if (fence !== undefined) {
        if (sign?.startsWith(fence) === true) fence = undefined;
        isOpen = false;
        return;
      }
      fence = sign;
      isOpen =
        !isBlank(inner) && sign === undefined && !interrupts(inner) && !(isOpen && UNDERLINE.test(inner));
    },
    goesOnWith: (text) => isOpen && !isBlank(text) && !interrupts(text) && markerOf(text) === undefined,
  };
}

function isBlank(text: string): boolean {
  return /^[ \t]*$/.test(text);
}
