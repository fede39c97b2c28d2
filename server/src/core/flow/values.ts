import type { Span } from '../base/range.ts';
import type { ForeignText } from './outside.ts';

/**
 * What is known of a value: the taints of the value itself, those of its fields, and the function that it is. Values never
 * change; joining two that are equal gives the first of them, so that a fixed point is seen by identity.
 */
export interface Value {
  readonly taints: Taints;
  /** Fields that differ from the value itself; a field not listed is tainted as the value is. */
  readonly fields: ReadonlyMap<string, Value> | undefined;
  /** The function of the file that the value is: its number. */
  readonly callable: number | undefined;
}

export type Taints = ReadonlyMap<string, Taint>;

/** Data of one origin with one label. */
export interface Taint {
  /** Equal for equal origin and label. */
  readonly key: string;
  readonly label: string;
  readonly origin: Origin;
  readonly trace: Trace | undefined;
  /** The label is there only if these taints, when they are known, meet the condition of the source or propagator. */
  readonly needs?: Needs;
}

export interface Needs {
  /** Index among the conditions of the run. */
  readonly condition: number;
  readonly inputs: Taints;
}

/** Parts a key from those of the data that its taint waits for. */
const WAITS = '\u0001';

/**
 * The key of a taint that waits for what its inputs turn out to be. They are part of it: `a` and `b` of `a + b` each make the source's taint
 * where they arrive tainted. What inputs themselves wait for counts as one more, so that keys do not grow in loops.
 */
export function openKey(key: string, inputs: Taints): string {
  const names = new Set([...inputs.keys()].flatMap((each) => each.split(WAITS)));
  return [key, ...[...names].sort()].join(WAITS);
}

/** The key without what its taint waits for. */
export function certainKey(key: string): string {
  const at = key.indexOf(WAITS);
  return at < 0 ? key : key.slice(0, at);
}

/** A source by its index in the input, or what a function gets from its callers. */
export type Origin =
  | { readonly is: 'source'; readonly source: number }
  | { readonly is: 'input'; readonly root: string; readonly path: readonly string[] };

/** The way that data came, last place first. */
export interface Trace {
  readonly start: number;
  readonly end: number;
  readonly previous: Trace | undefined;
  readonly length: number;
  /** The file of the place, when it is another one. */
  readonly code?: ForeignText | undefined;
}

/** Fields of fields are told apart down to here. */
export const MAX_DEPTH = 4;
/** Fields of one value that are told apart. */
const MAX_FIELDS = 64;
/** Of longer ways the beginning is told. */
const MAX_TRACE = 16;
/** Taints of one value; more do not make a finding better. */
const MAX_TAINTS = 32;

export const NO_TAINTS: Taints = new Map();
export const CLEAN: Value = { taints: NO_TAINTS, fields: undefined, callable: undefined };

export function valueOf(taints: Taints): Value {
  return taints.size === 0 ? CLEAN : { taints, fields: undefined, callable: undefined };
}

export function traceTo(
  previous: Trace | undefined,
  { start, end, code }: Span & { readonly code?: ForeignText | undefined },
): Trace {
  if (previous !== undefined) {
    if (previous.start === start && previous.end === end && previous.code === code) return previous;
    if (previous.length >= MAX_TRACE) return previous;
  }
  return { start, end, previous, length: (previous?.length ?? 0) + 1, code };
}

/** Union; of the same taint the one with the shorter way, the first of equals. */
export function union(a: Taints, b: Taints): Taints {
  if (b.size === 0 || a === b) return a;
  if (a.size === 0) return b;
  let result: Map<string, Taint> | undefined;
  for (const [key, taint] of b) {
    const known = a.get(key);
    if (known !== undefined && (known.trace?.length ?? 0) <= (taint.trace?.length ?? 0)) continue;
    if (known === undefined && (result ?? a).size >= MAX_TAINTS) continue;
    result ??= new Map(a);
    result.set(key, taint);
  }
  return result ?? a;
}

/** Joins what two ways of the program know of a value. */
export function join(a: Value, b: Value, depth = 0): Value {
  if (a === b) return a;
  const taints = union(a.taints, b.taints);
  const callable = a.callable ?? b.callable;
  const fields = a.fields === b.fields ? a.fields : joinFields(a, b, depth);
  if (taints === a.taints && fields === a.fields && callable === a.callable) return a;
  return { taints, fields, callable };
}

