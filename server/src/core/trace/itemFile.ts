import type { Outcome, Problem } from '../base/problem.ts';
import type { Range } from '../base/range.ts';
import { LineIndex } from '../base/lineIndex.ts';
import { nearestAmong } from '../base/nearest.ts';
import { checkShape, readYaml, yamlAt } from '../base/yamlDocument.ts';
import type { YamlFile } from '../base/yamlDocument.ts';
import { newItem } from './item.ts';
import type { Attributes, DeclaredLink, Item, LinkType, Need } from './item.ts';
import { attribute, LINK_PATTERN } from './itemFields.ts';
import { ITEM_LIST_NAMES, ITEM_LISTS, lenientItemSchema } from './itemSchema.ts';
import type { ItemListName } from './itemSchema.ts';

const MAX_PROBLEMS = 200;

/**
 * Reads one YAML item file. Never throws. An entry with a mistake is reported and, when at least its id is right, still read as far as it
 * goes; an entry without a usable id is left out. Items come in the order of the file.
 */
export function readItemFile(path: string, text: string): Outcome<readonly Item[]> {
  const { document, problems } = readYaml(path, text);
  if (document === undefined || document.value === null) return { value: [], problems };
  if (!isMapping(document.value)) {
    const lists = ITEM_LIST_NAMES.map((name) => `\`${name}:\``).join(', ');
    const message = `An item file is a mapping of lists: start it with one of ${lists}.`;
    problems.push({
      code: 'item-file',
      severity: 'error',
      message,
      path,
      range: document.rangeOf([], 'head'),
    });
    return { value: [], problems };
  }
  const bare = unquotedRanges(text);
  const items: Item[] = [];
  for (const [key, entries] of Object.entries(document.value)) {
    const name = ITEM_LIST_NAMES.find((each) => each === key);
    if (name === undefined) {
      problems.push(unknownList(document, path, key));
    } else if (Array.isArray(entries)) {
      entries.forEach((entry: unknown, index) => {
        const file = yamlAt(document, [name, index], entry);
        if (!isMapping(entry)) {
          const message = `Each entry of \`${name}\` is a mapping: start it with \`- id: ...\`.`;
          problems.push({
            code: 'item-shape',
            severity: 'error',
            message,
            path,
            range: file.rangeOf([], 'head'),
          });
          return;
        }
        problems.push(...checkShape<unknown>(file, ITEM_LISTS[name].schema, path, 'item-shape').problems);
        const item = readEntry(path, name, file, bare);
        if (item !== undefined) items.push(item);
      });
    } else if (entries !== null) {
      const message = `\`${name}\` must be a list: start each entry with \`- id: ...\`.`;
      problems.push({
        code: 'item-shape',
        severity: 'error',
        message,
        path,
        range: document.rangeOf([name], 'head'),
      });
    }
  }
  return { value: items, problems: limited(problems, path) };
}

function readEntry(
  path: string,
  name: ItemListName,
  file: YamlFile,
  bare: (range: Range, value: string) => Range,
): Item | undefined {
  if (!isMapping(file.value)) return undefined;
  const { kind, schema } = ITEM_LISTS[name];
  const known = Object.entries(file.value).filter(([key]) => Object.hasOwn(schema.shape, key));
  const linkFields: Readonly<Record<string, LinkType>> = ITEM_LISTS[name].links;
  const own = known.filter(
    ([key]) => !Object.hasOwn(lenientItemSchema.shape, key) && !Object.hasOwn(linkFields, key),
  );
  const read = lenientItemSchema.safeParse(Object.fromEntries(known));
  if (!read.success) return undefined;
  const { id, title, status, needs, method, class: safetyClass, attributes, ...rest } = read.data;
  const { text, procedure, justification, category, level, severity, exploitability, ...lists } = rest;
  return newItem({
    ...lists,
    id,
    kind,
    approval: status,
    asks: 'kind',
    needs:
      kind === 'requirement' || kind === 'design'
        ? needs.map((words): Need => ({ anyOf: typeof words === 'string' ? [words] : words }))
        : [],
    links: readLinks(path, linkFields, file, file.value, bare),
    origin: { format: 'traceward' },
    location: { path, range: bare(file.rangeOf(['id']), id) },
    attributes: {
      ...attributes,
      ...attributesOf(own),
      ...(safetyClass !== undefined && { class: safetyClass }),
    },
    ...(title !== undefined && { title }),
    ...(text !== undefined && { text: text.trim() }),
    ...(procedure !== undefined && { procedure: procedure.trim() }),
    ...(justification !== undefined && { justification: justification.trim() }),
    ...(category !== undefined && { category }),
    ...(level !== undefined && { level }),
    ...(severity !== undefined && { severity }),
    ...(exploitability !== undefined && { exploitability }),
    ...(kind === 'test' && { method }),
  });
}

/** Fields of one kind of item that have no place of their own in the model. */
function attributesOf(fields: readonly (readonly [string, unknown])[]): Attributes {
  return Object.fromEntries(
    fields.flatMap(([key, value]) => {
      const read = attribute.safeParse(value);
      return read.success ? [[key, read.data] as const] : [];
    }),
  );
}

function readLinks(
  path: string,
  fields: Readonly<Record<string, LinkType>>,
  file: YamlFile,
  entry: Readonly<Record<string, unknown>>,
  bare: (range: Range, value: string) => Range,
): DeclaredLink[] {
  return Object.entries(fields).flatMap(([field, type]) => {
    const written = entry[field];
    const linkAt = (value: unknown, at: readonly (string | number)[]): DeclaredLink[] => {
      if (typeof value !== 'string') return [];
      const [, to, revision] = LINK_PATTERN.exec(value) ?? [];
      if (to === undefined) return [];
      const location = { path, range: bare(file.rangeOf(at), value) };
      return [
        {
          type,
          to,
          location,
          ...(type === 'relates' && { role: field }),
          ...(revision !== undefined && { revision: Number(revision) }),
        },
      ];
    };
    if (!Array.isArray(written)) return linkAt(written, [field]);
    return written.flatMap((value: unknown, index) => linkAt(value, [field, index]));
  });
}

function unknownList(document: YamlFile, path: string, key: string): Problem {
  const [guess] = nearestAmong(ITEM_LIST_NAMES)(key, 1);
  const advice =
    guess === undefined
      ? `: the lists of an item file are ${ITEM_LIST_NAMES.map((name) => `\`${name}\``).join(', ')}.`
      : `: did you mean \`${guess}\`?`;
  const range = document.rangeOf([key], 'key');
  return { code: 'item-shape', severity: 'error', message: `Unknown list \`${key}\`${advice}`, path, range };
}

/** Narrows the range of a quoted value to what stands between its quotes, so that an edit of it keeps them. */
function unquotedRanges(text: string): (range: Range, value: string) => Range {
  const lines = new LineIndex(text);
  return ({ start, end }, value) => {
    const from = lines.offsetAt(start);
    if (text.startsWith(value, from) || !text.startsWith(value, from + 1)) return { start, end };
    return {
      start: { line: start.line, column: start.column + 1 },
      end: { line: start.line, column: start.column + 1 + value.length },
    };
  };
}

function limited(problems: Problem[], path: string): readonly Problem[] {
  if (problems.length <= MAX_PROBLEMS) return problems;
  const message = `${problems.length - MAX_PROBLEMS} more problems of this file are not shown.`;
  return [...problems.slice(0, MAX_PROBLEMS), { code: 'item-shape', severity: 'error', message, path }];
}

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
