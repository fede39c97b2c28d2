import type { Packing } from './packing.ts';

/** A type of C with what the machine makes of it. Sizes in bytes. */
export type CType =
  | {
      readonly is: 'int';
      readonly size: number;
      readonly signed: boolean;
      readonly bool?: true;
      /** A device, an interrupt or another thread changes it: each look may find another value. */
      readonly volatile?: true;
    }
  | { readonly is: 'float'; readonly size: number }
  | { readonly is: 'pointer'; readonly to: CType }
  /** Without a length: one that is not written, or not known when compiling. */
  | { readonly is: 'array'; readonly of: CType; readonly length: number | undefined }
  | Struct
  | { readonly is: 'void' }
  | { readonly is: 'function'; readonly returns: CType }
  /** A name that the file does not explain. */
  | { readonly is: 'unknown' };

export interface Struct {
  readonly is: 'struct';
  readonly name: string;
  readonly union: boolean;
  /** Undefined while fields have unknown sizes. */
  readonly size: number | undefined;
  readonly align: number;
  readonly fields: ReadonlyMap<string, Field>;
}

export interface Field {
  /** Undefined behind a field of unknown size. */
  readonly offset: number | undefined;
  readonly type: CType;
}

export type IntType = Extract<CType, { is: 'int' }>;

const int = (size: number, signed: boolean): IntType => ({ is: 'int', size, signed });

export const CHAR = int(1, true);
export const UCHAR = int(1, false);
export const SHORT = int(2, true);
export const USHORT = int(2, false);
export const INT = int(4, true);
export const UINT = int(4, false);
export const LONG = int(8, true);
export const ULONG = int(8, false);
export const BOOL: IntType = { is: 'int', size: 1, signed: false, bool: true };
export const DOUBLE: CType = { is: 'float', size: 8 };
export const VOID: CType = { is: 'void' };
export const UNKNOWN: CType = { is: 'unknown' };
export const CHAR_POINTER: CType = { is: 'pointer', to: CHAR };
/** 64-bit Linux, macOS and most gateways; pointers of a microcontroller are shorter, which leaves bounds valid. */
export const POINTER_SIZE = 8;

/** Types that headers declare, by the name that everybody knows. */
export const KNOWN_TYPES: ReadonlyMap<string, CType> = new Map<string, CType>([
  ['int8_t', CHAR],
  ['uint8_t', UCHAR],
  ['int16_t', SHORT],
  ['uint16_t', USHORT],
  ['int32_t', INT],
  ['uint32_t', UINT],
  ['int64_t', LONG],
  ['uint64_t', ULONG],
  ['size_t', ULONG],
  ['ssize_t', LONG],
  ['ptrdiff_t', LONG],
  ['intptr_t', LONG],
  ['uintptr_t', ULONG],
  ['intmax_t', LONG],
  ['uintmax_t', ULONG],
  ['time_t', LONG],
  ['off_t', LONG],
  ['clock_t', LONG],
  ['socklen_t', UINT],
  ['mode_t', UINT],
  ['pid_t', INT],
  ['uid_t', UINT],
  ['gid_t', UINT],
  ['wchar_t', INT],
  ['wint_t', UINT],
  ['bool', BOOL],
  ['_Bool', BOOL],
  ['u8', UCHAR],
  ['u16', USHORT],
  ['u32', UINT],
  ['u64', ULONG],
  ['s8', CHAR],
  ['s16', SHORT],
  ['s32', INT],
  ['s64', LONG],
  ['uint', UINT],
  ['uchar', UCHAR],
  ['ushort', USHORT],
  ['ulong', ULONG],
  ['pthread_mutex_t', opaque('pthread_mutex_t', 40)],
  ['pthread_cond_t', opaque('pthread_cond_t', 48)],
  ['pthread_rwlock_t', opaque('pthread_rwlock_t', 56)],
  ['pthread_spinlock_t', INT],
  ['pthread_t', ULONG],
  ['mtx_t', opaque('mtx_t', 40)],
  ['sem_t', opaque('sem_t', 32)],
]);

/** A structure of which only the size is of interest. */
function opaque(name: string, size: number): CType {
  return { is: 'struct', name, fields: new Map<string, Field>(), size, align: 8, union: false };
}

/** The type as `volatile` in front of a declaration makes it: what is declared, or what that leads to. */
export function madeVolatile(type: CType): CType {
  switch (type.is) {
    case 'int':
      return { ...type, volatile: true };
    case 'pointer':
      return { ...type, to: madeVolatile(type.to) };
    case 'array':
      return { ...type, of: madeVolatile(type.of) };
    default:
      return type;
  }
}

