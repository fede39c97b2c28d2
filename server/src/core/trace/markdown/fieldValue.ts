import { safeParse, type z } from 'zod';

import { objectForms } from '../../base/checkShape.ts';
import type { MarkdownBlock, MarkdownLine } from '../../base/markdownBlocks.ts';
import type { Span } from '../../base/range.ts';
import { LINK_PATTERN } from '../itemFields.ts';
import { fieldOfLine, plainName, type FieldText } from './fieldText.ts';

/** A value with the places of what it is made of. */
export interface Placed {
  readonly value: unknown;
  readonly span: Span;
  readonly key?: Span;
  readonly inner?: ReadonlyMap<string, Placed>;
}

/** Reads what is written for a field as the value that the field's schema asks for; what does not fit stays text, for the schema to report. */
export function fieldValue(field: FieldText, schema: z.core.$ZodType, isLink = false): Placed {
  const forms = objectForms(schema);
  const types = forms.map(({ _zod }) => _zod.def.type);
  const list = forms.find(({ _zod }) => _zod.def.type === 'array');
  const key = field.nameSpan;
  if (list !== undefined) return { ...listValue(field, list), key };
  if (types.includes('object') || types.includes('record')) return { ...mappingValue(field, forms[0]), key };
  const { text, span } = proseOf(field);
  const word = unwrapped({ text, offset: span.start });
  if (types.includes('number') && /^\d{1,15}$/.test(text)) return { value: Number(text), span, key };
  if (types.includes('boolean') && /^(?:yes|no|true|false)$/i.test(text))
    return { value: /^(?:yes|true)$/i.test(text), span, key };
  if (types.includes('enum') || isLink) return { value: word.text, span: spanOf(word), key };
  return { value: text === '' ? null : text, span, key };
}

/** Text of a field: what stands on its line, and what stands below. */
function proseOf({ value, below }: FieldText): { readonly text: string; readonly span: Span } {
  const more = textOfBlocks(below);
  const last = below.at(-1)?.lines.at(-1);
  const text = [value.text, more].filter((each) => each !== '').join('\n');
  const start = value.text === '' ? (below[0]?.lines[0]?.offset ?? value.offset) : value.offset;
  const end = last === undefined ? value.offset + value.text.length : last.offset + last.text.length;
  return { text, span: { start, end: Math.max(start, end) } };
}

/**
 * Lines as they are written, with what separates them; a backslash before a sign at the beginning of a line of a paragraph only keeps it
 * from having a meaning.
 */
export function textOfBlocks(blocks: readonly MarkdownBlock[]): string {
  return blocks
    .map(({ is, lines, blanks = 0 }) => {
      const own = lines.map(({ text }) => (is === 'paragraph' ? withoutEscape(text) : text).trimEnd());
      return `${'\n'.repeat(blanks)}${own.join('\n')}`;
    })
    .join('\n')
    .trim();
}

export function withoutEscape(line: string): string {
  return line.replace(/^( {0,3}\d{0,9})\\([!-/:-@[-`{-~])/, '$1$2');
}

function listValue({ value, below }: FieldText, schema: z.core.$ZodType): Placed {
  const nested = below.find((block) => block.is === 'list');
  const written =
    nested === undefined
      ? splitAtCommas(value)
      : nested.entries.map(([line = { text: '', offset: 0 }]) => ({
          text: withoutEscape(line.text).trim(),
          offset: line.offset + (line.text.length - withoutEscape(line.text).length),
        }));
  const definition = (schema as z.core.$ZodTypes)._zod.def;
  const alternatives =
    definition.type === 'array' &&
    objectForms(definition.element).some(({ _zod }) => _zod.def.type === 'array');
  const entries = written
    .filter(({ text }) => text !== '')
    .map((each): Placed => {
      const isFit = definition.type === 'array' && safeParse(definition.element, each.text).success;
      const word = isFit ? each : unwrapped(each);
      const words = alternatives ? word.text.split(/\s+or\s+|\s*\|\s*/) : [word.text];
      return { value: words.length > 1 ? words : word.text, span: spanOf(word) };
    });
  const isNone = nested === undefined && /^(?:none|-)?$/i.test(value.text.trim());
  return {
    value: isNone ? [] : entries.map((each) => each.value),
    span: spanOf(value),
    inner: new Map(isNone ? [] : entries.map((each, index) => [String(index), each])),
  };
}

/** Commas within brackets, parentheses and code separate nothing. */
export function splitAtCommas({ text, offset }: MarkdownLine): readonly MarkdownLine[] {
  const parts: MarkdownLine[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at <= text.length; at++) {
    const sign = text[at];
    if (sign === '[' || sign === '(') depth++;
    else if (sign === ']' || sign === ')') depth = Math.max(0, depth - 1);
    if (at < text.length && (sign !== ',' || depth > 0)) continue;
    const part = text.slice(start, at);
    parts.push({ text: part.trim(), offset: offset + start + (part.length - part.trimStart().length) });
    start = at + 1;
  }
  return parts;
}

const MAX_WRAPPERS = 4;

/** A word without code and emphasis around it; of a link its text, or the id that it leads to. */
function unwrapped(line: MarkdownLine): MarkdownLine {
  let { text, offset } = line;
  for (let count = 0; count < MAX_WRAPPERS; count++) {
    const wrapped = /^(\*\*|__|[`*_])(.+)\1$/s.exec(text);
    const link = /^\[([^\]]*)\](?:\(([^)]*)\)|\[[^\]]*\])?$/.exec(text);
    if (wrapped?.[1] !== undefined && wrapped[2] !== undefined) {
      offset += wrapped[1].length;
      text = wrapped[2];
    } else if (link !== null) {
      const [, label = '', target = ''] = link;
      const inner = label.replace(/^[`*_]+|[`*_]+$/g, '');
      const fragment = target.slice(target.indexOf('#') + 1);
      if (!LINK_PATTERN.test(inner) && target.includes('#') && LINK_PATTERN.test(fragment))
        return { text: fragment, offset: offset + text.lastIndexOf(fragment) };
      offset += 1;
      text = label;
    } else break;
  }
  return { text, offset };
}

