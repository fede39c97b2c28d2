import type { Node } from '../ast/node.ts';

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
  return a.key === undefined || b.key === undefined || a.key === b.key;
}

/** By name, the innermost binding of each. */
export function toMap(bindings: Bindings | undefined): Map<string, Binding> {
  const map = new Map<string, Binding>();
  for (let each = bindings; each; each = each.rest) if (!map.has(each.name)) map.set(each.name, each.value);
  return map;
}
