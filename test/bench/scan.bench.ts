/**
 * What a cold scan with all built-in rules costs: C and C++ of a folder, beside the bare parse of the same files, cppcheck and the analyzer of gcc. Each run
 * is a process of its own that starts cold; the medians are shown. The peers look for other things, so the times say how long one waits, not who does
 * more. A peer that is not installed is left out, and said so.
 *
 * Usage: npm run bench -- scan --corpus FOLDER [--runs N] [--jobs 1,2] [--without cppcheck,gcc]
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { median, print, run, seconds, type Cost } from './measure.ts';

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const LANGUAGE_OF: Readonly<Record<string, 'c' | 'cpp'>> = {
  '.c': 'c',
  '.h': 'c',
  '.cc': 'cpp',
  '.cpp': 'cpp',
  '.cxx': 'cpp',
  '.hpp': 'cpp',
};

const { values } = parseArgs({
  options: {
    corpus: { type: 'string', default: path.join(ROOT, 'examples') },
    runs: { type: 'string', default: '3' },
    jobs: { type: 'string', default: '1,2' },
    without: { type: 'string', default: '' },
  },
});
const corpus = path.resolve(values.corpus);
const runs = Number(values.runs);
const jobs = values.jobs.split(',').map(Number);

const scratch = mkdtempSync(path.join(tmpdir(), 'traceward-bench-'));
try {
  main();
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

function main(): void {
  const files = sources();
  if (files.length === 0) throw new Error(`${corpus} has no file of C or C++.`);
  const lines = files.reduce((sum, { file }) => sum + readFileSync(file, 'latin1').split('\n').length - 1, 0);
  const list = path.join(scratch, 'files.json');
  writeFileSync(list, JSON.stringify(files.map(({ language, file }) => [language, file])));
  const parse = measured([path.join(ROOT, 'test/bench/bareParse.mjs'), path.join(ROOT, 'dist/assets'), list]);
  print(`${files.length} files of C and C++, ${(lines / 1000).toFixed(1)} KLOC; medians of ${runs}.\n`);
  print('| Program | Threads | Wall | CPU | KLOC/s | Wall in bare parses | CPU in bare parses |');
  print('| ------- | ------- | ---- | --- | ------ | ------------------- | ------------------ |');
  const row = (program: string, threads: number, { wall, cpu }: Cost): void => {
    print(
      `| ${program} | ${threads} | ${seconds(wall)} | ${seconds(cpu)} | ${(lines / wall).toFixed(1)} ` +
        `| ${(wall / parse.wall).toFixed(2)} | ${(cpu / parse.cpu).toFixed(2)} |`,
    );
  };
  row('bare parse', 1, parse);
  for (const count of jobs) row('traceward scan', count, measured(ours(count)));
  if (isThere('cppcheck')) {
    for (const count of jobs)
      row(
        'cppcheck',
        count,
        median(runs, () => cppcheck(count)),
      );
  }
  const translated = files.map(({ file }) => file).filter((file) => file.endsWith('.c'));
  if (translated.length > 0 && isThere('gcc')) {
    const folders = [...new Set(files.map(({ file }) => path.dirname(file)))];
    const compiled = translated.filter((file) => compiles(file, folders));
    print(
      `\ngcc -fanalyzer takes ${compiled.length} of ${translated.length} files of C: the others do not compile as they stand.`,
    );
    if (compiled.length > 0)
      row(
        'gcc -fanalyzer',
        1,
        median(runs, () => gcc(compiled, folders)),
      );
  }
}

function sources(): readonly { readonly language: 'c' | 'cpp'; readonly file: string }[] {
  return readdirSync(corpus, { recursive: true, withFileTypes: true })
    .flatMap((entry) => {
      const language = LANGUAGE_OF[path.extname(entry.name)];
      if (language === undefined || !entry.isFile()) return [];
      return [{ language, file: path.join(entry.parentPath, entry.name) }];
    })
    .sort((a, b) => (a.file < b.file ? -1 : 1));
}

/** Node with arguments. */
function measured(args: readonly string[]): Cost {
  return median(runs, () => run(process.execPath, args, { cwd: scratch }));
}

function ours(count: number): readonly string[] {
  return [
    path.join(ROOT, 'dist/cli/main.cjs'),
    ...['scan', '--no-config', '--no-ignore', '--fail-on', 'never', '--format', 'json'],
    ...['--output', path.join(scratch, 'out.json'), '--jobs', String(count), corpus],
  ];
}

/** As many configurations as a file has views here. */
function cppcheck(count: number): Cost {
  return run('cppcheck', ['--quiet', '--enable=warning', '--max-configs=4', '-j', String(count), corpus], {
    cwd: scratch,
  });
}

/** One file after the other, as each is a program of its own. */
function gcc(files: readonly string[], folders: readonly string[]): Cost {
  let [wall, cpu] = [0, 0];
  for (const file of files) {
    const cost = run('gcc', ['-fanalyzer', ...compile(file, folders)], { cwd: scratch });
    wall += cost.wall;
    cpu += cost.cpu;
  }
  return { wall, cpu, out: '' };
}

function compiles(file: string, folders: readonly string[]): boolean {
  return spawnSync('gcc', ['-fsyntax-only', ...compile(file, folders)], { cwd: scratch }).status === 0;
}

function compile(file: string, folders: readonly string[]): readonly string[] {
  return ['-w', '-c', '-o', path.join(scratch, 'out.o'), ...folders.map((each) => `-I${each}`), file];
}

function isThere(peer: string): boolean {
  if (values.without.split(',').includes(peer)) return false;
  const { error } = spawnSync(peer, ['--version']);
  if (error !== undefined) print(`\n${peer} is not installed here: it is left out.\n`);
  return error === undefined;
}
