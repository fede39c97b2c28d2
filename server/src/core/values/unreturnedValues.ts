import type { Node } from '../ast/node.ts';
import { perFunction } from '../ast/parts.ts';
import type { FactEvent } from './events.ts';
import { integerLiteral } from './literals.ts';
import type { NameHints } from './nameHints.ts';
import type { FunctionCode, Unit } from './run.ts';

/** What a function returns, when that is nothing but constants. */
interface Returned {
  readonly numbers: ReadonlySet<number>;
  /** `-EINVAL`: below 0, and not -1. */
  readonly errors: boolean;
}

/**
 * Tests for a failure that a function of the file never tells in this way: `f() == -1` of one that returns 0 or `-EINVAL`, `f() < 0` of one that returns
 * 0 or 1.
 */
export function unreturnedValues(
  unit: Unit,
  functions: readonly FunctionCode[],
  hints: NameHints,
): FactEvent[] {
  const known = new Map<string, Returned | undefined>();
  const returnedBy = (name: string): Returned | undefined => {
    if (known.has(name)) return known.get(name);
    const code = unit.macro(name) === undefined ? unit.functionNamed(name) : undefined;
    const found = code && returnedOf(hints, constantsReturned(unit.ast, code.node));
    known.set(name, found);
    return found;
  };
  return functions.flatMap(({ node }) =>
    testsOfCalls(unit.ast, node).flatMap(({ test, name, operator, number }): FactEvent[] => {
      const returned = returnedBy(name);
      if (returned === undefined || mayHold(returned, operator, number)) return [];
      const all = [
        ...[...returned.numbers].sort((a, b) => a - b).map(String),
        ...(returned.errors ? ['error numbers below 0'] : []),
      ];
      return [
        {
          kind: 'unreturned-value',
          certainty: 'proved',
          node: test,
          detail: `\`${name}\` returns nothing but ${all.join(', ')}`,
          related: [],
        },
      ];
    }),
  );
}

function mayHold({ numbers, errors }: Returned, operator: string, number: number): boolean {
  // What never fails needs no test, and of error numbers only -1 is known to be none.
  if (!errors && ![...numbers].some((each) => each !== 0)) return true;
  if (operator === '<') return errors || [...numbers].some((each) => each < number);
  return number >= 0 || (errors && number !== -1) || numbers.has(number);
}

interface TestOfCall {
  readonly test: Node;
  readonly name: string;
  readonly operator: string;
  readonly number: number;
}

const OPERATORS: ReadonlySet<string> = new Set(['==', '!=', '<']);

/** `f() == -1`, `(x = f()) < 0`, and `x != -1` right behind `x = f();`. */
const testsOfCalls = perFunction((nodes): readonly TestOfCall[] =>
  nodes.flatMap((test): TestOfCall[] => {
    const operator = test.kind === 'binary' ? (test.part('operator')?.text ?? '') : '';
    const number = OPERATORS.has(operator) ? numberOf(test.part('right')) : undefined;
    if (number === undefined || number > 0 || (operator !== '<' && number === 0)) return [];
    if (operator === '<' && number !== 0) return [];
    const call = calledIn(test.part('left'), test);
    const name = call?.part('callee');
    return name?.kind === 'identifier' ? [{ test, name: name.text, operator, number }] : [];
  }),
);

/** The call that a tested value comes from. */
function calledIn(value: Node | undefined, test: Node): Node | undefined {
  if (value?.kind === 'call') return value;
  if (value?.kind === 'assign') return isPlain(value) ? calledIn(value.part('value'), test) : undefined;
  const [variable, before] = value?.kind === 'identifier' ? [value.text, statementBefore(test)] : [];
  if (variable === undefined || before === undefined) return undefined;
  const given = before.kind === 'expressionStatement' ? before.part('expression') : before;
  const isGiven = given?.part('target')?.text === variable && (given.kind === 'variable' || isPlain(given));
  const called = isGiven ? given.part('value') : undefined;
  return called?.kind === 'call' ? called : undefined;
}

