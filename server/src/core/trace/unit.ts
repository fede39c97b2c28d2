import type { Range } from '../base/range.ts';

/** A piece of code that can carry a tag. The file itself is the unit with kind `file` and comes first in a file's list. */
export interface Unit {
  readonly kind: 'file' | 'function' | 'type' | 'declaration';
  /** Name as written in code; of a file, its path. */
  readonly name: string;
  /** The whole unit, without the comments before it. */
  readonly range: Range;
  readonly nameRange: Range;
}

/** A comment of a source file with its text and the unit that a tag in it would bind to (index into the file's units). */
export interface CommentText {
  readonly text: string;
  readonly range: Range;
  readonly unit: number;
}

/** A unit as other files name it: one end of a link in code. */
export interface UnitRef {
  readonly path: string;
  readonly name: string;
  readonly kind: Unit['kind'];
}

/** A link written in a code comment: one id of `[SR-AUTH-003@2, SR-LOG-001]`. */
export interface Tag {
  readonly id: string;
  readonly type: 'implements' | 'verifies';
  readonly revision?: number;
  /** What a foreign tag says that it brings: OpenFastTrace's `impl`, `utest`. Needs of its own format are met by this word alone. */
  readonly word?: string;
  /** The role as written, where it is not the type: `Verifies`. */
  readonly role?: string;
  /** The id with its revision, without brackets. */
  readonly range: Range;
  /** Index into the file's units. */
  readonly unit: number;
}
