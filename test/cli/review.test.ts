import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { removeWorkspace, traceward, workspace } from './cli.ts';

afterEach(removeWorkspace);

const ITEMS = `threats:
  - {id: T-001, title: Spoofed commands, stride: [spoofing]}
requirements:
  - {id: SR-A-1, title: Authenticate, text: Authenticate commands., category: authentication, mitigates: [T-001]}
`;
const CODE = '/* [SR-A-1] */\nint receive(int a)\n{\n  return a > 3;\n}\n';
const WHO = ['--by', 'R. Viewer', '--at', '2026-01-02T03:04:05Z'];

describe('traceward review', () => {
  it('records what was looked at, and shows it again when it has changed', async () => {
    const root = workspace({ 'security/items.yaml': ITEMS, 'src/a.c': CODE });
    const link = 'src/a.c#receive:SR-A-1';
    const { code, out } = await traceward(['review', 'record', 'SR-A-1', 'src/a.c#receive', link, ...WHO]);
    assert.equal(code, 0);
    assert.equal(out.trim().split('\n').length, 3);
    const files = readdirSync(join(root, '.traceward/reviews'));
    assert.equal(files.length, 3);
    assert.match(
      readFileSync(
        join(root, '.traceward/reviews', files.find((name) => name.startsWith('receive-')) ?? ''),
        'utf8',
      ),
      /^unit: src\/a\.c#receive\nfingerprint: [0-9a-f]{32}\nby: R\. Viewer\nat: 2026-01-02T03:04:05Z\n/,
    );
    assert.deepEqual(await traceward(['review', 'open']), {
      code: 0,
      out: 'Nothing that was reviewed has changed since.\n',
      err: '',
    });

    workspace({ 'src/a.c': CODE.replace(/\n/g, '\n\n').replace('return', '/* new */ return') });
    assert.equal((await traceward(['review', 'open'])).code, 0, 'layout and comments do not count');

    workspace({ 'src/a.c': CODE.replace('> 3', '> 4') });
    const changed = await traceward(['review', 'open']);
    assert.equal(changed.code, 1);
    assert.match(
      changed.out,
      /src\/a\.c:1 {2}src\/a\.c#receive -> SR-A-1: `src\/a\.c#receive` has changed since this link/,
    );
    assert.match(changed.out, /src\/a\.c:2 {2}src\/a\.c#receive: It has changed since it was signed off\.\n/);
  });

  it('names what does not exist', async () => {
    workspace({ 'src/a.c': CODE });
    const { code, err } = await traceward(['review', 'record', 'SR-NO-1', ...WHO]);
    assert.equal(code, 2);
    assert.match(err, /There is no item, code or link `SR-NO-1`/);
  });
});
