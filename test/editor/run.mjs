// Runs the editor tests through @vscode/test-electron:
//   node test/editor/run.mjs dev        the extension under development, test/editor/suite
//   node test/editor/run.mjs packaged   the .vsix, installed, test/editor/packaged
// Options: --grep=TEXT, --extension=FOLDER (another folder than the repository as the extension under development).
// The editor is desktop VS Code where there is one, otherwise the served one of launcher/launch.mjs.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { runTests } from '@vscode/test-electron';
import { quietSettings } from '../../scripts/editor/serve.mjs';
import { exitOnSignals, temporaryFolder } from '../../scripts/processes.mjs';
import { bundleTests } from './launcher/bundleTests.mjs';
import { findEditor } from './launcher/findEditor.mjs';
import { packageExtension } from './launcher/packageExtension.mjs';
import { isGreen, readReport, removeReport } from './launcher/report.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const example = join(root, 'examples', 'infusion-pump');

const kinds = {
  dev: { suites: 'test/editor/suite', name: 'editor', packaged: false },
  packaged: { suites: 'test/editor/packaged', name: 'editor-packaged', packaged: true },
};

async function main() {
  exitOnSignals();
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { grep: { type: 'string' }, extension: { type: 'string' } },
  });
  const kind = kinds[/** @type {keyof typeof kinds} */ (positionals[0] ?? 'dev')];
  if (kind === undefined)
    throw new Error(`Unknown run: ${positionals[0]}. Known: ${Object.keys(kinds).join(', ')}`);

  const extensionTestsPath = await bundleTests({
    ...kind,
    ...(values.grep === undefined ? {} : { grep: values.grep }),
  });
  const editor = findEditor();
  console.log(`Editor: ${editor.description}`);
  const folders = {
    workspace: temporaryFolder('ws'),
    user: temporaryFolder('user'),
    extensions: temporaryFolder('ext'),
  };
  const workspace = join(folders.workspace, 'infusion-pump');
  cpSync(example, workspace, { recursive: true });
  makeRepository(workspace);
  mkdirSync(join(folders.user, 'User'), { recursive: true });
  writeFileSync(join(folders.user, 'User', 'settings.json'), JSON.stringify(quietSettings));
  const profile = [`--extensions-dir=${folders.extensions}`, `--user-data-dir=${folders.user}`];
  if (kind.packaged) {
    const vsix = await packageExtension();
    console.log(`Installing ${vsix}`);
    const install = spawnSync(editor.commandLine, ['--install-extension', vsix, ...profile], {
      stdio: 'inherit',
    });
    if (install.status !== 0) throw new Error(`${vsix} could not be installed`);
  }

  removeReport(extensionTestsPath);
  const exitCode = await runTests({
    vscodeExecutablePath: editor.executable,
    extensionDevelopmentPath: kind.packaged ? join(root, 'test/editor/harness') : (values.extension ?? root),
    extensionTestsPath,
    launchArgs: [workspace, ...profile],
  }).catch((error) => {
    console.error(error instanceof Error ? error.message : error);
    return 1;
  });
  const report = readReport(extensionTestsPath);
  if (!report.complete) for (const { message } of report.failures) console.error(message);
  return exitCode === 0 && isGreen(report) ? 0 : 1;
}

/** Reviews are signed with the name that git has, and a result of a test belongs to a commit. @param {string} folder */
function makeRepository(folder) {
  for (const args of [
    ['init', '--quiet'],
    ['config', 'user.name', 'R. Viewer'],
    ['config', 'user.email', 'rv@example.org'],
    ['add', '--all'],
    ['commit', '--quiet', '--message', 'The example'],
  ]) {
    const { status } = spawnSync('git', args, { cwd: folder, stdio: 'inherit' });
    if (status !== 0) throw new Error(`git ${args.join(' ')} failed`);
  }
}

main().then(
  (code) => process.exit(code),
  (error) => {
    console.error(error);
    process.exit(1);
  },
);
