import type { Outcome, Problem } from '../../base/problem.ts';
import { START_OF_FILE, type Range } from '../../base/range.ts';
import { readYaml, type YamlFile } from '../../base/yamlDocument.ts';
import type { SourceFacts } from '../formats.ts';
import { newItem, type AttributeValue, type DeclaredLink } from '../item.ts';
import { normalText, writtenAttribute, writtenReferences } from './fingerprint.ts';
import { attributeOf, isPythonScalar, pythonScalar, writtenOf } from './pythonYaml.ts';
import { readUid } from './uid.ts';

/** The file that makes its folder a document. */
export const DOCUMENT_FILE = '.doorstop.yml';
/** A link that is to be confirmed by Doorstop's next run counts as confirmed. */
export const ACCEPTED = 'true';
/** Keys that an item's own fields hold. */
const FIELDS: ReadonlySet<string> = new Set(['header', 'text', 'links', 'reviewed']);

export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Reads a document's settings or an item; what an item means is only known with the settings of its document. */
export function readDoorstop(path: string, text: string): Outcome<SourceFacts> {
  const name = baseName(path);
  if (name === DOCUMENT_FILE) return readDocument(path, text);
  const uid = name.replace(/\.(?:yml|md)$/, '');
  if (readUid(uid) === undefined) return { value: { items: [] }, problems: [] };
  return name.endsWith('.md') ? readMarkdown(path, uid, text) : readItem(path, uid, text);
}

function readDocument(path: string, text: string): Outcome<SourceFacts> {
  const { document, problems } = readPythonYaml(path, text);
  const root = recordOf(document?.value);
  const settings = recordOf(root.get('settings'));
  const reviewed = recordOf(root.get('attributes')).get('reviewed');
  const prefix = writtenOf(settings.get('prefix'));
  if (prefix === '') {
    problems.push({
      code: 'doorstop-document',
      severity: 'error',
      message: 'This document has no `prefix` in its `settings`: its items are read without one.',
      path,
      range: document?.rangeOf(['settings'], 'key') ?? START_OF_FILE,
    });
  }
  const parent = settings.get('parent');
  const document_ = {
    prefix,
    parent: isPythonScalar(parent) && parent.python === 'NoneType' ? '' : writtenOf(parent),
    format: writtenOf(settings.get('itemformat')) || 'yaml',
    reviewed: Array.isArray(reviewed) ? reviewed.map(writtenOf) : [],
  };
  return { value: { items: [], extra: { document: document_ } }, problems };
}

/** Front matter in YAML, then Markdown; its first heading is the header. */
function readMarkdown(path: string, uid: string, whole: string): Outcome<SourceFacts> {
  const text = whole.replace(/^\uFEFF/, '');
  const lines = text.split(/\r?\n/);
  if (lines[0]?.trimEnd() !== '---') return readItem(path, uid, '', lines);
  const end = lines.findIndex((line, at) => at > 0 && line.trimEnd() === '---');
  // The first line becomes a comment, so that the places of the others stay.
  const front = ['#', ...lines.slice(1, end < 0 ? lines.length : end)].join('\n');
  return readItem(path, uid, front, end < 0 ? [] : lines.slice(end + 1));
}

