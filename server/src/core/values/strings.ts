import type { Node } from '../ast/node.ts';
import { checkNotNull } from './access.ts';
import { assumeAtMostZero, maximum, resolved } from './constraints.ts';
import {
  addLinear,
  numberOf,
  plus,
  scaleLinear,
  subtractLinear,
  symbolLinear,
  type Linear,
} from './linear.ts';
import { noteString, stringEnd } from './memory.ts';
import { reportAt, type Frame } from './run.ts';
import { memoryWith, type Memory, type State, type Value } from './state.ts';

/**
 * Length of the string that a pointer leads to. An unknown one gets a symbol that is kept with the string.
 *
 * @param check reports a string that is not terminated, or was never written
 * @param read bytes that are looked at, at most: so many need no end
 * @returns undefined when no run goes on
 */
export function stringLength(
  frame: Frame,
  state: State,
  pointer: Value,
  node: Node,
  check: boolean,
  read = Infinity,
): Linear | undefined {
  const { world } = frame.run;
  if (check && !checkNotNull(frame, state, pointer, node)) return undefined;
  const unknown = (least: number, most: number, kind: 'given' | 'derived'): Linear =>
    symbolLinear(world.symbol(least, most, kind));
  if (pointer.is !== 'pointer' || pointer.targets.length !== 1) return unknown(0, 2 ** 62, 'derived');
  const [target] = pointer.targets;
  if (target === undefined) return unknown(0, 2 ** 62, 'derived');
  const info = world.info(target.object);
  const memory = state.object(target.object);
  const end = stringEnd(world, state, target);
  const whole = info?.size && subtractLinear(info.size, target.offset);
  const most = whole === undefined ? 2 ** 62 : maximum(world, state, plus(whole, -1)).value;
  switch (end.is) {
    case 'known':
      return end.length;
    case 'missing': {
      if (check && read > end.bytes) {
        const name = info?.name === undefined || info.name === '' ? 'the object' : `\`${info.name}\``;
        reportAt(
          frame,
          state,
          node,
          'unterminated-string',
          info?.many === true ? 'possible' : 'proved',
          `no zero byte ends the first ${end.bytes} bytes of ${name}`,
          relatedOf(info?.node),
          { object: target.object },
        );
      }
      return unknown(end.least, 2 ** 62, 'derived');
    }
    case 'uninitialized':
      if (check)
        reportAt(
          frame,
          state,
          node,
          'uninitialized-read',
          memory !== undefined && isUntouched(memory) && info?.many !== true ? 'proved' : 'possible',
          'the string is read and was never written',
          relatedOf(info?.node),
          { object: target.object },
        );
      if (memory)
        state.setObject(
          target.object,
          memoryWith(memory, { zones: [], cells: new Map(), fill: { is: 'unknown' } }),
        );
      return unknown(0, most, 'derived');
    case 'unknown': {
      const offset = numberOf(resolved(world, state, target.offset));
      // A later part of a known string.
      const { string } = memory ?? {};
      if (string !== undefined && offset !== undefined && offset >= string.at) {
        const rest = plus(string.length, string.at - offset);
        const isWithin = maximum(world, state, rest).value >= 0 && addLinear(rest, rest) !== undefined;
        // Nobody reads a string from behind its end.
        const beyond = scaleLinear(rest, -1);
        if (isWithin && (beyond === undefined || assumeAtMostZero(world, state, beyond, false))) return rest;
      }
      const symbol = unknown(
        end.least,
        Math.max(most, end.least),
        info?.kind === 'given' ? 'given' : 'derived',
      );
      noteString(world, state, target, symbol);
      return symbol;
    }
  }
}

/** Nothing at all was written to it, and nobody else knows of it. */
function isUntouched({ fill, cells, zones, escaped, string }: Memory): boolean {
  return (
    fill.is === 'uninitialized' && cells.size === 0 && zones.length === 0 && !escaped && string === undefined
  );
}

function relatedOf(node: Node | undefined): readonly { readonly node: Node; readonly message: string }[] {
  return node === undefined ? [] : [{ node, message: 'declared or allocated here' }];
}
