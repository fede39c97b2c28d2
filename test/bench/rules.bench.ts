/**
 * What rules cost: rule sets of several sizes over a corpus, beside the bare parse of the same files and beside ast-grep with rules of equal
 * meaning. Each run is a process of its own that starts cold, with two threads; the medians are shown. Finding counts stand side by side: where they
 * are far apart, the times say nothing.
 *
 * Usage: npm run bench -- rules [--corpus FOLDER]... [--runs N] [--counts 1,10,150,400]
 */
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { median, print, run, seconds } from './measure.ts';
import { ourFile, ruleSet, theirFile, type BenchLanguage } from './ruleSets.ts';

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const MAX_FILE_BYTES = 1_000_000;
const LANGUAGE_OF: Readonly<Record<string, BenchLanguage>> = {
  '.c': 'c',
  '.h': 'c',
  '.py': 'python',
  '.js': 'javascript',
};

const { values } = parseArgs({
  options: {
    corpus: { type: 'string', multiple: true },
    runs: { type: 'string', default: '3' },
    counts: { type: 'string', default: '1,10,150,400' },
  },
});
const corpora = values.corpus ?? [path.join(ROOT, 'examples'), path.join(ROOT, 'rules')];
const runs = Number(values.runs);

const scratch = mkdtempSync(path.join(tmpdir(), 'traceward-bench-'));
try {
  main();
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

function main(): void {
  const { files, folder } = gather();
  const languages = [...new Set(files.map(([language]) => language))].sort();
  const list = path.join(scratch, 'files.json');
  writeFileSync(list, JSON.stringify(files));
  const parse = median(runs, () =>
    run(
      process.execPath,
      [path.join(ROOT, 'test/bench/bareParse.mjs'), path.join(ROOT, 'dist/assets'), list],
      { cwd: scratch },
    ),
  );
  print(
    `${files.length} files, ${(Number(parse.out) / 1e6).toFixed(1)} MB, ${languages.join(', ')}; medians of ${runs}.`,
  );
  print(`Bare parse, one thread: ${seconds(parse.wall)} wall, ${seconds(parse.cpu)} CPU.\n`);
  print(
    '| Rules | Wall | CPU | ast-grep: wall | CPU | Ratio of wall | of CPU | CPU beyond the parse, in parses | Findings | ast-grep’s |',
  );
  print(
    '| ----- | ---- | --- | -------------- | --- | ------------- | ------ | ------------------------------- | -------- | ---------- |',
  );
  for (const count of values.counts.split(',').map(Number)) {
    const rules = ruleSet(count, languages);
    const ours = path.join(scratch, `rules-${count}.yaml`);
    const theirs = path.join(scratch, `sg-${count}`);
    mkdirSync(path.join(theirs, 'rules'), { recursive: true });
    writeFileSync(ours, ourFile(rules));
    writeFileSync(path.join(theirs, 'rules/all.yml'), theirFile(rules));
    writeFileSync(path.join(theirs, 'sgconfig.yml'), 'ruleDirs: [rules]\n');
    const mine = median(runs, () =>
      run(
        process.execPath,
        [
          path.join(ROOT, 'dist/cli/main.cjs'),
          ...['scan', '--no-config', '--no-ignore', '--fail-on', 'never', '--format', 'json', '--jobs', '2'],
          ...['--rules', ours, folder],
        ],
        { cwd: scratch },
      ),
    );
    // It ends with 1 when a rule of severity error finds something; ours are warnings.
    const peer = median(runs, () =>
      run(
        astGrep(),
        [
          ...[
            'scan',
            '--config',
            path.join(theirs, 'sgconfig.yml'),
            '--no-ignore',
            'hidden',
            '--no-ignore',
            'vcs',
          ],
          ...['--threads', '2', '--json=stream', folder],
        ],
        { cwd: scratch },
      ),
    );
    const beyond = (mine.cpu - parse.cpu) / parse.cpu;
    print(
      `| ${count} | ${seconds(mine.wall)} | ${seconds(mine.cpu)} | ${seconds(peer.wall)} | ${seconds(peer.cpu)} ` +
        `| ${(mine.wall / peer.wall).toFixed(2)} | ${(mine.cpu / peer.cpu).toFixed(2)} | ${beyond.toFixed(2)} ` +
        `| ${findingsOf(mine.out)} | ${peer.out.split('\n').filter((line) => line !== '').length} |`,
    );
  }
}

/** The files of the corpora that both tools know, in one folder, so that both are given the same. */
function gather(): {
  readonly files: readonly (readonly [BenchLanguage, string])[];
  readonly folder: string;
} {
  const folder = path.join(scratch, 'corpus');
  const files = corpora.flatMap((corpus, index) =>
    readdirSync(corpus, { recursive: true, withFileTypes: true }).flatMap((entry) => {
      const language = LANGUAGE_OF[path.extname(entry.name)];
      const from = path.join(entry.parentPath, entry.name);
      if (language === undefined || !entry.isFile() || statSync(from).size > MAX_FILE_BYTES) return [];
      const to = path.join(folder, String(index), path.relative(corpus, from));
      mkdirSync(path.dirname(to), { recursive: true });
      writeFileSync(to, readFileSync(from));
      return [[language, to] as const];
    }),
  );
  if (files.length === 0) throw new Error('The corpus has no file of C, Python or JavaScript.');
  return { files, folder };
}

/** The program itself: the package's own command is a script that starts it. */
function astGrep(): string {
  const { resolve } = createRequire(createRequire(import.meta.url).resolve('@ast-grep/cli/package.json'));
  const libc = process.platform === 'linux' ? '-gnu' : process.platform === 'win32' ? '-msvc' : '';
  const name = `@ast-grep/cli-${process.platform}-${process.arch}${libc}`;
  return path.join(
    path.dirname(resolve(`${name}/package.json`)),
    `ast-grep${process.platform === 'win32' ? '.exe' : ''}`,
  );
}

function findingsOf(json: string): number {
  return (JSON.parse(json) as { findings: readonly unknown[] }).findings.length;
}
