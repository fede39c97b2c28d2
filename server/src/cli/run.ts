import { Command, CommanderError } from 'commander';

import { TOOL } from '../core/evidence/tool.ts';
import { evidenceCommand } from './commands/evidence.ts';
import { importCommand } from './commands/importCheck.ts';
import { fmtCommand } from './commands/fmt.ts';
import { initCommand } from './commands/init.ts';
import { reviewCommand } from './commands/review.ts';
import { rulesCommand } from './commands/rules.ts';
import { scanCommand } from './commands/scan.ts';
import { traceCommand } from './commands/trace.ts';
import { EXIT, UsageError, type CliIo } from './io.ts';

/** Adds one command; its action gives the exit code to `finish`. */
export type CommandOf = (io: CliIo, finish: (code: number) => void) => Command;

const COMMANDS: readonly CommandOf[] = [
  fmtCommand,
  initCommand,
  scanCommand,
  traceCommand,
  importCommand,
  reviewCommand,
  rulesCommand,
  evidenceCommand,
];

/**
 * Runs one command line.
 *
 * @param args without the program and its script
 * @returns the exit code: 0 clean, 1 findings or broken links at or above the threshold, 2 wrong usage or configuration
 */
export async function run(args: readonly string[], io: CliIo): Promise<number> {
  let code: number = EXIT.clean;
  const written: { readonly text: string; readonly isError: boolean }[] = [];
  const program = programOf(io, (result) => (code = result));
  eachCommand(program, (command) =>
    command.exitOverride().configureOutput({
      writeOut: (text) => written.push({ text, isError: false }),
      writeErr: (text) => written.push({ text, isError: true }),
      getOutHelpWidth: () => Math.min(io.out.columns, 100),
      getErrHelpWidth: () => Math.min(io.err.columns, 100),
      getOutHasColors: () => io.out.colour,
      getErrHasColors: () => io.err.colour,
    }),
  );
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    code = await codeOfError(error, io);
  }
  for (const { text, isError } of written) await (isError ? io.err : io.out).write(text);
  return code;
}

function programOf(io: CliIo, finish: (code: number) => void): Command {
  const program = new Command('traceward')
    .description(
      'Finds insecure patterns in the code of connected devices and traces security requirements to it.',
    )
    .version(TOOL.version, '-V, --version', 'show the version')
    .helpOption('-h, --help', 'show this help')
    .helpCommand('help [command]', 'show the help of a command')
    .showSuggestionAfterError()
    // Else a command's options would be taken before a command below it is looked at.
    .enablePositionalOptions()
    .addHelpText(
      'after',
      `
Exit codes:
  0  clean
  1  findings or broken links at or above the threshold
  2  wrong usage or configuration

Examples:
  traceward scan                          analyse the current folder
  traceward scan src --format sarif       results for a code host or an editor
  traceward trace                         requirements, threats, code and tests
  traceward evidence --output evidence    everything as files for a reviewer`,
    );
  for (const command of COMMANDS) program.addCommand(command(io, finish));
  return program;
}

function eachCommand(command: Command, act: (command: Command) => void): void {
  act(command);
  for (const inner of command.commands) eachCommand(inner, act);
}

async function codeOfError(error: unknown, io: CliIo): Promise<number> {
  if (error instanceof CommanderError) {
    // Commander has said what is wrong, or has shown the help that was asked for.
    return error.exitCode === 0 ? EXIT.clean : EXIT.wrong;
  }
  if (io.signal.aborted) {
    await io.err.write('Cancelled.\n');
    return EXIT.cancelled;
  }
  if (error instanceof UsageError) {
    await io.err.write(`error: ${error.message}\n`);
    return EXIT.wrong;
  }
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  await io.err.write(`error: Traceward failed, which is a mistake in it: please report this.\n${detail}\n`);
  return EXIT.wrong;
}
