import { descendants, type Node } from '../ast/node.ts';
import { perFunction } from '../ast/parts.ts';
import { namesCalledBy } from './callGraph.ts';
import type { FactEvent } from './events.ts';
import { isRead } from './inputNames.ts';
import type { FunctionCode, Unit } from './run.ts';
import { changedBy } from './stalled.ts';
import { stepOf } from './steps.ts';
import { isGlobal } from './variables.ts';

/** What these return rests on files or on the environment. */
const OUTSIDE =
  /^(?:fopen|opendir|open|popen|getenv|secure_getenv|f?gets|fgetc|getc|getchar|fread|read|recv|f?scanf|getline|stat)$/;
/** What these return rests on the text that they are given. */
const LOOKS = /^(?:strchr|strrchr|strstr|strtok|strtok_r|sscanf)$/;
const SEARCHES = /^(?:strn?(?:case)?cmp|memcmp|strlen)$/;
/** What is asserted with them may rest on a test of how much was read. */
const AS_READ = /^(?:strlen|memcmp)$/;
const COMPARISONS: ReadonlySet<string> = new Set(['<', '<=', '>', '>=', '==', '!=']);

/** An assertion with what it asks. */
interface Assertion {
  readonly call: Node;
  readonly condition: Node;
}

/** Assertions that are the only test of what was read, looked up or counted for somebody outside. */
export function assertedInput(unit: Unit, functions: readonly FunctionCode[]): FactEvent[] {
  const asserting = functions.filter((code) => namesCalledBy(unit.ast, code.node).includes('assert'));
  if (asserting.length === 0 || unit.macro('assert') !== undefined) return [];
  const found: FactEvent[] = [];
  for (const code of asserting)
    for (const { call, condition } of assertionsIn(unit.ast, code.node)) {
      const detail =
        restsOnCall(unit, code, call, condition) ??
        (countsInput(unit, functions, code, condition)
          ? 'as much as comes is counted, and nothing else tests it'
          : undefined) ??
        (isUnknownCase(functions, code, condition)
          ? 'the number comes from outside, and nothing else tests it'
          : undefined);
      if (detail === undefined) continue;
      found.push({ kind: 'assertion-on-input', certainty: 'proved', node: condition, detail, related: [] });
    }
  return found;
}

const assertionsIn = perFunction((nodes): readonly Assertion[] =>
  nodes.flatMap((call) => {
    const condition =
      call.kind === 'call' && call.part('callee')?.text === 'assert' ? call.parts('arguments')[0] : undefined;
    return condition === undefined ? [] : [{ call, condition }];
  }),
);

function namesIn(root: Node, except: readonly Node[] = []): readonly string[] {
  return [...descendants(root)].flatMap(({ kind, text, role, start, end }) =>
    kind === 'identifier' &&
    role !== 'callee' &&
    role !== 'name' &&
    text !== 'NULL' &&
    !except.some((part) => part.start <= start && end <= part.end)
      ? [text]
      : [],
  );
}

/** What a condition asks about: where it reads at the same time, that says nothing of what was read. */
function namesAsked(test: Node): readonly string[] {
  const given = [...descendants(test)].flatMap((node) => (node.kind === 'call' ? filledBy(node) : []));
  return namesIn(test, given);
}

/** What a call that reads is given to fill, and how. */
function filledBy(call: Node): readonly Node[] {
  const callee = call.part('callee')?.text ?? '';
  if (callee === 'sscanf') return call.parts('arguments').slice(2);
  return isRead(callee) ? call.parts('arguments') : [];
}

function isAsserted(node: Node): boolean {
  for (let at = node.parent; at !== undefined && at.kind !== 'function'; at = at.parent)
    if (at.kind === 'call' && at.part('callee')?.text === 'assert') return true;
  return false;
}

/** Something else than assertions asks for the variable within. */
function isAsked(root: Node, name: string, names = namesAsked): boolean {
  for (const node of descendants(root)) {
    const condition = node.part('condition');
    const isTest = node.kind === 'binary' && COMPARISONS.has(node.part('operator')?.text ?? '');
    const test = condition ?? (isTest ? node : undefined);
    if (test !== undefined && !isAsserted(test) && names(test).includes(name)) return true;
    if (node.kind === 'switch' && namesIn(node.part('value') ?? node).includes(name)) return true;
  }
  return false;
}

/** What the variable of an assertion was last set to before it, in its function. */
function lastValue(code: FunctionCode, name: string, before: Node): Node | undefined {
  let value: Node | undefined;
  for (const node of descendants(code.body)) {
    if (node.start >= before.start) break;
    const isSet = node.kind === 'assign' || node.kind === 'variable';
    if (isSet && node.part('target')?.text === name) value = node.part('value');
  }
  return value?.kind === 'cast' ? value.part('value') : value;
}

