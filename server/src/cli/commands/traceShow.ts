import { Command, Option } from 'commander';

import { chainTree } from '../../core/trace/chainTree.ts';
import { nearestAmong } from '../../core/base/nearest.ts';
import { EXIT, UsageError, type CliIo } from '../io.ts';
import { formatOption, outputOption } from '../options.ts';
import { writeResult } from '../output.ts';
import { showJson, showText, type ShownItem } from '../print/traceShowText.ts';
import { openProject } from '../project.ts';

interface ShowOptions {
  readonly format: 'text' | 'json';
  readonly output?: string;
  readonly path: string;
}

export function traceShowCommand(io: CliIo, finish: (code: number) => void): Command {
  return new Command('show')
    .description('Show one item: what it amounts to and why, and its chain in both directions with places')
    .argument('<id>', 'an item: SR-AUTH-003')
    .addOption(formatOption(['text', 'json']))
    .addOption(outputOption())
    .addOption(new Option('--path <folder>', 'the workspace').default('.'))
    .addHelpText(
      'after',
      `
Examples:
  traceward trace show SR-AUTH-003
  traceward trace show T-004 --format json`,
    )
    .action(async (id: string, options: ShowOptions) => finish(await show(id, options, io)));
}

async function show(id: string, options: ShowOptions, io: CliIo): Promise<number> {
  const project = await openProject(
    {
      paths: [options.path],
      rules: 'none',
      useConfig: true,
      useIgnore: true,
      narrow: false,
      asks: 'trace',
    },
    io,
  );
  if (project === undefined) return EXIT.wrong;
  const { trace } = project.snapshot;
  const items = trace.byId.get(id) ?? [];
  if (items.length === 0) {
    const [near] = nearestAmong(trace.byId.keys())(id, 1);
    const hint = near === undefined ? '' : ` Did you mean ${near}?`;
    throw new UsageError(`There is no item ${id}.${hint}`);
  }
  const shown = items.map((item): ShownItem => ({
    item,
    up: chainTree(trace, item, 'up'),
    down: chainTree(trace, item, 'down'),
  }));
  const text =
    options.format === 'json'
      ? showJson(shown)
      : showText(
          shown,
          project.display,
          options.output === undefined ? io.out : { colour: false, columns: 100 },
        );
  await writeResult(text, options.output, io);
  return EXIT.clean;
}