function isPlain(node: Node): boolean {
  return node.kind === 'assign' && (node.part('operator')?.text ?? '=') === '=';
}

const ASKING: ReadonlySet<string> = new Set(['if', 'return']);

/** What happens just before the condition of an `if`, or what is returned, is evaluated. */
function statementBefore(test: Node): Node | undefined {
  for (let at = test.parent; at !== undefined; at = at.parent) {
    if (at.kind === 'function' || at.kind === 'lambda') return undefined;
    const siblings = at.parent?.kind === 'block' ? at.parent.children : undefined;
    if (siblings === undefined) continue;
    const isAsked =
      ASKING.has(at.kind) && (at.part('condition') ?? at.part('value'))?.contains(test) === true;
    return isAsked ? siblings[siblings.indexOf(at) - 1] : undefined;
  }
  return undefined;
}

/** The constants that a function returns: numbers, and names of which it returns the negative number. */
interface Constants {
  readonly numbers: readonly number[];
  readonly names: readonly string[];
}

/** None for a function that returns anything else. */
const constantsReturned = perFunction((nodes): Constants | 'other' => {
  const [numbers, names]: [number[], string[]] = [[], []];
  const given = new Map<string, Node[]>();
  const returned: Node[] = [];
  for (const node of nodes) {
    if (node.kind === 'lambda') return 'other';
    const value = node.part('value');
    if (node.kind === 'return' && value !== undefined) returned.push(value);
    const target = node.kind === 'variable' || node.kind === 'assign' ? node.part('target') : undefined;
    const changed =
      node.kind === 'unary' && /&|\+\+|--/.test(node.part('operator')?.text ?? '')
        ? node.part('operand')
        : target;
    if (changed?.kind !== 'identifier') continue;
    const isKnown = value !== undefined && (node.kind === 'variable' || isPlain(node));
    const isDeclared = node.kind === 'variable' && value === undefined;
    if (isDeclared) continue;
    given.set(changed.text, [...(given.get(changed.text) ?? []), isKnown ? value : node]);
  }
  const parameters = new Set(
    (nodes[0]?.parts('parameters') ?? []).map((each) => each.part('target')?.text ?? each.text),
  );
  const read = (value: Node | undefined, isVariable: boolean): boolean => {
    if (value === undefined) return false;
    const number = numberOf(value);
    if (number !== undefined) {
      numbers.push(number);
      return true;
    }
    if (value.kind === 'conditional')
      return read(value.part('then'), isVariable) && read(value.part('else'), isVariable);
    const operand =
      value.kind === 'unary' && value.part('operator')?.text === '-' ? value.part('operand') : undefined;
    if (operand?.kind === 'identifier') names.push(operand.text);
    if (operand !== undefined) return operand.kind === 'identifier';
    if (isVariable || value.kind !== 'identifier' || parameters.has(value.text)) return false;
    const all = given.get(value.text) ?? [];
    return all.length > 0 && all.every((each) => read(each, true));
  };
  return returned.length > 0 && returned.every((value) => read(value, false)) ? { numbers, names } : 'other';
});

function returnedOf(hints: NameHints, constants: Constants | 'other'): Returned | undefined {
  if (constants === 'other' || !constants.names.every((name) => hints.says('error-number', name)))
    return undefined;
  return { numbers: new Set(constants.numbers), errors: constants.names.length > 0 };
}

const WORDS: Readonly<Record<string, number>> = { ':true': 1, ':false': 0 };

function numberOf(node: Node | undefined): number | undefined {
  if (node === undefined) return undefined;
  const isNegative = node.kind === 'unary' && node.part('operator')?.text === '-';
  const digits = isNegative ? node.part('operand') : node;
  if (digits?.kind !== 'number') return isNegative ? undefined : WORDS[node.kind];
  const value = integerLiteral(digits.text)?.value;
  return value === undefined ? undefined : isNegative ? -value : value;
}
