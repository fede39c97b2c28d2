// Programs that are started by the scripts end in time, and leave nothing running.
import { strict as assert } from 'node:assert';
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { describe, it } from 'mocha';
import { readCommandLine } from '../../editor/launcher/commandLine.mjs';
import { runToEnd } from '../../../scripts/processes.mjs';

/** A program that starts another one, prints its id and then does not end. */
const parentOfSleeper = `
  const child = require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' });
  console.log(child.pid);
`;

const isUnix = process.platform !== 'win32';

describe('runToEnd', () => {
  it('gives the exit code and what was printed', async () => {
    const script = 'console.log("out"); console.error("err"); process.exit(3)';
    const run = await runToEnd(process.execPath, ['-e', script], { timeoutMs: 10_000 });
    assert.equal(run.code, 3);
    assert.equal(run.timedOut, false);
    assert.match(run.output, /out/);
    assert.match(run.output, /err/);
  });

  it('counts a program that died by a signal as failed', async () => {
    const run = await runToEnd(process.execPath, ['-e', 'process.kill(process.pid, "SIGKILL")'], {
      timeoutMs: 10_000,
    });
    assert.notEqual(run.code, 0);
  });

  it('ends a program and its children when the time is over', async function () {
    if (!isUnix) this.skip();
    const script = `${parentOfSleeper}; setInterval(() => {}, 1000)`;
    const run = await runToEnd(process.execPath, ['-e', script], { timeoutMs: 500 });
    assert.equal(run.timedOut, true);
    assert.notEqual(run.code, 0);
    await assertGone(Number(run.output));
  });

  it('ends what a program left running', async function () {
    if (!isUnix) this.skip();
    const run = await runToEnd(process.execPath, ['-e', `${parentOfSleeper}; child.unref()`], {
      timeoutMs: 10_000,
    });
    assert.equal(run.code, 0);
    await assertGone(Number(run.output));
  });

  it('does not outlive whoever called it, even one that was killed', async function () {
    if (!isUnix) this.skip();
    const module = new URL('../../../scripts/processes.mjs', import.meta.url).href;
    const script = `
      import { runToEnd } from ${JSON.stringify(module)};
      await runToEnd(process.execPath, ['-e', 'console.log(process.pid); setInterval(() => {}, 1000)'], {
        timeoutMs: 60_000, onOutput: (text) => process.stdout.write(text),
      });`;
    const caller = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const pid = Number(await new Promise((resolve) => caller.stdout.once('data', resolve)));
    assert.ok(pid > 0);
    caller.kill('SIGKILL');
    await assertGone(pid);
  });
});

describe('the launcher reads the command line of desktop VS Code', () => {
  it('takes values after = and after a space, and ignores what only the desktop knows', () => {
    const asked = readCommandLine([
      '/ws',
      '--extensions-dir=/ext',
      '--user-data-dir',
      '/user',
      '--no-sandbox',
      '--disable-workspace-trust',
      '--extensionTestsPath=/out/index.cjs',
      '--extensionDevelopmentPath=/a',
      '--extensionDevelopmentPath=/b',
    ]);
    assert.deepEqual(asked, {
      developmentPaths: ['/a', '/b'],
      testsPath: '/out/index.cjs',
      extensionsDir: '/ext',
      userDataDir: '/user',
      installExtension: undefined,
      trustAll: true,
      folder: '/ws',
    });
  });
});

/** @param {number} pid */
async function assertGone(pid) {
  assert.ok(Number.isInteger(pid) && pid > 0);
  for (let tries = 0; tries < 50; tries++) {
    if (!isRunning(pid)) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  process.kill(pid, 'SIGKILL');
  assert.fail(`process ${pid} is still running`);
}

/** A process that nobody has waited for yet (in a container without an init) is a zombie: it does not run. */
function isRunning(/** @type {number} */ pid) {
  try {
    process.kill(pid, 0);
    const status = `/proc/${pid}/status`;
    return !existsSync('/proc/self/status') || !/^State:\s+Z/m.test(readFileSync(status, 'utf8'));
  } catch {
    return false; // no such process
  }
}
