import type { Ast } from '../ast/readAst.ts';
import type { Node } from '../ast/node.ts';
import type { Declaration, DeclaredType, Names } from './names.ts';

interface Scoped extends Declaration {
  /** Node within which the name is known. */
  readonly scope: Node;
}

/** Names of languages that declare in blocks: variables, parameters and fields with their types. */
export function blockNamesOf(ast: Ast): Names {
  let byName: Map<string, Scoped[]> | undefined;
  const declared = (name: string): readonly Scoped[] => {
    byName ??= declarationsIn(ast);
    return byName.get(name) ?? [];
  };
  const declarationOf = (identifier: Node): Scoped | undefined => {
    if (identifier.kind !== 'identifier') return undefined;
    const isMember = identifier.parent?.kind === 'member' && identifier.role === 'name';
    if (isMember) return undefined;
    return innermost(declared(identifier.text), identifier);
  };
  const typeOf = (expression: Node): DeclaredType | undefined => {
    const member = expression.kind === 'member' ? expression.part('name') : undefined;
    const found = member
      ? declared(member.text).findLast(({ node }) => node.role === 'members')
      : declarationOf(expression);
    const type = found?.node.part('type');
    if (!found || !type) return undefined;
    const text = ast.text.slice(type.start, type.end);
    return { type, text, names: [text], modifiers: found.node.parts('modifiers').map((each) => each.text) };
  };
  return {
    declarationOf,
    typeOf,
    pathOf: () => undefined,
    pathsOf: () => [],
    aliasesOf: () => [],
    constantOf: () => undefined,
    valueOf: () => undefined,
  };
}

function innermost(candidates: readonly Scoped[], use: Node): Scoped | undefined {
  let best: Scoped | undefined;
  for (const each of candidates) {
    if (each.node.role === 'members' || !each.scope.contains(use)) continue;
    if (each.node.start > use.start) continue;
    if (!best || each.scope.index >= best.scope.index) best = each;
  }
  return best;
}

function declarationsIn(ast: Ast): Map<string, Scoped[]> {
  const byName = new Map<string, Scoped[]>();
  for (const node of ast.nodes) {
    if (node.kind !== 'variable' && node.kind !== 'parameter') continue;
    const identifier = node.part('target');
    if (identifier?.kind !== 'identifier') continue;
    const kind = node.kind === 'parameter' ? 'parameter' : 'variable';
    const one = { name: identifier.text, node, identifier, id: node.index, kind, scope: scopeOf(node) } as const;
    const list = byName.get(one.name);
    if (list) list.push(one);
    else byName.set(one.name, [one]);
  }
  return byName;
}

function scopeOf(node: Node): Node {
  let scope = node.parent ?? node;
  while (scope.parent && !SCOPES.has(scope.kind)) scope = scope.parent;
  return scope;
}

const SCOPES: ReadonlySet<string> = new Set(['file', 'block', 'function', 'lambda', 'for', 'forEach', 'catch', 'class']);
