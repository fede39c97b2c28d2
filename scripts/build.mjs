// Bundles the extension, the server and the command line into dist/, and gathers what they read at run time into dist/assets.
//   node scripts/build.mjs [--production] [--watch]
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import * as esbuild from 'esbuild';
import { parse } from 'yaml';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const production = process.argv.includes('--production');

const common = {
  absWorkingDir: root,
  bundle: true,
  minify: production,
  sourcemap: production ? false : 'linked',
  target: 'es2022',
  logLevel: 'warning',
  legalComments: 'none',
};

/** For Node: CommonJS, which every supported VS Code loads. web-tree-sitter's ES build needs `import.meta.url`, its .cjs does not. */
const node = {
  ...common,
  platform: 'node',
  format: 'cjs',
  // Asked for only where there is no `__dirname`, which is never in these bundles.
  logOverride: { 'empty-import-meta': 'silent' },
  mainFields: ['module', 'main'],
  alias: { 'web-tree-sitter': path.join(root, 'node_modules/web-tree-sitter/web-tree-sitter.cjs') },
};

/** For a web worker. The wasm is handed over as bytes, so what the runtime would do to find it is never reached. */
const browser = {
  ...common,
  platform: 'browser',
  mainFields: ['browser', 'module', 'main'],
  external: ['vscode', 'fs', 'fs/promises', 'path', 'module', 'url'],
  alias: { 'web-tree-sitter': path.join(root, 'node_modules/web-tree-sitter/web-tree-sitter.cjs') },
};

const bundles = [
  {
    ...node,
    entryPoints: ['client/src/node/main.ts'],
    outfile: 'dist/client/node.cjs',
    external: ['vscode'],
  },
  { ...node, entryPoints: ['server/src/node/main.ts'], outfile: 'dist/server/node.cjs' },
  { ...node, entryPoints: ['server/src/thread/main.ts'], outfile: 'dist/server/thread.cjs' },
  {
    ...node,
    entryPoints: ['server/src/cli/main.ts'],
    outfile: 'dist/cli/main.cjs',
    banner: { js: '#!/usr/bin/env node' },
  },
  {
    ...browser,
    format: 'cjs',
    // The editor's web worker adds `.js` to whatever else an extension's `browser` names.
    entryPoints: ['client/src/browser/main.ts'],
    outfile: 'dist/client/browser.js',
  },
  // Pages of the panels, each one script.
  ...['matrix', 'graph'].map((page) => ({
    ...browser,
    format: 'iife',
    entryPoints: [`client/webview/${page}.ts`],
    outfile: `dist/client/${page}.js`,
  })),
  {
    ...browser,
    format: 'iife',
    entryPoints: ['server/src/browser/main.ts'],
    outfile: 'dist/server/browser.js',
  },
];

/** Copies each grammar's wasm after checking that it is the one recorded. */
async function buildAssets() {
  const assets = path.join(root, 'dist/assets');
  await mkdir(assets, { recursive: true });
  const languages = [];
  for (const id of (await readdir(path.join(root, 'grammars'))).sort()) {
    const language = JSON.parse(await readFile(path.join(root, 'grammars', id, 'language.json'), 'utf8'));
    const { package: name, file, sha256 } = language.grammar;
    const wasm = await readFile(path.join(root, 'node_modules', name, file));
    const actual = createHash('sha256').update(wasm).digest('hex');
    if (actual !== sha256) {
      throw new Error(
        `${name}/${file} has sha256 ${actual}; grammars/${id}/language.json records ${sha256}.`,
      );
    }
    await writeFile(path.join(assets, `${id}.wasm`), wasm);
    const models = await modelsOf(language.modelFolders ?? []);
    const macros = language.dialect === undefined ? {} : { macros: await macroLists(language.dialect) };
    languages.push({ ...language, ...macros, models });
  }
  await writeFile(path.join(assets, 'languages.json'), JSON.stringify(languages));
  await cp(
    path.join(root, 'node_modules/web-tree-sitter/web-tree-sitter.wasm'),
    path.join(assets, 'tree-sitter.wasm'),
  );
  await prepareRules(assets);
  await writeFile(path.join(assets, 'threats.json'), JSON.stringify(await yamlFiles('threats')));
}

/**
 * Reads and compiles the rules that ship, with the code that would do so at start-up. Passed over while nothing changed that they rest on.
 * @param {string} assets
 */
