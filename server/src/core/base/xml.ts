import { SaxesParser } from 'saxes';

import { LineIndex } from './lineIndex.ts';
import type { Outcome, Problem } from './problem.ts';
import type { Range } from './range.ts';

/** An element with its children; text and attributes as they mean, entities of XML itself already replaced. */
export interface XmlElement {
  /** Without a namespace prefix: tools choose their own. */
  readonly name: string;
  /** By local name; of two that differ only in their prefix the last. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  /** All text directly in it, in order, not trimmed. */
  readonly text: string;
  /** Texts and children as they follow each other. */
  readonly content: readonly (string | XmlElement)[];
  /** Of the start tag. */
  readonly range: Range;
}

export interface XmlLimits {
  /** Elements with these local names are passed over with all that is in them, before anything of them is kept. */
  readonly skip?: ReadonlySet<string>;
}

const MAX_LENGTH = 64_000_000;
const MAX_DEPTH = 200;
const MAX_ELEMENTS = 2_000_000;

/**
 * Reads an XML document. Document types and entities of the file's own are refused, so nothing expands and nothing is fetched. What was
 * read before a mistake is kept: the elements that were open are closed there. Never throws.
 *
 * @returns the root element, undefined when there is none
 */
export function readXml(path: string, text: string, limits: XmlLimits = {}): Outcome<XmlElement | undefined> {
  const lines = new LineIndex(text);
  const problems: Problem[] = [];
  const fail = (message: string, offset: number): void => {
    const range = lines.rangeOf({ start: offset, end: offset });
    problems.push({ code: 'xml', severity: 'error', message, path, range });
  };
  if (text.length > MAX_LENGTH) {
    fail(`This XML file is larger than ${MAX_LENGTH} characters: split it.`, 0);
    return { value: undefined, problems };
  }
  if (text.trim() === '') {
    fail('This XML file is empty.', 0);
    return { value: undefined, problems };
  }
  const open: Building[] = [];
  let root: XmlElement | undefined;
  let count = 0;
  /** Depth inside of an element that is passed over. */
  let skipped = 0;
  let tagStart = 0;
  const parser = new SaxesParser({ position: true });
  /** Set by the first mistake; the rest of the text is not looked at. */
  const state = { stopped: false };
  const stop = (message: string, offset: number): void => {
    if (!state.stopped) fail(message, offset);
    state.stopped = true;
  };
  parser.on('error', (error) =>
    stop(`This is not well-formed XML: ${plainReason(error.message)}.`, parser.position),
  );
  parser.on('doctype', () =>
    stop('A document type is not read: remove the line `<!DOCTYPE ...>`.', parser.position),
  );
  parser.on('opentagstart', () => (tagStart = text.lastIndexOf('<', parser.position - 1)));
  parser.on('opentag', ({ name, attributes }) => {
    if (state.stopped) return;
    const local = localName(name);
    if (skipped > 0 || limits.skip?.has(local) === true) {
      skipped++;
      return;
    }
    if (++count > MAX_ELEMENTS) {
      stop(`There are more than ${MAX_ELEMENTS} elements: split the file.`, tagStart);
      return;
    }
    if (open.length >= MAX_DEPTH) {
      stop(`Elements are nested more than ${MAX_DEPTH} deep.`, tagStart);
      return;
    }
    open.push({
      name: local,
      attributes: new Map(Object.entries(attributes).map(([key, value]) => [localName(key), String(value)])),
      content: [],
      range: lines.rangeOf({ start: Math.max(0, tagStart), end: parser.position }),
    });
  });
  const addText = (value: string): void => {
    if (!state.stopped && skipped === 0) open.at(-1)?.content.push(value);
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  const close = (): void => {
    const built = open.pop();
    if (built === undefined) return;
    const done: XmlElement = {
      ...built,
      children: built.content.filter((each) => typeof each !== 'string'),
      text: built.content.filter((each) => typeof each === 'string').join(''),
    };
    const parent = open.at(-1);
    if (parent === undefined) root ??= done;
    else parent.content.push(done);
  };
  parser.on('closetag', () => {
    if (state.stopped) return;
    if (skipped > 0) skipped--;
    else close();
  });
  for (let at = 0; at < text.length && !state.stopped; at += CHUNK) parser.write(text.slice(at, at + CHUNK));
  if (!state.stopped) parser.close();
  while (open.length > 0) close();
  return { value: root, problems };
}

const CHUNK = 65_536;

interface Building {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly content: (string | XmlElement)[];
  readonly range: Range;
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

/** The parser's own sentence without its position. */
function plainReason(message: string): string {
  return message
    .replace(/^\d+:\d+:\s*/, '')
    .replace(/\.$/, '')
    .slice(0, 200);
}

/** Children with a local name. */
export function childrenNamed(element: XmlElement, name: string): readonly XmlElement[] {
  return element.children.filter((child) => child.name === name);
}

/** The first child with a local name. */
export function childNamed(element: XmlElement, name: string): XmlElement | undefined {
  return element.children.find((child) => child.name === name);
}

/** Elements of XHTML that stand on lines of their own. */
const BLOCKS: ReadonlySet<string> = new Set([
  ...['address', 'blockquote', 'caption', 'dd', 'div', 'dl', 'dt', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'hr'],
  ...['li', 'ol', 'p', 'pre', 'table', 'tbody', 'tfoot', 'thead', 'tr', 'ul'],
]);

/** XHTML as plain text: blanks collapsed, a line for each block and after each `br`, no empty lines. */
export function plainText(element: XmlElement): string {
  const parts: string[] = [];
  const visit = ({ content }: XmlElement): void => {
    for (const each of content) {
      if (typeof each === 'string') {
        parts.push(each.replace(/\s+/g, ' '));
        continue;
      }
      const name = each.name.toLowerCase();
      const border = BLOCKS.has(name) ? '\n' : name === 'td' || name === 'th' ? ' ' : '';
      parts.push(name === 'br' ? '\n' : border);
      visit(each);
      parts.push(border);
    }
  };
  visit(element);
  const lines = parts.join('').split('\n');
  return lines
    .map((line) => line.replace(/ +/g, ' ').trim())
    .filter((line) => line !== '')
    .join('\n');
}
