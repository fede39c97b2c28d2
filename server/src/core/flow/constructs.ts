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

/** Tells which nodes under one node are, or contain, control constructs of the same function. Looks at those nodes alone. */
export function controlIn({ nodes }: Ast, { index: first, last }: Node): (node: Node) => boolean {
  const marks = new Uint8Array(last - first + 1);
  for (let index = last; index >= first; index--) {
    const node = nodes[index];
    if (node === undefined) continue;
    if (CONTROL.has(node.kind)) marks[index - first] = 1;
    // What is inside a function is no step of the function around it.
    if (isBoundary(node)) marks[index - first] = 0;
    if (marks[index - first] === 1 && node.parent !== undefined && index > first) {
      marks[node.parent.index - first] = 1;
    }
  }
  return ({ index }) => marks[index - first] === 1;
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
