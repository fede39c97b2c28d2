import { at } from '../syntax/syntaxTable.ts';
import { Node } from './node.ts';
import type { AstReader } from './readAst.ts';

/** Parts read out of a declarator, by role. */
interface Part {
  readonly role: string;
  readonly nodes: readonly Node[];
}

/** A reference is used like what it refers to: it is no type of its own, but a pattern may ask for it. */
const REFERENCE = '&';
/** What such a one takes over: a move, where a `&` is a copy or a change. */
const RVALUE_REFERENCE = '&&';

/**
 * Type and name out of a C declarator, where the type is written around the name: `char *argv[]` is an array of pointers to
 * `char` named `argv`. Of a function's declarator: result type, name and parameters.
 *
 * @param declarator its node, or -1 when there is none (`void f(int)`)
 * @param base the type that stands before it
 * @param construct `function`, `type` for one without a name, or what has a `type` and a `target`
 */
export function readDeclarator(
  reader: AstReader,
  declarator: number,
  base: Node | undefined,
  construct: string,
): Part[] {
  const { table, readings } = reader;
  const profile = readings.declarators;
  const parts: Part[] = [];
  let type = base;
  let node = declarator;
  while (profile && node >= 0) {
    const kind = at(table.kind, node);
    if (kind === profile.functionKind && construct === 'function') {
      parts.push({ role: 'parameters', nodes: reader.readWith(profile.parameters, node) });
      node = innerOf(reader, node, profile.innerField);
      // Parentheses around a function's name: `int (f)(void)`.
      while (node >= 0 && profile.wrappers.get(at(table.kind, node)) === '')
        node = innerOf(reader, node, profile.innerField);
      break;
    }
    const wrapper = profile.wrappers.get(kind);
    if (wrapper === undefined) break;
    if (wrapper === REFERENCE) {
      const start = at(table.start, node);
      const sign = firstTokenOf(reader, node) === RVALUE_REFERENCE ? RVALUE_REFERENCE : REFERENCE;
      const token = new Node('token', start, start, node, [], sign);
      if (construct !== 'type') parts.push({ role: 'modifiers', nodes: [token] });
      else if (type !== undefined) type = referring(token, type);
    } else if (wrapper !== '' && type !== undefined)
      type = wrapped(wrapper, type, sizeOf(reader, node, wrapper));
    node = innerOf(reader, node, profile.innerField);
  }
  const isFunction = construct === 'function';
  if (type) parts.push({ role: isFunction ? 'returns' : 'type', nodes: [type] });
  if (node >= 0) parts.push({ role: isFunction ? 'name' : 'target', nodes: reader.read(node) });
  return parts;
}

function wrapped(construct: string, base: Node, size: readonly Node[]): Node {
  base.role = 'base';
  for (const each of size) each.role = 'size';
  return new Node(construct, base.start, base.end, base.raw, [base, ...size]);
}

function referring(sign: Node, base: Node): Node {
  sign.role = 'operator';
  base.role = 'base';
  return new Node('referenceType', base.start, base.end, base.raw, [sign, base]);
}

function firstTokenOf(reader: AstReader, node: number): string | undefined {
  const [first] = reader.childrenOf(node);
  return first === undefined ? undefined : reader.grammar.kindName(at(reader.table.kind, first));
}

/** How long an array is, where that is written. */
function sizeOf(reader: AstReader, node: number, construct: string): readonly Node[] {
  const field = construct === 'arrayType' ? reader.grammar.field('size') : -1;
  if (field < 0) return [];
  const size = reader.childrenOf(node).find((child) => reader.table.field[child] === field);
  return size === undefined ? [] : reader.read(size);
}

/** The declarator inside; by position where the grammar gives it no field. -1 when there is none. */
function innerOf(reader: AstReader, node: number, field: number): number {
  const { table, grammar } = reader;
  const children = reader.childrenOf(node).filter((child) => grammar.isNamed(at(table.kind, child)));
  return children.find((child) => table.field[child] === field) ?? children.at(-1) ?? -1;
}
