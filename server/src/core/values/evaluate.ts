import { descendants, type Node } from '../ast/node.ts';
import { chain } from './chain.ts';
import { between, convert, integerOperation } from './arithmetic.ts';
import { branch } from './branch.ts';
import { evaluateCall } from './calls.ts';
import { resolved } from './constraints.ts';
import {
  CHAR_POINTER,
  decayed,
  DOUBLE,
  INT,
  LONG,
  promoted,
  sizeOf,
  UINT,
  ULONG,
  UNKNOWN,
  type CType,
} from './ctypes.ts';
import { isSpent } from './effort.ts';
import { addressed } from './access.ts';
import { castLike } from './castLike.ts';
import { evaluateName, isStream, isTypeName } from './identifiers.ts';
import { initialise } from './initialise.ts';
import { constantLinear, scaleLinear, subtractLinear, ZERO } from './linear.ts';
import { characterValue, integerLiteral } from './literals.ts';
import { unknownOf } from './memory.ts';
import {
  fieldPlace,
  forgetObject,
  indexed,
  loaded,
  movedBy,
  NOWHERE,
  placeOfObject,
  store,
  type Place,
} from './places.ts';
import { checkStructure } from './typeConfusion.ts';
import {
  argumentsOf,
  frameWith,
  macroFrame,
  MAX_MACROS,
  StepsSpent,
  type Frame,
  type Result,
  type Run,
} from './run.ts';
import { escapeValue, intValue, pointerTo, UNKNOWN_VALUE, type State, type Value } from './state.ts';
import { sizeValue } from './sizeOperand.ts';
import { reportUnrelated } from './unrelated.ts';
import { integer, stringValue, variablePlace } from './variables.ts';

/** A place, on one of the paths that lead to it. */
export interface Located {
  readonly state: State;
  readonly place: Place;
}

const COMPARISONS = new Set(['==', '!=', '<', '>', '<=', '>=', '&&', '||']);

function spend(run: Run): void {
  run.world.steps++;
  if (isSpent(run)) throw new StepsSpent();
}

/** Evaluates an expression on one path, which may part into several. The path handed in is used up. */
export function evaluate(frame: Frame, state: State, node: Node): Result[] {
  spend(frame.run);
  const results = evaluateNode(frame, state, node);
  const { observe } = frame.run;
  if (observe !== undefined && frame.site === undefined) {
    for (const { state: after, value, type } of results) observe(node, { state: after, value, type, frame });
  }
  return results;
}

