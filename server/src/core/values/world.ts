import type { Node } from '../ast/node.ts';
import type { CType, IntType } from './ctypes.ts';
import { limitsOf } from './ctypes.ts';
import { symbolLinear, type Linear } from './linear.ts';
import type { Product } from './products.ts';
import type { Frame } from './run.ts';
import {
  memoryWith,
  freshMemory,
  NO_VALUES,
  intValue,
  type Fill,
  type Memory,
  type Range,
  type State,
  type Value,
} from './state.ts';

/**
 * Where an unknown number comes from. `input`: from outside, so that every value within its bounds occurs. `length`: of bytes from outside
 * that a caller gives: of what the code tests of it, every value occurs. `given`: from a caller
 * that is not seen, who may know better. `foreign`: from code or memory that is not seen, which may hang together with other such
 * numbers. `null`: 1 where a pointer is null. `derived`: anything else.
 */
export type SymbolKind = 'input' | 'length' | 'given' | 'foreign' | 'null' | 'derived';

export interface SymbolInfo {
  /** Its bounds on paths that know nothing more of it. */
  readonly range: Range;
  readonly kind: SymbolKind;
  /** Of `null`: why the pointer may be null. */
  readonly reason: NullReason | undefined;
  readonly node: Node | undefined;
}

/**
 * `allocation`: memory may run out. `result`: a library function says "not there". `given`: a caller that is not seen.
 * `assigned`: the program itself sets or tests it.
 */
export type NullReason = 'allocation' | 'result' | 'given' | 'assigned';

/** What is known where a result is not 0 (`argument`), or is 0 (`lengths`). */
export type Told =
  | {
      readonly is: 'argument';
      readonly of: Linear;
      readonly least: number | undefined;
      readonly most: number | undefined;
    }
  /** Of two strings that are the same up to `limit` bytes, or to their ends. */
  | {
      readonly is: 'lengths';
      readonly one: Linear;
      readonly other: Linear;
      readonly limit: Linear | undefined;
    };

export interface ObjectInfo {
  readonly kind: 'local' | 'static' | 'heap' | 'string' | 'given' | 'unknown';
  readonly type: CType | undefined;
  /** In bytes; undefined when it is not known. */
  readonly size: Linear | undefined;
  readonly name: string;
  /** Declaration, allocation or literal. */
  readonly node: Node | undefined;
  /** Who must take it back: `heap`, `file`, ... */
  readonly family: string | undefined;
  /** Stands for several objects of one place: what holds for one of them need not hold for another. */
  readonly many: boolean;
  /** The call of a function that it belongs to. */
  readonly frame: number;
  /** Of a block: the same, with its callers. */
  readonly maker: Frame | undefined;
  /** Symbol that is 1 where the allocation failed. */
  readonly nullness: number | undefined;
  /** Symbol of the descriptor that stands for it; negative where opening failed. */
  readonly descriptor: number | undefined;
}

/** Bytes of the longest text that may come from outside; a number of this bound is the length of one. No system hands out one that fills an `int`. */
export const MAX_TEXT = 2 ** 27;

const UNKNOWN_MEMORY: Memory = memoryWith(freshMemory({ is: 'unknown' }), { escaped: true });

/** The upper or the lower bound of a symbol. */
export interface BoundOf {
  readonly symbol: number;
  readonly isUpper: boolean;
}

/** Such a bound, or that of the difference `a - b`. */
export type OneSided = BoundOf | { readonly a: number; readonly b: number };

