import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { removeWorkspace, traceward, workspace } from './cli.ts';

afterEach(removeWorkspace);

const FILES = {
  'security/a.yaml': 'assets:\n- title: a # why\n  id: A-1\n',
  'security/b.md': '# A-2 b\n* tags: x\n',
  'security/c.yaml': 'assets:\n  - id: A-3\n    title: c\n',
  'other/d.yaml': 'a:   1\n',
};

describe('traceward fmt', () => {
  it('writes item files in their form, and no others', async () => {
    const root = workspace(FILES);
    const check = await traceward(['fmt', '--check']);
    assert.deepEqual([check.code, check.out], [1, 'security/a.yaml\nsecurity/b.md\n']);
    const { code, out } = await traceward(['fmt']);
    assert.deepEqual([code, out], [0, 'security/a.yaml\nsecurity/b.md\n2 files formatted.\n']);
    const text = (path: string) => readFileSync(join(root, path), 'utf8');
    assert.equal(text('security/a.yaml'), 'assets:\n  - id: A-1\n    title: a # why\n');
    assert.equal(text('security/b.md'), '# A-2: b\n- Tags: x\n');
    assert.equal(text('other/d.yaml'), 'a:   1\n');
    assert.equal((await traceward(['fmt', '--check'])).code, 0);
  });

  it('leaves a file with mistakes alone, and fails', async () => {
    const root = workspace({ 'security/a.yaml': 'assets:\n- title: a\n' });
    const { code, err } = await traceward(['fmt']);
    assert.equal(code, 1);
    assert.match(err, /security\/a\.yaml: warning: This file is not formatted, as it has mistakes/);
    assert.equal(readFileSync(join(root, 'security/a.yaml'), 'utf8'), 'assets:\n- title: a\n');
  });
});
