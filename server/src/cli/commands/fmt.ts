import { pathToFileURL } from 'node:url';

import { Command } from 'commander';

import { counted } from '../../core/evidence/text.ts';
import { formatItemFile } from '../../core/trace/format/formatItems.ts';
import { loadOwnItems } from '../../host/projectLoader.ts';
import { EXIT, type CliIo } from '../io.ts';
import { noConfigOption, noIgnoreOption } from '../options.ts';
import { writeFiles } from '../output.ts';
import { problemLines } from '../print/problemLines.ts';
import { displayFrom } from '../project.ts';
import { resolveTarget } from '../target.ts';

interface FmtOptions {
  readonly check?: boolean;
  readonly config: boolean;
  readonly ignore: boolean;
}

export function fmtCommand(io: CliIo, finish: (code: number) => void): Command {
  return new Command('fmt')
    .description("Write Traceward's own item files, YAML and Markdown, in their one form")
    .argument('[path]', 'the workspace, or a file or folder in it', '.')
    .option('--check', 'write nothing; exit with 1 when a file is not in that form')
    .addOption(noConfigOption())
    .addOption(noIgnoreOption())
    .addHelpText(
      'after',
      `
Fields are put in order; comments, texts and the items stay as they are. A file with mistakes is left alone and named.

Examples:
  traceward fmt
  traceward fmt --check security/requirements.yaml`,
    )
    .action(async (path: string, options: FmtOptions) => finish(await fmt(path, options, io)));
}

async function fmt(path: string, { check, config, ignore }: FmtOptions, io: CliIo): Promise<number> {
  const target = resolveTarget([path], io.cwd, config);
  const display = displayFrom(io.cwd, target.root);
  const { files, problems: found } = await loadOwnItems(
    io.host,
    {
      folder: pathToFileURL(target.root).href,
      ...(target.scope !== undefined && { scope: target.scope }),
      noConfig: !config,
      noIgnore: !ignore,
    },
    io.signal,
  );
  const outcomes = (files ?? []).map((file) => ({
    file,
    ...formatItemFile(file.path, file.text, file.settings),
  }));
  const problems = outcomes.flatMap((outcome) => outcome.problems);
  await io.err.write(problemLines([...found, ...problems], display, io.err));
  if (files === undefined) return EXIT.wrong;
  const changed = outcomes
    .filter(({ file, value }) => value !== file.text)
    .map(({ file, value }) => ({ path: file.path, text: value }));
  const names = changed.map((each) => `${display(each.path)}\n`).join('');
  if (check === true) {
    await io.out.write(names);
    return changed.length > 0 || problems.length > 0 ? EXIT.found : EXIT.clean;
  }
  await writeFiles(changed, target.root, io);
  await io.out.write(`${names}${counted(changed.length, 'file')} formatted.\n`);
  return problems.length > 0 ? EXIT.found : EXIT.clean;
}
