// Which editor the tests run in: TRACEWARD_CODE, desktop VS Code if there is one and a screen, otherwise the served one.
import { existsSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { resolveCliPathFromVSCodeExecutablePath } from '@vscode/test-electron';
import { findOnPath } from '../../../scripts/processes.mjs';

/**
 * @typedef {object} Editor
 * @property {string} executable takes the command line of the desktop editor
 * @property {string} commandLine takes --install-extension
 * @property {string} description for people
 */

/** @returns {Editor} */
export function findEditor() {
  const chosen = process.env['TRACEWARD_CODE'];
  const desktop = chosen !== undefined && chosen !== '' ? programBehind(chosen) : desktopOnPath();
  if (desktop !== undefined) {
    const commandLine = resolveCliPathFromVSCodeExecutablePath(desktop);
    return { executable: desktop, commandLine, description: desktop };
  }
  if (process.platform === 'win32') {
    throw new Error(
      'The editor tests need desktop VS Code on Windows: put `code` on the PATH or set TRACEWARD_CODE.',
    );
  }
  const launcher = fileURLToPath(new URL('launch.mjs', import.meta.url));
  return { executable: launcher, commandLine: launcher, description: 'served VS Code in headless Chromium' };
}

/** On Linux a desktop program is of no use without a screen. */
function desktopOnPath() {
  const hasScreen =
    process.platform !== 'linux' || Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']);
  const wrapper = hasScreen ? findOnPath(['code']) : undefined;
  if (wrapper === undefined) return undefined;
  const program = programBehind(wrapper);
  // A `code` without a desktop program is the remote command line of another editor's terminal.
  return program === wrapper ? undefined : program;
}

/**
 * `code` is a script that hands over to a running window; tests need the program itself.
 * @param {string} wrapper
 */
function programBehind(wrapper) {
  const bin = dirname(realpathSync(wrapper));
  const candidates = [
    join(bin, '..', 'code'),
    join(bin, '..', 'Code.exe'),
    join(bin, '..', '..', '..', 'MacOS', 'Electron'),
    join(bin, '..', '..', '..', 'MacOS', 'Code'),
  ];
  return candidates.find((path) => existsSync(path)) ?? wrapper;
}
