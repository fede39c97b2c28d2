import { CONFIG_FILE } from '../../core/base/configFile.ts';
import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

import { Command } from 'commander';

import { compareText, sortedEntries } from '../../core/base/order.ts';
import { initialConfig, type FoundInWorkspace } from '../../core/config/initialConfig.ts';
import { counted } from '../../core/evidence/text.ts';
import { traceFormat, type TraceFormatId } from '../../core/trace/formats.ts';
import { checkSources, type SourceCheck } from '../../core/trace/sourceCheck.ts';
import { TAG_SYNTAXES, tagSyntaxesIn, type TagSyntaxId } from '../../core/trace/tagSyntaxes.ts';
import { readItemFile } from '../../core/trace/itemFile.ts';
import { markdownPrefixes } from '../../core/trace/markdown/readMarkdownItems.ts';
import { loadLanguageSet } from '../../host/assets.ts';
import { readText } from '../../host/decode.ts';
import type { FolderHost } from '../../host/host.ts';
import { findSources, type FoundSource } from '../findSources.ts';
import { EXIT, UsageError, type CliIo } from '../io.ts';
import { writeFiles } from '../output.ts';

interface InitOptions {
  readonly dryRun?: boolean;
  readonly force?: boolean;
}

/** Source files that are searched for tags, and how large each may be. */
const MAX_SOURCES = 2000;
const MAX_SOURCE_BYTES = 1_000_000;

export function initCommand(io: CliIo, finish: (code: number) => void): Command {
  return new Command('init')
    .description(`Look at a repository, say what was found, and write a commented ${CONFIG_FILE}`)
    .argument('[folder]', 'the root of the workspace', '.')
    .option('--dry-run', 'print the configuration instead of writing it')
    .option('--force', `write over a ${CONFIG_FILE} that is there`)
    .addHelpText('after', '\nExamples:\n  traceward init\n  traceward init firmware --dry-run')
    .action(async (folder: string, options: InitOptions) => finish(await init(folder, options, io)));
}

async function init(path: string, { dryRun, force }: InitOptions, io: CliIo): Promise<number> {
  const root = resolve(io.cwd, path);
  if (statSync(root, { throwIfNoEntry: false })?.isDirectory() !== true)
    throw new UsageError(`There is no folder ${path}.`);
  if (dryRun !== true && force !== true && existsSync(join(root, CONFIG_FILE)))
    throw new UsageError(
      `There is a ${CONFIG_FILE} already: --force writes over it, --dry-run prints the new one.`,
    );
  const folder = io.host.openFolder(pathToFileURL(root).href);
  const { sources, listed, passedOver } = await findSources(folder, undefined, io.signal);
  const definitions = await loadLanguageSet(io.host);
  const languages = new Map<string, string[]>();
  for (const file of listed) {
    const name = definitions.ofPath(file)?.name;
    if (name === undefined) continue;
    const files = languages.get(name);
    if (files === undefined) languages.set(name, [file]);
    else files.push(file);
  }
  const code = [...languages.values()].flat().sort(compareText);
  const tags = await tagsIn(folder, code.slice(0, MAX_SOURCES), io.signal);
  const found: FoundInWorkspace = {
    formats: formatsOf(sources),
    tags,
    prefixes: prefixesOf(sources),
    testFolders: testFoldersOf(code),
  };
  const text = initialConfig(found);
  const report = reportOf(checkSources(sources), languages, tags, code.length, passedOver);
  if (dryRun === true) {
    await io.err.write(report);
    await io.out.write(text);
    return EXIT.clean;
  }
  await writeFiles([{ path: CONFIG_FILE, text }], root, io);
  await io.out.write(
    `${report}${CONFIG_FILE} written. \`traceward trace\` shows the chain, \`traceward scan\` the findings.\n`,
  );
  return EXIT.clean;
}

function formatsOf(sources: readonly FoundSource[]): FoundInWorkspace['formats'] {
  const formats = new Map<TraceFormatId, string[]>();
  for (const { format, path } of sources) {
    const paths = formats.get(format);
    if (paths === undefined) formats.set(format, [path]);
    else paths.push(path);
  }
  return new Map([...formats].sort(([a], [b]) => compareText(a, b)));
}

/** How many source files use each syntax of tags, by how they look. */
async function tagsIn(
  folder: FolderHost,
  paths: readonly string[],
  signal: AbortSignal,
): Promise<ReadonlyMap<TagSyntaxId, number>> {
  const counts = new Map<TagSyntaxId, number>();
  for (const path of paths) {
    signal.throwIfAborted();
    const read = await readText(folder, path, MAX_SOURCE_BYTES);
    if (read.kind !== 'text') continue;
    for (const id of tagSyntaxesIn(read.text)) counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return new Map([...counts].sort(([a], [b]) => compareText(a, b)));
}

/** First parts of the ids that tags in code would name. */
function prefixesOf(sources: readonly FoundSource[]): readonly string[] {
  const prefixes = new Set<string>();
  for (const { format, path, content } of sources) {
    if (typeof content !== 'string') continue;
    if (format === 'markdown') for (const prefix of markdownPrefixes(content)) prefixes.add(prefix);
    if (format !== 'traceward') continue;
    for (const { id, kind } of readItemFile(path, content).value)
      if (kind === 'requirement' || kind === 'test') prefixes.add(id.slice(0, id.indexOf('-')));
  }
  return [...prefixes].sort(compareText);
}

/** Names of folders that hold tests and that the defaults do not know. */
function testFoldersOf(paths: readonly string[]): readonly string[] {
  const names = paths.flatMap((path) => path.split('/').slice(0, -1));
  return [...new Set(names.filter((name) => /^(?:unit[-_]?tests?|testing|Tests?|t)$/.test(name)))].sort(
    compareText,
  );
}

function reportOf(
  { formats }: SourceCheck,
  languages: ReadonlyMap<string, readonly string[]>,
  tags: ReadonlyMap<TagSyntaxId, number>,
  sources: number,
  passedOver: number,
): string {
  const list = (title: string, lines: readonly string[]) =>
    `${title}:${lines.length === 0 ? ' none' : ''}\n${lines.map((line) => `  ${line}\n`).join('')}`;
  return [
    list(
      'Languages',
      sortedEntries(languages).map(([name, files]) => `${name}: ${counted(files.length, 'file')}`),
    ),
    list(
      'Files of items',
      formats.map(
        ({ format, files, items, links, defects }) =>
          `${traceFormat(format).title}: ${counted(files, 'file')} with ${counted(items, 'item')}, ${counted(links, 'link')}${defects === 0 ? '' : `, ${counted(defects, 'defect')} (traceward import check shows them)`}`,
      ),
    ),
    list(
      'Tags in code',
      [...tags].map(([id, count]) => `${TAG_SYNTAXES[id].title}: ${counted(count, 'file')}`),
    ),
    ...(sources > MAX_SOURCES
      ? [`Only the first ${MAX_SOURCES} of ${sources} source files were searched for tags.\n`]
      : []),
    ...(passedOver > 0
      ? [`${counted(passedOver, 'file')} not looked at: too many, too large or unreadable.\n`]
      : []),
  ].join('');
}
