// Starts VS Code's server on the loopback interface and ends it again.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { endGroup, runToEnd, signalGroup, startGuarded } from '../processes.mjs';

const host = '127.0.0.1';

/** Quiet: nothing on the screen, on the disk or on the network that nobody asked for. */
export const quietSettings = {
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'telemetry.telemetryLevel': 'off',
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'chat.disableAIFeatures': true,
  'chat.commandCenter.enabled': false,
  'update.showReleaseNotes': false,
  // The web default would write files behind the user's back.
  'files.autoSave': 'off',
  'git.openRepositoryInParentFolders': 'never',
};

/**
 * @typedef {object} Server
 * @property {number} port
 * @property {string} authority host and port, as in vscode-remote:// addresses
 * @property {Promise<void>} ended resolves when the server is gone, whoever ended it
 * @property {() => Promise<void>} stop ends the server and everything that it started
 */

/**
 * @param {object} options
 * @param {string} options.serverMain from ensureCodeServer
 * @param {string} options.dataDir short path; user settings and sockets live there
 * @param {Readonly<Record<string, unknown>>} [options.userSettings] on top of quietSettings
 * @param {string} [options.extensionsDir]
 * @param {string} [options.token] connection token; without one everybody on this machine may connect (tests only)
 * @param {boolean} [options.trustAll] switches workspace trust off
 * @param {number} [options.port] 0 or missing: any free one
 * @param {(text: string) => void} [options.onOutput]
 * @returns {Promise<Server>}
 */
export async function startCodeServer(options) {
  writeUserSettings(options.dataDir, { ...quietSettings, ...options.userSettings });
  const args = [
    options.serverMain,
    ...['--host', host, '--port', String(options.port ?? 0), '--server-data-dir', options.dataDir],
    ...['--accept-server-license-terms', '--telemetry-level', 'off', '--enable-smoke-test-driver'],
    ...(options.extensionsDir === undefined ? [] : ['--extensions-dir', options.extensionsDir]),
    ...(options.trustAll === true ? ['--disable-workspace-trust'] : []),
    ...tokenArguments(options.dataDir, options.token),
  ];
  const child = startGuarded(process.execPath, args, { env: serverEnvironment(options.dataDir) });
  // First of the exit hooks: a server that still runs would write again into folders that are being removed.
  const killAtExit = () => signalGroup(child, 'SIGKILL');
  process.prependListener('exit', killAtExit);
  child.once('exit', () => process.removeListener('exit', killAtExit));
  /** @type {Promise<void>} */
  const ended = new Promise((resolve) => child.once('exit', () => resolve()));
  const port = await announcedPort(child, options.onOutput).catch(async (error) => {
    await endGroup(child);
    throw error;
  });
  return { port, authority: `${host}:${port}`, ended, stop: () => endGroup(child) };
}

/**
 * Installs a packaged extension, without a network.
 * @param {object} options
 * @param {string} options.serverMain
 * @param {string} options.dataDir
 * @param {string} options.extensionsDir
 * @param {string} options.vsix absolute path
 */
export async function installExtension(options) {
  const args = ['--install-extension', options.vsix, '--extensions-dir', options.extensionsDir];
  const common = ['--server-data-dir', options.dataDir, '--accept-server-license-terms'];
  const env = serverEnvironment(options.dataDir);
  const run = await runToEnd(process.execPath, [options.serverMain, ...args, ...common], {
    env,
    timeoutMs: 120_000,
  });
  // The server's exit code does not tell: the list of what is installed does.
  const list = join(options.extensionsDir, 'extensions.json');
  if (run.code !== 0 || !existsSync(list) || JSON.parse(readFileSync(list, 'utf8')).length === 0) {
    throw new Error(`Installing ${options.vsix} failed:\n${run.output}`);
  }
}

/**
 * The address of a page of the editor.
 * @param {Server} server
 * @param {object} options
 * @param {string} [options.folder] absolute path of the workspace
 * @param {string} [options.token]
 * @param {readonly (readonly [string, string])[]} [options.payload] see remoteUri for paths in it
 */
export function pageUrl(server, { folder, token, payload }) {
  const query = new URLSearchParams();
  if (token !== undefined) query.set('tkn', token);
  if (folder !== undefined) query.set('folder', folder);
  if (payload !== undefined && payload.length > 0) query.set('payload', JSON.stringify(payload));
  return `http://${server.authority}/?${query.toString()}`;
}

/**
 * How the page names a file of the server's machine.
 * @param {Server} server
 * @param {string} path absolute
 */
export function remoteUri(server, path) {
  return `vscode-remote://${server.authority}${path}`;
}

/** @param {string} dataDir @param {Readonly<Record<string, unknown>>} settings */
function writeUserSettings(dataDir, settings) {
  const folder = join(dataDir, 'data', 'User');
  mkdirSync(folder, { recursive: true });
  mkdirSync(join(dataDir, 't'), { recursive: true });
  writeFileSync(join(folder, 'settings.json'), JSON.stringify(settings, null, 2) + '\n');
}

/**
 * In a file, since the command line is for everybody on the machine to see.
 * @param {string} dataDir
 * @param {string | undefined} token
 */
function tokenArguments(dataDir, token) {
  if (token === undefined) return ['--without-connection-token'];
  const path = join(dataDir, 'connection-token');
  writeFileSync(path, token, { mode: 0o600 });
  return ['--connection-token-file', path];
}

/** @param {string} dataDir */
function serverEnvironment(dataDir) {
  const sockets = join(dataDir, 't');
  mkdirSync(sockets, { recursive: true });
  // An empty gallery: otherwise the server tries to reach one.
  return { ...process.env, EXTENSIONS_GALLERY: '{}', TMPDIR: sockets, XDG_RUNTIME_DIR: sockets };
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {((text: string) => void) | undefined} onOutput
 * @returns {Promise<number>}
 */
function announcedPort(child, onOutput) {
  return new Promise((resolve, reject) => {
    let output = '';
    const fail = (/** @type {string} */ why) => reject(new Error(`The editor's server ${why}:\n${output}`));
    const timer = setTimeout(() => fail('did not start in 60 seconds'), 60_000);
    let announced = false;
    const read = (/** @type {string} */ text) => {
      onOutput?.(text);
      if (announced) return;
      output += text;
      const match = /Extension host agent listening on (\d+)/.exec(output);
      if (match === null) return;
      clearTimeout(timer);
      announced = true;
      resolve(Number(match[1]));
    };
    child.stdout?.setEncoding('utf8').on('data', read);
    child.stderr?.setEncoding('utf8').on('data', read);
    child.once('error', reject);
    child.once('exit', () => {
      clearTimeout(timer);
      fail('ended at once');
    });
  });
}
