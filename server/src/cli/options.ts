import { InvalidArgumentError, Option } from 'commander';

import { SEVERITIES, type Severity } from '../core/base/severity.ts';

/** Threshold of an exit code: the least severity that counts, or none. */
export type FailOn = Severity | 'never';

export function formatOption(formats: readonly string[]): Option {
  return new Option('-f, --format <format>', 'how to print the result').choices(formats).default(formats[0]);
}

export function outputOption(): Option {
  return new Option('-o, --output <file>', 'write the result to a file instead of the standard output');
}

export function rulesOption(): Option {
  return new Option(
    '-r, --rules <path>',
    'rule file, or folder of them, in place of the built-in rules (repeatable)',
  )
    .argParser((path: string, before: readonly string[]) => [...before, path])
    .default([], 'built-in rules');
}

export function severityOption(): Option {
  return new Option('-s, --severity <severity>', 'report only findings at least this severe')
    .choices(SEVERITIES)
    .default('info');
}

export function failOnOption(fallback: FailOn): Option {
  return new Option('--fail-on <severity>', 'exit with 1 from this severity on')
    .choices([...SEVERITIES, 'never'])
    .default(fallback);
}

export function noConfigOption(): Option {
  return new Option('--no-config', 'ignore traceward.yaml');
}

export function noIgnoreOption(): Option {
  return new Option('--no-ignore', 'analyse ignored, excluded and test files too');
}

/** Takes words between commas, each of which must be one of the choices. */
export function wordsOf<Word extends string>(choices: readonly Word[]): (text: string) => readonly Word[] {
  return (text) =>
    text.split(',').map((written) => {
      const word = choices.find((each) => each === written.trim());
      if (word === undefined) {
        throw new InvalidArgumentError(`Allowed words, with commas between, are ${choices.join(', ')}.`);
      }
      return word;
    });
}

export function cacheOption(): Option {
  return new Option(
    '--cache <folder>',
    'keep what was found in each file, and take it from there while nothing changes',
  );
}

/** More threads than any machine has use for; each holds the parser and the compiled rules. */
const MAX_JOBS = 64;

export function jobsOption(): Option {
  return new Option(
    '-j, --jobs <n>',
    'threads that analyse files; 1 for none beside the own (default: as many as help, at most 8)',
  ).argParser((value) => {
    const jobs = /^\d{1,3}$/.test(value) ? Number(value) : 0;
    if (jobs < 1 || jobs > MAX_JOBS) throw new InvalidArgumentError(`Give a number from 1 to ${MAX_JOBS}.`);
    return jobs;
  });
}