async function prepareRules(assets) {
  const script = path.join(root, 'dist/build/prepareRules.cjs');
  const record = path.join(root, 'dist/build/prepared.json');
  await esbuild.build({
    ...node,
    sourcemap: false,
    entryPoints: ['scripts/prepareRules.mjs'],
    outfile: script,
  });
  const files = await yamlFiles('rules');
  const hash = createHash('sha256').update(JSON.stringify(files));
  for (const file of [script, path.join(assets, 'languages.json')]) hash.update(await readFile(file));
  const digest = hash.digest('hex');
  const known = existsSync(record) ? JSON.parse(await readFile(record, 'utf8')) : undefined;
  if (known?.digest === digest && known.names.every((name) => existsSync(path.join(assets, name)))) return;
  // To optimise the parsers of some languages takes longer than all that they are used for here.
  const args = ['--liftoff-only', script, assets];
  const { stdout, status } = spawnSync(process.execPath, args, {
    input: JSON.stringify(files),
    stdio: ['pipe', 'pipe', 'inherit'],
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error('The rules could not be prepared.');
  await writeFile(record, JSON.stringify({ digest, names: JSON.parse(stdout) }));
}

/**
 * The macros of all platforms that macros names, as one record.
 * @param {string} dialect lists that name dialects without it are left out
 */
async function macroLists(dialect) {
  const folder = path.join(root, 'macros');
  const shapes = {};
  for (const name of (await readdir(folder)).sort()) {
    const list = JSON.parse(await readFile(path.join(folder, name), 'utf8'));
    if (list.dialects?.includes(dialect) === false) continue;
    for (const [shape, names] of Object.entries(list.macros)) for (const each of names) shapes[each] = shape;
  }
  return shapes;
}

/**
 * The files of folders of models/, parsed, in the order of their names.
 * @param {readonly string[]} folders
 */
async function modelsOf(folders) {
  const files = folders.map(async (folder) => {
    const names = (await readdir(path.join(root, 'models', folder)))
      .filter((name) => name.endsWith('.yaml'))
      .sort();
    return Promise.all(
      names.map(async (name) => parse(await readFile(path.join(root, 'models', folder, name), 'utf8'))),
    );
  });
  return (await Promise.all(files)).flat();
}

/**
 * Every YAML file below a folder, in path order.
 * @param {string} folder
 */
async function yamlFiles(folder) {
  const entries = await readdir(path.join(root, folder), { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile() && /\.ya?ml$/.test(entry.name))
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/'))
    .sort();
  return Promise.all(
    paths.map(async (each) => ({ path: each, text: await readFile(path.join(root, each), 'utf8') })),
  );
}

if (production) await rm(path.join(root, 'dist'), { recursive: true, force: true });
await buildAssets();
if (!process.argv.includes('--assets')) {
  const built = await Promise.all(bundles.map((bundle) => esbuild.build({ ...bundle, metafile: true })));
  await writeFile(
    path.join(root, 'dist/assets/engine.json'),
    JSON.stringify({ digest: await engineDigest() }),
  );
  await writeFile(path.join(root, 'dist/bundled.json'), JSON.stringify(await bundledPackages(built)));
}

/** Of everything that analyses: facts that another build has kept are not taken for those of this one. */
async function engineDigest() {
  const hash = createHash('sha256');
  for (const file of ['server/thread.cjs', 'assets/tree-sitter.wasm']) {
    hash.update(await readFile(path.join(root, 'dist', file)));
  }
  return hash.digest('hex');
}

/**
 * Folders of the packages that ended up in dist/, in order; scripts/package.mjs puts their licences into the extension.
 * @param {readonly esbuild.BuildResult<{ metafile: true }>[]} built
 */
async function bundledPackages(built) {
  const folders = built
    .flatMap(({ metafile }) => Object.keys(metafile.inputs))
    .map((input) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0])
    .filter((folder) => folder !== undefined);
  const grammars = (await readdir(path.join(root, 'grammars'))).map(async (id) => {
    const language = JSON.parse(await readFile(path.join(root, 'grammars', id, 'language.json'), 'utf8'));
    return `node_modules/${language.grammar.package}`;
  });
  return [...new Set([...folders, ...(await Promise.all(grammars))])].sort();
}
