import type { ItemKind, LinkType } from '../core/trace/item.ts';
import { TARGET_KINDS } from '../core/trace/linker.ts';

/** What is being typed in a list of links of an item file. */
export interface LinkListContext {
  /** Kinds of items that may be named here. */
  readonly kinds: readonly ItemKind[];
  readonly typed: string;
  /** Column at which `typed` starts. */
  readonly start: number;
}

/** Lists of an item file and the kind of item in each. */
const LISTS: Readonly<Record<string, ItemKind>> = {
  assets: 'asset',
  zones: 'zone',
  elements: 'element',
  flows: 'flow',
  components: 'component',
  threats: 'threat',
  vulnerabilities: 'vulnerability',
  risks: 'risk',
  controls: 'control',
  requirements: 'requirement',
  designs: 'design',
  tests: 'test',
};
/** Fields that hold links, where their name is not the link's type. */
const FIELDS: Readonly<Record<string, LinkType>> = {
  assets: 'derives',
  threats: 'derives',
  on: 'derives',
  implements: 'implements',
  derives: 'derives',
  mitigates: 'mitigates',
  verifies: 'verifies',
};
const MAX_LINES_ABOVE = 5000;

/**
 * Where a cursor stands in an item file that is being typed, and so is seldom valid YAML: judged by lines and their indentation alone. Flow
 * lists (`derives: [C-1, `) may run over several lines.
 *
 * @param lineText text of a line; the last one only up to the cursor
 */
export function linkListContext(
  lineText: (line: number) => string,
  line: number,
): LinkListContext | undefined {
  const current = lineText(line);
  const typed = /[A-Za-z0-9-]*$/.exec(current)?.[0] ?? '';
  const before = current.slice(0, current.length - typed.length);
  const field = flowField(lineText, line, before) ?? blockField(lineText, line, before);
  if (field === undefined) return undefined;
  const type = FIELDS[field.name];
  const owner = ownerKind(lineText, field.line);
  if (type === undefined || owner === undefined || field.indent === 0) return undefined;
  const kinds = TARGET_KINDS[owner][type];
  return kinds === undefined ? undefined : { kinds, typed, start: before.length };
}

interface Field {
  readonly name: string;
  readonly line: number;
  readonly indent: number;
}

/** The field whose `[` is open before the cursor. */
function flowField(lineText: (line: number) => string, line: number, before: string): Field | undefined {
  let text = before;
  for (let at = line; at >= Math.max(0, line - 20); at--) {
    if (at < line) text = `${lineText(at)}\n${text}`;
    const bracket = text.lastIndexOf('[');
    if (bracket >= 0) {
      if (text.includes(']', bracket) || !/^[\s,"'@\w-]*$/.test(text.slice(bracket + 1))) return undefined;
      const start = text.lastIndexOf('\n', bracket) + 1;
      return fieldOf(text.slice(start, bracket), at);
    }
    if (/^\s*(-\s+)?\w+:/.test(lineText(at)) || text.includes(']')) return undefined;
  }
  return undefined;
}

/** The field below which the cursor stands in a `- ` entry. */
function blockField(lineText: (line: number) => string, line: number, before: string): Field | undefined {
  const entry = /^(\s*)-\s+["']?$/.exec(before);
  if (entry === null) return undefined;
  const indent = (entry[1] ?? '').length;
  for (let at = line - 1; at >= Math.max(0, line - MAX_LINES_ABOVE); at--) {
    const text = lineText(at);
    const match = /^(\s*)(- |)/.exec(text);
    const depth = (match?.[1] ?? '').length;
    if (text.trim() === '' || (depth === indent && match?.[2] === '- ')) continue;
    return fieldOf(text.trimEnd(), at);
  }
  return undefined;
}

/** Reads `  derives: ` or `  - derives: `. */
function fieldOf(text: string, line: number): Field | undefined {
  const match = /^(\s*(?:-\s+)?)(\w+):\s*$/.exec(text);
  const [, lead = '', name] = match ?? [];
  return name === undefined ? undefined : { name, line, indent: lead.length };
}

/** The top-level list above a line. */
function ownerKind(lineText: (line: number) => string, line: number): ItemKind | undefined {
  for (let at = line; at >= Math.max(0, line - MAX_LINES_ABOVE); at--) {
    const name = /^(\w+):/.exec(lineText(at))?.[1];
    if (name !== undefined) return Object.hasOwn(LISTS, name) ? LISTS[name] : undefined;
  }
  return undefined;
}