const WORDS =
  /^(unsigned|signed|long|short|int|char|double|float|void|const|volatile|_Bool|bool|__signed__)$/;

/** A type written in keywords: `unsigned long int`; undefined for any other name. */
export function keywordType(text: string): CType | undefined {
  const words = text.split(/\s+/).filter((word) => word !== '' && word !== 'const' && word !== 'volatile');
  if (words.length === 0 || !words.every((word) => WORDS.test(word))) return undefined;
  const has = (word: string): boolean => words.includes(word);
  if (has('void')) return VOID;
  if (has('float')) return { is: 'float', size: 4 };
  if (has('double')) return { is: 'float', size: has('long') ? 16 : 8 };
  if (has('_Bool') || has('bool')) return BOOL;
  const signed = !has('unsigned');
  if (has('char')) return int(1, signed);
  if (has('short')) return int(2, signed);
  return int(has('long') ? 8 : 4, signed);
}

export function sizeOf(type: CType): number | undefined {
  switch (type.is) {
    case 'int':
    case 'float':
      return type.size;
    case 'pointer':
      return POINTER_SIZE;
    case 'array': {
      const size = sizeOf(type.of);
      return size === undefined || type.length === undefined ? undefined : size * type.length;
    }
    case 'struct':
      return type.size;
    case 'void':
    case 'function':
      return 1;
    case 'unknown':
      return undefined;
  }
}

function alignOf(type: CType): number {
  if (type.is === 'array') return alignOf(type.of);
  if (type.is === 'struct') return type.align;
  return Math.min(sizeOf(type) ?? 1, 16);
}

/**
 * Lays out fields as the usual ABIs do.
 *
 * @param packing what is said of it otherwise
 */
export function layOut(
  name: string,
  union: boolean,
  members: readonly { readonly name: string; readonly type: CType }[],
  { most, least }: Packing = { most: Infinity, least: 1 },
): Struct {
  const fields = new Map<string, Field>();
  let end: number | undefined = most === undefined ? undefined : 0;
  let size = most === undefined || least === undefined ? undefined : (0 as number | undefined);
  let align = least ?? 1;
  members.forEach(({ name: field, type }, index) => {
    const each = Math.min(alignOf(type), most ?? Infinity);
    align = Math.max(align, each);
    const offset: number | undefined = union ? 0 : end === undefined ? undefined : roundUp(end, each);
    if (field !== '') fields.set(field, { offset, type });
    else if (type.is === 'struct') {
      // Fields of an unnamed member are fields of the whole.
      for (const [inner, { offset: within, type: of }] of type.fields) {
        fields.set(inner, {
          offset: offset === undefined || within === undefined ? undefined : offset + within,
          type: of,
        });
      }
    }
    const isFlexible = type.is === 'array' && type.length === undefined && index === members.length - 1;
    const bytes = isFlexible ? 0 : sizeOf(type);
    end = offset === undefined || bytes === undefined ? undefined : offset + bytes;
    size = end === undefined || size === undefined ? undefined : Math.max(size, end);
  });
  return {
    is: 'struct',
    name,
    union,
    // What is empty has its fields in a macro that is not understood.
    size: size === undefined || members.length === 0 ? undefined : roundUp(size, align),
    align,
    fields,
  };
}

function roundUp(value: number, align: number): number {
  return Math.ceil(value / align) * align;
}

/** Smallest and largest value; those of 64 bits are rounded outwards. */
export function limitsOf({ size, signed, bool }: IntType): readonly [lo: number, hi: number] {
  if (bool) return [0, 1];
  if (size >= 8) return signed ? [-(2 ** 63), 2 ** 63] : [0, 2 ** 64];
  const bits = size * 8;
  return signed ? [-(2 ** (bits - 1)), 2 ** (bits - 1) - 1] : [0, 2 ** bits - 1];
}

/** The type in which two integers are computed. */
export function commonType(a: IntType, b: IntType): IntType {
  const [x, y] = [promoted(a), promoted(b)];
  if (x.size !== y.size) return x.size > y.size ? x : y;
  return x.signed ? y : x;
}

export function promoted(type: IntType): IntType {
  return type.size < 4 ? INT : type;
}

/** The type of a value of this type: an array is a pointer to its first element, a function one to itself. */
export function decayed(type: CType): CType {
  if (type.is === 'array') return { is: 'pointer', to: type.of };
  return type.is === 'function' ? { is: 'pointer', to: type } : type;
}
