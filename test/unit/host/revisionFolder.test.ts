import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { gitBytes } from '../../../server/src/host/git.ts';
import { revisionFolder } from '../../../server/src/host/revisionFolder.ts';

describe('a revision as a folder', () => {
  let root = '';
  const git = (...args: readonly string[]) =>
    execFileSync('git', ['-C', root, '-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args]);

  before(() => {
    root = mkdtempSync(join(tmpdir(), 'traceward-revision-'));
    git('init', '-q');
    writeFileSync(join(root, 'a.txt'), 'one\n');
    writeFileSync(join(root, 'bytes.bin'), Uint8Array.of(0, 255, 10, 0));
    writeFileSync(join(root, 'big.txt'), 'x'.repeat(1000));
    writeFileSync(join(root, 'with\nbreak'), 'odd\n');
    writeFileSync(join(root, '.gitattributes'), '* filter=evil diff=evil\n');
    git('add', '-A');
    git('commit', '-qm', 'x');
    // What a hostile repository's configuration would start.
    for (const key of ['filter.evil.smudge', 'filter.evil.clean', 'diff.evil.textconv'])
      git('config', key, `touch ${join(root, 'ran')}`);
    writeFileSync(join(root, 'a.txt'), 'two\n');
  });
  after(() => rmSync(root, { recursive: true, force: true }));

  it('has the files as they were committed, byte by byte, and runs nothing', async () => {
    const folder = await revisionFolder(root, 'HEAD');
    assert.ok(folder);
    const paths = await folder.list({});
    assert.deepEqual(paths, ['.gitattributes', 'a.txt', 'big.txt', 'bytes.bin', 'with\nbreak']);
    const [text, bytes, odd] = await Promise.all(
      ['a.txt', 'bytes.bin', 'with\nbreak'].map((path) => folder.read(path)),
    );
    assert.equal(text?.ok === true && Buffer.from(text.bytes).toString(), 'one\n');
    assert.deepEqual(bytes?.ok === true && [...bytes.bytes], [0, 255, 10, 0]);
    assert.equal(odd?.ok === true && Buffer.from(odd.bytes).toString(), 'odd\n');
    assert.equal(existsSync(join(root, 'ran')), false);
  });

  it('keeps to limits and says what is not there', async () => {
    const folder = await revisionFolder(root, 'HEAD');
    const big = await folder?.read('big.txt', { maxBytes: 999 });
    assert.equal(big?.ok === false && big.reason, 'too-large');
    const gone = await folder?.read('../a.txt');
    assert.equal(gone?.ok === false && gone.reason, 'missing');
    assert.equal(await revisionFolder(root, '--all'), undefined);
    assert.equal(await revisionFolder(tmpdir(), 'HEAD'), undefined);
  });

  for (const args of [
    ['cat-file', '--textconv', 'HEAD:a.txt'],
    ['cat-file', '--batch', '--filters'],
    ['show', 'HEAD'],
  ]) {
    it(`does not run git ${args.join(' ')}`, async () => {
      assert.equal(await gitBytes(root, args, 'HEAD:a.txt\n'), undefined);
      assert.equal(existsSync(join(root, 'ran')), false);
    });
  }
});
