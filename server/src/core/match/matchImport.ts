import type { Node } from '../ast/node.ts';
import type { Bindings } from './bindings.ts';
import { matchNode, type Found, type MatchContext } from './matchNode.ts';
import { matchParts } from './matchParts.ts';
import { partsOf, type PatternNode, type TreePattern } from './pattern.ts';

/**
 * An import of names written one after the other: `import a.b`, `from a import b` and `from a import b as c` import the same, and the tail of
 * what is imported may be left out: `import a` also matches `import a.b` and `from a.b import c`.
 */
export function matchImport(
  context: MatchContext,
  pattern: TreePattern,
  node: Node,
  bindings: Bindings | undefined,
  found: Found,
): void {
  const wanted = partsOfPattern(pattern);
  if (wanted?.[0]?.type !== 'leaf') return;
  const modifiers = pattern.parts.filter(({ role }) => role === 'modifiers');
  matchParts(context, modifiers, node, bindings, (bound) => {
    for (const path of pathsOf(node)) {
      if (path.length >= wanted.length) matchPrefix(context, wanted, 0, path, bound, found);
    }
  });
}

function matchPrefix(
  context: MatchContext,
  wanted: readonly PatternNode[],
  at: number,
  path: readonly Node[],
  bindings: Bindings | undefined,
  found: Found,
): void {
  const pattern = wanted[at];
  const name = path[at];
  if (pattern === undefined || name === undefined) {
    found(bindings);
    return;
  }
  matchNode(context, pattern, name, bindings, (bound) => {
    matchPrefix(context, wanted, at + 1, path, bound, found);
  });
}

/** The names of a simple pattern; undefined for one with an alias or with several names. */
function partsOfPattern(pattern: TreePattern): readonly PatternNode[] | undefined {
  const [module] = partsOf(pattern, 'module');
  const [name, second] = partsOf(pattern, 'names');
  if (module === undefined || second || partsOf(pattern, 'alias').length > 0) return undefined;
  const path = chainOfPattern(module);
  if (name === undefined || path === undefined) return path;
  if (name.type !== 'tree' || name.kind !== 'importName' || partsOf(name, 'alias').length > 0)
    return undefined;
  return [...path, ...partsOf(name, 'name')];
}

function chainOfPattern(node: PatternNode): readonly PatternNode[] | undefined {
  if (node.type !== 'tree') return node.type === 'leaf' && node.kind === 'identifier' ? [node] : undefined;
  const [object] = partsOf(node, 'object');
  const path = node.kind === 'member' && object ? chainOfPattern(object) : undefined;
  return path && [...path, ...partsOf(node, 'name')];
}

function pathsOf(node: Node): readonly (readonly Node[])[] {
  // One in the list of another one (Rust) is part of that.
  return node.parent?.kind === 'importName' ? [] : pathsBelow(node, []);
}

function pathsBelow(node: Node, before: readonly Node[]): readonly (readonly Node[])[] {
  const module = node.part('module');
  const own = module && chainOf(module);
  if (own === undefined) return [];
  const path = [...before, ...own];
  const names = node.parts('names').flatMap((each) => each.part('name') ?? []);
  if (names.length === 0) return [path];
  return names.flatMap((name) => {
    if (name.kind === 'import') return pathsBelow(name, path);
    return name.text === 'self' ? [path] : [[...path, ...(chainOf(name) ?? [name])]];
  });
}

function chainOf(node: Node): readonly Node[] | undefined {
  if (node.kind === 'identifier') return [node];
  const object = node.kind === 'member' ? node.part('object') : undefined;
  const path = object && chainOf(object);
  return path && [...path, ...node.parts('name')];
}
