import { descendants, type Node } from '../ast/node.ts';
import { compareNumbers } from './branch.ts';
import { minimum } from './constraints.ts';
import { evaluate } from './evaluate.ts';
import { ZERO } from './linear.ts';
import { isInput } from './models.ts';
import { quietFrame, reportAt, type Frame } from './run.ts';
import type { State } from './state.ts';
import { hasModifier, isGlobal } from './variables.ts';

/** A loop goes on by a number that may be 0, and by nothing else. */
interface Step {
  readonly condition: Node;
  /** By how much it goes on. */
  readonly by: Node;
}

const LOOPS: ReadonlySet<string> = new Set(['for', 'while', 'doWhile']);

/**
 * `at += length` where a length from outside may be 0: the next round finds all as this one did, and so on for ever. Asked before the
 * assignment happens.
 */
export function checkStalled(frame: Frame, state: State, statement: Node): void {
  const assignment = statement.kind === 'expressionStatement' ? statement.part('expression') : statement;
  if (assignment?.kind !== 'assign') return;
  const { run, unit } = frame;
  // Of other files, and of macros, their own analysis speaks.
  if (frame.border !== undefined || frame.macros > 0) return;
  let step = steps.get(assignment);
  if (step === undefined) steps.set(assignment, (step = stepOf(frame, assignment) ?? 'none'));
  if (step === 'none') return;
  for (const { state: at, value } of evaluate(quietFrame(frame), state.fork(), step.by)) {
    if (value.is !== 'int' || value.of.terms.length === 0) continue;
    const least = minimum(run.world, at, value.of);
    if (!least.seen || least.value > 0) continue;
    const [none] = compareNumbers(frame, at, '==', value.of, ZERO).yes;
    if (none === undefined) continue;
    const by = unit.ast.text.slice(step.by.start, step.by.end);
    reportAt(
      frame,
      none,
      step.condition,
      'endless-loop',
      'proved',
      `where \`${by}\` is 0, as whoever sends it may want, each round is the same`,
    );
  }
}

const steps = new WeakMap<Node, Step | 'none'>();

function stepOf(frame: Frame, assignment: Node): Step | undefined {
  const by = stride(assignment);
  const loop = loopAround(assignment);
  const condition = loop?.part('condition');
  if (by === undefined || loop === undefined || condition === undefined) return undefined;
  const text = (node: Node): string => frame.unit.ast.text.slice(node.start, node.end);
  const length = text(by);
  const names = new Set<string>();
  /** Variables that are different in each round whatever is read. */
  const counted = new Set<string>();
  const ownUpdates = new Set<Node>();
  for (const node of descendants(loop)) {
    const target = changedBy(node);
    if (target === undefined) continue;
    if (isInOtherRound(node, loop, assignment)) {
      for (const each of descendants(node)) ownUpdates.add(each);
      continue;
    }
    const isMember = target.kind === 'member';
    const name = target.kind === 'identifier' || isMember ? target.text : undefined;
    const step = stride(node);
    if (step !== undefined && text(step) === length && name !== undefined && !isMember) names.add(name);
    else if (node.kind === 'unary' || (node.part('operator')?.text ?? '=') !== '=') {
      // `out[n++] = c` tells the rounds apart by what it writes; `found->options++` by nothing that is asked.
      if (name === undefined || node.parent?.kind !== 'expressionStatement') return undefined;
      counted.add(name);
      for (const each of descendants(node)) ownUpdates.add(each);
    } else if (name === undefined || isMember) return undefined;
    else if (mentionsIn(node.part('value'), name)) return undefined;
  }
  if (![...names].some((name) => mentionsIn(condition, name))) return undefined;
  for (const node of descendants(loop)) {
    const target = node.kind === 'assign' && stride(node) === undefined ? node.part('target') : undefined;
    if (target?.kind === 'identifier' && names.has(target.text)) return undefined;
    if (node.kind === 'unary' && node.part('operator')?.text === '&' && isNamed(node.part('operand'), names))
      return undefined;
    const isPlace = node.kind === 'identifier' || node.kind === 'member';
    if (isPlace && !ownUpdates.has(node) && counted.has(node.text)) return undefined;
    if (node.kind === 'call' && !isSameAgain(frame, node)) return undefined;
  }
  // What others may change meanwhile is not asked; a type of `sizeof` does not change.
  for (const node of descendants(condition)) {
    if (node.kind === 'member') return undefined;
    const declaration = node.kind === 'identifier' ? frame.unit.declarationOf(node)?.node : undefined;
    const isVariable = declaration?.kind === 'variable';
    if (isVariable && (isGlobal(declaration) || hasModifier(declaration, 'static'))) return undefined;
  }
  return { condition, by };
}

/** A change in a branch that ends with `continue`: the rounds that come to the step do not take it. */
function isInOtherRound(change: Node, loop: Node, step: Node): boolean {
  for (let at = change.parent; at !== undefined && at !== loop; at = at.parent) {
    if (at.kind !== 'block' || at.parent === loop) continue;
    if (at.children.at(-1)?.kind === 'continue' && loopAround(at) === loop && !at.contains(step)) return true;
  }
  return false;
}

/** Of `at += n`, `left -= n` and `at = at + n` the `n`. */
function stride(node: Node): Node | undefined {
  if (node.kind !== 'assign') return undefined;
  const [target, value] = [node.part('target'), node.part('value')];
  const operator = node.part('operator')?.text ?? '=';
  if (operator === '+=' || operator === '-=') return value;
  if (operator !== '=' || value?.kind !== 'binary' || target?.kind !== 'identifier') return undefined;
  const [left, how] = [value.part('left'), value.part('operator')?.text];
  const isOwn = left?.kind === 'identifier' && left.text === target.text;
  return isOwn && (how === '+' || how === '-') ? value.part('right') : undefined;
}

/** What an assignment or a step by one writes. */
export function changedBy(node: Node): Node | undefined {
  if (node.kind === 'assign') return node.part('target');
  return node.kind === 'unary' && /\+\+|--/.test(node.part('operator')?.text ?? '')
    ? node.part('operand')
    : undefined;
}

export function loopAround(node: Node): Node | undefined {
  for (let at = node.parent; at !== undefined && at.kind !== 'function'; at = at.parent)
    if (LOOPS.has(at.kind)) return at;
  return undefined;
}

function mentionsIn(node: Node | undefined, name: string): boolean {
  for (const each of node === undefined ? [] : descendants(node))
    if (each.kind === 'identifier' && each.text === name) return true;
  return false;
}

function isNamed(node: Node | undefined, names: ReadonlySet<string>): boolean {
  return node?.kind === 'identifier' && names.has(node.text);
}

/** A call that reads nothing new, comes back, and does the same when it is called again. */
function isSameAgain({ run, unit }: Frame, call: Node): boolean {
  const name = call.part('callee')?.text ?? '';
  const model = run.model(name);
  const code = unit.functionNamed(name);
  if (code === undefined) return model !== undefined && !model.ends && !isInput(model);
  // What it returns may tell one call from the next.
  if (call.parent?.kind !== 'expressionStatement') return false;
  return ![...descendants(code.body)].some((node) => {
    const callee = node.kind === 'call' ? node.part('callee') : undefined;
    if (callee === undefined) return false;
    const inner = run.model(callee.text);
    return (
      inner === undefined || inner.ends || isInput(inner) || run.hints.says('never-returns', callee.text)
    );
  });
}