/** @param body lines of a Markdown item; a YAML item has its header and text as keys */
function readItem(path: string, uid: string, yaml: string, body?: readonly string[]): Outcome<SourceFacts> {
  const { document, problems } = readPythonYaml(path, yaml);
  const data = recordOf(document?.value);
  if (document !== undefined && document.value !== null && data.size === 0 && !isEmpty(document.value)) {
    problems.push({
      code: 'doorstop-item',
      severity: 'error',
      message: 'A Doorstop item is a mapping of keys to values: this file holds something else.',
      path,
      range: START_OF_FILE,
    });
  }
  const rangeOf: YamlFile['rangeOf'] = (keys, what) => document?.rangeOf(keys, what) ?? START_OF_FILE;
  const heading = body?.findIndex((line) => line.trim() !== '') ?? -1;
  const first = /^# +(.*)$/.exec(body?.[heading] ?? '');
  const header = body === undefined ? normalText(writtenOf(data.get('header'))) : (first?.[1]?.trim() ?? '');
  const text = normalText(
    body === undefined
      ? writtenOf(data.get('text'))
      : body.slice(first === null ? 0 : heading + 1).join('\n'),
  );
  const active = isTrue(data.get('active'), true);
  if (active && text === '') {
    problems.push({
      code: 'doorstop-no-text',
      severity: 'warning',
      message: `\`${uid}\` has no text: write what it asks for.`,
      path,
      range: rangeOf(['text'], 'key'),
    });
  }
  const links = linksOf(path, data.get('links'), rangeOf);
  const attributes: Record<string, AttributeValue> = {};
  const hashed: Record<string, string> = {};
  for (const [key, value] of data) {
    hashed[key] = writtenAttribute(typeof value === 'string' && key === 'text' ? text : value);
    if (!FIELDS.has(key)) attributes[key] = attributeOf(value);
  }
  const level = writtenOf(data.get('level'));
  const normative = isTrue(data.get('normative'), true);
  const reviewed = writtenOf(data.get('reviewed'));
  const item = newItem({
    id: uid,
    kind: 'requirement',
    title: header === '' ? (text.split('\n')[0] ?? '') : header,
    ...(text !== '' && { text }),
    links,
    attributes,
    origin: { format: 'doorstop' },
    location: { path, range: START_OF_FILE },
  });
  const extra = {
    active,
    normative,
    derived: isTrue(data.get('derived'), false),
    heading: !normative && level.endsWith('.0'),
    reviewed: isTrue(data.get('reviewed'), false)
      ? ACCEPTED
      : reviewed === 'None' || reviewed === 'False'
        ? ''
        : reviewed,
    text,
    ref: writtenOf(data.get('ref')).trim(),
    references: writtenReferences(data.get('references')),
    hashed,
  };
  return { value: { items: [item], extra }, problems };
}

function linksOf(path: string, value: unknown, rangeOf: YamlFile['rangeOf']): readonly DeclaredLink[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((entry: unknown, index): DeclaredLink[] => {
    const range: Range = rangeOf(['links', index]);
    const linkTo = (to: string, stamp: string): DeclaredLink => ({
      type: 'derives',
      to,
      ...(stamp !== ACCEPTED && { stamp }),
      location: { path, range },
    });
    const name = writtenOf(entry);
    if (name !== '') return [linkTo(name, '')];
    return [...recordOf(entry)].map(([to, stamp]) =>
      linkTo(to, isTrue(stamp, false) ? ACCEPTED : typeof stamp === 'string' ? stamp : ''),
    );
  });
}

function readPythonYaml(
  path: string,
  text: string,
): { readonly document: YamlFile | undefined; readonly problems: Problem[] } {
  const { document, problems } = readYaml(path, text, pythonScalar);
  return {
    document,
    // `!include path` is Doorstop's own; what it names is not read.
    problems: problems.map((problem) =>
      problem.code === 'yaml-tag'
        ? { ...problem, severity: 'information', message: 'A tag such as `!include` is not followed here.' }
        : problem,
    ),
  };
}

function isEmpty(value: unknown): boolean {
  return (
    (typeof value === 'object' && !isPythonScalar(value) && !Array.isArray(value)) ||
    writtenOf(value) === 'None'
  );
}

function isTrue(value: unknown, otherwise: boolean): boolean {
  return isPythonScalar(value) && value.python === 'bool' ? value.value === true : otherwise;
}

function recordOf(value: unknown): ReadonlyMap<string, unknown> {
  const isRecord =
    typeof value === 'object' && value !== null && !Array.isArray(value) && !isPythonScalar(value);
  return new Map(isRecord ? Object.entries(value) : []);
}
