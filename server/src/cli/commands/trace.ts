import { Command, Option } from 'commander';

import { SEVERITIES } from '../../core/base/severity.ts';
import { matrixCsv } from '../../core/evidence/matrixCsv.ts';
import { matrixPage } from '../../core/evidence/matrixHtml.ts';
import { TOOL } from '../../core/evidence/tool.ts';
import { ITEM_KINDS, type ItemKind } from '../../core/trace/item.ts';
import { filterTest, TRACE_STATUSES, type TraceStatus } from '../../core/trace/selection.ts';
import { traceDot } from '../../core/trace/writers/dot.ts';
import { commitOf } from '../commit.ts';
import { EXIT, type CliIo } from '../io.ts';
import {
  formatOption,
  jobsOption,
  noConfigOption,
  noIgnoreOption,
  outputOption,
  wordsOf,
} from '../options.ts';
import { writeResult } from '../output.ts';
import { problemLines } from '../print/problemLines.ts';
import { traceJson } from '../print/traceJson.ts';
import { traceText } from '../print/traceText.ts';
import { openProject } from '../project.ts';
import { traceFails, traceReportOf, type TraceReport, type TraceThreshold } from '../traceReport.ts';
import { traceConvertCommand } from './traceConvert.ts';
import { traceImpactCommand } from './traceImpact.ts';
import { traceShowCommand } from './traceShow.ts';

interface TraceOptions {
  readonly format: 'text' | 'json' | 'csv' | 'html' | 'dot';
  readonly output?: string;
  readonly failOn: readonly (TraceThreshold | 'never')[];
  readonly kind?: readonly (ItemKind | 'code')[];
  readonly status?: readonly TraceStatus[];
  readonly id?: readonly string[];
  readonly config: boolean;
  readonly ignore: boolean;
  readonly jobs?: number;
}

/** What is in order is no reason to fail. */
const FAILING = TRACE_STATUSES.filter((status) => status !== 'covered');

export function traceCommand(io: CliIo, finish: (code: number) => void): Command {
  return (
    new Command('trace')
      .description(
        'Show which threats, requirements, code and tests belong together, and where the chain is broken',
      )
      .argument('[path]', 'the workspace, or a file or folder in it', '.')
      .addOption(formatOption(['text', 'json', 'csv', 'html', 'dot']))
      .addOption(outputOption())
      .addOption(
        new Option(
          '--fail-on <words>',
          `exit with 1 from this severity on (${SEVERITIES.join(', ')}, or never), or for these statuses (${FAILING.join(', ')})`,
        )
          .argParser(wordsOf<TraceThreshold | 'never'>([...SEVERITIES, 'never', ...FAILING]))
          .default(['error'], 'error'),
      )
      .addOption(
        new Option('--kind <kinds>', 'only items of these kinds; `code` are links of code').argParser(
          wordsOf<ItemKind | 'code'>([...ITEM_KINDS, 'code']),
        ),
      )
      .addOption(
        new Option('--status <statuses>', 'only items and links with these statuses').argParser(
          wordsOf(TRACE_STATUSES),
        ),
      )
      .addOption(
        new Option('--id <ids>', 'only these ids; * stands for any text: SR-AUTH-*').argParser(
          (text: string) => text.split(',').map((word) => word.trim()),
        ),
      )
      .addOption(noConfigOption())
      .addOption(noIgnoreOption())
      .addOption(jobsOption())
      .addHelpText(
        'after',
        `
Broken links (an id that does not exist, an old revision, ...) are errors; gaps (a requirement without code or test)
are warnings; gaps further down the chain are notes. What a filter leaves out is no reason to fail.

Examples:
  traceward trace                                  the current workspace
  traceward trace --fail-on warning                fail when anything is uncovered
  traceward trace --fail-on orphaned,outdated      fail for these statuses alone
  traceward trace --kind requirement --status uncovered,unreviewed
  traceward trace --format csv --output trace.csv  the matrix for a spreadsheet
  traceward trace show SR-AUTH-003                 one item and its chain`,
      )
      // Options behind the name of a command below this one are that command's own.
      .enablePositionalOptions()
      .addCommand(traceShowCommand(io, finish))
      .addCommand(traceImpactCommand(io, finish))
      .addCommand(traceConvertCommand(io, finish))
      .action(async (path: string, options: TraceOptions) => finish(await trace(path, options, io)))
  );
}

async function trace(path: string, options: TraceOptions, io: CliIo): Promise<number> {
  const project = await openProject(
    {
      paths: [path],
      rules: 'none',
      asks: 'trace',
      useConfig: options.config,
      useIgnore: options.ignore,
      jobs: options.jobs,
      narrow: false,
    },
    io,
  );
  if (project === undefined) return EXIT.wrong;
  const report = traceReportOf(project, {
    ...(options.kind !== undefined && { kinds: options.kind }),
    ...(options.status !== undefined && { statuses: options.status }),
    ...(options.id !== undefined && { ids: options.id }),
  });
  await writeResult(await formatted(report, options, io), options.output, io);
  if (options.format !== 'json') await io.err.write(problemLines(report.problems, project.display, io.err));
  const thresholds = options.failOn.filter((word) => word !== 'never');
  return traceFails(report, thresholds) ? EXIT.found : EXIT.clean;
}

async function formatted(report: TraceReport, { format, output }: TraceOptions, io: CliIo): Promise<string> {
  const { project, filter, selection } = report;
  const graph = project.snapshot.trace;
  switch (format) {
    case 'json':
      return traceJson(report);
    case 'csv':
      return matrixCsv(graph, filterTest(filter, graph).row);
    case 'html': {
      const commit = await commitOf(project);
      return matrixPage(
        graph,
        { tool: TOOL, ...(commit !== undefined && { commit }) },
        { wanted: filterTest(filter, graph) },
      );
    }
    case 'dot':
      return traceDot(selection);
    case 'text':
      return traceText(report, output === undefined ? io.out : { colour: false, columns: 100 });
  }
}
