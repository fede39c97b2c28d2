import { Command, Option } from 'commander';

import { ITEM_WRITERS, WRITTEN_FORMATS, type WrittenFormat } from '../../core/trace/writers/itemWriters.ts';
import { select } from '../../core/trace/selection.ts';
import { ITEM_KINDS, type ItemKind } from '../../core/trace/item.ts';
import { commitOf } from '../commit.ts';
import { EXIT, type CliIo } from '../io.ts';
import { outputOption, wordsOf } from '../options.ts';
import { writeResult } from '../output.ts';
import { problemLines } from '../print/problemLines.ts';
import { openProject } from '../project.ts';

interface ConvertOptions {
  readonly to: WrittenFormat;
  readonly output?: string;
  readonly kind?: readonly ItemKind[];
  readonly id?: readonly string[];
}

export function traceConvertCommand(io: CliIo, finish: (code: number) => void): Command {
  return new Command('convert')
    .description('Write the items of a workspace, whatever formats they are in, in another format')
    .argument('[path]', 'the workspace', '.')
    .addOption(new Option('--to <format>', 'the format').choices(WRITTEN_FORMATS).makeOptionMandatory())
    .addOption(outputOption())
    .addOption(new Option('--kind <kinds>', 'only items of these kinds').argParser(wordsOf(ITEM_KINDS)))
    .addOption(
      new Option('--id <ids>', 'only these ids; * stands for any text').argParser((text: string) =>
        text.split(',').map((word) => word.trim()),
      ),
    )
    .addHelpText(
      'after',
      `
What a format cannot hold is named on the standard error output, with file and line. Tags in code stay where they are;
results of tests are not written.

Examples:
  traceward trace convert --to reqif --output items.reqif
  traceward trace convert --to csv --kind requirement`,
    )
    .action(async (path: string, options: ConvertOptions) => finish(await convert(path, options, io)));
}

async function convert(path: string, options: ConvertOptions, io: CliIo): Promise<number> {
  const project = await openProject(
    { paths: [path], rules: 'none', useConfig: true, useIgnore: true, narrow: false, asks: 'trace' },
    io,
  );
  if (project === undefined) return EXIT.wrong;
  const kinds = options.kind ?? ITEM_KINDS;
  const { items } = select(project.snapshot.trace, {
    kinds: kinds.filter((kind) => kind !== 'result'),
    ...(options.id !== undefined && { ids: options.id }),
  });
  const time = options.to === 'reqif' ? (await commitOf(project))?.time : undefined;
  const { value, problems } = ITEM_WRITERS[options.to](
    items.map(({ item }) => item),
    time,
  );
  await writeResult(value, options.output, io);
  await io.err.write(problemLines(problems, project.display, io.err));
  return EXIT.clean;
}
