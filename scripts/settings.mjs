// Writes the editor settings of the schema (server/src/lsp/settings.ts) into the manifest; with --check only says whether they agree.
import { readFile, writeFile } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import { tsImport } from 'tsx/esm/api';

const MANIFEST = new URL('../package.json', import.meta.url);

const { manifestSettings } = await tsImport('../server/src/lsp/settings.ts', import.meta.url);
const manifest = JSON.parse(await readFile(MANIFEST, 'utf8'));
const properties = manifestSettings();

if (isDeepStrictEqual(manifest.contributes?.configuration?.properties, properties)) {
  console.log('The settings in package.json agree with the schema.');
} else if (process.argv.includes('--check')) {
  console.error(
    'The settings in package.json differ from server/src/lsp/settings.ts: run node scripts/settings.mjs',
  );
  process.exitCode = 1;
} else {
  manifest.contributes = { ...manifest.contributes, configuration: { title: 'Traceward', properties } };
  await writeFile(MANIFEST, `${JSON.stringify(manifest, undefined, 2)}\n`);
  console.log('Wrote the settings into package.json.');
}
