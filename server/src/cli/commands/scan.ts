import { Command } from 'commander';

import type { Severity } from '../../core/base/severity.ts';
import { TOOL } from '../../core/evidence/tool.ts';
import { writeSarif } from '../../core/evidence/sarif.ts';
import { EXIT, type CliIo } from '../io.ts';
import {
  failOnOption,
  formatOption,
  noConfigOption,
  noIgnoreOption,
  outputOption,
  rulesOption,
  severityOption,
  type FailOn,
} from '../options.ts';
import { writeResult } from '../output.ts';
import { problemLines } from '../print/problemLines.ts';
import { scanJson } from '../print/scanJson.ts';
import { scanText } from '../print/scanText.ts';
import { openProject, textsOf } from '../project.ts';
import { fails, limitProblems, scanReportOf, type ScanReport } from '../scanReport.ts';

interface ScanOptions {
  readonly rules: readonly string[];
  readonly format: 'text' | 'json' | 'sarif';
  readonly output?: string;
  readonly severity: Severity;
  readonly failOn: FailOn;
  readonly config: boolean;
  readonly ignore: boolean;
}

export function scanCommand(io: CliIo, finish: (code: number) => void): Command {
  return new Command('scan')
    .description('Analyse files and folders: insecure patterns, missing tags, broken links')
    .argument('[path...]', 'files and folders', ['.'])
    .addOption(rulesOption())
    .addOption(formatOption(['text', 'json', 'sarif']))
    .addOption(outputOption())
    .addOption(severityOption())
    .addOption(failOnOption('error'))
    .addOption(noConfigOption())
    .addOption(noIgnoreOption())
    .addHelpText(
      'after',
      `
Examples:
  traceward scan                                      the current folder
  traceward scan src/ble.c src/crypto                 some of it
  traceward scan --severity warning --fail-on warning hide notes, fail on warnings
  traceward scan --format sarif --output out.sarif    for a code host or an editor
  traceward scan --rules my-rules --no-config         only these rules, no traceward.yaml`,
    )
    .action(async (paths: string[], options: ScanOptions) => finish(await scan(paths, options, io)));
}

async function scan(paths: readonly string[], options: ScanOptions, io: CliIo): Promise<number> {
  const start = io.host.now();
  const project = await openProject(
    {
      paths,
      rules: options.rules,
      useConfig: options.config,
      useIgnore: options.ignore,
      hashInputs: options.format === 'sarif',
    },
    io,
  );
  if (project === undefined) return EXIT.wrong;
  const report = scanReportOf(project, options.severity);
  await writeResult(await formatted(report, options, start, io), options.output, io);
  if (options.format === 'text')
    await io.err.write(problemLines(limitProblems(report.limits), project.display, io.err));
  return fails(report, options.failOn) ? EXIT.found : EXIT.clean;
}

async function formatted(
  report: ScanReport,
  { format, output }: ScanOptions,
  start: number,
  io: CliIo,
): Promise<string> {
  const { snapshot, project, findings } = report;
  switch (format) {
    case 'json':
      return scanJson(report);
    case 'sarif':
      return writeSarif(snapshot, {
        tool: TOOL,
        inputs: project.inputs,
        problems: project.problems,
        leftOut: project.leftOut,
        texts: new Map(),
      }).text;
    case 'text': {
      const broken = report.broken.flatMap(({ path }) => path ?? []);
      const texts = await textsOf(project, [...findings.shown.map(({ path }) => path), ...broken]);
      const sink = output === undefined ? io.out : { colour: false, columns: 100 };
      return scanText(report, { texts, sink, seconds: (io.host.now() - start) / 1000 });
    }
  }
}
