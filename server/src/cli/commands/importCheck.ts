import { statSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

import { Command } from 'commander';

import { counted } from '../../core/evidence/text.ts';
import { traceFormat } from '../../core/trace/formats.ts';
import { checkSources, type SourceCheck } from '../../core/trace/sourceCheck.ts';
import { findSources } from '../findSources.ts';
import { EXIT, UsageError, type CliIo } from '../io.ts';
import { formatOption, outputOption } from '../options.ts';
import { writeResult } from '../output.ts';
import { jsonProblem, toJson } from '../print/places.ts';
import { problemLines } from '../print/problemLines.ts';
import { styleOf } from '../print/style.ts';
import { tableOf } from '../print/table.ts';

interface CheckOptions {
  readonly format: 'text' | 'json';
  readonly output?: string;
}

export function importCommand(io: CliIo, finish: (code: number) => void): Command {
  return new Command('import')
    .description('Look at items in formats of other tools')
    .addCommand(
      new Command('check')
        .description(
          'Say which formats files have, and how many items, links and defects; exit with 1 when a defect is an error',
        )
        .argument('[path]', 'a file, or a folder that is searched', '.')
        .addOption(formatOption(['text', 'json']))
        .addOption(outputOption())
        .addHelpText(
          'after',
          `
Needs no configuration. Links are followed among these files alone; gaps, which code and tests would fill, are not
told.

Examples:
  traceward import check
  traceward import check requirements.reqif`,
        )
        .action(async (path: string, options: CheckOptions) => finish(await check(path, options, io))),
    )
    .addHelpText('after', '\nExamples:\n  traceward import check doc');
}

async function check(path: string, options: CheckOptions, io: CliIo): Promise<number> {
  const full = resolve(io.cwd, path);
  const facts = statSync(full, { throwIfNoEntry: false });
  if (facts === undefined) throw new UsageError(`There is no file or folder ${path}.`);
  const root = facts.isDirectory() ? full : dirname(full);
  const folder = io.host.openFolder(pathToFileURL(root).href);
  const named = facts.isDirectory() ? undefined : [basename(full)];
  const { sources, passedOver } = await findSources(folder, named, io.signal);
  const found = checkSources(sources);
  const text =
    options.format === 'json'
      ? checkJson(found, passedOver)
      : checkText(found, io.out.colour && options.output === undefined);
  await writeResult(text, options.output, io);
  if (options.format === 'text') {
    await io.err.write(problemLines(found.defects, (each) => each, io.err));
    if (passedOver > 0)
      await io.err.write(
        `${counted(passedOver, 'file')} not looked at: too many, too large or unreadable.\n`,
      );
  }
  return found.defects.some(({ severity }) => severity === 'error') ? EXIT.found : EXIT.clean;
}

function checkText({ formats }: SourceCheck, colour: boolean): string {
  if (formats.length === 0) return 'No file of items in a known format was found.\n';
  const right = (heading: string) => ({ heading, align: 'right' as const });
  const rows = formats.map(({ format, files, items, links, defects }) => [
    format,
    ...[files, items, links, defects].map(String),
    traceFormat(format).title,
  ]);
  const columns = [
    { heading: 'format' },
    right('files'),
    right('items'),
    right('links'),
    right('defects'),
    { heading: 'what it is' },
  ];
  return tableOf(columns, rows, styleOf({ colour }).dim);
}

function checkJson({ formats, defects }: SourceCheck, passedOver: number): string {
  return toJson({ formats, defects: defects.map(jsonProblem), passedOver });
}
