import { descendants, type Node } from '../ast/node.ts';
import type { Frame } from './run.ts';
import { rootOf } from './sharedPlaces.ts';

/**
 * A function that is not seen has counted down who uses what is released here, or is given to whoever releases it: that somebody was the last one is
 * not said of two calls, although the code lets it be.
 */
export function isCounted(frame: Frame, release: Node): boolean {
  let call: Node | undefined = frame.macros > 0 ? frame.site : release;
  for (let at: Frame | undefined = frame; at !== undefined && call !== undefined; at = at.caller) {
    if (isCountedBefore(at, call)) return true;
    call = at.call;
  }
  return false;
}

function isCountedBefore({ run, unit, code }: Frame, call: Node): boolean {
  const released = new Set(call.parts('arguments').flatMap((each) => rootOf(each)?.text ?? []));
  for (const each of code === undefined || released.size === 0 ? [] : descendants(code.body)) {
    if (each.kind !== 'call' || each.start >= call.start || each.parent?.kind === 'expressionStatement')
      continue;
    const name = each.part('callee')?.text ?? '';
    if (unit.functionNamed(name) !== undefined || run.model(name) !== undefined) continue;
    const isOfIt = (given: Node): boolean =>
      released.has(rootOf(given)?.text ?? '') &&
      [name, memberOf(given)].some((each) => run.hints.says('counts-users', each));
    if (each.parts('arguments').some(isOfIt)) return true;
  }
  return false;
}

/** Of `&b->refs` the `refs`. */
function memberOf(given: Node): string {
  const place = given.kind === 'unary' ? given.part('operand') : given;
  return (place?.kind === 'member' ? place.part('name')?.text : undefined) ?? '';
}
