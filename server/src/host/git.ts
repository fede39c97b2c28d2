import { execFile } from 'node:child_process';
import { tmpdir } from 'node:os';

const TIMEOUT_MS = 10_000;
const MAX_OUTPUT_BYTES = 64 * 1024 * 1024;

/**
 * Switches that keep git from starting anything that a repository's own configuration names: hooks, file-system monitors,
 * signature checkers, pagers, transports.
 */
const SAFE_FLAGS = [
  ...['-c', 'core.fsmonitor=false'],
  ...['-c', 'core.hooksPath=/dev/null'],
  ...['-c', 'core.pager='],
  ...['-c', 'log.showSignature=false'],
  ...['-c', 'protocol.allow=never'],
  '--no-optional-locks',
  '--no-pager',
];

/** What a command line may begin with: commands that only read, and that run no filter or external diff. */
const READING_COMMANDS = new Set(['rev-parse', 'log', 'ls-tree', 'ls-files', 'var', 'cat-file']);

/** Output of a git command in `folder`; undefined without git, outside a repository, on any error or after ten seconds. */
export async function runGit(folder: string, args: readonly string[]): Promise<string | undefined> {
  return (await gitBytes(folder, args))?.toString('utf8');
}

/**
 * The same with the output as it is. `cat-file` writes objects as they are stored: without the options that it must not be given here, no
 * filter of the repository is run.
 *
 * @param input for the standard input
 */
export function gitBytes(
  folder: string,
  args: readonly string[],
  input?: string,
): Promise<Buffer | undefined> {
  const refused =
    !READING_COMMANDS.has(args[0] ?? '') ||
    args.some((arg) => arg.startsWith('--textconv') || arg.startsWith('--filters'));
  if (refused) return Promise.resolve(undefined);
  return new Promise((resolve) => {
    const child = execFile(
      'git',
      [...SAFE_FLAGS, '-C', folder, ...args],
      {
        // Not the workspace: some systems look for the program in the current folder first.
        cwd: tmpdir(),
        encoding: 'buffer',
        timeout: TIMEOUT_MS,
        maxBuffer: MAX_OUTPUT_BYTES,
        windowsHide: true,
        env: {
          ...process.env,
          GIT_OPTIONAL_LOCKS: '0',
          GIT_TERMINAL_PROMPT: '0',
          GIT_NO_LAZY_FETCH: '1',
          LC_ALL: 'C',
        },
      },
      // Nothing to tell apart: no git, no repository and a refusal all mean that there is no commit to name.
      (error, stdout) => resolve(error === null ? stdout : undefined),
    );
    // A git that ends early closes its input; its exit code tells that already.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(input ?? '');
  });
}
