// A Chromium to drive the editor with: one that is on the machine, else a headless build from the npm registry.
import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder, installOnce, npmInstall } from '../cacheFolder.mjs';
import { findOnPath, runToEnd } from '../processes.mjs';

/** The last version of the npm package for Node 20 (later ones need Node 22). */
export const chromiumVersion = '143.0.4';

const namesOnPath = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
];
const fixedPlaces = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
];

/**
 * @typedef {object} Browser
 * @property {string} executablePath
 * @property {NodeJS.ProcessEnv} env what the program needs in its environment besides our own
 */

/**
 * Finds a browser that starts, or sets one up.
 * @param {(line: string) => void} log told what happens, only when something does
 * @returns {Promise<Browser>}
 */
export async function ensureChromium(log) {
  const chosen = process.env['TRACEWARD_CHROMIUM'];
  if (chosen !== undefined && chosen !== '') {
    if (await starts(chosen, {})) return { executablePath: chosen, env: {} };
    throw new Error(`TRACEWARD_CHROMIUM names a program that does not start: ${chosen}`);
  }
  const onMachine = findOnPath(namesOnPath) ?? fixedPlaces.find((path) => existsSync(path));
  // Ubuntu's chromium-browser may be a stub that only asks for a snap: so try it.
  if (onMachine !== undefined && (await starts(onMachine, {}))) return { executablePath: onMachine, env: {} };
  if (process.platform !== 'linux') {
    throw new Error(
      'No Chromium found: install Chrome, Chromium or Edge, or name one in TRACEWARD_CHROMIUM.',
    );
  }
  return ensurePackagedChromium(log);
}

/**
 * @param {(line: string) => void} log
 * @returns {Promise<Browser>}
 */
async function ensurePackagedChromium(log) {
  const name = `chromium-${chromiumVersion}`;
  const folder = await installOnce(name, async (staging) => {
    log(`Setting up headless Chromium ${chromiumVersion} (once, about 250 MB) ...`);
    writeFileSync(join(staging, 'package.json'), '{ "private": true, "type": "module" }\n');
    await npmInstall(staging, [`@sparticuz/chromium@${chromiumVersion}`]);
    const unpacked = join(staging, 'unpacked');
    mkdirSync(unpacked);
    // The package unpacks into the temporary folder, and its own copies of system libraries only when it believes to
    // be in the service it was made for. A process of its own keeps both out of ours.
    writeFileSync(
      join(staging, 'unpack.js'),
      "import chromium from '@sparticuz/chromium';\nawait chromium.executablePath();\n",
    );
    const result = await runToEnd(process.execPath, ['unpack.js'], {
      cwd: staging,
      env: { ...process.env, TMPDIR: unpacked, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x' },
      timeoutMs: 120_000,
    });
    if (result.code !== 0) throw new Error(`Chromium could not be unpacked:\n${result.output}`);
    rmSync(join(staging, 'node_modules'), { recursive: true }); // 70 MB that are not needed any more
    chmodSync(join(unpacked, 'chromium'), 0o755);
    writeFileSync(join(unpacked, 'fonts.conf'), fontsConfiguration(join(cacheFolder(), name, 'unpacked')));
  });
  const unpacked = join(folder, 'unpacked');
  const executablePath = join(unpacked, 'chromium');
  const fonts = hasSystemFonts() ? {} : { FONTCONFIG_FILE: join(unpacked, 'fonts.conf') };
  if (await starts(executablePath, fonts)) return { executablePath, env: fonts };
  // A bare container lacks NSS and other libraries; the package brings its own.
  const libraries = [join(unpacked, 'al2023', 'lib'), process.env['LD_LIBRARY_PATH'] ?? ''].filter(Boolean);
  const env = { ...fonts, LD_LIBRARY_PATH: libraries.join(':') };
  if (await starts(executablePath, env)) return { executablePath, env };
  throw new Error(
    `Headless Chromium does not start here. Install chromium, or name one in TRACEWARD_CHROMIUM.`,
  );
}

function hasSystemFonts() {
  return (
    existsSync('/etc/fonts/fonts.conf') &&
    existsSync('/usr/share/fonts') &&
    readdirSync('/usr/share/fonts').length > 0
  );
}

/** @param {string} unpacked where the package's fonts will be */
function fontsConfiguration(unpacked) {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${join(unpacked, 'fonts')}</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>${join(unpacked, 'fonts-cache')}</cachedir>
</fontconfig>
`;
}

/**
 * @param {string} executablePath
 * @param {NodeJS.ProcessEnv} env
 */
async function starts(executablePath, env) {
  const result = await runToEnd(executablePath, ['--version'], {
    env: { ...process.env, ...env },
    timeoutMs: 20_000,
  });
  return result.code === 0 && /\d+\.\d+/.test(result.output);
}
