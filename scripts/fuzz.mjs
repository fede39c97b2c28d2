// Checks the properties again and again on new random values, until the time is up or one does not hold.
//   npm run fuzz                        for five minutes
//   npm run fuzz -- --minutes 60 match  only test files whose path has this text
//   npm run fuzz -- --seed 123          once, with a seed that an earlier run printed
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureBuilt, ensureInstalled, root } from './setup.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { minutes: { type: 'string', default: '5' }, seed: { type: 'string' } },
});
const minutes = Number(values.minutes);
if (!(minutes > 0) || (values.seed !== undefined && !Number.isSafeInteger(Number(values.seed)))) {
  console.error('--minutes is a number above 0, --seed an integer.');
  process.exit(2);
}

await ensureInstalled();
await ensureBuilt();
const files = readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' })
  .map((path) => `test/${path.replaceAll('\\', '/')}`)
  .filter((path) => path.endsWith('.test.ts') && positionals.every((text) => path.includes(text)))
  .filter((path) => readFileSync(join(root, path), 'utf8').includes("from 'fast-check'"))
  .sort();
if (files.length === 0) {
  console.error(`No test file with properties has ${positionals.join(' and ')} in its path.`);
  process.exit(2);
}

const end = Date.now() + minutes * 60_000;
let rounds = 0;
do {
  const seed = values.seed ?? String(Math.floor(Math.random() * 2 ** 31));
  const { status, stdout } = spawnSync(
    process.execPath,
    ['node_modules/mocha/bin/mocha.js', '--timeout=600000', '--reporter=dot', ...files],
    { cwd: root, encoding: 'utf8', env: { ...process.env, TRACEWARD_SEED: seed } },
  );
  rounds++;
  if (status !== 0) {
    console.log(stdout);
    console.log(`Round ${rounds} failed. Again: npm run fuzz -- --seed ${seed} ${positionals.join(' ')}`);
    process.exit(1);
  }
  console.log(`Round ${rounds}, seed ${seed}: all properties of ${files.length} files hold.`);
} while (values.seed === undefined && Date.now() < end);