function mappingValue({ value, below }: FieldText, schema: z.core.$ZodType | undefined): Placed {
  const nested = below.find((block) => block.is === 'list');
  if (nested === undefined) return { value: value.text === '' ? null : value.text, span: spanOf(value) };
  const definition = schema === undefined ? undefined : (schema as z.core.$ZodTypes)._zod.def;
  const inner = new Map<string, Placed>();
  for (const lines of nested.entries) {
    const [line = { text: '', offset: 0 }, ...rest] = lines;
    if (definition?.type === 'object') {
      const field = fieldOfLine(line);
      if (field === undefined) continue;
      const name = Object.keys(definition.shape).find((each) => plainName(each) === plainName(field.name));
      const entry = { ...field, below: rest.length === 0 ? [] : paragraphsOf(rest) };
      const own = name === undefined ? undefined : definition.shape[name];
      inner.set(
        name ?? field.name,
        own === undefined
          ? { value: field.value.text, span: spanOf(field.value), key: field.nameSpan }
          : fieldValue(entry, own),
      );
    } else {
      const [name, value] = attributeOf([line, ...rest]);
      inner.set(name, value);
    }
  }
  return {
    value: Object.fromEntries([...inner].map(([name, each]) => [name, each.value])),
    span: spanOf(nested.lines[0] ?? value),
    inner,
  };
}

/** Lines that go on with a value, as one paragraph. */
function paragraphsOf(lines: readonly MarkdownLine[]): readonly MarkdownBlock[] {
  return [{ is: 'paragraph', lines }];
}

/** `name: value` or `"name": value`; a value that is JSON is read as such, any other is a text. */
function attributeOf(lines: readonly MarkdownLine[]): readonly [name: string, value: Placed] {
  const [line = { text: '', offset: 0 }] = lines;
  const found = /^(?:("(?:[^"\\]|\\.)*")[ \t]*|([^:]*)):(?:\s+|$)(.*)$/s.exec(line.text);
  const [, quoted, plain = line.text, written = ''] = found ?? [];
  const name = quoted === undefined ? plain.replace(/^[`*_]+|[`*_]+$/g, '').trim() : textOfJson(quoted);
  const text = [written, ...lines.slice(1).map((each) => each.text)].join('\n').trim();
  const start = line.offset + line.text.length - written.length;
  const value = jsonOf(text);
  return [
    name,
    {
      value: value === undefined ? text : value,
      span: { start, end: start + written.trimEnd().length },
      key: { start: line.offset, end: line.offset + name.length },
    },
  ];
}

function textOfJson(quoted: string): string {
  const value = jsonOf(quoted);
  return typeof value === 'string' ? value : quoted;
}

/** Longer values, and such as begin otherwise, are texts. */
const MAX_JSON = 100_000;

function jsonOf(text: string): unknown {
  if (text.length > MAX_JSON || !/^(?:["[{\d-]|true$|false$|null$)/.test(text)) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // No JSON is a text like any other.
    return undefined;
  }
}

function spanOf({ text, offset }: MarkdownLine): Span {
  return { start: offset, end: offset + text.length };
}
