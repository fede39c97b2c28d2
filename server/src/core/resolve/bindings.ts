import type { Node } from '../ast/node.ts';

/** Roles of the parts of a pattern that bind no names: types, callees, keys, defaults. */
const UNBOUND = new Set([
  'type',
  'callee',
  'key',
  'default',
  'operator',
  'modifiers',
  'attributes',
  'base',
  'typeArguments',
  'guard',
]);

/** Kinds that stand for a place that exists already. */
const PLACES = new Set(['member', 'index', 'number', 'string', 'template', 'regex', 'token', 'lambda', 'binary']);

/**
 * The identifiers that a target declares or assigns: `x`, the names in `(a, [b, ...c])`, in `{a: b = 1}`. None for `a.b` and `a[i]`.
 */
export function boundNames(target: Node): readonly Node[] {
  if (target.kind === 'identifier') return target.text === '_' ? [] : [target];
  const found: Node[] = [];
  const pending: Node[] = [target];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (node.kind === 'identifier') {
      if (node.text !== '_') found.push(node);
      continue;
    }
    if (PLACES.has(node.kind)) continue;
    for (let index = node.children.length - 1; index >= 0; index--) {
      const child = node.children[index];
      if (child && binds(node, child)) pending.push(child);
    }
  }
  return found;
}

function binds(parent: Node, { role }: Node): boolean {
  // `{a = 1}`: a pattern with a default.
  if ((parent.kind === 'assign' || parent.kind.includes('assignment')) && (role === 'right' || role === 'value'))
    return false;
  if (role === 'name' && parent.kind === 'keyword') return false;
  return !UNBOUND.has(role);
}

/**
 * The identifiers that a pattern of a `case` binds. Unlike in a target, a name may also be a constant that is compared with: by the
 * conventions of languages with such patterns, one that starts with an upper-case letter.
 */
export function boundInPattern(pattern: Node): readonly Node[] {
  return boundNames(pattern).filter(({ text }) => !/^\p{Lu}/u.test(text));
}
