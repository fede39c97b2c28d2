#!/usr/bin/env node
// Takes the command line of desktop VS Code and does what it asks with a served VS Code and a headless browser, so that
// @vscode/test-electron runs unchanged where no desktop can be had:
//   runTests({ vscodeExecutablePath: '<this file>', extensionDevelopmentPath, extensionTestsPath, launchArgs })
// Exit code 0 only when the tests wrote a fresh report with at least one passed test and no failed one.
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { format } from 'node:util';
import { ensureChromium } from '../../../scripts/editor/chromium.mjs';
import { ensureCodeServer } from '../../../scripts/editor/codeServer.mjs';
import { installExtension, pageUrl, remoteUri, startCodeServer } from '../../../scripts/editor/serve.mjs';
import { openSession } from '../../../scripts/editor/session.mjs';
import { exitOnSignals, temporaryFolder } from '../../../scripts/processes.mjs';
import { readCommandLine } from './commandLine.mjs';
import { isGreen, readReport, removeReport } from './report.mjs';

const timeoutMs = Number(process.env['TRACEWARD_EDITOR_TIMEOUT_MS'] ?? 300_000);
/** After the extension host is lost the page may stay open for ever, or end with exit code 0. */
const lostHost = /Extension host .*(terminated unexpectedly|crashed)/i;
/** Marks the lines of runMocha.ts in the editor's chatty console; the rest goes to a file. */
const testLine = /^\[mocha\] /;
const log = (/** @type {string} */ line) => console.log(line);

/**
 * @param {import('./commandLine.mjs').CommandLine} asked
 * @param {string} testsPath
 * @returns {Promise<string | undefined>} what went wrong outside the tests
 */
async function runTestsInPage(asked, testsPath) {
  const serverMain = await ensureCodeServer(log);
  const browser = await ensureChromium(log);
  const server = await startCodeServer({
    serverMain,
    dataDir: temporaryFolder('data'),
    extensionsDir: asked.extensionsDir ?? temporaryFolder('ext'),
    userSettings: desktopSettings(asked.userDataDir),
    trustAll: asked.trustAll,
  });
  try {
    const session = await openSession(browser);
    try {
      return await Promise.race([
        exitOfTests(session.page, server, asked, testsPath),
        session.broken,
        server.ended.then(() => "the editor's server ended"),
        deadline(),
      ]);
    } finally {
      await session.close();
    }
  } finally {
    await server.stop();
  }
}

/**
 * @param {import('playwright-core').Page} page
 * @param {import('../../../scripts/editor/serve.mjs').Server} server
 * @param {import('./commandLine.mjs').CommandLine} asked
 * @param {string} testsPath
 * @returns {Promise<string | undefined>}
 */
async function exitOfTests(page, server, asked, testsPath) {
  /** @type {Promise<string | undefined>} */
  const exit = new Promise((done) => {
    const onExit = (/** @type {number} */ code) =>
      done(code === 0 ? undefined : `the tests ended with code ${code}`);
    void page.exposeFunction('codeAutomationExit', onExit);
    page.on('console', (message) => {
      if (lostHost.test(message.text())) done('the extension host died');
    });
  });
  const logFile = editorLog(testsPath);
  await page.exposeFunction(
    'codeAutomationLog',
    (/** @type {string} */ type, /** @type {unknown[]} */ args) => {
      const text = format(...args);
      if (testLine.test(text)) log(text.replace(testLine, ''));
      else appendFileSync(logFile, `${type}: ${text}\n`);
    },
  );
  const payload = [
    ...asked.developmentPaths.map((path) => ['extensionDevelopmentPath', remoteUri(server, resolve(path))]),
    ['extensionTestsPath', remoteUri(server, testsPath)],
    ['skipWelcome', 'true'],
  ];
  const folder = asked.folder === undefined ? undefined : resolve(asked.folder);
  await page.goto(pageUrl(server, { folder, payload: /** @type {[string, string][]} */ (payload) }));
  return exit;
}

/** @param {string} testsPath */
function editorLog(testsPath) {
  return join(dirname(testsPath), 'editor.log');
}

/** Settings stand where the desktop looks for them. @param {string | undefined} userDataDir */
function desktopSettings(userDataDir) {
  const path = userDataDir === undefined ? undefined : join(userDataDir, 'User', 'settings.json');
  return path !== undefined && existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {};
}

/** @returns {Promise<string>} */
function deadline() {
  return new Promise((done) => {
    setTimeout(() => done(`the tests did not end in ${timeoutMs / 1000} seconds`), timeoutMs).unref();
  });
}

/** Whoever asked for the tests may be killed without a word to us: then nobody waits for the answer. */
function exitWithParent() {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) process.exit(1);
  }, 500).unref();
}

async function main() {
  exitOnSignals();
  exitWithParent();
  const asked = readCommandLine(process.argv.slice(2));
  if (asked.installExtension !== undefined) {
    const extensionsDir = asked.extensionsDir;
    if (extensionsDir === undefined) throw new Error('--install-extension needs --extensions-dir');
    const vsix = resolve(asked.installExtension);
    await installExtension({
      serverMain: await ensureCodeServer(log),
      dataDir: temporaryFolder('data'),
      extensionsDir,
      vsix,
    });
    return 0;
  }
  if (asked.testsPath === undefined) throw new Error('--extensionTestsPath= is missing');
  const testsPath = resolve(asked.testsPath);
  removeReport(testsPath);
  writeFileSync(editorLog(testsPath), '');
  const problem = await runTestsInPage(asked, testsPath);
  const report = readReport(testsPath);
  if (problem !== undefined) console.error(`Editor: ${problem}`);
  console.log(`Editor: ${report.passed} passed, ${report.failed} failed`);
  if (problem === undefined && isGreen(report)) return 0;
  console.error(`What the editor said is in ${editorLog(testsPath)}`);
  return 1;
}

main().then(
  (code) => process.exit(code),
  (error) => {
    console.error(error);
    process.exit(1);
  },
);
