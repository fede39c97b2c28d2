import assert from 'node:assert/strict';

import { removeWorkspace, traceward, workspace } from './cli.ts';

afterEach(removeWorkspace);

const ITEMS = `controls:
  - {id: C-A-1, title: c, category: logging, mitigates: []}
requirements:
  - {id: SR-A-1, title: a, text: A., category: logging, derives: [C-A-1]}
`;

describe('traceward trace', () => {
  it('says the same whether fingerprints are made for records of reviews or not', async () => {
    const files = {
      'security/a.yaml': ITEMS,
      'src/a.c': '/* [SR-A-1] */\nint f(void) { return 0; }\n/* [SR-A-9] */\nint g(void) { return 0; }\n',
      'src/untagged.c': 'int h(void) { return 0; }\n',
      'src/nearly.c': '/* [sr-a-1] */\nint i(void) { return 0; }\n',
    };
    workspace(files);
    const without = await traceward(['trace']);
    removeWorkspace();
    workspace({
      ...files,
      '.traceward/reviews/1.yaml':
        'unit: "src/untagged.c#h"\nfingerprint: 0123456789abcdef0123456789abcdef\nby: R. Viewer\nat: "2026-01-02"\n',
    });
    const withRecords = await traceward(['trace']);
    assert.equal(without.out, withRecords.out);
    assert.match(without.out, /SR-A-1/);
    assert.match(without.err, /nearly\.c/);
  });
});
