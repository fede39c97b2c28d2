import assert from 'node:assert/strict';
import { strToU8, zipSync } from 'fflate';
import fc from 'fast-check';
import { describe, it } from 'mocha';

import { readZip, ZIP_LIMITS } from '../../../server/src/core/base/zip.ts';

const all = () => true;
const zip = (files: Readonly<Record<string, string>>) =>
  zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])));

describe('zip archives', () => {
  it('are expanded, what is wanted only', () => {
    const { value, problems } = readZip(
      'a.zip',
      zip({ 'b/x.xml': 'x', 'a.xml': 'a', 'c.png': 'c' }),
      (name) => name.endsWith('.xml'),
    );
    assert.deepEqual([...value.keys()], ['a.xml', 'b/x.xml']);
    assert.deepEqual(problems, []);
  });

  for (const name of ['../x', 'a/../../x', '/etc/x', 'C:\\x', '..\\x', '\\x']) {
    it(`do not reach ${JSON.stringify(name)}`, () => {
      const { value, problems } = readZip('a.zip', zip({ [name]: 'x', ok: 'y' }), all);
      assert.deepEqual([...value.keys()], ['ok']);
      assert.match(problems[0]?.message ?? '', /leads out of the archive/);
    });
  }

  it('are not expanded beyond limits, each named', () => {
    const bomb = zip({ big: '0'.repeat(5000), ok: 'y' });
    const few = readZip('a.zip', bomb, all, { ...ZIP_LIMITS, maxEntryBytes: 1000 });
    assert.deepEqual([...few.value.keys()], ['ok']);
    assert.match(few.problems[0]?.message ?? '', /`big` expands to 5000 bytes/);
    const total = readZip('a.zip', zip({ a: '0'.repeat(600), b: '0'.repeat(600) }), all, {
      ...ZIP_LIMITS,
      maxBytes: 1000,
    });
    assert.equal(total.value.size, 1);
    const many = readZip('a.zip', zip({ a: '', b: '', c: '' }), all, { ...ZIP_LIMITS, maxEntries: 2 });
    assert.deepEqual([many.value.size, many.problems.length], [2, 1]);
  });

  it('that are none are named, whatever their bytes are', () => {
    assert.match(
      readZip('a.zip', strToU8('PK nothing'), all).problems[0]?.message ?? '',
      /not a zip archive/,
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(400), fc.nat(255), (noise, at, byte) => {
        readZip('a.zip', noise, all);
        const broken = zip({ 'a.txt': 'text text text', b: 'b' });
        broken[at % broken.length] = byte;
        readZip('a.zip', broken, all);
      }),
    );
  });
});
