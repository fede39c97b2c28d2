import type { Encoding } from '../host/decode.ts';

/**
 * A changed text as bytes in the encoding of the file that it was read from, with the byte order mark that this had.
 *
 * @param bytes of the file as stored
 * @param text that was read from them
 * @returns undefined when the file's own text would not come back as these bytes: then writing could change more than was meant
 */
export function encodeLike(
  bytes: Uint8Array,
  text: string,
  changed: string,
  encoding: Encoding,
): Uint8Array | undefined {
  const mark = startsWithMark(bytes, encoding);
  const before = encode(text, encoding, mark);
  if (before === undefined || Buffer.compare(before, bytes) !== 0) return undefined;
  return encode(changed, encoding, mark);
}

const MARKS: Readonly<Record<Encoding, readonly number[]>> = {
  'utf-8': [0xef, 0xbb, 0xbf],
  'utf-16le': [0xff, 0xfe],
  'utf-16be': [0xfe, 0xff],
  'windows-1252': [],
};

function startsWithMark(bytes: Uint8Array, encoding: Encoding): boolean {
  const mark = MARKS[encoding];
  return mark.length > 0 && mark.every((byte, index) => bytes[index] === byte);
}

function encode(text: string, encoding: Encoding, withMark: boolean): Uint8Array | undefined {
  const body = encodeBody(text, encoding);
  return body && Buffer.concat([Buffer.from(withMark ? MARKS[encoding] : []), body]);
}

function encodeBody(text: string, encoding: Encoding): Buffer | undefined {
  switch (encoding) {
    case 'utf-8':
      return Buffer.from(text, 'utf8');
    case 'utf-16le':
      return Buffer.from(text, 'utf16le');
    case 'utf-16be':
      return Buffer.from(text, 'utf16le').swap16();
    case 'windows-1252':
      // It is only assumed: the file may be in any encoding of one byte a character.
      return undefined;
  }
}
