// Runs the benchmarks: each prints ratios against a floor measured in the same run.
//   npm run bench [-- NAME...]      names: edit
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const folder = path.join(root, 'test/bench');
const wanted = process.argv.slice(2);
const files = readdirSync(folder).filter((file) => file.endsWith('.bench.ts'));
const chosen = files.filter((file) => wanted.length === 0 || wanted.includes(file.replace('.bench.ts', '')));
let failed = chosen.length === 0;
for (const file of chosen) {
  const { status } = spawnSync(process.execPath, ['--import', 'tsx', path.join(folder, file)], {
    cwd: root,
    stdio: 'inherit',
  });
  failed ||= status !== 0;
}
process.exitCode = failed ? 1 : 0;
