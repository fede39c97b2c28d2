import { Node } from './node.ts';

/** Binary operators by how tightly they bind: a smaller number binds tighter. */
export type OperatorOrder = ReadonlyMap<string, number>;

export function orderOf(groups: readonly (readonly string[])[]): OperatorOrder {
  return new Map(groups.flatMap((group, index) => group.map((operator) => [operator, index] as const)));
}

/**
 * Groups a new node and its operands as the language does, where its grammar does it otherwise: a call, a member access, an element and
 * a postfix operator take the nearest operand (`!f(x)` is not `(!f)(x)`), a prefix operator comes next, then binary operators in their order.
 * What stands in parentheses stays together. Operators that the order does not name stay as they were grouped.
 *
 * @param node whose operands are grouped already
 * @param text of the file
 */
export function regrouped(node: Node, order: OperatorOrder, text: string): Node {
  switch (node.kind) {
    case 'call':
      return onNearest(node, node.part('callee'), order, text);
    case 'member':
    case 'index':
      return onNearest(node, node.part('object'), order, text);
    case 'unary': {
      const operand = node.part('operand');
      const operator = node.part('operator')?.text ?? '';
      if (operator.startsWith('post')) return onNearest(node, operand, order, text);
      return isSign(operator) ? prefixed(node, operand, order, text) : node;
    }
    case 'binary':
      return ordered(node, order, text);
    default:
      return node;
  }
}

/** What is written behind an expression belongs to its last operand. */
function onNearest(node: Node, subject: Node | undefined, order: OperatorOrder, text: string): Node {
  if (subject === undefined || !isOpen(node, subject, text)) return node;
  const last = lastOperand(subject);
  return last === undefined ? node : lowered(node, subject, last, order, text);
}

/** `-a * b` is `(-a) * b`. */
function prefixed(node: Node, operand: Node | undefined, order: OperatorOrder, text: string): Node {
  const first = operand?.kind === 'binary' && operand.end === node.end ? operand.part('left') : undefined;
  return operand === undefined || first === undefined ? node : lowered(node, operand, first, order, text);
}

function ordered(node: Node, order: OperatorOrder, text: string): Node {
  const left = node.part('left');
  const right = node.part('right');
  const own = tightness(node, order);
  if (own === undefined) return node;
  const before =
    left && isOpen(node, left, text) && isLooser(left, own, order) ? left.part('right') : undefined;
  if (left && before) return lowered(node, left, before, order, text);
  const after = right?.end === node.end && isLooser(right, own, order) ? right.part('left') : undefined;
  return right && after ? lowered(node, right, after, order, text) : node;
}

/** The node around an operand of its own operand, which takes the node's place. */
function lowered(node: Node, operand: Node, inner: Node, order: OperatorOrder, text: string): Node {
  const { role } = inner;
  const isLast = role !== 'left';
  const start = isLast ? startIn(operand, inner, text) : node.start;
  const end = isLast ? node.end : endIn(operand, inner, text);
  const moved = regrouped(withChild(node, operand, inner, operand.role, start, end), order, text);
  return withChild(operand, inner, moved, role, node.start, node.end);
}

/** Whether the first operand stands without parentheses, perhaps behind a word such as `try`. */
function isOpen(node: Node, first: Node, text: string): boolean {
  return !text.slice(node.start, first.start).includes('(');
}

function isLooser(node: Node, than: number, order: OperatorOrder): boolean {
  return node.kind === 'binary' && (tightness(node, order) ?? than) > than;
}

function tightness(node: Node, order: OperatorOrder): number | undefined {
  return order.get(node.part('operator')?.text ?? '');
}

/** The operand that an operator has behind it. */
function lastOperand(node: Node): Node | undefined {
  if (node.kind === 'binary') return node.part('right');
  return node.kind === 'unary' && isSign(node.part('operator')?.text ?? '')
    ? node.part('operand')
    : undefined;
}

/** False for words such as `try`, which take all that follows, and for what stands behind its operand. */
function isSign(operator: string): boolean {
  return operator !== '' && !/\w/.test(operator);
}

/** Where the last operand begins, with its parentheses. */
function startIn(parent: Node, { start }: Node, text: string): number {
  const operator = parent.part('operator');
  const isWritten = operator !== undefined && operator.end > operator.start && operator.end <= start;
  const from = isWritten ? operator.end : start;
  return from + (/^\s*/.exec(text.slice(from, start))?.[0].length ?? 0);
}

/** Where the first operand ends, with its parentheses. */
function endIn(parent: Node, { end }: Node, text: string): number {
  const operator = parent.part('operator');
  const isWritten = operator !== undefined && operator.end > operator.start && operator.start >= end;
  return end + text.slice(end, isWritten ? operator.start : end).trimEnd().length;
}

/** The node with another child in the place of one. */
function withChild(node: Node, child: Node, by: Node, role: string, start: number, end: number): Node {
  by.role = role;
  const children = node.children.map((each) => (each === child ? by : each));
  return new Node(node.kind, start, end, node.raw, children, node.text);
}
