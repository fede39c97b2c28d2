import { Command } from 'commander';

import type { Problem } from '../../core/base/problem.ts';
import { atLeast } from '../../core/base/severity.ts';
import { matrixCsv } from '../../core/evidence/matrixCsv.ts';
import { EXIT, type CliIo } from '../io.ts';
import {
  failOnOption,
  formatOption,
  noConfigOption,
  noIgnoreOption,
  outputOption,
  type FailOn,
} from '../options.ts';
import { writeResult } from '../output.ts';
import { problemLines } from '../print/problemLines.ts';
import { traceJson } from '../print/traceJson.ts';
import { traceText } from '../print/traceText.ts';
import { openProject } from '../project.ts';
import { traceReportOf, type TraceReport } from '../traceReport.ts';

interface TraceOptions {
  readonly format: 'text' | 'json' | 'csv';
  readonly output?: string;
  readonly failOn: FailOn;
  readonly config: boolean;
  readonly ignore: boolean;
}

export function traceCommand(io: CliIo, finish: (code: number) => void): Command {
  return new Command('trace')
    .description(
      'Show which threats, requirements, code and tests belong together, and where the chain is broken',
    )
    .argument('[path]', 'the workspace, or a file or folder in it', '.')
    .addOption(formatOption(['text', 'json', 'csv']))
    .addOption(outputOption())
    .addOption(failOnOption('error'))
    .addOption(noConfigOption())
    .addOption(noIgnoreOption())
    .addHelpText(
      'after',
      `
Broken links (an id that does not exist, an old revision, ...) are errors; gaps (a requirement without code or test)
are warnings; gaps further down the chain are notes.

Examples:
  traceward trace                                  the current workspace
  traceward trace --fail-on warning                fail when anything is uncovered
  traceward trace --format csv --output trace.csv  the matrix for a spreadsheet`,
    )
    .action(async (path: string, options: TraceOptions) => finish(await trace(path, options, io)));
}

async function trace(path: string, options: TraceOptions, io: CliIo): Promise<number> {
  const project = await openProject(
    { paths: [path], rules: 'none', useConfig: options.config, useIgnore: options.ignore, narrow: false },
    io,
  );
  if (project === undefined) return EXIT.wrong;
  const report = traceReportOf(project);
  await writeResult(formatted(report, options, io), options.output, io);
  if (options.format !== 'json') await io.err.write(problemLines(report.problems, project.display, io.err));
  return fails(report, options.failOn) ? EXIT.found : EXIT.clean;
}

function formatted(report: TraceReport, { format, output }: TraceOptions, io: CliIo): string {
  switch (format) {
    case 'json':
      return traceJson(report);
    case 'csv':
      return matrixCsv(report.project.snapshot.trace);
    case 'text':
      return traceText(report, output === undefined ? io.out : { colour: false, columns: 100 });
  }
}

function fails({ project, problems }: TraceReport, failOn: FailOn): boolean {
  if (failOn === 'never') return false;
  const counts = ({ severity }: Problem) => atLeast(severity === 'information' ? 'info' : severity, failOn);
  return [...project.snapshot.trace.problems, ...problems].some(counts);
}
