import { leave } from './calls.ts';
import { CHAR, CHAR_POINTER, POINTER_SIZE, sizeOf, type CType } from './ctypes.ts';
import { explore } from './explore.ts';
import { givenBytes } from './givenBytes.ts';
import { constantLinear, plus, symbolLinear, ZERO } from './linear.ts';
import { noteString, unknownOf } from './memory.ts';
import { placeOfObject, store } from './places.ts';
import type { Frame, FunctionCode, Run } from './run.ts';
import { memoryWith, pointerTo, targetAt, State, type Cell, type Value } from './state.ts';
import { declareVariable, globalPlace } from './variables.ts';
import { MAX_TEXT } from './world.ts';

/** Arguments of the command line that are told apart. */
const ARGUMENTS = 12;

/** Runs a function with whatever its callers may give it; `main` with the globals as they are written. */
export function analyseRoot(run: Run, code: FunctionCode, isMain: boolean, isCalled: boolean): void {
  run.visited.add(code.node);
  const frame: Frame = {
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
  const state = State.empty(run.world.defaults);
  // All paths have these, so that none forgets what another one changes.
  if (isMain)
    for (const node of code.unit.ast.root.children)
      if (node.kind === 'variable') globalPlace(frame, state, node);
  let length: Value | undefined;
  for (const parameter of code.parameters) {
    const { node, type, position } = parameter;
    const object = declareVariable(frame, state, node, { is: 'unknown' });
    const bytes = isMain || isCalled ? undefined : givenBytes(run.world, state, code, parameter);
    const value = isMain
      ? mainArgument(run, state, position, type)
      : (length ?? bytes?.pointer ?? unknownOf(run.world, state, type, 'given'));
    length = bytes?.length;
    if (object !== undefined) store(frame, state, placeOfObject(object, type), value, node);
  }
  for (const end of explore(frame, code.flow(), [state])) leave(frame, end);
}

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
