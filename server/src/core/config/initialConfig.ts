import type { TraceFormatId } from '../trace/formats.ts';
import { isOwnFormat, OWN_FORMATS } from '../trace/itemEntry.ts';
import type { TagSyntaxId } from '../trace/tagSyntaxes.ts';
import { DEFAULT_CONFIG } from './projectConfig.ts';

/** What was found in a workspace. */
export interface FoundInWorkspace {
  /** Paths of the files of each format, in order. */
  readonly formats: ReadonlyMap<TraceFormatId, readonly string[]>;
  /** Syntaxes of tags, with the number of source files that use each. */
  readonly tags: ReadonlyMap<TagSyntaxId, number>;
  /** First parts of ids that requirements and tests have in Traceward's own files. */
  readonly prefixes: readonly string[];
  /** Names of folders that hold tests, beside those that the defaults know. */
  readonly testFolders: readonly string[];
}

/** So many files of one format are named one by one; more by a glob. */
const MAX_NAMED = 6;

/** The text of a new `traceward.yaml`, with comments that say what each key is for. Keys that would only repeat a default stand as comments. */
export function initialConfig({ formats, tags, prefixes, testFolders }: FoundInWorkspace): string {
  const own = OWN_FORMATS.flatMap((format) => formats.get(format) ?? []);
  const elsewhere = own.filter((path) => !path.startsWith('security/'));
  const others = [...formats].filter(([format]) => !isOwnFormat(format));
  const syntaxes: readonly TagSyntaxId[] = [
    'traceward',
    ...[...tags.keys()].filter((id) => id !== 'traceward'),
  ];
  const isDefault = (list: readonly string[], usual: readonly string[]) =>
    list.every((each) => usual.includes(each));
  return [
    '# Configuration of Traceward. Every key has a default; what is commented out shows it.',
    '',
    '# Item files: assets, threats, risks, controls, requirements and tests in YAML or Markdown.',
    key(
      'items',
      elsewhere.length === 0 ? DEFAULT_CONFIG.items : [...DEFAULT_CONFIG.items, ...globsOf(elsewhere)],
      elsewhere.length === 0,
    ),
    '',
    '# Ids that begin so make a bracketed text in a comment a tag: [SR-AUTH-003].',
    key(
      'prefixes',
      prefixes.length === 0 ? DEFAULT_CONFIG.prefixes : prefixes,
      isDefault(prefixes, DEFAULT_CONFIG.prefixes),
    ),
    '',
    '# Test code: its tags are read, its findings are not reported.',
    key(
      'tests',
      [...DEFAULT_CONFIG.tests, ...testFolders.map((name) => `**/${name}/**`)],
      testFolders.length === 0,
    ),
    '',
    '# Neither analysed nor traced, beside what .gitignore names: code of others, generated code.',
    key('exclude', ['third_party/**'], true),
    '',
    ...traceSection(others, syntaxes),
  ]
    .map((line) => `${line}\n`)
    .join('');
}

function traceSection(
  others: readonly (readonly [TraceFormatId, readonly string[]])[],
  syntaxes: readonly TagSyntaxId[],
): readonly string[] {
  const head = '# Items and tags of other tools, read where they are.';
  if (others.length === 0 && syntaxes.length === 1)
    return [
      head,
      '# trace:',
      '#   sources:',
      "#     - { format: oft, files: ['doc/**/*.md'] }",
      '#   tags: [traceward, oft]',
    ];
  return [
    head,
    'trace:',
    ...(others.length === 0 ? [] : ['  sources:']),
    ...others.flatMap(([format, paths]) => [
      `    - format: ${format}`,
      `      files: ${flow(globsOf(paths))}`,
    ]),
    `  tags: ${flow(syntaxes)}`,
  ];
}

function key(name: string, values: readonly string[], asComment: boolean): string {
  return `${asComment ? '# ' : ''}${name}: ${flow(values)}`;
}

/** A list in one line; texts are quoted so that nothing in a path has a meaning. */
function flow(values: readonly string[]): string {
  return `[${values.map((value) => (/^[A-Za-z][\w-]*$/.test(value) ? value : JSON.stringify(value))).join(', ')}]`;
}

/** A few paths as they are, many as one glob for each ending below the folder that they share. */
function globsOf(paths: readonly string[]): readonly string[] {
  if (paths.length <= MAX_NAMED) return paths.map((path) => path.replaceAll(/[[\]{}()*?!+@\\]/g, '\\$&'));
  const folders = paths.map((path) => path.split('/').slice(0, -1));
  const [first = []] = folders;
  let depth = first.length;
  for (const folder of folders) while (first.slice(0, depth).some((part, at) => part !== folder[at])) depth--;
  const prefix = first
    .slice(0, depth)
    .map((part) => `${part}/`)
    .join('')
    .replaceAll(/[[\]{}()*?!+@\\]/g, '\\$&');
  return [...new Set(paths.map((path) => `${prefix}**/*${/\.[^./]*$/.exec(path)?.[0] ?? ''}`))];
}
