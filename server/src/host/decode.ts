import type { SkippedFile } from '../core/facts/fileFacts.ts';
import type { Problem } from '../core/base/problem.ts';
import { LineIndex } from '../core/base/lineIndex.ts';
import type { FileContent, FolderHost } from './host.ts';

/** A file's text, or why there is none. Never both, never neither. */
export type DecodedFile =
  | {
      readonly kind: 'text';
      readonly path: string;
      /** Without a byte order mark: editors do not count it as a column either. */
      readonly text: string;
      readonly encoding: Encoding;
      readonly problems: readonly Problem[];
    }
  | { readonly kind: 'skipped'; readonly file: SkippedFile };

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

/**
 * Bytes of a file as text. Bytes that are not UTF-8 are read as windows-1252, in which every byte is a character, and a problem
 * `encoding` says so: the file is analysed, and nothing is dropped silently.
 *
 * @param maxBytes larger files are skipped
 */
export function decodeFile(path: string, bytes: Uint8Array, maxBytes: number): DecodedFile {
  if (bytes.length > maxBytes) return { kind: 'skipped', file: tooLarge(path, bytes.length, maxBytes) };
  const wide = wideEncoding(bytes);
  if (wide !== undefined) {
    const text = new TextDecoder(wide).decode(bytes);
    return text.includes('\0')
      ? binary(path, bytes)
      : { kind: 'text', path, text, encoding: wide, problems: [] };
  }
  if (bytes.includes(0)) return binary(path, bytes);
  const text = decodeStrictly(bytes);
  if (text !== undefined) return { kind: 'text', path, text, encoding: 'utf-8', problems: [] };
  const latin = decodeWindows1252(bytes);
  return {
    kind: 'text',
    path,
    text: latin,
    encoding: 'windows-1252',
    problems: [encodingProblem(path, bytes, latin)],
  };
}

/** A decoded file with its bytes as stored. */
export type FileRead =
  | (Extract<DecodedFile, { kind: 'text' }> & { readonly bytes: Uint8Array })
  | Extract<DecodedFile, { kind: 'skipped' }>;

/** A file that is read as it is. */
export interface BytesRead {
  readonly kind: 'bytes';
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly problems: readonly Problem[];
}

/** Reads one file of a folder in the form that its role asks for. */
export async function readInput(
  folder: FolderHost,
  path: string,
  input: 'text' | 'bytes',
  maxBytes: number,
): Promise<FileRead | BytesRead> {
  return inputOf(path, await folder.read(path, { maxBytes }), input, maxBytes);
}

/** Reads and decodes one file of a folder. */
export async function readText(folder: FolderHost, path: string, maxBytes: number): Promise<FileRead> {
  return textOf(path, await folder.read(path, { maxBytes }), maxBytes);
}

/** What was read, in the form that is asked for, or why there is none. */
export function inputOf(
  path: string,
  content: FileContent,
  input: 'text' | 'bytes',
  maxBytes: number,
): FileRead | BytesRead {
  if (input === 'text' || !content.ok) return textOf(path, content, maxBytes);
  return { kind: 'bytes', path, bytes: content.bytes, problems: [] };
}

function textOf(path: string, content: FileContent, maxBytes: number): FileRead {
  if (content.ok) {
    const decoded = decodeFile(path, content.bytes, maxBytes);
    return decoded.kind === 'text' ? { ...decoded, bytes: content.bytes } : decoded;
  }
  if (content.reason === 'too-large') {
    return { kind: 'skipped', file: tooLarge(path, content.bytes, maxBytes) };
  }
  return { kind: 'skipped', file: { path, reason: 'unreadable', detail: content.detail } };
}

function wideEncoding(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return undefined;
}

/** The text when all bytes are UTF-8. */
function decodeStrictly(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

/** The characters of bytes 0x80 to 0x9F; where windows-1252 has none, the control character of the same number stands. */
const WINDOWS_1252 =
  '\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178';

/** Node's decoder leaves those bytes as they are in some versions, and the result must not depend on the version. */
function decodeWindows1252(bytes: Uint8Array): string {
  const text = new TextDecoder('windows-1252').decode(bytes);
  return text.replaceAll(/[\x80-\x9f]/g, (unit) => WINDOWS_1252.charAt(unit.charCodeAt(0) - 0x80));
}

function encodingProblem(path: string, bytes: Uint8Array, text: string): Problem {
  const at = firstInvalidByte(bytes);
  return {
    code: 'encoding',
    severity: 'information',
    message:
      'This file is not valid UTF-8; it was read as windows-1252. Save it as UTF-8 to be sure of what is analysed.',
    path,
    range: new LineIndex(text).rangeOf({ start: at, end: at + 1 }),
  };
}

/** Offset of the first byte that no UTF-8 text can have there: found by halving, with the platform's own decoder as judge. */
function firstInvalidByte(bytes: Uint8Array): number {
  let valid = 0;
  let invalid = bytes.length;
  while (invalid - valid > 1) {
    const middle = (valid + invalid) >> 1;
    if (isPrefixOfUtf8(bytes.subarray(0, middle))) valid = middle;
    else invalid = middle;
  }
  return valid;
}

function isPrefixOfUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}

function binary(path: string, bytes: Uint8Array): DecodedFile {
  return {
    kind: 'skipped',
    file: {
      path,
      reason: 'binary',
      detail: 'the file has NUL bytes, so it is not text',
      bytes: bytes.length,
    },
  };
}

function tooLarge(path: string, bytes: number, maxBytes: number): SkippedFile {
  return {
    path,
    reason: 'too-large',
    detail: `the file has ${bytes} bytes, more than maxFileBytes (${maxBytes}) allows`,
    bytes,
  };
}