function evaluateNode(frame: Frame, state: State, node: Node): Result[] {
  const slot =
    state.slots.size > 0 && frame.macros === 0 && frame.code?.flow().held.has(node.index) !== false
      ? state.slots.get(`${frame.id}:${node.index}`)
      : undefined;
  if (slot !== undefined) return [{ state, value: slot, type: UNKNOWN }];
  switch (node.kind) {
    case 'number': {
      const literal = integerLiteral(node.text);
      if (literal === undefined) return [{ state, value: UNKNOWN_VALUE, type: DOUBLE }];
      const type = literal.long ? (literal.unsigned ? ULONG : LONG) : literal.unsigned ? UINT : INT;
      const value = Number.isSafeInteger(literal.value)
        ? integer(literal.value)
        : intValue(between(frame, state, literal.value - 2048, literal.value, true, true));
      return [{ state, value, type }];
    }
    case ':char_literal': {
      const value = characterValue(node);
      return [
        {
          state,
          value: value === undefined ? frame.run.world.anyInt(INT, 'derived') : integer(value),
          type: INT,
        },
      ];
    }
    case 'string':
      return [{ state, value: stringValue(frame, state, node), type: CHAR_POINTER }];
    case ':null':
      return [{ state, value: integer(0), type: { is: 'pointer', to: { is: 'void' } } }];
    case ':true':
    case ':false':
      return [{ state, value: integer(node.kind === ':true' ? 1 : 0), type: INT }];
    case 'identifier':
      return evaluateName(frame, state, node);
    case 'assign':
      return evaluateAssignment(frame, state, node);
    case 'unary':
      return evaluateUnary(frame, state, node);
    case 'binary': {
      const operator = node.part('operator')?.text ?? '';
      if (COMPARISONS.has(operator)) return truthOf(frame, state, node);
      return evaluateBinary(frame, state, node, operator);
    }
    case 'conditional': {
      const [condition, yes, no] = [node.part('condition'), node.part('then'), node.part('else')];
      if (condition === undefined || no === undefined) return unknownResult(state);
      const { yes: when, no: otherwise } = branch(
        frame.macros > 0 ? frameWith(frame, { aside: true }) : frame,
        state,
        condition,
      );
      return [
        ...chain(when, (each) => evaluate(frame, each, yes ?? condition)),
        ...chain(otherwise, (each) => evaluate(frame, each, no)),
      ];
    }
    case 'member':
    case 'index':
      return chain(locate(frame, state, node), ({ state: at, place }) => loaded(frame, at, place, node));
    case 'cast': {
      const value = node.part('value');
      const type = frame.unit.types.read(node.part('type'));
      if (value === undefined) return unknownResult(state);
      // `(void)x` reads nothing.
      if (type.is === 'void')
        return value.kind === 'identifier' ? unknownResult(state) : evaluate(frame, state, value);
      return chain(addressed(frame, evaluate(frame, state, value), type, node), (each) =>
        // How many bits a number has in a type that is not known is not known either.
        type.is === 'unknown' && each.type.is === 'int'
          ? [{ state: each.state, value: each.value, type }]
          : convert(frame, each.state, each.value, each.type, type, node),
      );
    }
    case 'call':
      return evaluateCall(frame, state, node);
    // Asks for a place in a type: what it names is no variable.
    case ':offsetof_expression':
      return [{ state, value: frame.run.world.anyInt(ULONG, 'derived'), type: ULONG }];
    case ':gnu_asm_expression':
      // Assembler may change all variables that it names.
      for (const each of descendants(node)) {
        const place = each.kind === 'identifier' ? variablePlace(frame, state, each) : undefined;
        if (place?.pointer.is === 'pointer')
          for (const { object } of place.pointer.targets) forgetObject(frame.run.world, state, object);
      }
      return unknownResult(state);
    case 'expressionStatement': {
      const expression = node.part('expression');
      return expression === undefined ? unknownResult(state) : evaluate(frame, state, expression);
    }
    case ':comma_expression': {
      const [left, right] = [node.part('left'), node.part('right')];
      if (left === undefined || right === undefined) return unknownResult(state);
      return chain(evaluate(frame, state, left), (each) => evaluate(frame, each.state, right));
    }
    case 'record': {
      const type = frame.unit.types.read(node.part('type'));
      const bytes = sizeOf(type);
      const object = frame.run.world.newObject(
        state,
        {
          kind: 'local',
          type,
          node,
          frame: frame.id,
          size: bytes === undefined ? undefined : constantLinear(bytes),
        },
        { is: 'bytes', value: 0 },
      );
      frame.locals.push(object);
      return initialise(frame, state, placeOfObject(object, type), node.parts('fields'), node).map(
        (each) => ({
          state: each,
          value: pointerTo(object, ZERO),
          type: decayed(type),
        }),
      );
    }
    default: {
      let states = [state];
      for (const child of node.children)
        if (child.kind !== 'token')
          states = chain(states, (each) => evaluate(frame, each, child).map((result) => result.state));
      return states.flatMap(unknownResult);
    }
  }
}

export function unknownResult(state: State): Result[] {
  return [{ state, value: UNKNOWN_VALUE, type: UNKNOWN }];
}

function truthOf(frame: Frame, state: State, node: Node): Result[] {
  const { yes, no } = branch(frame, state, node);
  return [
    ...yes.map((each) => ({ state: each, value: integer(1), type: INT })),
    ...no.map((each) => ({ state: each, value: integer(0), type: INT })),
  ];
}