/** What is the same on all paths of one analysis: symbols and objects, by number. */
export class World {
  readonly symbols: SymbolInfo[] = [];
  readonly objects: ObjectInfo[] = [];
  /** Objects that somebody must take back. */
  readonly heap: number[] = [];
  /** Objects that models have given a state. */
  readonly marked = new Set<number>();
  /** The last call of a function that has taken a lock, by object and offset. */
  readonly taken = new Map<string, number>();
  /** Objects that stand for what is open behind a descriptor, by its symbol. */
  readonly handles = new Map<number, number>();
  /** Memory of objects of which nothing is known, and of string literals. */
  readonly defaults: (Memory | undefined)[] = [];
  /** Of a byte that was read from a string: bytes between it and the end of the string, less one; below 0 at the end itself. */
  readonly behind = new Map<number, Linear>();
  /** What results of library functions tell of what they were given, by their symbols. */
  readonly tells = new Map<number, Told>();
  /** Symbols that stand for constants of headers, which have one value that is not seen. */
  readonly constants = new Set<number>();
  /** Symbols in the lengths of strings that are read byte by byte. */
  readonly lengths = new Set<number>();
  /** Symbols that were put together of numbers more than 1 apart: not every value within the bounds occurs. */
  readonly sparse = new Set<number>();
  /**
   * Bounds that some run has on one of two paths alone, by the numbers that were put together of one number on each of these paths: whoever
   * tests such a number may ask on which of them it is.
   */
  readonly oneSided = new Map<number, readonly OneSided[]>();
  /** Symbols of results, by operator and operands: the same operation on the same numbers has the same result. */
  readonly results = new Map<string, number>();
  /** Symbols that are the whole part of a number divided by a positive one: what is learned of the number is learned of them. */
  readonly quotients = new Map<number, { readonly of: Linear; readonly by: number }>();
  /** By their sums: products that are too small in some run, as they were too large for their type. */
  readonly wrapped = new Set<string>();
  /** Symbols that are products of two numbers from outside. */
  readonly products = new Map<number, Product>();
  /** Where each of them is computed, by its factors. */
  readonly multiplied = new Map<string, Node | 'twice'>();
  /** Objects that a function which is not seen was given, by its last call, and by the symbol of the number that it returned. */
  readonly givenTo = new Map<Node, readonly number[]>();
  readonly readFrom = new Map<number, readonly number[]>();
  /** Objects that some path has, or leads to, which was put together of one that does and one that does not. */
  readonly doubted = new Set<number>();
  /** Nullness of pointers that one path has set to null, and another has freed: a later test may ask which of them it was. */
  readonly nullOrFreed = new Set<number>();
  /** Objects that something from outside was written to. */
  readonly outside = new Set<number>();
  /** Objects whose contents code that is not seen may have changed on some path. */
  readonly forgotten = new Set<number>();
  steps = 0;

  /** @param not values in between that it never has */
  symbol(
    lo: number,
    hi: number,
    kind: SymbolKind,
    node?: Node,
    reason?: NullReason,
    not = NO_VALUES,
  ): number {
    const isSeen = kind === 'input';
    this.symbols.push({ range: { lo, hi, loSeen: isSeen, hiSeen: isSeen, not }, kind, node, reason });
    return this.symbols.length - 1;
  }

  /** Any value of a type. */
  anyInt(type: IntType, kind: SymbolKind, node?: Node): Value {
    const [lo, hi] = limitsOf(type);
    // Sizes that nobody checked are taken to be real sizes: half of the address space is none.
    const most = kind !== 'input' && type.size >= 8 && !type.signed ? 2 ** 62 : hi;
    return intValue(symbolLinear(this.symbol(lo, most, kind, node)));
  }

  newObject(state: State, info: Partial<ObjectInfo> & Pick<ObjectInfo, 'kind'>, fill: Fill): number {
    const id = this.objects.length;
    this.objects.push({
      kind: info.kind,
      type: info.type,
      size: info.size,
      name: info.name ?? '',
      node: info.node,
      family: info.family,
      many: info.many ?? false,
      frame: info.frame ?? 0,
      maker: info.maker,
      nullness: info.nullness,
      descriptor: info.descriptor,
    });
    if (info.kind === 'heap') this.heap.push(id);
    if (info.kind === 'unknown' || info.kind === 'given') this.defaults[id] = UNKNOWN_MEMORY;
    else state.setObject(id, freshMemory(fill));
    return id;
  }

  /** It is as long as a text from outside. */
  isText(object: number): boolean {
    const terms = this.info(object)?.size?.terms ?? [];
    return terms.some(({ symbol }) => this.symbols[symbol]?.range.hi === MAX_TEXT);
  }

  info(object: number): ObjectInfo | undefined {
    return this.objects[object];
  }
}
