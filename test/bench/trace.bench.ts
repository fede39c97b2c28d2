/**
 * The trace of a large project: 10,000 requirements and 20,000 tags over 1,000 C files (8.7 MB), then ten times as many items. Prints how long the
 * command line takes for the first trace, beside reading the files alone, and how long an edit takes until the trace, the
 * problems and the links of its file are there again.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { DEFAULT_CONFIG } from '../../server/src/core/config/projectConfig.ts';
import { ruleSetOf } from '../../server/src/core/rules/ruleSet.ts';
import { createWorkspace } from '../../server/src/core/workspace.ts';
import { grammar, loadLanguages } from '../support/engine.ts';
import { cFile, itemFile } from './traceProject.ts';

const FILES = 1000;
const TAGS_PER_FILE = 20;
const ITEMS_PER_FILE = 500;
const CLI = new URL('../../dist/cli/main.cjs', import.meta.url).pathname;

/** `--items 10000` and `--only edits` or `--only first` make it shorter. */
const option = (name: string) => process.argv[process.argv.indexOf(name) + 1 || process.argv.length];
const sizes = [10_000, 100_000].filter(
  (size) => option('--items') === undefined || option('--items') === String(size),
);
for (const items of sizes) if (option('--only') !== 'edits') measure(items, items === 10_000 ? 3 : 1);
for (const items of sizes) if (option('--only') !== 'first') await edits(items, items === 10_000 ? 60 : 20);

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** The whole command line, in a process of its own. */
function measure(items: number, runs: number): void {
  const root = mkdtempSync(join(tmpdir(), 'traceward-bench-'));
  try {
    for (const folder of ['security', 'src']) mkdirSync(join(root, folder));
    for (let at = 0; at < items / ITEMS_PER_FILE; at++)
      writeFileSync(join(root, 'security', `r${at}.yaml`), itemFile(at, ITEMS_PER_FILE));
    for (let at = 0; at < FILES; at++)
      writeFileSync(join(root, 'src', `f${at}.c`), cFile(at, TAGS_PER_FILE, items));
    let bytes = 0;
    const floor = timed(() => {
      for (const folder of ['security', 'src'])
        for (const name of readdirSync(join(root, folder)))
          bytes += readFileSync(join(root, folder, name)).length;
    });
    const times = Array.from({ length: runs }, () =>
      timed(() => {
        const { status, stderr } = spawnSync(
          process.execPath,
          [CLI, 'trace', '.', '--output', 'out.txt', '--fail-on', 'never'],
          { cwd: root },
        );
        if (status !== 0) throw new Error(String(stderr));
      }),
    ).sort((a, b) => a - b);
    print(
      `first trace: ${items} requirements, ${FILES * TAGS_PER_FILE} tags, ${(bytes / 1e6).toFixed(1)} MB: ${Math.round(times[0] ?? 0)} ms (best of ${runs}); reading the files alone ${Math.round(floor)} ms`,
    );
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

/** An edit in an open file, until everything that the editor shows of it is there again. */
async function edits(items: number, count: number): Promise<void> {
  const languages = await loadLanguages();
  await grammar('c');
  const workspace = createWorkspace({ languages, rules: ruleSetOf([], []), config: DEFAULT_CONFIG });
  for (let at = 0; at < items / ITEMS_PER_FILE; at++)
    workspace.applyChange({ kind: 'file', path: `security/r${at}.yaml`, text: itemFile(at, ITEMS_PER_FILE) });
  for (let at = 0; at < FILES; at++)
    workspace.applyChange({ kind: 'file', path: `src/f${at}.c`, text: cFile(at, TAGS_PER_FILE, items) });
  const codePath = 'src/f7.c';
  let text = cFile(7, TAGS_PER_FILE, items);
  workspace.applyChange({ kind: 'open', path: codePath, text });
  workspace.snapshot();
  const measureEdits = (path: string, what: string, edit: (text: string, at: number) => string) => {
    const times: number[] = [];
    const cpu = process.cpuUsage();
    for (let at = 0; at < count; at++) {
      const changed = edit(text, at);
      times.push(
        timed(() => {
          workspace.applyChange({ kind: 'open', path, text: changed });
          const snapshot = workspace.snapshot();
          if (path === codePath && snapshot.report(path) === undefined) throw new Error(path);
          if (snapshot.trace.linksByPath.get(path) === undefined) throw new Error(path);
        }),
      );
      text = changed;
    }
    const { user, system } = process.cpuUsage(cpu);
    times.sort((a, b) => a - b);
    const share = (part: number) => (times[Math.floor(times.length * part)] ?? 0).toFixed(1);
    print(
      `${what} (${items} items): p50 ${share(0.5)} ms, p95 ${share(0.95)} ms; CPU ${((user + system) / 1000 / count).toFixed(1)} ms each`,
    );
  };
  const report = measureEdits.bind(undefined, codePath);
  report('edit of a tagged function ', (old, at) => old.replace(/value = \d+/, `value = ${at}`));
  report('edit of a tag             ', (old, at) => old.replace(/\[SR-P-\d+\]/, `[SR-P-${at * 3}]`));
  report('edit of a line above all  ', (old) => `\n${old}`);
  const itemPath = 'security/r3.yaml';
  const reportItems = measureEdits.bind(undefined, itemPath);
  text = itemFile(3, ITEMS_PER_FILE);
  workspace.applyChange({ kind: 'open', path: itemPath, text });
  workspace.snapshot();
  reportItems('edit of a word of an item ', (old, at) => old.replace(/what \w+/, `what ${at}th`));
  reportItems('edit of a line above items', (old) => `\n${old}`);
  workspace.dispose();
}

function timed(run: () => void): number {
  const started = performance.now();
  run();
  return performance.now() - started;
}
