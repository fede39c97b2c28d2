// A real VS Code that is served to a browser, from npm packages alone: code-server carries VS Code's server and
// workbench. Set up once into the cache folder.
import { copyFileSync, existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { installOnce, npmInstall, runNpm } from '../cacheFolder.mjs';
import { findOnPath } from '../processes.mjs';

/** The last version for Node 20; it is VS Code 1.100.3. */
export const codeServerVersion = '4.100.3';
/** Carries ready binaries as optional packages, which the version inside code-server would download. */
const ripgrepVersion = '1.18.0';
/** Native add-ons that make things nicer: logs, the end of orphaned extension hosts, terminals. */
const wantedAddons = ['@vscode/spdlog', 'native-watchdog', 'node-pty'];
const vscodeInside = join('node_modules', 'code-server', 'lib', 'vscode');

/**
 * Sets code-server up unless it is there.
 * @param {(line: string) => void} log told what happens, only when something does
 * @returns {Promise<string>} path of VS Code's server-main.js
 */
export async function ensureCodeServer(log) {
  if (process.platform === 'win32') {
    throw new Error(
      'The served editor runs on Linux and macOS. On Windows install VS Code, with `code` on the PATH.',
    );
  }
  const folder = await installOnce(`code-server-${codeServerVersion}`, async (staging) => {
    log(`Setting up code-server ${codeServerVersion} (once, about 300 MB, under a minute) ...`);
    writeFileSync(join(staging, 'package.json'), '{ "private": true }\n');
    await npmInstall(staging, [`code-server@${codeServerVersion}`]);
    const vscode = join(staging, vscodeInside);
    await npmInstall(vscode, ['--omit=dev']);
    // This version looks for some modules in an archive that only the desktop build has.
    symlinkSync('node_modules', join(vscode, 'node_modules.asar'));
    await addRipgrep(staging, vscode, log);
    await buildAddons(vscode, log);
  });
  return join(folder, vscodeInside, 'out', 'server-main.js');
}

/**
 * Gives VS Code's file search its program. Best effort: without it searching is all that fails.
 * @param {string} staging
 * @param {string} vscode
 * @param {(line: string) => void} log
 */
async function addRipgrep(staging, vscode, log) {
  const target = join(vscode, 'node_modules', '@vscode', 'ripgrep', 'bin');
  try {
    const folder = join(staging, 'ripgrep');
    mkdirSync(folder);
    writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
    await npmInstall(folder, [`@vscode/ripgrep@${ripgrepVersion}`]);
    const platformPackage = `@vscode/ripgrep-${process.platform}-${process.arch}/package.json`;
    const found = createRequire(join(folder, 'package.json')).resolve(platformPackage);
    mkdirSync(target, { recursive: true });
    copyFileSync(join(dirname(found), 'bin', 'rg'), join(target, 'rg'));
  } catch (error) {
    const system = findOnPath(['rg']);
    if (system === undefined) {
      log(`Note: no ripgrep, so the editor's file search will not work (${firstLine(error)}).`);
    } else {
      mkdirSync(target, { recursive: true });
      symlinkSync(system, join(target, 'rg'));
    }
  }
}

/**
 * Compiles add-ons where a compiler and Node's headers are on this machine (nothing is downloaded). Best effort.
 * @param {string} vscode
 * @param {(line: string) => void} log
 */
async function buildAddons(vscode, log) {
  const nodedir = process.env['npm_config_nodedir'] ?? join(dirname(process.execPath), '..');
  if (!existsSync(join(nodedir, 'include', 'node', 'node.h')) || findOnPath(['make']) === undefined) {
    log(
      "Note: no compiler or Node headers here: the served editor's output channels and terminals stay empty.",
    );
    return;
  }
  const env = { npm_config_nodedir: nodedir, npm_config_yes: 'true', npm_config_jobs: 'max' };
  for (const addon of wantedAddons) {
    const result = await runNpm(vscode, ['rebuild', '--ignore-scripts=false', addon], 5 * 60_000, env);
    const built = existsSync(join(vscode, 'node_modules', addon, 'build', 'Release'));
    if (
      result.code !== 0 ||
      !built ||
      !hasAddonFile(join(vscode, 'node_modules', addon, 'build', 'Release'))
    ) {
      log(`Note: ${addon} could not be built; the editor works without it.`);
    }
  }
}

/** @param {string} folder */
function hasAddonFile(folder) {
  return readdirSync(folder).some((name) => name.endsWith('.node'));
}

/** @param {unknown} error */
function firstLine(error) {
  return String(error instanceof Error ? error.message : error).split('\n')[0];
}
