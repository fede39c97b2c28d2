import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

import { DEFAULT_SETTINGS, manifestSettings, readSettings } from '../../server/src/lsp/settings.ts';

interface Manifest {
  readonly contributes: { readonly configuration: { readonly properties: Record<string, unknown> } };
}

describe('settings', () => {
  it('in the manifest are those of the schema (node scripts/settings.mjs writes them)', () => {
    const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
    const { contributes } = JSON.parse(text) as Manifest;
    assert.deepEqual(contributes.configuration.properties, manifestSettings());
  });

  it('that do not fit are replaced one by one', () => {
    const sent = { enable: 'yes', minimumSeverity: 'warning', analysisDelay: -1, toString: 1, other: true };
    assert.deepEqual(readSettings(sent), { ...DEFAULT_SETTINGS, minimumSeverity: 'warning' });
    for (const nonsense of [undefined, null, 7, 'on', []])
      assert.deepEqual(readSettings(nonsense), DEFAULT_SETTINGS);
  });
});
