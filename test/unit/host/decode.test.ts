import assert from 'node:assert/strict';

import { decodeFile } from '../../../server/src/host/decode.ts';

const LIMIT = 1000;

function textOf(bytes: readonly number[] | string): string {
  const decoded = decode(bytes);
  assert.equal(decoded.kind, 'text');
  return decoded.text;
}

function decode(bytes: readonly number[] | string): ReturnType<typeof decodeFile> {
  const content = typeof bytes === 'string' ? new TextEncoder().encode(bytes) : Uint8Array.from(bytes);
  return decodeFile('a.c', content, LIMIT);
}

describe('decoding a file', () => {
  it('reads UTF-8', () => assert.equal(textOf('int größe;'), 'int größe;'));

  it('reads an empty file', () => assert.equal(textOf(''), ''));

  it('leaves out a byte order mark, so that columns are as editors count them', () =>
    assert.equal(textOf([0xef, 0xbb, 0xbf, 0x69, 0x6e, 0x74]), 'int'));

  it('reads UTF-16 of both orders', () => {
    assert.equal(textOf([0xff, 0xfe, 0x69, 0x00, 0xfc, 0x00]), 'iü');
    assert.equal(textOf([0xfe, 0xff, 0x00, 0x69, 0x00, 0xfc]), 'iü');
  });

  it('reads other bytes as windows-1252, and says so at the place', () => {
    const decoded = decode([0x61, 0x0a, 0x62, 0x80, 0xfc]);
    assert.equal(decoded.kind, 'text');
    assert.equal(decoded.text, 'a\nb€ü');
    assert.equal(decoded.encoding, 'windows-1252');
    assert.deepEqual(
      decoded.problems.map(({ code, severity, path, range }) => ({ code, severity, path, range })),
      [
        {
          code: 'encoding',
          severity: 'information',
          path: 'a.c',
          range: { start: { line: 1, column: 1 }, end: { line: 1, column: 2 } },
        },
      ],
    );
  });

  it('finds the first wrong byte after characters of several bytes', () => {
    const decoded = decode([...new TextEncoder().encode('größe\n€'), 0xff, 0x0a]);
    assert.equal(decoded.kind, 'text');
    assert.equal(decoded.problems[0]?.range?.start.line, 1);
  });

  it('takes a character that is cut off at the end for wrong', () => {
    const decoded = decode([0x61, 0xe2, 0x82]);
    assert.equal(decoded.kind, 'text');
    assert.equal(decoded.encoding, 'windows-1252');
  });

  it('skips a file with NUL bytes as binary', () => {
    const decoded = decode([0x7f, 0x45, 0x00, 0x01]);
    assert.equal(decoded.kind, 'skipped');
    assert.deepEqual(decoded.file, {
      path: 'a.c',
      reason: 'binary',
      detail: 'the file has NUL bytes, so it is not text',
      bytes: 4,
    });
  });

  it('skips a file over the limit', () => {
    const decoded = decode('x'.repeat(LIMIT + 1));
    assert.equal(decoded.kind, 'skipped');
    assert.equal(decoded.file.reason, 'too-large');
    assert.match(decoded.file.detail, /1001 bytes, more than maxFileBytes \(1000\)/);
    assert.equal(decode('x'.repeat(LIMIT)).kind, 'text');
  });
});
