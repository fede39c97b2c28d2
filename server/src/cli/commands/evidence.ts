import { Command } from 'commander';

import { evidenceBundle } from '../../core/evidence/bundle.ts';
import { collectFindings } from '../../core/evidence/findings.ts';
import { counted } from '../../core/evidence/text.ts';
import { TOOL } from '../../core/evidence/tool.ts';
import { commitOf } from '../commit.ts';
import { EXIT, type CliIo } from '../io.ts';
import {
  cacheOption,
  failOnOption,
  jobsOption,
  noConfigOption,
  noIgnoreOption,
  rulesOption,
  type FailOn,
} from '../options.ts';
import { writeFiles } from '../output.ts';
import { problemLines } from '../print/problemLines.ts';
import { openProject, textsOf } from '../project.ts';
import { fails, limitProblems, scanReportOf } from '../scanReport.ts';

interface EvidenceOptions {
  readonly output: string;
  readonly rules: readonly string[];
  readonly failOn: FailOn;
  readonly config: boolean;
  readonly ignore: boolean;
  readonly jobs?: number;
  readonly cache?: string;
}

export function evidenceCommand(io: CliIo, finish: (code: number) => void): Command {
  return new Command('evidence')
    .description(
      'Write everything as files for a reviewer: findings, traceability matrix, overview and manifest',
    )
    .argument('[path]', 'the workspace, or a file or folder in it', '.')
    .requiredOption('-o, --output <dir>', 'folder for the files; made when it is missing')
    .addOption(rulesOption())
    .addOption(failOnOption('never'))
    .addOption(noConfigOption())
    .addOption(noIgnoreOption())
    .addOption(jobsOption())
    .addOption(cacheOption())
    .addHelpText(
      'after',
      `
Writes index.html, findings.sarif, trace-matrix.html, trace-matrix.csv and manifest.json. The same files give the
same bytes: two runs on one commit can be compared.

Examples:
  traceward evidence --output evidence
  traceward evidence firmware --output out/evidence --fail-on error`,
    )
    .action(async (path: string, options: EvidenceOptions) => finish(await evidence(path, options, io)));
}

async function evidence(path: string, options: EvidenceOptions, io: CliIo): Promise<number> {
  const project = await openProject(
    {
      paths: [path],
      rules: options.rules,
      useConfig: options.config,
      useIgnore: options.ignore,
      jobs: options.jobs,
      cache: options.cache,
      hashInputs: true,
      narrow: false,
    },
    io,
  );
  if (project === undefined) return EXIT.wrong;
  const { snapshot, problems, inputs } = project;
  const { shown } = collectFindings(snapshot);
  const commit = await commitOf(project);
  const files = evidenceBundle(snapshot, {
    tool: TOOL,
    inputs,
    problems,
    leftOut: project.leftOut,
    texts: await textsOf(
      project,
      shown.map((placed) => placed.path),
    ),
    ...(commit === undefined ? {} : { commit }),
  });
  await writeFiles(files, options.output, io);
  const report = scanReportOf(project, 'info');
  await io.err.write(problemLines(limitProblems(report.limits), project.display, io.err));
  const names = files.map((file) => `  ${file.path}\n`).join('');
  await io.out.write(`${counted(files.length, 'file')} written to ${options.output}\n${names}`);
  return fails(report, options.failOn) ? EXIT.found : EXIT.clean;
}
