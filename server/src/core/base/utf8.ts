/** Bytes that `text` from `start` to `end` takes in UTF-8; a lone surrogate counts as U+FFFD (3 bytes). */
export function utf8Length(text: string, start = 0, end = text.length): number {
  // Mostly there is nothing to count.
  const own = text.slice(start, end);
  if (!NO_ASCII.test(own)) return own.length;
  let bytes = 0;
  for (let at = start; at < end; at++) {
    const unit = text.charCodeAt(at);
    if (unit < 0x80) bytes += 1;
    else if (unit < 0x800) bytes += 2;
    else if (unit >= 0xd800 && unit < 0xdc00 && at + 1 < end && isLowSurrogate(text.charCodeAt(at + 1))) {
      bytes += 4;
      at++;
    } else bytes += 3;
  }
  return bytes;
}

const NO_ASCII = /[\u0080-\uffff]/;

function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit < 0xe000;
}
