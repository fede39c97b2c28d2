import { descendants, type Node } from '../ast/node.ts';
import { conditionsOf, jumps, LOOPS, mentions, setBy } from './countingLoops.ts';
import type { Frame } from './run.ts';
import type { State } from './state.ts';
import { nameOf, stepOf } from './steps.ts';

/**
 * `for (t = table; t->name; t++)`: how far a loop counts what is used here is said by something that is not seen, and by nothing else. That
 * a path comes behind the end of the table is a guess: its last entry is one that ends the loop.
 */
export function isCountedByGuess(frame: Frame, state: State, access: Node): boolean {
  const loop = countingLoop(access);
  if (loop === undefined)
    return frame.caller !== undefined && frame.call !== undefined && frame.macros === 0
      ? isCountedByGuess(frame.caller, state, frame.call)
      : false;
  const deciding = [...descendants(loop.node)]
    .filter((each) => each === loop.node || (each.kind === 'if' && jumps(each)))
    .flatMap(conditionsOf);
  return (
    !deciding.some((each) => mentions(each, loop.counted)) &&
    deciding.some((each) => [...descendants(each)].some((part) => state.isGuess(part, false)))
  );
}

/** The innermost loop around a use that counts something which the use mentions. */
function countingLoop(use: Node): { readonly node: Node; readonly counted: ReadonlySet<string> } | undefined {
  const names = new Set([...descendants(use)].flatMap((each) => nameOf(each) ?? []));
  for (let at = use.parent; at !== undefined && at.kind !== 'function'; at = at.parent) {
    if (!LOOPS.has(at.kind)) continue;
    const counted = new Set([...descendants(at)].flatMap((each) => countedBy(each) ?? []));
    const used = new Set([...names].filter((name) => counted.has(name)));
    if (used.size > 0) return { node: at, counted: used };
  }
  return undefined;
}

/** `n++`, `n = n + 2` */
function countedBy(node: Node): string | undefined {
  const step = stepOf(node);
  if (step !== undefined) return step.name;
  const set = setBy(node);
  return set?.value !== undefined && mentions(set.value, new Set([set.name])) ? set.name : undefined;
}
