import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

import { HISTORY_COMMAND } from '../../../server/src/core/threats/history.ts';
import { memoryHost } from '../../../server/src/host/memoryHost.ts';
import { loadProject } from '../../../server/src/host/projectLoader.ts';
import { builtInRules } from '../../support/builtIn.ts';

const asset = (name: string) => readFileSync(new URL(`../../../dist/assets/${name}`, import.meta.url));
const RULE = `rules:
  - { id: gets, languages: [c], severity: ERROR, message: gets, pattern: gets(...) }
`;
const ASSETS: Record<string, string | Uint8Array> = {
  'languages.json': asset('languages.json'),
  'tree-sitter.wasm': asset('tree-sitter.wasm'),
  'c.wasm': asset('c.wasm'),
  'c.prepared.json': '{}',
  'rules.json': builtInRules('rules/a.yaml', RULE),
};
const FILES = {
  'traceward.yaml': 'items: [m.yaml]\n',
  'm.yaml': 'elements:\n  - { id: E-1, title: BLE radio, type: process }\n',
  'tagged.c': '#include <bluetooth/gatt.h>\n// [SR-1]\nint f(void) { return 1; }\n',
  'plain.c': '#include <bluetooth/gap.h>\nint g(void) { return 1; }\n',
};
const LOG = '\x01300\x02Ann\0\nplain.c\0\0\x01200\x02Ann\0\ntagged.c\0\0\x01100\x02Ann\0\nm.yaml\0';

describe('the history of a project', () => {
  const modelAge = async (files: Readonly<Record<string, string>>, isShallow: string) => {
    const git = {
      'rev-parse --is-shallow-repository': `${isShallow}\n`,
      [HISTORY_COMMAND.join(' ')]: LOG,
    };
    const host = memoryHost({ files, assets: ASSETS, git });
    const outcome = await loadProject(host, { folder: 'memory:/w', asks: 'trace' });
    assert.ok(outcome.ok, outcome.ok ? '' : JSON.stringify(outcome.problems));
    return outcome.project.snapshot.trace.problems
      .filter(({ code }) => code === 'TM09')
      .map(({ message }) => /\((.*)\)/.exec(message)?.[1]);
  };

  it('is compared with the model, of files with tags and without', async () => {
    assert.deepEqual(await modelAge(FILES, 'false'), ['plain.c on 1970-01-01 and 1 more']);
  });

  it('is not known in a shallow clone', async () => {
    assert.deepEqual(await modelAge(FILES, 'true'), []);
  });
});
