// Writes docs/third-party.md: the packages that are in the bundles, with their licences, as the last build recorded them.
//   node scripts/third-party.mjs [--check]     with --check nothing is written; exit code 1 when the page is out of date
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';

const root = fileURLToPath(new URL('../', import.meta.url));
const page = `${root}docs/third-party.md`;
const bundled = `${root}dist/bundled.json`;

/** Licences that may be bundled: all let the result be passed on under any terms, as long as their text goes along. */
const allowed = [
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'ISC',
  'MIT',
  'Unlicense',
];

async function main() {
  if (!existsSync(bundled)) throw new Error('There is no dist/bundled.json: run npm run build first.');
  const packages = JSON.parse(readFileSync(bundled, 'utf8')).map(readPackage);
  const wrong = packages.filter(({ licence }) => !allowed.includes(licence));
  if (wrong.length > 0) {
    const names = wrong.map(({ name, licence }) => `${name} (${licence})`).join(', ');
    throw new Error(`These licences are not on the list of those that may be bundled: ${names}`);
  }
  const text = await pageOf(packages);
  const isCurrent = existsSync(page) && readFileSync(page, 'utf8') === text;
  if (!process.argv.includes('--check')) {
    if (!isCurrent) writeFileSync(page, text);
    console.log(`docs/third-party.md: ${packages.length} packages, ${isCurrent ? 'unchanged' : 'written'}.`);
  } else if (!isCurrent) {
    throw new Error('docs/third-party.md is out of date: run node scripts/third-party.mjs');
  }
}

/** @param {string} folder of a package, relative to the repository */
function readPackage(folder) {
  const { name, version, license } = JSON.parse(readFileSync(`${root}${folder}/package.json`, 'utf8'));
  return { name, version, licence: license ?? 'none' };
}

/** @param {readonly { name: string, version: string, licence: string }[]} packages */
async function pageOf(packages) {
  const rows = [
    ...new Set(packages.map(({ name, version, licence }) => `| ${name} | ${version} | ${licence} |`)),
  ];
  const text = `<!-- Written by scripts/third-party.mjs from the last build. Do not edit. -->

# Third-party packages

Parts of these packages are in the bundles. Their full licence texts go along in \`THIRD-PARTY-NOTICES.txt\` of the packaged
extension. Everything else that \`package.json\` names is only needed to build and test.

| Package | Version | Licence |
| --- | --- | --- |
${rows.sort().join('\n')}
`;
  return format(text, { ...(await resolveConfig(page)), parser: 'markdown' });
}

main().catch((error) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
