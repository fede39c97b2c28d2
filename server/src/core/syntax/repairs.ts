import type { Repair } from './language.ts';

/**
 * A grammar's wasm with its recorded mistakes put right; the same array when there is none.
 *
 * @throws Error when the bytes are not those that the repair is for
 */
export function repaired(wasm: Uint8Array, repairs: readonly Repair[]): Uint8Array {
  if (repairs.length === 0) return wasm;
  // Not `slice`: that of Node's `Buffer` shares its memory.
  const copy = new Uint8Array(wasm);
  for (const { offset, bytes, replacement } of repairs) {
    const expected = bytesOf(bytes);
    const found = copy.subarray(offset, offset + expected.length);
    if (bytes.length !== replacement.length || !expected.every((byte, index) => found[index] === byte))
      throw new Error(`the repair at ${offset} does not fit the wasm`);
    copy.set(bytesOf(replacement), offset);
  }
  return copy;
}

function bytesOf(hex: string): readonly number[] {
  return (hex.match(/../g) ?? []).map((byte) => Number.parseInt(byte, 16));
}