function evaluateAssignment(frame: Frame, state: State, node: Node): Result[] {
  const [target, value] = [node.part('target'), node.part('value')];
  const operator = node.part('operator')?.text ?? '=';
  if (target === undefined || value === undefined) return unknownResult(state);
  if (operator !== '=') {
    return chain(locate(frame, state, target), ({ state: at, place }) =>
      chain(loaded(frame, at, place, target), (old) =>
        chain(evaluate(frame, old.state, value), (by) =>
          chain(operate(frame, by.state, operator.slice(0, -1), old, by, node), (result) =>
            assigned(frame, result, place, target),
          ),
        ),
      ),
    );
  }
  return chain(evaluate(frame, state, value), (result) =>
    chain(locate(frame, result.state, target), ({ state: at, place }) =>
      assigned(frame, { state: at, value: result.value, type: result.type }, place, target),
    ),
  );
}

/** Stores a result, in the type of the place. */
export function assigned(frame: Frame, result: Result, place: Place, node: Node): Result[] {
  return chain(convert(frame, result.state, result.value, result.type, place.type, node), (each) =>
    store(frame, each.state, place, each.value, node)
      ? [{ state: each.state, value: each.value, type: decayed(place.type) }]
      : [],
  );
}

function evaluateUnary(frame: Frame, state: State, node: Node): Result[] {
  const operator = node.part('operator')?.text ?? '';
  const operand = node.part('operand');
  if (operand === undefined) return unknownResult(state);
  switch (operator) {
    case '*':
      return chain(locate(frame, state, node), ({ state: at, place }) => loaded(frame, at, place, node));
    case '&':
      return addressOf(frame, state, operand);
    case '!':
      return truthOf(frame, state, node);
    case 'sizeof':
    case '_Alignof':
      return [{ state, value: sizeValue(frame, state, operand), type: ULONG }];
    case '++':
    case '--':
    case 'post++':
    case 'post--': {
      const by = operator.endsWith('++') ? '+' : '-';
      return chain(locate(frame, state, operand), ({ state: at, place }) =>
        chain(loaded(frame, at, place, operand), (old) =>
          chain(
            operate(frame, old.state, by, old, { state: old.state, value: integer(1), type: INT }, node),
            (next) =>
              assigned(frame, next, place, operand).map((each) =>
                operator.startsWith('post') ? { state: each.state, value: old.value, type: old.type } : each,
              ),
          ),
        ),
      );
    }
    default:
      return chain(evaluate(frame, state, operand), (each) => negated(frame, each, operator, node));
  }
}

/** `+`, `-` or `~` of a number. */
function negated(frame: Frame, each: Result, operator: string, node: Node): Result[] {
  if (each.type.is === 'float') return [{ state: each.state, value: UNKNOWN_VALUE, type: each.type }];
  if (each.value.is !== 'int' || each.type.is !== 'int')
    return [{ state: each.state, value: unknownOf(frame.run.world, each.state, INT, 'derived'), type: INT }];
  const type = promoted(each.type);
  const zero = { of: operator === '~' ? constantLinear(-1) : ZERO, type };
  if (operator === '+') return [{ state: each.state, value: each.value, type }];
  if (operator === '~' && !type.signed)
    return [{ state: each.state, value: frame.run.world.anyInt(type, 'derived'), type }];
  return integerOperation(frame, each.state, '-', zero, { of: each.value.of, type }, node);
}

function addressOf(frame: Frame, state: State, operand: Node): Result[] {
  const isFunction = operand.kind === 'identifier' && frame.unit.functionNamed(operand.text) !== undefined;
  if (isFunction && variablePlace(frame, state, operand) === undefined)
    return evaluate(frame, state, operand);
  return locate(frame, state, operand).map(({ state: at, place }) => ({
    state: at,
    // `&p->f` with a null `p` is an idiom that finds offsets.
    value: place.pointer.is === 'int' ? UNKNOWN_VALUE : place.pointer,
    type: { is: 'pointer', to: place.type },
  }));
}

