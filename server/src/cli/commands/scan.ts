import { Command, Option } from 'commander';

import type { Severity } from '../../core/base/severity.ts';
import { TOOL } from '../../core/evidence/tool.ts';
import { writeSarif } from '../../core/evidence/sarif.ts';
import { fixFiles, type FixReport } from '../fixFiles.ts';
import { EXIT, UsageError, type CliIo } from '../io.ts';
import {
  cacheOption,
  failOnOption,
  formatOption,
  jobsOption,
  noConfigOption,
  noIgnoreOption,
  outputOption,
  rulesOption,
  severityOption,
  type FailOn,
} from '../options.ts';
import { writeResult } from '../output.ts';
import { fixDiff, fixLines } from '../print/fixText.ts';
import { problemLines } from '../print/problemLines.ts';
import { scanJson } from '../print/scanJson.ts';
import { scanText } from '../print/scanText.ts';
import { openProject, textsOf, type OpenedProject } from '../project.ts';
import { fails, limitProblems, scanReportOf, type ScanReport } from '../scanReport.ts';

interface ScanOptions {
  readonly rules: readonly string[];
  readonly format: 'text' | 'json' | 'sarif';
  readonly output?: string;
  readonly severity: Severity;
  readonly failOn: FailOn;
  readonly config: boolean;
  readonly ignore: boolean;
  readonly jobs?: number;
  readonly cache?: string;
  readonly fix: boolean;
  readonly dryRun: boolean;
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
    .addOption(jobsOption())
    .addOption(cacheOption())
    .addOption(
      new Option('--fix', 'apply the fixes that rules offer, and report what remains').default(false),
    )
    .addOption(
      new Option('--dry-run', 'with --fix: show the changes as a diff and write nothing').default(false),
    )
    .addHelpText(
      'after',
      `
Examples:
  traceward scan                                      the current folder
  traceward scan src/ble.c src/crypto                 some of it
  traceward scan --severity warning --fail-on warning hide notes, fail on warnings
  traceward scan --format sarif --output out.sarif    for a code host or an editor
  traceward scan --rules my-rules --no-config         only these rules, no traceward.yaml
  traceward scan --fix --dry-run > fixes.patch        what the fixes would change
  traceward scan --fix                                change it

With --fix the exit code speaks of the findings that remain, with --dry-run of those that are there.`,
    )
    .action(async (paths: string[], options: ScanOptions) => finish(await scan(paths, options, io)));
}

async function scan(paths: readonly string[], options: ScanOptions, io: CliIo): Promise<number> {
  const start = io.host.now();
  if (options.dryRun && !options.fix) {
    throw new UsageError('--dry-run shows what --fix would change: add --fix.');
  }
  const open = (): Promise<OpenedProject | undefined> =>
    openProject(
      {
        paths,
        rules: options.rules,
        useConfig: options.config,
        useIgnore: options.ignore,
        jobs: options.jobs,
        cache: options.cache,
        hashInputs: options.format === 'sarif',
        asks: 'findings',
      },
      io,
    );
  const project = await open();
  if (project === undefined) return EXIT.wrong;
  const found = scanReportOf(project, options.severity);
  const fixes = options.fix ? await fixFiles(project, found.findings.shown, options.dryRun, io) : undefined;
  // Read again, so that what is reported is what is there: places have moved, and a fix may bring a finding of its own.
  const after = fixes === undefined || options.dryRun || fixes.files.length === 0 ? project : await open();
  if (after === undefined) return EXIT.wrong;
  const report = after === project ? found : scanReportOf(after, options.severity);
  await print(report, fixes, options, start, io);
  return fails(report, options.failOn) ? EXIT.found : EXIT.clean;
}

async function print(
  report: ScanReport,
  fixes: FixReport | undefined,
  options: ScanOptions,
  start: number,
  io: CliIo,
): Promise<void> {
  const { display } = report.project;
  const { format, output } = options;
  const sink = output === undefined ? io.out : { colour: false, isTerminal: false };
  if (format === 'text' && fixes?.dryRun === true) {
    await writeResult(fixDiff(fixes, display, sink), output, io);
  } else {
    await writeResult(await formatted(report, fixes, options, start, io), output, io);
  }
  // A machine's output must stay what it is; for people the account of the fixes follows the findings.
  if (fixes !== undefined && format !== 'json') {
    const to = format === 'text' ? io.out : io.err;
    await to.write(fixLines(fixes, display, to));
  }
  if (format === 'text') await io.err.write(problemLines(limitProblems(report.limits), display, io.err));
}

async function formatted(
  report: ScanReport,
  fixes: FixReport | undefined,
  { format, output }: ScanOptions,
  start: number,
  io: CliIo,
): Promise<string> {
  const { snapshot, project, findings } = report;
  switch (format) {
    case 'json':
      return scanJson(report, fixes);
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
