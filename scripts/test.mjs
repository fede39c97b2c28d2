// `npm test`: sets up what is missing, runs every stage, ends with one line `N passed, N failed`.
//   npm test -- unit rules          only these stages
//   npm test -- unit --grep=hover   only the tests whose title has this text
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { exitOnSignals, runToEnd } from './processes.mjs';
import { ensureBuilt, ensureInstalled, root } from './setup.mjs';

const minute = 60_000;

/**
 * One stage is one program: a check (passes or fails as a whole), or tests that write a report.
 * @typedef {object} Stage
 * @property {string} name
 * @property {readonly string[]} command arguments of node
 * @property {string} [report] path of the JSON report; none: a check
 * @property {boolean} [takesGrep]
 * @property {boolean} [needsBundles] not run when the build failed, which is a failure of its own
 * @property {number} timeoutMs after it the stage and all it started are ended, and it has failed
 */

/** @type {readonly Stage[]} in the order in which they run: quick answers first */
const stages = [
  { name: 'types', command: ['node_modules/typescript/bin/tsc', '--build'], timeoutMs: 5 * minute },
  {
    name: 'lint',
    command: ['node_modules/eslint/bin/eslint.js', '.', '--max-warnings', '0'],
    timeoutMs: 5 * minute,
  },
  {
    name: 'format',
    command: ['node_modules/prettier/bin/prettier.cjs', '--check', '.'],
    timeoutMs: 3 * minute,
  },
  mochaStage('unit'),
  mochaStage('rules'),
  { ...mochaStage('lsp'), needsBundles: true },
  { ...mochaStage('cli'), needsBundles: true },
  { ...mochaStage('webview'), needsBundles: true },
  editorStage('editor', 'dev', 'out/editor/report.json'),
  editorStage('packaged', 'packaged', 'out/editor-packaged/report.json'),
];

/** @param {string} name of the folder in test/ @returns {Stage} */
function mochaStage(name) {
  const report = `out/reports/${name}.json`;
  const options = ['--forbid-only', '--timeout=30000', '--reporter=json'];
  const command = [
    'node_modules/mocha/bin/mocha.js',
    ...options,
    `--reporter-option=output=${report}`,
    `test/${name}/**/*.test.{ts,mjs}`,
  ];
  return { name, command, report, takesGrep: true, timeoutMs: 10 * minute };
}

/** @param {string} name @param {string} run @param {string} report @returns {Stage} */
function editorStage(name, run, report) {
  const command = ['test/editor/run.mjs', run];
  return { name, command, report, takesGrep: true, needsBundles: true, timeoutMs: 10 * minute };
}

/**
 * @typedef {object} Outcome
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 * @property {readonly string[]} details for people, when something failed
 */

/**
 * @param {Stage} stage
 * @param {string | undefined} grep
 * @returns {Promise<Outcome>}
 */
async function runStage(stage, grep) {
  const report = stage.report === undefined ? undefined : join(root, stage.report);
  if (report !== undefined) {
    rmSync(report, { force: true }); // so that a report found afterwards is this run's
    mkdirSync(dirname(report), { recursive: true });
  }
  const args = [
    ...stage.command,
    ...(grep !== undefined && stage.takesGrep === true ? [`--grep=${grep}`] : []),
  ];
  const run = await runToEnd(process.execPath, args, { cwd: root, timeoutMs: stage.timeoutMs });
  const problem = run.timedOut
    ? `did not end in ${stage.timeoutMs / minute} minutes`
    : `ended with code ${run.code}`;
  const broken = run.timedOut || run.code !== 0;
  if (report === undefined) {
    return {
      passed: broken ? 0 : 1,
      failed: broken ? 1 : 0,
      skipped: 0,
      details: broken ? [problem, run.output] : [],
    };
  }
  const counts = readCounts(report);
  if (counts === undefined) {
    return { passed: 0, failed: 1, skipped: 0, details: [`${problem} and left no report`, run.output] };
  }
  if (broken && counts.failed === 0) return { ...counts, failed: 1, details: [problem, run.output] };
  if (counts.passed + counts.failed === 0)
    return { ...counts, failed: 1, details: ['ran no test', run.output] };
  return counts;
}

/**
 * Reads Mocha's own JSON report, and the editor tests'.
 * @param {string} path
 * @returns {Outcome | undefined}
 */
function readCounts(path) {
  if (!existsSync(path)) return undefined;
  const report = JSON.parse(readFileSync(path, 'utf8'));
  const { passed, failed } = report;
  /** @type {{ fullTitle?: string, title?: string, message?: string, err?: { stack?: string, message?: string } }[]} */
  const failures = report.failures ?? [];
  const details = failures.map(({ fullTitle, title, message, err }) => {
    return `${fullTitle ?? title ?? ''}\n${indent(message ?? err?.stack ?? err?.message ?? '')}`;
  });
  const { passes = passed, failures: failedTests = failed, pending = 0 } = report.stats ?? {};
  if (!Number.isInteger(passes) || !Number.isInteger(failedTests)) return undefined;
  return { passed: passes, failed: failedTests, skipped: pending, details };
}

/** @param {string} text */
function indent(text) {
  return text
    .trim()
    .split('\n')
    .map((line) => `    ${line}`)
    .join('\n');
}

/** @param {Stage} stage @param {Outcome} outcome @param {number} startedAt */
function summary(stage, { passed, failed, skipped }, startedAt) {
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  const tests = stage.report === undefined ? '' : `${passed + failed} tests, `;
  const notRun = skipped === 0 ? '' : `${skipped} skipped, `;
  return `${stage.name.padEnd(9)} ${failed === 0 ? 'ok    ' : 'FAILED'} ${tests}${notRun}${seconds} s`;
}

async function main() {
  exitOnSignals();
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { grep: { type: 'string' } },
  });
  const names = stages.map(({ name }) => name);
  const unknown = positionals.filter((name) => !names.includes(name));
  if (unknown.length > 0) {
    console.error(`Unknown stage: ${unknown.join(', ')}. Known: ${names.join(', ')}`);
    return 2;
  }
  let passed = 0;
  let failed = 0;
  try {
    await ensureInstalled();
    const buildProblem = await ensureBuilt().catch((/** @type {unknown} */ error) => error);
    if (buildProblem !== undefined) {
      failed++;
      console.error(buildProblem instanceof Error ? buildProblem.message : buildProblem);
    }
    for (const stage of stages) {
      if (positionals.length > 0 && !positionals.includes(stage.name)) continue;
      if (buildProblem !== undefined && stage.needsBundles === true) {
        console.log(`${stage.name.padEnd(9)} not run, as there are no bundles`);
        continue;
      }
      const startedAt = performance.now();
      const outcome = await runStage(stage, values.grep);
      console.log(summary(stage, outcome, startedAt));
      for (const detail of outcome.details) console.log(indent(detail));
      passed += outcome.passed;
      failed += outcome.failed;
    }
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    failed++;
  }
  console.log(`${passed} passed, ${failed} failed`);
  return failed === 0 && passed > 0 ? 0 : 1;
}

process.exitCode = await main();