function evaluateBinary(frame: Frame, state: State, node: Node, operator: string): Result[] {
  const [left, right] = [node.part('left'), node.part('right')];
  if (left === undefined || right === undefined) return unknownResult(state);
  const cast = castLike(node);
  if (cast !== undefined && variablePlace(frame, state, left) === undefined && isTypeName(frame, left)) {
    if (operator === '&') return addressOf(frame, state, right);
    return chain(evaluate(frame, state, right), (each) =>
      chain(negated(frame, each, operator, node), (result) =>
        convert(frame, result.state, result.value, result.type, frame.unit.types.read(left), node),
      ),
    );
  }
  if (isStream(frame, state, left, operator))
    return evaluate(frame, state, right).flatMap((each) => unknownResult(each.state));
  return chain(evaluate(frame, state, left), (one) =>
    chain(extracted(frame, one, right, operator) ?? evaluate(frame, one.state, right), (other) =>
      operate(frame, other.state, operator, one, other, node),
    ),
  );
}

/** `in >> n` of C++ writes the variable. */
function extracted(
  frame: Frame,
  { state, type }: Result,
  right: Node,
  operator: string,
): Result[] | undefined {
  if (operator !== '>>' || type.is === 'int' || right.kind !== 'identifier') return undefined;
  const place = variablePlace(frame, state, right);
  if (place === undefined) return undefined;
  const value = unknownOf(frame.run.world, state, place.type, 'foreign');
  return store(frame, state, place, value, right) ? [{ state, value, type: place.type }] : [];
}

export function operate(
  frame: Frame,
  state: State,
  operator: string,
  left: Result,
  right: Result,
  node: Node,
): Result[] {
  const { world } = frame.run;
  if (left.type.is === 'pointer' || right.type.is === 'pointer') {
    if (left.type.is === 'pointer' && right.type.is === 'pointer') {
      if (operator !== '-') return unknownResult(state);
      return [{ state, value: distance(frame, state, left, right, node), type: LONG }];
    }
    const [pointer, index] = left.type.is === 'pointer' ? [left, right] : [right, left];
    if (pointer.type.is !== 'pointer' || (operator !== '+' && operator !== '-')) return unknownResult(state);
    const value = movedBy(pointer.value, index.value, pointer.type.to, operator === '-' ? -1 : 1);
    // What it leads to is not lost, although it is not known where in it.
    if (value.is === 'unknown') escapeValue(world, state, pointer.value);
    return [{ state, value, type: pointer.type }];
  }
  if (left.type.is === 'float' || right.type.is === 'float')
    return [{ state, value: UNKNOWN_VALUE, type: DOUBLE }];
  if (left.type.is !== 'int' || right.type.is !== 'int') {
    // The other one may be of a wider type; what is shifted keeps its own.
    const isShift = operator === '<<' || operator === '>>';
    const type = isShift && left.type.is === 'int' ? left.type : UNKNOWN;
    return [{ state, value: unknownOf(world, state, type, 'derived'), type }];
  }
  const number = (value: Value, type: CType): Value =>
    value.is === 'int' ? value : unknownOf(world, state, type, 'derived');
  const [a, b] = [number(left.value, left.type), number(right.value, right.type)];
  if (a.is !== 'int' || b.is !== 'int') return unknownResult(state);
  return integerOperation(
    frame,
    state,
    operator,
    { of: a.of, type: left.type },
    { of: b.of, type: right.type },
    node,
  );
}

