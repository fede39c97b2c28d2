import type { Node } from '../ast/node.ts';
import type { Frame } from './frame.ts';
import { asTheRuleSays } from './roles.ts';
import type { State } from './state.ts';
import { allTaints, CLEAN, join, NO_TAINTS, valueOf, type Value } from './values.ts';

/** The value of a condition, and what is known where it holds and where it does not: one state where that makes no difference. */
export interface Ways {
  readonly value: Value;
  readonly yes: State;
  readonly no: State;
}

const BOTH_NEEDED: ReadonlySet<string> = new Set(['&&', 'and']);
/** `a ?? b` looks at `b` where there is no `a`, and nothing is no truth. */
const ONE_ENOUGH: ReadonlySet<string> = new Set(['||', 'or', '??', '?:']);
const OPPOSITE: ReadonlySet<string> = new Set(['!', 'not']);

/** True for what has parts that are not evaluated, or another outcome than its part. */
export function isDecision(node: Node): boolean {
  const operator = (): string => node.part('operator')?.text ?? '';
  switch (node.kind) {
    case 'conditional':
      return true;
    case 'binary':
      return BOTH_NEEDED.has(operator()) || ONE_ENOUGH.has(operator());
    case 'unary':
      return OPPOSITE.has(operator());
    default:
      return false;
  }
}

/**
 * Evaluates a condition from what is known in the frame, and parts the ways that lead on from it.
 *
 * @param fresh whether to evaluate what is held for later here: `x || []` of `for (y of x || [])`
 */
export function decide(frame: Frame, node: Node, fresh = false): Ways {
  if (!isDecision(node) || (!fresh && frame.cfg.held.has(node.index))) {
    const value = frame.evaluate(node);
    return { value, yes: frame.state, no: frame.state };
  }
  frame.run.input.spend();
  const ways = waysOf(frame, node);
  frame.state = ways.yes;
  const value = asTheRuleSays(frame, node, ways.value, NO_TAINTS);
  const yes = frame.state;
  if (ways.no === ways.yes) return { value, yes, no: yes };
  frame.state = ways.no;
  asTheRuleSays(frame, node, ways.value, NO_TAINTS);
  return { value, yes, no: frame.state };
}

/** What is known whichever way a condition goes. */
export function together({ yes, no }: Pick<Ways, 'yes' | 'no'>): State {
  if (yes !== no) yes.join(no);
  return yes;
}

function waysOf(frame: Frame, node: Node): Ways {
  if (node.kind === 'unary') return negation(frame, node.part('operand'));
  if (node.kind === 'binary') return choice(frame, node);
  const first = apart(decidePart(frame, node.part('condition')));
  const then = decideFrom(frame, first.yes, node.part('then'));
  const otherwise = decideFrom(frame, first.no, node.part('else'));
  return { ...joined(then, otherwise), value: join(then.value, otherwise.value) };
}

function negation(frame: Frame, operand: Node | undefined): Ways {
  const { value, yes, no } = decidePart(frame, operand);
  const { taint_only_propagate_through_assignments: only, taint_assume_safe_booleans: safe } =
    frame.run.options;
  return { value: only || safe ? CLEAN : valueOf(allTaints(value)), yes: no, no: yes };
}

function choice(frame: Frame, node: Node): Ways {
  const left = apart(decidePart(frame, node.part('left')));
  const both = BOTH_NEEDED.has(node.part('operator')?.text ?? '');
  const right = apart(decideFrom(frame, both ? left.yes : left.no, node.part('right')));
  const { taint_only_propagate_through_assignments: only } = frame.run.options;
  return {
    value: only ? CLEAN : join(left.value, right.value),
    yes: both ? right.yes : together({ yes: left.yes, no: right.yes }),
    no: both ? together({ yes: left.no, no: right.no }) : right.no,
  };
}

function decideFrom(frame: Frame, state: State, node: Node | undefined): Ways {
  frame.state = state;
  return decidePart(frame, node);
}

function decidePart(frame: Frame, node: Node | undefined): Ways {
  return node === undefined ? { value: CLEAN, yes: frame.state, no: frame.state } : decide(frame, node);
}

/** Two states that may be changed one without the other. */
function apart(ways: Ways): Ways {
  return ways.yes === ways.no ? { ...ways, no: ways.no.fork() } : ways;
}

function joined(a: Ways, b: Ways): Pick<Ways, 'yes' | 'no'> {
  if (a.yes === a.no && b.yes === b.no) {
    const either = together({ yes: a.yes, no: b.yes });
    return { yes: either, no: either };
  }
  const [first, second] = [apart(a), apart(b)];
  return {
    yes: together({ yes: first.yes, no: second.yes }),
    no: together({ yes: first.no, no: second.no }),
  };
}
