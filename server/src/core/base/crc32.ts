import { utf8ToBytes } from '@noble/hashes/utils.js';

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

/** CRC-32 (ISO 3309, as in zip) of a text's UTF-8 bytes, as an unsigned number. Not for security. */
export function crc32(text: string): number {
  let crc = 0xffffffff;
  for (const byte of utf8ToBytes(text)) crc = (crc >>> 8) ^ (TABLE[(crc ^ byte) & 255] ?? 0);
  return (crc ^ 0xffffffff) >>> 0;
}