/** How many elements lie between two pointers into one object. */
function distance(frame: Frame, state: State, left: Result, right: Result, node: Node): Value {
  const { world } = frame.run;
  const unknown = (): Value => unknownOf(world, state, LONG, 'derived');
  if (left.value.is !== 'pointer' || right.value.is !== 'pointer' || left.type.is !== 'pointer')
    return unknown();
  const [a, b] = [left.value.targets[0], right.value.targets[0]];
  const size = sizeOf(left.type.to);
  if (a !== undefined && b !== undefined && a.object !== b.object) reportUnrelated(frame, state, a, b, node);
  if (a === undefined || a.object !== b?.object || size === undefined) return unknown();
  if (left.value.targets.length > 1 || right.value.targets.length > 1) return unknown();
  const bytes = subtractLinear(resolved(world, state, a.offset), resolved(world, state, b.offset));
  if (bytes === undefined) return unknown();
  const isWhole = bytes.constant % size === 0 && bytes.terms.every(({ factor }) => factor % size === 0);
  const elements = isWhole ? scaleLinear(bytes, 1 / size) : undefined;
  return elements === undefined ? unknown() : intValue(elements);
}

/** The places that an expression on the left of `=`, or behind `&`, stands for. */
export function locate(frame: Frame, state: State, node: Node): Located[] {
  switch (node.kind) {
    case 'identifier': {
      const given = frame.site === undefined ? undefined : frame.arguments.get(node.text);
      if (given !== undefined) return locate(given.frame, state, given.node);
      const place = variablePlace(frame, state, node);
      if (place !== undefined) return [{ state, place }];
      const macro = frame.unit.macro(node.text);
      if (macro !== undefined && macro.parameters === undefined && frame.macros < MAX_MACROS)
        return locate(macroFrame(frame, macro, node, []), state, macro.body);
      return [{ state, place: NOWHERE }];
    }
    case 'unary': {
      const operand = node.part('operand');
      if (operand === undefined || node.part('operator')?.text !== '*') break;
      return evaluate(frame, state, operand).map(({ state: at, value, type }) => ({
        state: at,
        place: {
          pointer: value,
          type: type.is === 'pointer' ? type.to : UNKNOWN,
          direct: false,
          shared: false,
        },
      }));
    }
    case 'index': {
      const [object, index] = [node.part('object'), node.part('indices')];
      if (object === undefined || index === undefined) break;
      return chain(evaluate(frame, state, object), (base) =>
        evaluate(frame, base.state, index).map((by) => {
          // `3[a]` is `a[3]`.
          const [pointer, offset] = by.type.is === 'pointer' ? [by, base] : [base, by];
          const of = pointer.type.is === 'pointer' ? pointer.type.to : UNKNOWN;
          return {
            state: by.state,
            place: {
              pointer: indexed(pointer.value, offset.value, of),
              type: of,
              direct: false,
              shared: false,
            },
          };
        }),
      );
    }
    case 'member': {
      const object = node.part('object');
      const name = node.part('name')?.text ?? '';
      if (object === undefined) break;
      return locate(frame, state, object).map(({ state: at, place }) => {
        checkStructure(frame, at, place, node);
        return { state: at, place: fieldPlace(place, name) };
      });
    }
    // `#define left(n) keys[2 * (n)]`
    case 'call': {
      const callee = node.part('callee');
      const macro = callee?.kind === 'identifier' ? frame.unit.macro(callee.text) : undefined;
      if (macro?.parameters === undefined || macro.body.kind === 'block' || frame.macros >= MAX_MACROS) break;
      if (frame.unit.functionNamed(macro.name) !== undefined) break;
      return locate(macroFrame(frame, macro, node, argumentsOf(frame, node)), state, macro.body);
    }
    case 'cast': {
      const value = node.part('value');
      if (value === undefined) break;
      const type = frame.unit.types.read(node.part('type'));
      return locate(frame, state, value).map(({ state: at, place }) => ({
        state: at,
        place: { pointer: place.pointer, type, direct: place.direct, shared: place.shared },
      }));
    }
    default:
  }
  return evaluate(frame, state, node).map(({ state: at, value, type }) => ({
    state: at,
    place:
      value.is === 'pointer' && type.is === 'struct'
        ? { pointer: value, type, direct: true, shared: false }
        : { pointer: NOWHERE.pointer, type, direct: false, shared: false },
  }));
}