function joinFields(a: Value, b: Value, depth: number): Value['fields'] {
  let changed: Map<string, Value> | undefined;
  for (const [name, mine] of a.fields ?? []) {
    const joined = depth < MAX_DEPTH ? join(mine, fieldOf(b, name), depth + 1) : mine;
    if (joined !== mine) (changed ??= new Map(a.fields)).set(name, joined);
  }
  for (const [name, other] of b.fields ?? []) {
    if (a.fields?.has(name) === true) continue;
    const mine = fieldOf(a, name);
    (changed ??= new Map(a.fields)).set(name, depth < MAX_DEPTH ? join(mine, other, depth + 1) : mine);
  }
  return changed ?? a.fields;
}

/** The same taints at the same places; ways and functions do not count. */
export function sameTaints(a: Value, b: Value): boolean {
  if (a === b) return true;
  if (a.callable !== b.callable || !sameKeys(a.taints, b.taints)) return false;
  if (a.fields === b.fields) return true;
  for (const [name, mine] of a.fields ?? []) if (!sameTaints(mine, fieldOf(b, name))) return false;
  for (const [name, other] of b.fields ?? []) {
    if (a.fields?.has(name) !== true && !sameTaints(fieldOf(a, name), other)) return false;
  }
  return true;
}

function sameKeys(a: Taints, b: Taints): boolean {
  if (a === b) return true;
  if (a.size !== b.size) return false;
  for (const key of a.keys()) if (!b.has(key)) return false;
  return true;
}

/** The value of a field: its own, or as tainted as the whole. */
export function fieldOf(value: Value, name: string): Value {
  const own = value.fields?.get(name);
  if (own !== undefined) return own;
  const { taints } = value;
  if (taints.size === 0) return CLEAN;
  let known = unlisted.get(taints);
  if (known === undefined) unlisted.set(taints, (known = new Map<string, Value>()));
  let field = known.get(name);
  if (field === undefined) {
    known.set(name, (field = valueOf(mapTaints(taints, (taint) => narrowed(taint, name)))));
  }
  return field;
}

/** Fields as tainted as their whole that were asked for: the same one each time, so that joining sees that it is equal. */
const unlisted = new WeakMap<Taints, Map<string, Value>>();

/** A field of what a caller gave: the caller knows whether that field is tainted. */
function narrowed(taint: Taint, name: string): Taint {
  const { origin } = taint;
  if (origin.is !== 'input' || origin.path.length >= MAX_DEPTH) return taint;
  return inputTaint(origin.root, [...origin.path, name], taint.trace);
}

export function inputTaint(root: string, path: readonly string[], trace: Trace | undefined): Taint {
  return { key: `<${root}|${path.join('.')}`, label: '', origin: { is: 'input', root, path }, trace };
}

/** The value with a field replaced. */
export function withField(value: Value, path: readonly string[], field: Value): Value {
  const [name, ...rest] = path;
  if (name === undefined) return field;
  const inner = rest.length === 0 ? field : withField(fieldOf(value, name), rest, field);
  if (value.fields?.get(name) === inner) return value;
  if (value.fields === undefined && value.taints.size === 0 && isClean(inner)) return value;
  if ((value.fields?.size ?? 0) >= MAX_FIELDS && value.fields?.has(name) !== true) {
    return { ...value, taints: union(value.taints, allTaints(inner)) };
  }
  const fields = new Map(value.fields ?? []);
  fields.set(name, inner);
  return { taints: value.taints, fields, callable: value.callable };
}

export function isClean(value: Value): boolean {
  return value.taints.size === 0 && value.fields === undefined && value.callable === undefined;
}

/** The taints of a value and of everything in it. */
export function allTaints(value: Value): Taints {
  if (value.fields === undefined) return value.taints;
  let all = value.taints;
  for (const field of value.fields.values()) all = union(all, allTaints(field));
  return all;
}

export function mapTaints(taints: Taints, change: (taint: Taint) => Taint): Taints {
  let result: Map<string, Taint> | undefined;
  for (const [key, taint] of taints) {
    const changed = change(taint);
    if (changed === taint) continue;
    result ??= new Map(taints);
    result.delete(key);
    result.set(changed.key, changed);
  }
  return result ?? taints;
}

/** Every taint of a value, wherever it stands, changed in the same way. */
export function mapValue(value: Value, change: (taints: Taints) => Taints): Value {
  const taints = change(value.taints);
  let fields = value.fields;
  if (value.fields !== undefined) {
    let changed: Map<string, Value> | undefined;
    for (const [name, field] of value.fields) {
      const mapped = mapValue(field, change);
      if (mapped === field) continue;
      changed ??= new Map(value.fields);
      changed.set(name, mapped);
    }
    fields = changed ?? fields;
  }
  if (taints === value.taints && fields === value.fields) return value;
  return { taints, fields, callable: value.callable };
}
