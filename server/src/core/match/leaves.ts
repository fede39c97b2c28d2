import type { Node } from '../ast/node.ts';
import { isBytes, mayBeConstant, type MatchContext } from './matchNode.ts';
import { sameNumber } from './numbers.ts';
import type { PatternNode } from './pattern.ts';

/** True when a leaf of the pattern and a node are the same, or the node is known to have the leaf's value. */
export function sameLeaf(
  context: MatchContext,
  pattern: Extract<PatternNode, { type: 'leaf' }>,
  node: Node,
): boolean {
  const { code, options } = context;
  const { kind, text } = pattern;
  if (node.kind === kind) {
    if (node.children.length > 0 && kind !== 'string') return false;
    if (node.text === text) return kind !== 'string' || isBytes(context, node) === (pattern.isBytes ?? false);
    // `import m "crypto/md5"`: `m` is `md5`.
    if (kind === 'identifier' && node.role === 'object')
      return code.names.pathsOf(node).some(([first, second]) => first === text && second === undefined);
    // `#define xfree free`: `xfree(p)` is `free(p)`, unless the file has a function of that name.
    if (kind === 'identifier' && node.role === 'callee')
      return code.names.macrosFor(text).includes(node.text) && code.names.declarationOf(node) === undefined;
    if (kind === 'number' && sameNumber(node.text, text)) return true;
    if (kind === 'token' && options.let_is_var && VARIABLES.has(text))
      return VARIABLES.has(node.text) || (text === 'var' && node.text === 'const');
    return false;
  }
  if (pattern.role === 'key' && node.role === 'key' && code.grammar.definition.profile.quotedKeys) {
    if (isKey(kind) && isKey(node.kind) && node.text === text) return true;
  }
  // A name may stand for a type with arguments that the pattern leaves out.
  if (kind === 'identifier') {
    const base = node.kind === 'genericType' ? node.part('base') : undefined;
    return base?.kind === 'identifier' && base.text === text;
  }
  if (!options.constant_propagation || !isLiteral(kind) || !mayBeConstant(node)) return false;
  const constant = code.names.constantOf(node);
  if (constant === undefined) return false;
  if (kind === 'string') return constant.kind === 'string' && constant.text === text;
  if (kind === 'number') return constant.kind === 'number' && sameNumber(constant.text, text);
  return constant.kind !== 'string' && constant.kind !== 'number' && constant.text === text;
}

const VARIABLES = new Set(['var', 'let']);

/** `{ a: 1 }` and `{ 'a': 1 }` */
function isKey(kind: string): boolean {
  return kind === 'identifier' || kind === 'string';
}

function isLiteral(kind: string): boolean {
  return kind === 'string' || kind === 'number' || /^:(true|false|boolean|null|nil|none)/i.test(kind);
}
