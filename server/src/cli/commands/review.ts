import { Command, Option } from 'commander';

import { namedUnitsOf } from '../../core/facts/namedUnits.ts';
import { reviewFile } from '../../core/trace/reviewText.ts';
import { openReviews, subjectsNamed } from '../../core/trace/reviewSubjects.ts';
import { EXIT, UsageError, type CliIo } from '../io.ts';
import { writeFiles } from '../output.ts';
import { openProject, type OpenedProject } from '../project.ts';

interface RecordOptions {
  readonly by: string;
  readonly at?: string;
  readonly reason?: string;
  readonly path: string;
}

export function reviewCommand(io: CliIo, finish: (code: number) => void): Command {
  return new Command('review')
    .description(
      'Record that somebody looked at items, links or code, and show what is to be looked at again',
    )
    .addCommand(
      new Command('record')
        .description('Write a record to .traceward/reviews')
        .argument(
          '<what...>',
          'an item (SR-AUTH-003), code (src/pin.c#pin_check) or a link (src/pin.c#pin_check:SR-AUTH-003)',
        )
        .addOption(new Option('--by <name>', 'who looked').makeOptionMandatory())
        .addOption(new Option('--at <time>', 'when, in ISO 8601; now unless given'))
        .addOption(new Option('--reason <text>', 'why it is right as it is'))
        .addOption(new Option('--path <folder>', 'the workspace').default('.'))
        .action(async (what: string[], options: RecordOptions) => finish(await record(what, options, io))),
    )
    .addCommand(
      new Command('open')
        .description(
          'Show links that are suspect, and items and code that changed since their review; exit with 1 when there are any',
        )
        .argument('[path]', 'the workspace', '.')
        .action(async (path: string) => finish(await open(path, io))),
    );
}

async function load(path: string, io: CliIo): Promise<OpenedProject | undefined> {
  return openProject({ paths: [path], rules: 'none', useConfig: true, useIgnore: true, narrow: false }, io);
}

async function record(what: readonly string[], options: RecordOptions, io: CliIo): Promise<number> {
  const project = await load(options.path, io);
  if (project === undefined) return EXIT.wrong;
  const commit = (await project.folder.git(['rev-parse', 'HEAD']))?.trim();
  const { snapshot } = project;
  const units = [...snapshot.files.values()].flatMap(namedUnitsOf);
  const files = what.flatMap((word) => {
    const subjects = subjectsNamed(word, snapshot.trace, units);
    if (subjects.length === 0) {
      throw new UsageError(
        `There is no item, code or link \`${word}\`: write an id, path#function, or both ends with a colon between.`,
      );
    }
    return subjects.map((subject) =>
      reviewFile({
        subject,
        by: options.by,
        at: options.at ?? new Date().toISOString(),
        ...(commit !== undefined && { commit }),
        ...(options.reason !== undefined && { reason: options.reason }),
      }),
    );
  });
  await writeFiles(files, project.target.root, io);
  for (const { path } of files)
    await io.out.write(`${project.display(path)}
`);
  return EXIT.clean;
}

async function open(path: string, io: CliIo): Promise<number> {
  const project = await load(path, io);
  if (project === undefined) return EXIT.wrong;
  const { snapshot } = project;
  const units = [...snapshot.files.values()].flatMap(namedUnitsOf);
  const found = openReviews(snapshot.trace, units);
  for (const { location, text } of found) {
    await io.out.write(`${project.display(location.path)}:${location.range.start.line + 1}  ${text}\n`);
  }
  if (found.length === 0) await io.out.write('Nothing that was reviewed has changed since.\n');
  return found.length === 0 ? EXIT.clean : EXIT.found;
}
