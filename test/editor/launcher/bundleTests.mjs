// Bundles the suites for the extension host, which loads CommonJS: out/<name>/index.cjs and out/<name>/suite/*.test.cjs.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/**
 * @param {object} options
 * @param {string} options.suites folder with *.test.ts, relative to the repository
 * @param {string} options.name of the folder in out/
 * @param {string} [options.grep] runs only the tests whose title matches
 * @returns {Promise<string>} absolute path of the bundle's index, for extensionTestsPath
 */
export async function bundleTests({ suites, name, grep }) {
  const source = join(root, suites);
  const target = join(root, 'out', name);
  const tests = readdirSync(source).filter((file) => file.endsWith('.test.ts'));
  if (tests.length === 0) throw new Error(`No editor tests in ${suites}`);
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  await build({
    absWorkingDir: root,
    outdir: target,
    entryPoints: [
      { in: join(root, 'test/editor/launcher/runMocha.ts'), out: 'index' },
      ...tests.map((file) => ({ in: join(source, file), out: join('suite', file.replace(/\.ts$/, '')) })),
    ],
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    // vscode exists only inside the editor; mocha must be the one instance that registers the tests.
    external: ['vscode', 'mocha'],
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  writeFileSync(join(target, 'options.json'), JSON.stringify(grep === undefined ? {} : { grep }) + '\n');
  return join(target, 'index.cjs');
}
