import { Command, Option } from 'commander';

import { namedUnitsOf } from '../../core/facts/namedUnits.ts';
import type { Snapshot } from '../../core/facts/snapshot.ts';
import { impactOf, type ImpactSide } from '../../core/trace/impact.ts';
import type { Host } from '../../host/host.ts';
import { revisionFolder } from '../../host/revisionFolder.ts';
import { EXIT, UsageError, type CliIo } from '../io.ts';
import { formatOption, outputOption } from '../options.ts';
import { writeResult } from '../output.ts';
import { impactJson, impactText } from '../print/impactText.ts';
import { problemLines } from '../print/problemLines.ts';
import { openProject, type OpenedProject } from '../project.ts';
import { resolveTarget } from '../target.ts';

interface ImpactOptions {
  readonly format: 'text' | 'json';
  readonly output?: string;
  readonly path: string;
}

export function traceImpactCommand(io: CliIo, finish: (code: number) => void): Command {
  return new Command('impact')
    .description(
      'Show what a change touches: code and items that changed in meaning, the items that these belong to, up to threats and down to tests',
    )
    .argument(
      '<revisions>',
      'REV1..REV2 as git names them; REV1 alone compares with the files as they are now',
    )
    .addOption(formatOption(['text', 'json']))
    .addOption(outputOption())
    .addOption(new Option('--path <folder>', 'the workspace').default('.'))
    .addHelpText(
      'after',
      `
Layout and comments are no change of meaning; a changed tag is one of its link. Both revisions are read from git's
store, with the configuration that each of them has: nothing is checked out.

Examples:
  traceward trace impact HEAD~1..HEAD
  traceward trace impact v1.0..main --format json
  traceward trace impact HEAD                  what is not committed yet`,
    )
    .action(async (revisions: string, options: ImpactOptions) =>
      finish(await impact(revisions, options, io)),
    );
}

async function impact(revisions: string, options: ImpactOptions, io: CliIo): Promise<number> {
  const [from = '', to = ''] = revisions.split(/\.{2,3}/, 2);
  if (from === '') throw new UsageError('Name the revisions to compare: REV1..REV2, or REV1 alone.');
  const before = await openAt(from, options.path, io);
  const after = before && (await openAt(to, options.path, io));
  if (before === undefined || after === undefined) return EXIT.wrong;
  const found = impactOf(sideOf(before.snapshot), sideOf(after.snapshot));
  const sink = options.output === undefined ? io.out : { colour: false, columns: 100 };
  const text = options.format === 'json' ? impactJson(found) : impactText(found, after.display, sink);
  await writeResult(text, options.output, io);
  const errors = after.problems.filter(({ severity }) => severity === 'error');
  await io.err.write(problemLines(errors, after.display, io.err));
  return EXIT.clean;
}

/** The workspace as a revision has it; as it is now when none is named. */
async function openAt(revision: string, path: string, io: CliIo): Promise<OpenedProject | undefined> {
  const args = { paths: [path], rules: 'none', useConfig: true, useIgnore: true, narrow: false } as const;
  if (revision === '') return openProject(args, io);
  const folder = await revisionFolder(resolveTarget([path], io.cwd, true).root, revision);
  if (folder === undefined) throw new UsageError(`There is no revision ${revision} here, or no git.`);
  const host: Host = { ...io.host, openFolder: () => folder };
  return openProject(args, { ...io, host });
}

function sideOf({ trace, files }: Snapshot): ImpactSide {
  return {
    graph: trace,
    files: new Map(
      [...files].map(([path, facts]) => [path, { hash: facts.hash ?? '', units: namedUnitsOf(facts) }]),
    ),
  };
}
