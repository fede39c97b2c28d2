// Runs the benchmarks, bundled as the product is: each prints ratios against a floor measured in the same run.
//   npm run bench [-- NAME...] [OPTION...]      names: edit, rules, scan, trace; options go to the benchmarks (see the head of each)
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import * as esbuild from 'esbuild';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const folder = path.join(root, 'test/bench');
const given = process.argv.slice(2);
const firstOption = given.findIndex((each) => each.startsWith('-'));
const wanted = firstOption < 0 ? given : given.slice(0, firstOption);
const options = firstOption < 0 ? [] : given.slice(firstOption);
const files = readdirSync(folder).filter((file) => file.endsWith('.bench.ts'));
const chosen = files.filter((file) => wanted.length === 0 || wanted.includes(file.replace('.bench.ts', '')));
let failed = chosen.length === 0;
for (const file of chosen) {
  // As deep as the source, so that what is relative to it is found.
  const bundle = path.join(root, 'dist/bench', file.replace(/\.ts$/, '.mjs'));
  await esbuild.build({
    entryPoints: [path.join(folder, file)],
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'es2022',
    packages: 'external',
    outfile: bundle,
    logLevel: 'warning',
  });
  const { status } = spawnSync(process.execPath, [bundle, ...options], { cwd: root, stdio: 'inherit' });
  failed ||= status !== 0;
}
process.exitCode = failed ? 1 : 0;
