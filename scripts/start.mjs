// `npm start`: opens examples/infusion-pump in a real editor with Traceward in it. Desktop VS Code when `code` is on the
// PATH, otherwise VS Code served to a browser on this machine. Sets up what is missing, and only that.
//   npm start -- --port 8080   another port        npm start -- --no-open   only print the address
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureCodeServer } from './editor/codeServer.mjs';
import { extensionsFolderWith } from './editor/extensionsFolder.mjs';
import { pageUrl, startCodeServer } from './editor/serve.mjs';
import { findOnPath, runToEnd, temporaryFolder } from './processes.mjs';
import { ensureBuilt, ensureInstalled, root } from './setup.mjs';

/** Always the same one if it is free: the browser keeps what it knows (trust, open files) by address. */
const usualPort = 7480;
const example = join(root, 'examples', 'infusion-pump');
const log = (/** @type {string} */ line) => console.log(line);

/** @param {string} code path of the desktop's command */
async function openDesktop(code) {
  const args = [`--extensionDevelopmentPath=${root}`, example, '--new-window'];
  log('Opening VS Code with the extension and examples/infusion-pump ...');
  if (process.platform === 'win32') {
    spawn(
      `"${code}"`,
      args.map((arg) => `"${arg}"`),
      { shell: true, stdio: 'inherit' },
    );
    return 0;
  }
  const run = await runToEnd(code, args, {
    timeoutMs: 60_000,
    onOutput: (text) => process.stdout.write(text),
  });
  return run.code;
}

/** @param {{ port: number | undefined, open: boolean }} options */
async function serve({ port, open }) {
  const serverMain = await ensureCodeServer(log);
  const token = randomBytes(16).toString('hex');
  const server = await startCodeServer({
    serverMain,
    dataDir: temporaryFolder('start'),
    extensionsDir: extensionsFolderWith(root),
    token,
    port: await freePort(port),
  });
  const url = pageUrl(server, { folder: example, token });
  log(`\n  Traceward is ready in VS Code:\n\n    ${url}\n`);
  log('  The folder is examples/infusion-pump: changes there are real. Press Ctrl+C to end.\n');
  if (open) openInBrowser(url);
  await Promise.race([server.ended, interrupted()]);
  await server.stop();
  log('Ended.');
  return 0;
}

/**
 * @param {number | undefined} asked by the user, who then wants exactly this one
 * @returns {Promise<number>} 0 when the usual one is taken: any
 */
async function freePort(asked) {
  const wanted = asked ?? usualPort;
  const isFree = await new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(wanted, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
  if (isFree) return wanted;
  if (asked !== undefined) throw new Error(`Port ${asked} is in use.`);
  return 0;
}

/** A convenience: where it does not work, the address is on the screen. @param {string} url */
function openInBrowser(url) {
  const hasScreen =
    process.platform === 'darwin' || Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']);
  const opener = findOnPath([process.platform === 'darwin' ? 'open' : 'xdg-open']);
  if (!hasScreen || opener === undefined) return;
  spawn(opener, [url], { stdio: 'ignore', detached: true })
    .on('error', () => undefined)
    .unref();
}

/** @returns {Promise<void>} */
function interrupted() {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => resolve());
  });
}

async function main() {
  const { values } = parseArgs({
    options: { port: { type: 'string' }, 'no-open': { type: 'boolean', default: false } },
  });
  const port = values.port === undefined ? undefined : Number(values.port);
  if (port !== undefined && !(Number.isInteger(port) && port >= 0 && port < 65536)) {
    throw new Error(`--port wants a number from 0 to 65535, not ${values.port}`);
  }
  await ensureInstalled();
  await ensureBuilt();
  const code = findOnPath(['code']);
  return code === undefined ? serve({ port, open: !values['no-open'] }) : openDesktop(code);
}

main().then(
  (code) => process.exit(code),
  (error) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
