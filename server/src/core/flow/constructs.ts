import { CALLABLES } from '../ast/kinds.ts';
import type { Node } from '../ast/node.ts';
import type { Ast } from '../ast/readAst.ts';

/** Constructs that are steps of their own even when they stand inside an expression. */
export const CONTROL: ReadonlySet<string> = new Set([
  'block',
  'if',
  'while',
  'doWhile',
  'for',
  'forEach',
  'switch',
  'try',
  'with',
  'return',
  'throw',
  'break',
  'continue',
  'goto',
  'labeled',
  'expressionStatement',
]);
export const CHOICES: ReadonlySet<string> = new Set(['&&', '||', 'and', 'or', '??', '?:']);

const controls = new WeakMap<Ast, Uint8Array>();

/** Marks the nodes that are, or contain, control constructs of the same function. */
export function controlIn(ast: Ast): Uint8Array {
  let marks = controls.get(ast);
  if (marks !== undefined) return marks;
  marks = new Uint8Array(ast.nodes.length);
  for (let index = ast.nodes.length - 1; index >= 0; index--) {
    const node = ast.nodes[index];
    if (node === undefined) continue;
    if (CONTROL.has(node.kind)) marks[index] = 1;
    // What is inside a function is no step of the function around it.
    if (isBoundary(node)) marks[index] = 0;
    if (marks[index] === 1 && node.parent !== undefined) marks[node.parent.index] = 1;
  }
  controls.set(ast, marks);
  return marks;
}

export function isBoundary({ kind }: Node): boolean {
  return CALLABLES.has(kind) || kind === 'class' || kind === 'new';
}

/** `while (true)`, `for (;;)`. */
export function isForever(node: Node): boolean {
  if (node.kind === 'for') return node.part('condition') === undefined;
  if (node.kind !== 'while') return false;
  const condition = node.part('condition');
  return condition === undefined || /^(true|True|1)$/.test(condition.text);
}

export function endsWithFallthrough(node: Node): boolean {
  const last = node.part('body')?.parts('statements').at(-1);
  return last !== undefined && (last.kind + last.text).includes('fallthrough');
}

/**
 * A call that does not come back.
 *
 * @param enders the functions of which this is true, as they are called
 */
export function endsProgram(node: Node, enders: RegExp): boolean {
  const callee = node.kind === 'call' ? node.part('callee') : undefined;
  if (callee?.kind === 'identifier') return enders.test(callee.text);
  if (callee?.kind !== 'member') return false;
  return enders.test(`${callee.part('object')?.text ?? ''}.${callee.part('name')?.text ?? ''}`);
}

/** Go: the results that a bare `return` gives back, where they have names. */
export function namedResults(callable: Node | undefined): Node | undefined {
  const results = callable?.part('returns');
  const [first] = results?.kind === 'tuple' ? results.children : [];
  return first?.kind === 'parameter' && first.part('target') ? results : undefined;
}

/** Functions written in a `defer`, the last first. */
export function deferredIn(body: Node): readonly Node[] {
  const deferred: Node[] = [];
  const pending: Node[] = [body];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (node.kind === ':defer_statement') {
      const callee = node.children.find(({ kind }) => kind === 'call')?.part('callee');
      if (callee?.kind === 'lambda') deferred.push(callee);
    }
    for (const child of node.children) if (!isBoundary(child)) pending.push(child);
  }
  return deferred;
}

/** Kotlin writes `outer@` where it stands and `outer` where it is used. */
export function labelOf(node: Node): string | undefined {
  return node.part('label')?.text.replace(/@$/, '');
}
