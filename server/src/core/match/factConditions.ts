import type { Node } from '../ast/node.ts';
import type { BoundQuestion, BoundTerm, FactQuestions } from '../rules/factNames.ts';
import type { Observation } from '../values/observe.ts';
import { lookUp, type Binding } from './bindings.ts';
import type { Code } from './code.ts';
import type { Evaluation } from './evaluate.ts';
import type { Hit } from './hit.ts';

/** True when all questions have the asked answer for the value of a metavariable. */
export function factsHold(
  { code }: Evaluation,
  questions: FactQuestions,
  hit: Hit,
  { node }: Binding,
): boolean {
  if (node === undefined) return false;
  const { certainty, happens } = questions;
  if (happens.length > 0) {
    const isThere = code
      .eventsIn(node)
      .some(
        (event) =>
          node.contains(event.node) &&
          happens.some((each) => each === event.kind) &&
          (certainty === 'possible' || event.certainty === 'proved'),
      );
    if (!isThere) return false;
  }
  const values = code.valuesAt(node);
  const observations = values.at(node);
  const isWhole = !values.isPartial(node);
  const onEvery = (test: (seen: Observation) => boolean): boolean =>
    isWhole && observations.length > 0 && observations.every(test);
  if (questions.null === 'never' && !onEvery((seen) => seen.null === 'no')) return false;
  if (
    questions.terminated === 'always' &&
    !onEvery(({ length }) => length !== undefined && length !== 'unterminated')
  )
    return false;
  const never = questions.bounds.filter(({ ask }) => ask.startsWith('never'));
  if (!never.every((bound) => onEvery((seen) => boundHolds(code, hit, bound, seen, true)))) return false;
  const some = questions.bounds.filter(({ ask }) => !ask.startsWith('never'));
  const asksSome =
    (questions.null !== undefined && questions.null !== 'never') ||
    questions.memory.length > 0 ||
    questions.terminated === 'never' ||
    questions.room === 'known' ||
    some.length > 0;
  if (!asksSome) return true;
  const isSure = certainty === 'proved';
  return observations.some(
    (seen) =>
      !(isSure && seen.doubtful) &&
      (questions.null !== 'always' || seen.null === 'yes') &&
      (questions.null !== 'maybe' || seen.null === 'yes' || seen.null === 'maybe') &&
      (questions.memory.length === 0 || isInMemory(questions, seen, isSure)) &&
      (questions.terminated !== 'never' || seen.length === 'unterminated') &&
      (questions.room !== 'known' || seen.isSized) &&
      some.every((bound) => boundHolds(code, hit, bound, seen, isSure)),
  );
}

function isInMemory({ memory }: FactQuestions, { points }: Observation, isSure: boolean): boolean {
  const fits = ({ kind, life }: Observation['points'][number]): boolean =>
    memory.some(
      (asked) => asked === kind || asked === life || (asked === 'freed' && !isSure && life === 'maybe-freed'),
    );
  return points.length > 0 && (isSure ? points.every(fits) : points.some(fits));
}

function boundHolds(
  code: Code,
  hit: Hit,
  { ask, than }: BoundQuestion,
  seen: Observation,
  isSure: boolean,
): boolean {
  if (seen.is !== 'number') return false;
  const limit = limitOf(code, hit, than);
  if (limit === undefined) return false;
  switch (ask) {
    case 'may-exceed':
      return seen.hi > limit.hi && (!isSure || seen.hiSeen || seen.lo > limit.hi);
    case 'always-exceeds':
      return seen.lo > limit.hi;
    case 'never-exceeds':
      return seen.hi <= limit.lo;
    case 'may-be-below':
      return seen.lo < limit.lo && (!isSure || seen.loSeen || seen.hi < limit.lo);
    case 'always-below':
      return seen.hi < limit.lo;
    case 'never-below':
      return seen.lo >= limit.hi;
  }
}

/** Bounds of what a number is compared with, over all paths. */
function limitOf(
  code: Code,
  hit: Hit,
  than: BoundTerm,
): { readonly lo: number; readonly hi: number } | undefined {
  if (than.is === 'number') return { lo: than.value, hi: than.value };
  const node: Node | undefined = lookUp(hit.bindings, than.metavariable)?.node;
  if (node === undefined) return undefined;
  if (node.kind === 'number') return { lo: Number(node.text), hi: Number(node.text) };
  const bounds = code
    .valuesAt(node)
    .at(node)
    .map((seen) => {
      if (than.is === 'value') return seen.is === 'number' ? seen : undefined;
      if (than.is === 'sizeof') return seen.space;
      return seen.length === 'unterminated' ? undefined : seen.length;
    });
  let [lo, hi] = [Infinity, -Infinity];
  for (const each of bounds) {
    if (each === undefined) return undefined;
    lo = Math.min(lo, each.lo);
    hi = Math.max(hi, each.hi);
  }
  return lo <= hi ? { lo, hi } : undefined;
}