function restsOnCall(unit: Unit, code: FunctionCode, call: Node, condition: Node): string | undefined {
  const asked = [...descendants(condition)];
  const direct = asked.find((node) => node.kind === 'call');
  const name = direct?.part('callee')?.text ?? '';
  if (direct !== undefined) {
    const [first] = direct.parts('arguments');
    const isText = SEARCHES.test(name) && first?.kind === 'identifier' && isFilled(code, first.text, call);
    // That something was read says that it is not longer than what there is room for, and that as many bytes as were wanted are there.
    const names = AS_READ.test(name) ? (test: Node) => namesIn(test) : namesAsked;
    return isText && !isAsked(code.body, first.text, names) ? TEXT : undefined;
  }
  const names = [...new Set(namesIn(condition))].filter((each) => !/^[A-Z][A-Z0-9_]*$/.test(each));
  const [only, second] = names;
  if (only === undefined || second !== undefined || isAsked(code.body, only)) return undefined;
  const value = lastValue(code, only, call);
  const callee = value?.kind === 'call' ? (value.part('callee')?.text ?? '') : '';
  if (OUTSIDE.test(callee)) return TEXT;
  const isOfInput = value
    ?.parts('arguments')
    .some((given) => given.kind === 'identifier' && isFilled(code, given.text, call));
  if (isOfInput !== true) return undefined;
  if (LOOKS.test(callee)) return TEXT;
  const lookup = unit.functionNamed(callee);
  return lookup !== undefined && mayFindNothing(unit, lookup) ? TEXT : undefined;
}

const TEXT = 'what is there comes from outside, and nothing else tests it';

/** The variable was given to what reads before. */
function isFilled(code: FunctionCode, name: string, before: Node): boolean {
  for (const node of descendants(code.body)) {
    if (node.start >= before.start) return false;
    if (node.kind !== 'call' || !isRead((node.part('callee')?.text ?? '').replace(/^s(?=scanf$)/, '')))
      continue;
    for (const given of node.parts('arguments')) {
      const place = given.kind === 'unary' ? given.part('operand') : given;
      if (place?.kind === 'identifier' && place.text === name) return true;
    }
  }
  return false;
}

/** A function that compares texts, and returns NULL at its end. */
function mayFindNothing(unit: Unit, { node, body, returns }: FunctionCode): boolean {
  if (returns.is !== 'pointer') return false;
  const last = body.children.at(-1);
  const value = last?.kind === 'return' ? last.part('value') : undefined;
  const isNothing = value?.kind === ':null' || value?.text === 'NULL' || value?.text === '0';
  return isNothing && namesCalledBy(unit.ast, node).some((name) => name.endsWith('cmp'));
}

/** `assert(top < SIZE); stack[top++] = v;` in a loop that reads, and nothing else asks for `top`. */
function countsInput(
  unit: Unit,
  functions: readonly FunctionCode[],
  code: FunctionCode,
  condition: Node,
): boolean {
  if (condition.kind !== 'binary' || !COMPARISONS.has(condition.part('operator')?.text ?? '')) return false;
  const [left, right] = [condition.part('left'), condition.part('right')];
  if (
    left?.kind !== 'identifier' ||
    (right?.kind !== 'number' && !/^[A-Z][A-Z0-9_]*$/.test(right?.text ?? ''))
  )
    return false;
  const declaration = unit.declarationOf(left)?.node;
  if (declaration?.kind !== 'variable') return false;
  const isStepped = [...descendants(code.body)].some((node) => stepOf(node)?.name === left.text);
  if (!isStepped) return false;
  if (!isGlobal(declaration)) return !isAsked(code.body, left.text) && isInReadingLoop(condition);
  if (functions.some(({ body }) => isAsked(body, left.text))) return false;
  return functions.some(({ body }) =>
    [...descendants(body)].some(
      (node) => node.kind === 'call' && node.part('callee')?.text === code.name && isInReadingLoop(node),
    ),
  );
}

function isInReadingLoop(node: Node): boolean {
  for (let at = node.parent; at !== undefined && at.kind !== 'function'; at = at.parent) {
    if (at.kind !== 'while' && at.kind !== 'for' && at.kind !== 'doWhile') continue;
    for (const each of descendants(at))
      if (each.kind === 'call' && isRead(each.part('callee')?.text ?? '')) return true;
  }
  return false;
}

/** `default: assert(!"no such command")` of a parameter that a caller has read and not asked for. */
function isUnknownCase(functions: readonly FunctionCode[], code: FunctionCode, condition: Node): boolean {
  if (namesIn(condition).length > 0 || [...descendants(condition)].some(({ kind }) => kind === 'call'))
    return false;
  let at = condition.parent;
  while (at !== undefined && at.kind !== 'switch' && at.kind !== 'function') at = at.parent;
  const value = at?.kind === 'switch' ? at.part('value') : undefined;
  const parameter = code.parameters.find(({ name }) => value?.kind === 'identifier' && name === value.text);
  if (parameter === undefined) return false;
  return functions.some((caller) =>
    [...descendants(caller.body)].some((node) => {
      if (node.kind !== 'call' || node.part('callee')?.text !== code.name) return false;
      let given = node.parts('arguments')[parameter.position];
      if (given?.kind === 'cast') given = given.part('value');
      given = ofArray(given);
      if (given?.kind !== 'identifier' || isAsked(caller.body, given.text)) return false;
      const isChanged = [...descendants(caller.body)].some((each) => {
        const target = ofArray(changedBy(each));
        return target?.kind === 'identifier' && target.text === given.text;
      });
      return !isChanged && isFilled(caller, given.text, node);
    }),
  );
}

/** The array of an element, or what is none itself. */
function ofArray(node: Node | undefined): Node | undefined {
  return node?.kind === 'index' ? node.part('object') : node;
}
