import type { SizeExpression } from './sizeExpression.ts';

/** What a library function does, read from `models/`. Arguments count from 0 here, from 1 in the files. */
export interface FunctionModel {
  readonly name: string;
  /** Never comes back. */
  readonly ends: boolean;
  /** A call with another number of arguments is one of another function that has this name. */
  readonly parameters: number | undefined;
  readonly does: readonly Effect[];
  readonly returns: Returned | undefined;
}

/** Length of a string that comes from outside: stands for an expression that no file can write. */
export const INPUT: SizeExpression = { is: 'number', value: -1 };

/** The family of what a descriptor stands for. */
export const DESCRIPTOR = 'descriptor';

/** True for blocks of memory, false for handles such as files: `heap` is the family of `malloc`, `memory-x` that of another allocator. */
export function isMemory(family: string | undefined): boolean {
  return family === 'heap' || family?.startsWith('memory-') === true;
}

export type Effect =
  /** Memory is read or written; `from`, `fill`: what is written. */
  | { readonly is: 'reads'; readonly argument: number; readonly bytes: SizeExpression }
  /** So many bytes at two places must have none in common. */
  | { readonly is: 'apart'; readonly argument: number; readonly from: number; readonly bytes: SizeExpression }
  | {
      readonly is: 'writes';
      readonly argument: number;
      readonly bytes: SizeExpression;
      readonly upTo: boolean;
      readonly from: number | undefined;
      readonly fill: SizeExpression | undefined;
      readonly input: boolean;
    }
  /** A string is read up to its zero byte, or up to so many bytes, or no further than where another one ends. */
  | {
      readonly is: 'reads-string';
      readonly argument: number;
      readonly atMost: SizeExpression | undefined;
      readonly beside: number | undefined;
    }
  /** A string of this length is written, behind the one that is there with `append`; cut to `limit` bytes with its zero byte. */
  | {
      readonly is: 'writes-string';
      readonly argument: number;
      readonly length: SizeExpression;
      readonly limit: SizeExpression | undefined;
      readonly append: boolean;
      /** A length from outside is at least 1. */
      readonly notEmpty: boolean;
    }
  /** A string of unknown length is written, of at most `limit` bytes with its zero byte. */
  | { readonly is: 'fills-string'; readonly argument: number; readonly limit: SizeExpression | undefined }
  /** As `strncpy`: bytes of a string, then zeros, and no zero byte when the string is too long. */
  | {
      readonly is: 'copies-string';
      readonly argument: number;
      readonly from: number;
      readonly bytes: SizeExpression;
    }
  /** The argument is the format of what follows it, which is printed, or read from outside. */
  | { readonly is: 'prints'; readonly argument: number }
  | { readonly is: 'scans'; readonly argument: number; readonly text: number | undefined }
  /** What the pointer leads to is written with something unknown. */
  | { readonly is: 'leaves'; readonly argument: number }
  | { readonly is: 'frees'; readonly argument: number; readonly family: string }
  /** The function keeps the pointer, or hands it on. */
  | { readonly is: 'keeps'; readonly argument: number }
  | { readonly is: 'needs'; readonly argument: number }
  /** The argument is a descriptor that must be open. */
  | { readonly is: 'uses'; readonly argument: number }
  /** The variable behind the pointer gets a number from outside. */
  | { readonly is: 'sets'; readonly argument: number; readonly input: boolean }
  /** The variable behind the pointer gets the number where it fits, and 0 is returned; otherwise some number, and what is returned is not 0. */
  | { readonly is: 'computes'; readonly argument: number; readonly of: SizeExpression }
  | {
      readonly is: 'marks';
      readonly argument: number;
      readonly mark: string;
      /** Marks of which each is an error before this call, with the name of the event. */
      readonly errors: Readonly<Record<string, string>>;
    };

export type Returned =
  | { readonly is: 'argument'; readonly argument: number; readonly fails: boolean }
  | {
      readonly is: 'allocation';
      readonly bytes: SizeExpression | undefined;
      readonly family: string;
      readonly zeroed: boolean;
      readonly fails: boolean;
      /** The block that is taken over: `realloc`. */
      readonly replaces: number | undefined;
      /** A copy of this string, as long as there is room for in the block. */
      readonly copyOf: number | undefined;
      readonly reason: 'allocation' | 'result';
    }
  /** A number in a range; `input` when every one of them occurs: always, or when all values of an argument do. */
  | {
      readonly is: 'number';
      readonly lo: SizeExpression | undefined;
      readonly hi: SizeExpression | undefined;
      readonly input: boolean | number;
      /** Not 0 only where an argument lies within bounds and is not 0 itself: `isdigit`. */
      readonly notZeroFor:
        | { readonly argument: number; readonly least: number | undefined; readonly most: number | undefined }
        | undefined;
      /** 0 only where two strings are the same, or the same up to so many bytes: `strncmp`. */
      readonly compares:
        | { readonly one: number; readonly other: number; readonly atMost: SizeExpression | undefined }
        | undefined;
    }
  /** A descriptor of something that is open now, or a negative number. */
  | { readonly is: 'descriptor' }
  | { readonly is: 'value'; readonly of: SizeExpression }
  /** A pointer into an argument, or null. */
  | {
      readonly is: 'within';
      readonly argument: number;
      readonly fails: boolean;
      /** Bytes of the argument that follow what is found, at least. */
      readonly followed: SizeExpression | undefined;
      /** The byte that is looked for: the zero byte is always found. */
      readonly byte: number | undefined;
    }
  /** A string of unknown length from outside, or null; no longer than `most` where that is said. */
  | {
      readonly is: 'string';
      readonly input: boolean;
      readonly fails: boolean;
      readonly most: number | undefined;
    };

/** The function reads from outside: from a stream, a socket or a device, of which nobody knows whether they have something. */
export function isInput({ does, returns }: FunctionModel): boolean {
  return (
    does.some(
      (effect) =>
        effect.is === 'fills-string' ||
        (effect.is === 'writes-string' && effect.length === INPUT) ||
        (effect.is === 'scans' && effect.text === undefined) ||
        ((effect.is === 'writes' || effect.is === 'sets') && effect.input),
    ) ||
    (returns?.is === 'number' && returns.input === true)
  );
}

/** Of the C library, what closes a stream, a pipe or a directory must not be given null; `free` and the releases of libraries take it. */
export function takesNull(family: string): boolean {
  return !STREAMS.has(family);
}

const STREAMS: ReadonlySet<string> = new Set(['file', 'pipe', 'directory']);
