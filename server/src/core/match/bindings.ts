import type { Node } from '../ast/node.ts';

/** Separates the parts of a key; cannot occur in source text that compares equal otherwise. */
export const KEY_END = '\u0001';
/** How the key of a string's content begins. */
export const STRING_KEY = 'string:';

/** What a metavariable stands for. */
export interface Binding {
  /** UTF-16 offsets of the code; of a run without members, an empty stretch. */
  readonly start: number;
  readonly end: number;
  /** Undefined for a run of nodes, the content of a string or a piece of text. */
  readonly node: Node | undefined;
  /** What messages say for it; the code itself when absent. */
  readonly text?: string;
  /** Two bindings agree when their keys are equal; undefined agrees with anything. */
  readonly key: string | undefined;
}
/** Bindings of one match: an immutable list, so that alternatives share what they have in common. */
export interface Bindings {
  readonly name: string;
  readonly value: Binding;
  readonly rest: Bindings | undefined;
}

export function lookUp(bindings: Bindings | undefined, name: string): Binding | undefined {
  for (let each = bindings; each; each = each.rest) if (each.name === name) return each.value;
  return undefined;
}

/** @returns the bindings with `name` added, or false when it is bound to something else already */
export function bind(bindings: Bindings | undefined, name: string, value: Binding): Bindings | false {
  const earlier = lookUp(bindings, name);
  if (earlier === undefined) return { name, value, rest: bindings };
  if (agree(earlier, value)) return bindings ?? false;
  return false;
}

/**
 * Whether a metavariable may stand for this code, as far as conditions on it alone say. Asked when it is bound, before the rest of a
 * pattern is looked for.
 */
export type Admits = (name: string, binding: Binding) => boolean;

/** Adds the bindings of `more` to `bindings`, or false when two of them disagree. */
export function merge(
  bindings: Bindings | undefined,
  more: Bindings | undefined,
): Bindings | undefined | false {
  let merged = bindings;
  for (let each = more; each; each = each.rest) {
    const next = bind(merged, each.name, each.value);
    if (next === false) return false;
    merged = next;
  }
  return merged;
}

export function agree(a: Binding, b: Binding): boolean {
  if (a.key === undefined || b.key === undefined || a.key === b.key) return true;
  return isNameOf(a, a.key, b.key) || isNameOf(b, b.key, a.key);
}

/**
 * A name whose declaration is not known agrees with a declared one that reads the same: `this.$X = $X`, whose `this.x` may be any
 * class's. So does the content of a string, `@Param("$X") String $X`, but no string as a whole.
 */
function isNameOf({ node }: Binding, unknown: string, declared: string): boolean {
  const isContent = node === undefined && unknown.startsWith(STRING_KEY);
  const name = isContent ? unknown.slice(STRING_KEY.length) : unknown;
  if (name === '' || !declared.startsWith(name)) return false;
  const rest = declared.slice(name.length);
  return rest === '' || (rest.startsWith(KEY_END) && /^\d+$/.test(rest.slice(1)));
}

/** By name, the innermost binding of each. */
export function toMap(bindings: Bindings | undefined): Map<string, Binding> {
  const map = new Map<string, Binding>();
  for (let each = bindings; each; each = each.rest) if (!map.has(each.name)) map.set(each.name, each.value);
  return map;
}
