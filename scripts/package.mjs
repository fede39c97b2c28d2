// npm run package: builds for production and makes traceward-<version>.vsix in the root of the repository. Which files go in is
// said in .vscodeignore; this script says it a second time and fails when the two disagree, or when the package is too large.
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createVSIX, listFiles } from '@vscode/vsce';
import yauzl from 'yauzl';
import { runToEnd } from './processes.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const staging = join(root, 'out', 'package');
const largestPackage = 12 * 1024 * 1024;

/** Every file of a package, without the `extension/` before it. The first group must be there, the second may. */
const required = [
  'package.json',
  'readme.md',
  'changelog.md',
  'LICENSE.txt',
  'THIRD-PARTY-NOTICES.txt',
  'dist/client/node.cjs',
  'dist/client/browser.js',
  'dist/client/matrix.js',
  'dist/client/graph.js',
  'dist/server/node.cjs',
  'dist/server/thread.cjs',
  'dist/server/browser.js',
  'dist/cli/main.cjs',
  'dist/assets/engine.json',
  'dist/assets/languages.json',
  'dist/assets/rules.json',
  'dist/assets/c.prepared.json',
  'dist/assets/threats.json',
  'dist/assets/tree-sitter.wasm',
  'dist/assets/c.wasm',
  'dist/assets/cpp.wasm',
  'schemas/items.schema.json',
  'schemas/traceward.schema.json',
  'media/icon.png',
  'media/traceward.svg',
  'media/panel.css',
];
const allowed = [
  /^dist\/(client|server|cli)\/[\w-]+\.c?js$/,
  /^dist\/assets\/[\w.-]+\.(wasm|json|txt)$/,
  /^schemas\/[\w.-]+\.schema\.json$/,
  /^media\/(icon|traceward)\.(png|svg)$/,
  /^media\/panel\.css$/,
  /^media\/walkthrough\/[\w-]+\.md$/,
];

async function main() {
  const built = await runToEnd(process.execPath, ['scripts/build.mjs', '--production'], {
    cwd: root,
    timeoutMs: 300_000,
  });
  if (built.code !== 0) throw new Error(`The build failed:\n${built.output}`);
  await stage();
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const vsix = join(root, `traceward-${version}.vsix`);
  rmSync(vsix, { force: true });
  await createVSIX({
    cwd: staging,
    packagePath: vsix,
    dependencies: false,
    allowMissingRepository: true,
    rewriteRelativeLinks: false,
  });
  const entries = await entriesOf(vsix);
  for (const { name, size } of entries) console.log(`${String(size).padStart(9)}  ${name}`);
  const complaints = complaintsAbout(entries, statSync(vsix).size);
  if (complaints.length > 0) {
    rmSync(vsix);
    throw new Error(complaints.join('\n'));
  }
  console.log(`${vsix}: ${entries.length} files, ${(statSync(vsix).size / 1024 / 1024).toFixed(1)} MB`);
}

/** Copies the files that .vscodeignore lets through, so that manifest and README can be made fit for the package. */
async function stage() {
  rmSync(staging, { recursive: true, force: true });
  for (const file of await listFiles({ cwd: root, dependencies: false })) {
    const target = join(staging, file);
    mkdirSync(dirname(target), { recursive: true });
    cpSync(join(root, file), target);
  }
  const manifest = JSON.parse(readFileSync(join(staging, 'package.json'), 'utf8'));
  // Everything is bundled; scripts and packages would only mislead.
  delete manifest.scripts;
  delete manifest.devDependencies;
  writeFileSync(join(staging, 'package.json'), `${JSON.stringify(manifest, undefined, 2)}\n`);
  const readme = join(staging, 'README.md');
  if (existsSync(readme)) writeFileSync(readme, packagedReadme(readFileSync(readme, 'utf8')));
  writeFileSync(join(staging, 'THIRD-PARTY-NOTICES.txt'), thirdPartyNotices());
  // The tool looks for this list where it packs; here everything is meant.
  writeFileSync(join(staging, '.vscodeignore'), '.vscodeignore\n');
}

/** Licences of everything that is bundled: most ask to be passed on. Fails when a package has none. */
function thirdPartyNotices() {
  const folders = JSON.parse(readFileSync(join(root, 'dist', 'bundled.json'), 'utf8'));
  const notices = folders.map((/** @type {string} */ folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
    const file = readdirSync(join(root, folder)).find((each) => /^(licen[cs]e|copying)/i.test(each));
    // Of packages that ship without one, it stands beside this script.
    const path =
      file === undefined ? join(root, 'scripts/licences', `${name}.txt`) : join(root, folder, file);
    if (!existsSync(path)) throw new Error(`${folder} has no licence file.`);
    const text = readFileSync(path, 'utf8').trim();
    return `${name} ${version} (${license})\n\n${text}\n`;
  });
  // What a package of several grammars does not say of each.
  for (const id of readdirSync(join(root, 'grammars')).sort()) {
    const file = join(root, 'grammars', id, 'LICENSE');
    if (existsSync(file)) notices.push(`Grammar of ${id}\n\n${readFileSync(file, 'utf8').trim()}\n`);
  }
  return `Traceward contains these packages, under the licences below.\n\n${notices.join(`\n${'-'.repeat(100)}\n\n`)}`;
}

/**
 * Screenshots and pages of the repository are not in the package: images with a relative source go, relative links keep their text.
 * @param {string} text
 */
function packagedReadme(text) {
  return text
    .replace(/^[ \t]*!\[[^\]]*\]\((?!https?:)[^)]*\)[ \t]*\n+/gm, '')
    .replace(/!\[[^\]]*\]\((?!https?:)[^)]*\)/g, '')
    .replace(/<img\b[^>]*\bsrc="(?!https?:)[^>]*>\s*/g, '')
    .replace(/(?<!!)\[([^\]]*)\]\((?!https?:|#|mailto:)[^)]*\)/g, '$1');
}

/**
 * @param {readonly { name: string, size: number }[]} entries
 * @param {number} bytes of the package
 */
function complaintsAbout(entries, bytes) {
  const names = entries
    .filter(({ name }) => name !== '[Content_Types].xml' && name !== 'extension.vsixmanifest')
    .map(({ name }) => name.replace(/^extension\//, ''));
  const unexpected = names.filter(
    (name) => !required.includes(name) && !allowed.some((pattern) => pattern.test(name)),
  );
  return [
    ...required.filter((name) => !names.includes(name)).map((name) => `The package lacks ${name}.`),
    ...unexpected.map((name) => `The package must not contain ${name}.`),
    ...(bytes > largestPackage ? [`The package has ${bytes} bytes, more than ${largestPackage}.`] : []),
  ];
}

/**
 * @param {string} path of a zip file
 * @returns {Promise<{ name: string, size: number }[]>} what is in it, with sizes when unpacked
 */
async function entriesOf(path) {
  const zip = await yauzl.openPromise(path, { lazyEntries: true });
  const entries = [];
  for await (const entry of zip.eachEntry())
    entries.push({ name: entry.fileName, size: entry.uncompressedSize });
  return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
}

main().catch((error) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
