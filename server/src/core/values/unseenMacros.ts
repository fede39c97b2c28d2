import { descendants, type Node } from '../ast/node.ts';
import type { Argument, Frame } from './run.ts';
import { memoryWith, type State } from './state.ts';

/** By convention names of macros, which can change what they are given: `HASH_FIND(hh, table, key, found)`. */
export const MACRO_NAME = /^[A-Z][A-Z0-9_]*$/;

/** A name that nothing in the file says to be a function: it may be a macro of a header, which can change its arguments. */
export function isUndeclared({ run, unit }: Frame, name: string | undefined): boolean {
  return (
    name !== undefined &&
    unit.functionNamed(name) === undefined &&
    run.model(name) === undefined &&
    !unit.prototypes.has(name) &&
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

/** By its name a macro of a header that asks for sizes and types: what it is given does not run. `image_size_of(&n)` is a function. */
export function isForCompiler(name: string): boolean {
  return (
    (MACRO_NAME.test(name) && /(^|_)(SIZE|OFFSET|TYPE|ALIGN)_OF(_|$)/.test(name)) ||
    /(^|_)(sizeof|offsetof|typeof|alignof|static_?assert|compile_?time|build_(bug|assert)|ct_?assert)(_|$)/i.test(
      name,
    )
  );
}

/** By its name a macro of a header that counts the elements of an array. */
export function isCount(name: string): boolean {
  return /(^|_)(ARRAY_?(SIZE|LEN|LENGTH|COUNT)|COUNT_?OF|NELEMS?|NUM_?ELEMS)$/i.test(name);
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

/** By its name a macro of a header that leaves the function: `RETURN_ERROR(code)`. */
export function isLeaving(name: string): boolean {
  return MACRO_NAME.test(name) && /(^|_)(RETURN|GOTO|THROW|RAISE)(_|$)/.test(name);
}

/** What a test in the form of a call says of its condition. */
export interface Polarity {
  /** After it the condition holds (`ASSERT(p)`), or does not (`BUG_ON(!p)`). */
  readonly holds: boolean;
  /** Nothing comes after it where it is otherwise. */
  readonly ends: boolean;
}

const HOLDS =
  /(^|_)(assert(ion)?|check|verify|validate|require[sd]?|ensure|expect|enforce|precondition|must|assume|unless|if_(not|fail|false))(_|$)|assert$/;

const FAILS =
  /(^|_)(bug|((bug|warn|panic|die|fail|bail|err|error|abort|crash|trap|halt|oops|fatal|exit|return|ret|throw|goto|reject|stop|quit)_?(on|if|when)))(_|$)/;

/** `ASSERT_EQ`, `CHECK_NULL`, `CHECK_FAILED`: what has to hold is not the argument itself. */
const OTHERWISE = /(^|_)(eq|ne|gt|ge|lt|le|equals?|same|null|nil|zero|false|failed|failure|str|mem)(_|$)/;

/** What the name of a test says; undefined for a name that says nothing, or both. */
export function polarityOf(name: string): Polarity | undefined {
  const words = wordsOf(name);
  const holds = HOLDS.test(words);
  // `FAIL_IF_NOT` has the end of one and the beginning of the other.
  const fails = !/(^|_)if_(not|fail|false)(_|$)/.test(words) && FAILS.test(words);
  if (holds === fails || OTHERWISE.test(words.replace(/if_false/, ''))) return undefined;
  return { holds, ends: (fails && !words.includes('warn')) || words.includes('assert') };
}

/** By its name it wants a pointer to be there: `CHECK(p)`, `RETURN_IF_NULL(p)`. */
export function wantsPointer(name: string): boolean {
  const words = wordsOf(name);
  if (!/(^|_)(null|nil)(_|$)/.test(words)) return polarityOf(name)?.holds === true;
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
