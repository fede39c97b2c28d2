// Writes what the manifest repeats: the editor settings of the schema (server/src/lsp/settings.ts), and the languages of grammars/ at
// which the extension starts. With --check it only says whether they agree.
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import { tsImport } from 'tsx/esm/api';

const MANIFEST = new URL('../package.json', import.meta.url);

const { manifestSettings } = await tsImport('../server/src/lsp/settings.ts', import.meta.url);
const manifest = JSON.parse(await readFile(MANIFEST, 'utf8'));
const properties = manifestSettings();
const others = manifest.activationEvents.filter((event) => !event.startsWith('onLanguage:'));
const languages = [...(await editorIds()), 'yaml'];
const activationEvents = [...languages.map((id) => `onLanguage:${id}`), ...others];

if (
  isDeepStrictEqual(manifest.contributes?.configuration?.properties, properties) &&
  isDeepStrictEqual(manifest.activationEvents, activationEvents)
) {
  console.log('The settings and languages in package.json agree with the sources.');
} else if (process.argv.includes('--check')) {
  console.error(
    'package.json differs from server/src/lsp/settings.ts or grammars/: run node scripts/settings.mjs',
  );
  process.exitCode = 1;
} else {
  manifest.activationEvents = activationEvents;
  manifest.contributes = { ...manifest.contributes, configuration: { title: 'Traceward', properties } };
  await writeFile(MANIFEST, `${JSON.stringify(manifest, undefined, 2)}\n`);
  console.log('Wrote the settings and languages into package.json.');
}

/** What editors call the languages of the grammars; YAML comes on top, which items and rules are written in. */
async function editorIds() {
  const folder = new URL('../grammars/', import.meta.url);
  const ids = [];
  for (const id of (await readdir(folder)).sort()) {
    const language = JSON.parse(await readFile(new URL(`${id}/language.json`, folder), 'utf8'));
    ids.push(...language.editorIds);
  }
  return ids;
}
