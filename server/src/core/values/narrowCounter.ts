import { descendants, type Node } from '../ast/node.ts';
import { isAskedBefore } from './askedBefore.ts';
import { JUMPS } from './countingLoops.ts';
import { maximum } from './constraints.ts';
import { limitsOf } from './ctypes.ts';
import { isOwn } from './endless.ts';
import { evaluate } from './evaluate.ts';
import { quietFrame, reportAt, type Frame } from './run.ts';
import { changedBy, loopAround } from './stalled.ts';
import type { State } from './state.ts';
import { stepOf } from './steps.ts';

/** A loop that ends when its counter has come to a bound, and in no other way. */
interface Counter {
  readonly loop: Node;
  readonly condition: Node;
  readonly name: string;
  /** The largest number that the counter can be. */
  readonly most: number;
  readonly bound: Node;
  /** The loop goes on at the bound itself: `<=`. */
  readonly isWithin: boolean;
}

/**
 * `for (uint8_t i = 0; i < n; i++)` where a number from outside may be larger than the counter can be: then it begins again at 0, for ever. Asked before
 * the counter is stepped.
 */
export function checkCounter(frame: Frame, state: State, statement: Node): void {
  // Of other files, and of macros, their own analysis speaks.
  if (frame.border !== undefined || frame.macros > 0) return;
  const step = statement.kind === 'expressionStatement' ? statement.part('expression') : statement;
  if (step === undefined || stepOf(step)?.isUp !== true) return;
  let counter = counters.get(step);
  if (counter === undefined) counters.set(step, (counter = counterOf(frame, step) ?? 'none'));
  if (counter === 'none') return;
  const { loop, condition, name, most, bound, isWithin } = counter;
  for (const { state: at, value } of evaluate(quietFrame(frame), state.fork(), bound)) {
    if (value.is !== 'int') continue;
    const largest = maximum(frame.run.world, at, value.of);
    if (!largest.seen || largest.value < (isWithin ? most : most + 1)) continue;
    const origin = frame.run.world.symbols[value.of.terms[0]?.symbol ?? -1]?.node;
    const numbers = [...descendants(bound)].filter(
      ({ kind, role }) => kind === 'identifier' && role !== 'callee',
    );
    if (numbers.some((each) => isAskedBefore(frame, each, loop.start, origin))) continue;
    const text = frame.unit.ast.text.slice(bound.start, bound.end);
    const detail = `\`${name}\` is never more than ${most}, and \`${text}\` may be ${largest.value}`;
    reportAt(frame, at, condition, 'endless-loop', 'proved', detail);
  }
}

const counters = new WeakMap<Node, Counter | 'none'>();

function counterOf(frame: Frame, step: Node): Counter | undefined {
  const counted = changedBy(step);
  const loop = loopAround(step);
  const condition = loop?.part('condition');
  if (counted?.kind !== 'identifier' || loop === undefined || condition?.kind !== 'binary') return undefined;
  const [left, right] = [condition.part('left'), condition.part('right')];
  const operator = condition.part('operator')?.text ?? '';
  const isUpward = operator === '<' || operator === '<=';
  const [own, bound] = isUpward ? [left, right] : [right, left];
  if (!isUpward && operator !== '>' && operator !== '>=') return undefined;
  if (own?.kind !== 'identifier' || own.text !== counted.text || bound === undefined) return undefined;
  const declaration = frame.unit.declarationOf(own)?.node;
  const type = declaration && frame.unit.types.ofDeclaration(declaration);
  if (type?.is !== 'int' || type.size > 2 || type.bool || !isOwn(frame, condition)) return undefined;
  const places = [...descendants(bound)];
  const asked = new Set(places.map(({ text }) => text));
  // What is left comes to meet the counter.
  if (asked.has(own.text)) return undefined;
  for (const node of descendants(loop)) {
    if (JUMPS.has(node.kind) || (node.kind === 'call' && mayEnd(frame, node))) return undefined;
    const changed = node === step || isBefore(loop, node) ? undefined : changedBy(node);
    if (changed !== undefined && (changed.text === own.text || asked.has(changed.text))) return undefined;
  }
  return {
    loop,
    condition,
    name: own.text,
    most: limitsOf(type)[1],
    bound,
    isWithin: operator.endsWith('='),
  };
}

/** What a `for` begins with. */
function isBefore(loop: Node, node: Node): boolean {
  const initial = loop.part('initialiser');
  return initial?.contains(node) === true;
}

/** A call of what ends the program, or of what is not seen; of functions of the file, what they call is asked, too. */
function mayEnd(frame: Frame, call: Node, isInner = false): boolean {
  const { run, unit } = frame;
  const name = call.part('callee')?.text ?? '';
  const code = unit.functionNamed(name);
  if (run.hints.says('never-returns', name)) return true;
  if (code === undefined) return run.model(name)?.ends !== false;
  return (
    !isInner && [...descendants(code.body)].some((each) => each.kind === 'call' && mayEnd(frame, each, true))
  );
}
