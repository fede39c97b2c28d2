import { descendants, type Node } from '../ast/node.ts';
import type { NameHints } from './nameHints.ts';
import type { Argument, Frame } from './run.ts';
import { memoryWith, type State } from './state.ts';

/** By convention names of macros, which can change what they are given: `HASH_FIND(hh, table, key, found)`. */
export const MACRO_NAME = /^[A-Z][A-Z0-9_]*$/;

/** By its name a macro, or one that the file defines in several ways. */
export function isMacroName({ unit }: Frame, name: string): boolean {
  return MACRO_NAME.test(name) || unit.isDefined(name);
}

/** A name that nothing in the file says to be a function: it may be a macro of a header, which can change its arguments. */
export function isUndeclared({ run, unit, code }: Frame, name: string | undefined): boolean {
  return (
    name !== undefined &&
    unit.functionNamed(name) === undefined &&
    run.model(name) === undefined &&
    unit.prototypeFor(code, name) === undefined &&
    !unit.isOutside(name)
  );
}

/** `p->next`, `a[i]`, `*p`: what can be assigned to without being a variable. */
export function isPart(node: Node): boolean {
  return (
    node.kind === 'member' ||
    node.kind === 'index' ||
    (node.kind === 'unary' && node.part('operator')?.text === '*')
  );
}

const CONDITIONS: ReadonlySet<string> = new Set(['==', '!=', '<', '>', '<=', '>=', '&&', '||']);

/** `p != NULL`, `!p`: what is given to be tested, whatever takes it. */
export function isCondition(node: Node): boolean {
  const operator = node.part('operator')?.text ?? '';
  return node.kind === 'binary' ? CONDITIONS.has(operator) : node.kind === 'unary' && operator === '!';
}

/**
 * `QUIT_WITH(ERROR, out)`: a macro that is given a label jumps there, where all else that it is given is constant. `CHECK(status, out)` may as well go
 * on; undefined for a call without a label.
 */
export function jumpsTo({ code, unit }: Frame, call: Node): 'always' | 'perhaps' | undefined {
  if (code === undefined || call.parent?.kind !== 'expressionStatement') return undefined;
  const labels = labelsOf(code.body);
  const others = call
    .parts('arguments')
    // A variable may have the name of a label: `error: return error;`.
    .filter((each) => each.kind !== 'identifier' || !labels.has(each.text) || unit.declarationOf(each));
  if (others.length === call.parts('arguments').length) return undefined;
  const isConstant = ({ kind, text }: Node): boolean =>
    kind === 'number' || kind === 'string' || (kind === 'identifier' && MACRO_NAME.test(text));
  return others.every(isConstant) ? 'always' : 'perhaps';
}

const labels = new WeakMap<Node, ReadonlySet<string>>();

function labelsOf(body: Node): ReadonlySet<string> {
  let found = labels.get(body);
  if (found === undefined) {
    found = new Set(
      [...descendants(body)].flatMap((each) =>
        each.kind === 'labeled' ? (each.part('label')?.text ?? []) : [],
      ),
    );
    labels.set(body, found);
  }
  return found;
}

/** What a test in the form of a call says of its condition. */
export interface Polarity {
  /** After it the condition holds (`ASSERT(p)`), or does not (`BUG_ON(!p)`). */
  readonly holds: boolean;
  /** Nothing comes after it where it is otherwise. */
  readonly ends: boolean;
}

/** What the name of a test says; undefined for a name that says nothing, or both. */
export function polarityOf(hints: NameHints, name: string): Polarity | undefined {
  const words = wordsOf(name);
  const holds = hints.says('holds-after', words);
  // `FAIL_IF_NOT` has the end of one and the beginning of the other.
  const fails = !/(^|_)if_(not|fail|false)(_|$)/.test(words) && hints.says('fails-where', words);
  if (holds === fails || hints.says('asks-otherwise', words.replace(/if_false/, ''))) return undefined;
  return { holds, ends: (fails && !words.includes('warn')) || words.includes('assert') };
}

/** By its name it wants a pointer to be there: `CHECK(p)`, `RETURN_IF_NULL(p)`. */
export function wantsPointer(hints: NameHints, name: string): boolean {
  const words = wordsOf(name);
  if (!/(^|_)(null|nil)(_|$)/.test(words)) return polarityOf(hints, name)?.holds === true;
  return !/(^|_)(assert|expect|require|ensure|verify)_(is_)?(null|nil)(_|$)/.test(words);
}

function wordsOf(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();
}

/** `CHECK(read_it(p))`: a macro that is not seen, and may well keep what the call returns in a variable of the function. */
export function keepsResult(frame: Frame, name: string, node: Node): boolean {
  const [only, second] = node.parts('arguments');
  return (
    MACRO_NAME.test(name) &&
    isUndeclared(frame, name) &&
    node.parent?.kind === 'expressionStatement' &&
    only?.kind === 'call' &&
    second === undefined
  );
}

/** Variables that are numbers, and that nothing was written to, may hold anything. */
export function writeNumbers(frame: Frame, state: State): void {
  for (const id of frame.locals) {
    const type = frame.run.world.info(id)?.type;
    const memory = state.object(id);
    if (type?.is === 'int' && memory?.fill.is === 'uninitialized' && memory.cells.size === 0)
      state.setObject(id, memoryWith(memory, { fill: { is: 'unknown' } }));
  }
}

/** `GET_FIELD(seq)` may be `f_ ## seq`: what is named so, and what nothing was written to, it may write. */
export function writePasted(frame: Frame, state: State, given: readonly Argument[]): void {
  const parts = given.flatMap(({ node, frame: { unit } }) =>
    node.kind === 'identifier' && unit.declarationOf(node) === undefined ? node.text : [],
  );
  if (parts.length === 0) return;
  const names = new RegExp(`(^|_)(${parts.map((each) => each.replaceAll('$', '\\$')).join('|')})(_|$)`);
  for (const id of frame.locals) {
    const info = frame.run.world.info(id);
    const memory = state.object(id);
    const isScalar = info?.type?.is === 'int' || info?.type?.is === 'pointer';
    if (isScalar && names.test(info.name) && memory?.fill.is === 'uninitialized' && memory.cells.size === 0)
      state.setObject(id, memoryWith(memory, { fill: { is: 'unknown' } }));
  }
}
