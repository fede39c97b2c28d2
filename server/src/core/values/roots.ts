import { leave } from './calls.ts';
import { CHAR, CHAR_POINTER, POINTER_SIZE, sizeOf, type CType } from './ctypes.ts';
import { explore } from './explore.ts';
import { givenBytes } from './givenBytes.ts';
import { constantLinear, plus, symbolLinear, ZERO } from './linear.ts';
import { noteString, unknownOf } from './memory.ts';
import { placeOfObject, store } from './places.ts';
import { reduce } from './reduce.ts';
import { StepsSpent, type Frame, type FunctionCode, type Run } from './run.ts';
import { memoryWith, pointerTo, targetAt, State, UNKNOWN_VALUE, type Cell, type Value } from './state.ts';
import { declareVariable, globalPlace } from './variables.ts';
import { MAX_TEXT } from './world.ts';
import { plainText } from './plainText.ts';

/** Arguments of the command line that are told apart. */
const ARGUMENTS = 12;

/** Runs a function with whatever its callers may give it; `main` with the globals as they are written. */
export function analyseRoot(run: Run, code: FunctionCode, isMain: boolean, isCalled: boolean): void {
  run.visited.add(code.node);
  const frame = rootFrame(run, code);
  const state = State.empty(run.world.defaults);
  // All paths have these, so that none forgets what another one changes.
  if (isMain)
    for (const node of code.unit.ast.root.children)
      if (node.kind === 'variable') globalPlace(frame, state, node);
  const values = isMain
    ? code.parameters.map(({ type, position }) => mainArgument(run, state, position, type))
    : givenTo(run, state, code, isCalled);
  giveAll(frame, state, code, values);
  const ends = explore(frame, code.flow(), [state]).map((end) => leave(frame, end).state);
  // What it returns may say that it must not be called again.
  if (!isMain && !isCalled && code.returns.is === 'void' && keepsPlace(code))
    callAgain(run, code, values, ends);
}

function rootFrame(run: Run, code: FunctionCode): Frame {
  return {
    run,
    unit: code.unit,
    id: ++run.frames,
    code,
    depth: 0,
    variables: new Map(),
    byName: new Map(),
    locals: [],
    border: undefined,
    site: undefined,
    arguments: new Map(),
    aside: false,
    caller: undefined,
    call: undefined,
    macros: 0,
  };
}

/** What a caller that is not seen gives. */
function givenTo(run: Run, state: State, code: FunctionCode, isCalled: boolean): readonly Value[] {
  let length: Value | undefined;
  return code.parameters.map((parameter) => {
    const bytes = isCalled ? undefined : givenBytes(run.world, state, code, parameter);
    const value = length ?? bytes?.pointer ?? unknownOf(run.world, state, parameter.type, 'given');
    length = bytes?.length;
    return value;
  });
}

function giveAll(frame: Frame, state: State, { parameters }: FunctionCode, values: readonly Value[]): void {
  parameters.forEach(({ node, type }, index) => {
    const object = declareVariable(frame, state, node, { is: 'unknown' });
    const value = values[index];
    if (object !== undefined && value !== undefined)
      store(frame, state, placeOfObject(object, type), value, node);
  });
}

/** Uses a member as an index: `r->data[r->head]`. */
function keepsPlace({ unit, node }: FunctionCode): boolean {
  return /\[[^\]]*(->|\.)\w+/.test(plainText(unit.ast, node));
}

/** Paths that a second call begins with. */
const AGAIN = 6;
/** Part of the share of steps that a first call leaves for a second one. */
const LEFT_FOR_AGAIN = 0.5;

/**
 * Calls a function once more with the structure that it has left: an index that it lets become too large shows where it is used next. Nothing but
 * that is told, as what else two calls may do (release twice, give another value) their callers decide.
 */
function callAgain(run: Run, code: FunctionCode, values: readonly Value[], ends: readonly State[]): void {
  const { world } = run;
  if (world.steps > run.share * LEFT_FOR_AGAIN) return;
  const again: Run = {
    ...run,
    observe: undefined,
    report: (event) => {
      if (OF_INDEXES.has(event.kind)) run.report(event);
    },
    entered: new Map(),
    visited: new Set(),
    skipped: new Set(),
    share: 2 * run.share,
  };
  const frame = rootFrame(again, code);
  const begin = reduce(world, ends, AGAIN);
  for (const state of begin) {
    const fresh = givenTo(again, state, code, false);
    giveAll(
      frame,
      state,
      code,
      code.parameters.map(({ type }, index) => (isStructure(type) ? values : fresh)[index] ?? UNKNOWN_VALUE),
    );
  }
  try {
    explore(frame, code.flow(), begin);
  } catch (error) {
    if (!(error instanceof StepsSpent)) throw error;
  }
}

function isStructure(type: CType): boolean {
  return type.is === 'pointer' && type.to.is === 'struct';
}

const OF_INDEXES: ReadonlySet<string> = new Set(['out-of-bounds-read', 'out-of-bounds-write']);

/** The number of arguments, and the arguments: texts from outside. */
function mainArgument(run: Run, state: State, index: number, type: CType): Value {
  const { world } = run;
  if (index === 0 && type.is === 'int') {
    const symbol = world.symbol(0, 1000, 'given');
    return { is: 'int', of: symbolLinear(symbol) };
  }
  if (index !== 1) return unknownOf(world, state, type, 'given');
  const array = world.newObject(state, { kind: 'given', type: CHAR_POINTER }, { is: 'unknown' });
  const cells = new Map<number, Cell>();
  for (let each = 0; each < ARGUMENTS; each++) {
    const length = world.symbol(0, MAX_TEXT, 'input');
    const text = world.newObject(
      state,
      { kind: 'unknown', type: CHAR, size: plus(symbolLinear(length), 1) },
      { is: 'unknown' },
    );
    noteString(world, state, targetAt(text, ZERO), symbolLinear(length));
    cells.set(each * POINTER_SIZE, {
      size: sizeOf(CHAR_POINTER) ?? POINTER_SIZE,
      limits: undefined,
      value: pointerTo(text, constantLinear(0)),
    });
  }
  const memory = state.object(array);
  if (memory !== undefined) state.setObject(array, memoryWith(memory, { cells, escaped: true }));
  return pointerTo(array, ZERO);
}
