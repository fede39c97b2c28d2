import { descendants, type Node } from '../ast/node.ts';
import { perFunction } from '../ast/parts.ts';
import { stuckAtEnd } from './inputLoops.ts';
import { LoopParts, WholeFunction } from './loopParts.ts';
import { MACRO_ALONE } from './endless.ts';
import { plainText } from './plainText.ts';
import { namesCalledBy } from './callGraph.ts';
import { rootOf } from './sharedPlaces.ts';
import { stepOf } from './steps.ts';
import type { FactEvent } from './events.ts';
import type { Models } from './readModels.ts';
import type { FunctionCode, Unit } from './run.ts';

/** A loop that the code as it is written does not leave, with the calls in it that may. */
interface Stuck {
  readonly node: Node;
  readonly detail: string;
  readonly calls: readonly string[];
  /** It waits for the end of what is read. */
  readonly isOfReads: boolean;
  /** The table in which it looks for a free place. */
  readonly table: Node | undefined;
}

/** Loops whose own text says that they do not end: what their condition asks does not change, or passes by what it is compared with. */
export function stuckLoops(unit: Unit, functions: readonly FunctionCode[], models: Models): FactEvent[] {
  const mayEnd = (name: string, depth: number): boolean => {
    if (models.hints.says('never-returns', name)) return true;
    const model = models.functions.get(name);
    if (model !== undefined) return model.ends;
    const code = unit.macro(name) === undefined ? unit.functionNamed(name) : undefined;
    if (code === undefined || depth > MAX_DEPTH) return true;
    return namesCalledBy(unit.ast, code.node).some((each) => mayEnd(each, depth + 1));
  };
  const readsNothing = NO_END.test(unit.ast.text);
  return functions.flatMap(({ node }) =>
    stuckIn(unit.ast, node).flatMap((stuck): FactEvent[] =>
      (stuck.isOfReads && readsNothing) ||
      stuck.calls.some((name) => mayEnd(name, 0)) ||
      (stuck.table !== undefined && mayHaveRoom(unit, functions, stuck.table))
        ? []
        : [
            {
              kind: 'endless-loop',
              certainty: 'proved',
              node: stuck.node,
              detail: stuck.detail,
              related: [],
            },
          ],
    ),
  );
}

/** The table is somebody else's, or the file counts something that it compares: that may be how many places are taken. */
function mayHaveRoom(unit: Unit, functions: readonly FunctionCode[], table: Node): boolean {
  if (unit.declarationOf(table)?.kind !== 'variable') return true;
  return functions.some(({ node }) =>
    stepsIn(unit.ast, node).some((name) =>
      functions.some((code) => comparedIn(unit.ast, code.node).has(name)),
    ),
  );
}

/** Members, and variables of the program, that are counted up or down. */
const stepsIn = perFunction((nodes): readonly string[] => {
  const own = new Set(
    nodes.flatMap((node) =>
      node.kind === 'variable' || node.kind === 'parameter' ? [node.part('target')?.text ?? ''] : [],
    ),
  );
  return nodes.flatMap((node) => {
    const step = stepOf(node);
    return step === undefined || own.has(step.name) ? [] : [step.name];
  });
});

const comparedIn = perFunction(
  (nodes): ReadonlySet<string> =>
    new Set(
      nodes.flatMap((node) =>
        node.kind === 'binary' && COMPARISONS.has(node.part('operator')?.text ?? '')
          ? [...descendants(node)].map(({ text }) => text)
          : [],
      ),
    ),
);

/** Datagrams may be empty, and terminals, clocks, counters and random numbers have no end: there 0 is read, and more may follow. */
const NO_END =
  /\b(?:SOCK_DGRAM|SOCK_RAW|timerfd_create|eventfd|signalfd|inotify_init1?|tcsetattr|VMIN|VTIME)\b|\/dev\/|random/i;

/** Calls of calls that are asked. */
const MAX_DEPTH = 2;

const stuckIn = perFunction((nodes, ast): readonly Stuck[] => {
  const [whole] = nodes;
  // What assembler and macros do is not seen.
  if (whole === undefined || nodes.some(({ kind }) => kind.includes('asm'))) return [];
  if (MACRO_ALONE.test(plainText(ast, whole))) return [];
  const found: Stuck[] = [];
  const shared = new WholeFunction(nodes, ast);
  for (const loop of nodes) {
    if (loop.kind !== 'while' && loop.kind !== 'for' && loop.kind !== 'doWhile') continue;
    // A macro may read as a loop.
    if (!/^(?:while|for|do)\b/.test(ast.text.slice(loop.start, loop.start + 6))) continue;
    const parts = new LoopParts(loop, shared);
    for (const check of CHECKS) {
      const stuck = check(parts);
      if (stuck === undefined) continue;
      const calls = stuck.isWhole === true ? parts.calls : [];
      const { node, detail, isOfReads = false, table } = stuck;
      found.push({ node, detail, calls, isOfReads, table });
      break;
    }
  }
  return found;
});

/** What is wrong with a loop; `isWhole` where any call in it might be a way out. */
interface Finding {
  readonly node: Node;
  readonly detail: string;
  readonly isWhole?: boolean;
  readonly isOfReads?: boolean;
  readonly table?: Node | undefined;
}

type Check = (parts: LoopParts) => Finding | undefined;

/** `while (i < n)` of variables of the function, none of which the loop changes. */
const nothingChanges: Check = (parts) => {
  const { condition } = parts;
  if (condition?.kind !== 'binary' || parts.leaves) return undefined;
  if (!COMPARISONS.has(condition.part('operator')?.text ?? '')) return undefined;
  const names = new Set<string>();
  for (const node of descendants(condition)) {
    if (node.kind === 'number' || node.kind === 'token' || node.kind === 'binary') continue;
    if (node.kind !== 'identifier') return undefined;
    if (!parts.isLocalNumber(node.text)) return undefined;
    names.add(node.text);
  }
  if (names.size === 0 || [...names].some((name) => parts.changes(name).length > 0)) return undefined;
  return { node: condition, detail: 'nothing that it compares changes in it', isWhole: true };
};

/** `for (int i = n; i > 0; i++)`: it goes away from its end. */
const wrongWay: Check = (parts) => {
  const { condition, loop } = parts;
  const step = loop.kind === 'for' ? loop.part('update') : undefined;
  if (condition?.kind !== 'binary' || step?.kind !== 'unary' || parts.leaves) return undefined;
  const counter = step.part('operand');
  const isUp = step.part('operator')?.text.includes('++') === true;
  const operator = condition.part('operator')?.text ?? '';
  if (counter?.kind !== 'identifier' || condition.part('left')?.text !== counter.text) return undefined;
  if (!(isUp ? operator.startsWith('>') : operator.startsWith('<')) || operator.length > 2) return undefined;
  if (operator === '<<' || operator === '>>' || !parts.isSignedNumber(counter.text)) return undefined;
  if (parts.changes(counter.text).length > 1) return undefined;
  const bound = condition.part('right');
  if (bound?.kind !== 'number' && !(bound?.kind === 'identifier' && parts.changes(bound.text).length === 0))
    return undefined;
  return { node: condition, detail: `\`${counter.text}\` goes away from what would end it`, isWhole: true };
};

/** `for (size_t i = n; i >= 0; i--)`. */
const alwaysAtLeastZero: Check = (parts) => {
  const { condition } = parts;
  if (condition?.kind !== 'binary' || parts.leaves) return undefined;
  if (condition.part('operator')?.text !== '>=' || condition.part('right')?.text !== '0') return undefined;
  const counter = condition.part('left');
  if (counter?.kind !== 'identifier' || !parts.isUnsignedNumber(counter.text)) return undefined;
  return { node: condition, detail: `\`${counter.text}\` is never below 0`, isWhole: true };
};

/** `while (x != 1.0)` with `x += 0.1`: the sums pass by. */
const fractions: Check = (parts) => {
  const { condition } = parts;
  if (condition?.kind !== 'binary' || parts.leaves || condition.part('operator')?.text !== '!=')
    return undefined;
  const [left, right] = [condition.part('left'), condition.part('right')];
  if (left?.kind !== 'identifier' || !parts.isFraction(left.text)) return undefined;
  const isBound = right?.kind === 'number' || right?.kind === 'identifier';
  const changes = parts.changes(left.text);
  const isCoarse = changes.length > 0 && changes.every((change) => isInexact(change));
  if (!isBound || !isCoarse) return undefined;
  return {
    node: condition,
    detail: `\`${left.text}\` is a sum of rounded numbers, which passes by that`,
    isWhole: true,
  };
};

/** `x += 0.1`: a number that has no exact form in binary. */
function isInexact(change: Node): boolean {
  if (change.kind !== 'assign' || !/^[+-]=$/.test(change.part('operator')?.text ?? '')) return false;
  const value = change.part('value');
  if (value?.kind !== 'number' || !/[.eE]/.test(value.text)) return false;
  const scaled = Number.parseFloat(value.text) * 2 ** 20;
  return !Number.isInteger(scaled);
}

/** `for (n = 7; n != 0; n -= 2)`: it passes by. Of a number that somebody gives, nobody knows whether it may be odd. */
const stepsOver: Check = (parts) => {
  const { condition } = parts;
  if (condition?.kind !== 'binary' || parts.leaves || condition.part('operator')?.text !== '!=')
    return undefined;
  const [left, right] = [condition.part('left'), condition.part('right')];
  if (left?.kind !== 'identifier' || right?.kind !== 'number' || !parts.isLocalNumber(left.text))
    return undefined;
  const [change, second] = parts.changes(left.text);
  if (change?.kind !== 'assign' || second !== undefined) return undefined;
  if (!/^[+-]=$/.test(change.part('operator')?.text ?? '')) return undefined;
  const by = change.part('value');
  const step = by?.kind === 'number' ? Number(by.text.replace(/[uUlL]+$/, '')) : Number.NaN;
  const bound = Number(right.text.replace(/[uUlL]+$/, ''));
  if (!(step >= 2) || !Number.isInteger(step) || !Number.isInteger(bound)) return undefined;
  const first = parts.firstNumber(left.text);
  // An unsigned one comes round again, and meets what differs by the powers of 2 in its steps.
  const met = parts.isUnsignedNumber(left.text) ? step & -step : step;
  if (first === undefined || (bound - first) % met === 0) return undefined;
  return {
    node: condition,
    detail: `\`${left.text}\` moves by ${by?.text ?? ''} and passes by ${right.text}`,
    isWhole: true,
  };
};

/** A search by halves whose bounds do not move past the middle. */
const halves: Check = (parts) => {
  const { condition, loop } = parts;
  const operator = condition?.kind === 'binary' ? condition.part('operator')?.text : undefined;
  const [low, high] = [condition?.part('left'), condition?.part('right')];
  if (low?.kind !== 'identifier' || high?.kind !== 'identifier') return undefined;
  if (operator !== '<' && operator !== '<=') return undefined;
  let middle: Node | undefined;
  for (const node of descendants(loop)) {
    const value = node.kind === 'assign' || node.kind === 'variable' ? node.part('value') : undefined;
    const target = node.part('target');
    if (value === undefined || target?.kind !== 'identifier') continue;
    if (isMiddle(value, low.text, high.text)) middle = target;
  }
  if (middle === undefined || parts.changes(middle.text).length > 1) return undefined;
  // Whether they are next to each other may be asked in the loop.
  const ends = new Set([low.text, high.text, middle.text]);
  for (const node of parts.nodes)
    if (node !== condition && node.kind === 'binary' && COMPARISONS.has(node.part('operator')?.text ?? '')) {
      const names = parts.namesIn(node);
      if (names.length > 0 && names.every((name) => ends.has(name))) return undefined;
    }
  for (const [bound, isStuck] of [
    [low.text, true],
    [high.text, operator === '<='],
  ] as const)
    for (const change of parts.changes(bound)) {
      const isTaken = change.kind === 'assign' && change.part('operator')?.text === '=';
      if (isStuck && isTaken && change.part('value')?.text === middle.text && !isLeft(change))
        return { node: change, detail: `with two places left, \`${bound}\` stays where it is` };
    }
  return undefined;
};

/** `(low + high) / 2`, `low + (high - low) / 2`. */
function isMiddle(value: Node, low: string, high: string): boolean {
  const names = [...descendants(value)].filter(({ kind }) => kind === 'identifier').map(({ text }) => text);
  const numbers = [...descendants(value)].filter(({ kind }) => kind === 'number').map(({ text }) => text);
  const isHalf = numbers.length === 1 && /^[12][uUlL]*$/.test(numbers[0] ?? '');
  const isOfBoth =
    names.includes(low) && names.includes(high) && names.every((each) => each === low || each === high);
  const operators = [...descendants(value)].filter(({ kind }) => kind === 'token').map(({ text }) => text);
  return isHalf && isOfBoth && operators.some((each) => each === '/' || each === '>>');
}

/** What follows in its block ends the loop. */
function isLeft(change: Node): boolean {
  const statement = change.parent?.kind === 'expressionStatement' ? change.parent : change;
  const siblings = statement.parent?.children ?? [];
  return siblings
    .slice(siblings.indexOf(statement) + 1)
    .some(({ kind }) => kind === 'break' || kind === 'return');
}

/** `if (n->skip) continue;` before the only step: the next round finds what this one found. */
const skippedStep: Check = (parts) => {
  const { condition, loop } = parts;
  const body = loop.kind === 'while' ? loop.part('body') : undefined;
  if (condition === undefined || body?.kind !== 'block') return undefined;
  if ([...descendants(condition)].some(({ kind }) => kind === 'call' || kind === 'assign')) return undefined;
  if (hasStep(condition)) return undefined;
  const asked = new Set(parts.namesIn(condition));
  for (const statement of body.children) {
    const then = statement.kind === 'if' ? statement.part('then') : undefined;
    const test = statement.kind === 'if' ? statement.part('condition') : undefined;
    const jump = then?.kind === 'block' && then.children.length === 1 ? then.children[0] : then;
    if (test !== undefined && isPure(test) && looksAtData(test) && jump?.kind === 'continue') {
      const names = [...asked, ...parts.namesIn(test)];
      if (names.every((name) => parts.isLocal(name)) && looksWhereItStands(parts, test, asked))
        return { node: jump, detail: 'nothing has moved on before this begins the next round' };
    }
    // What happens before may change anything.
    const isHarmless = statement.kind === 'if' ? isPureIf(statement) : isPureVariable(statement);
    if (!isHarmless) return undefined;
  }
  return undefined;
};

/** All data that is asked for is that of this round: other data, as a register of a device, may change by itself. */
function looksWhereItStands(parts: LoopParts, test: Node, asked: ReadonlySet<string>): boolean {
  for (const node of descendants(test)) {
    if ((node.kind !== 'member' && node.kind !== 'index') || node.role === 'object') continue;
    const names = parts.namesIn(node);
    if (!names.some((name) => asked.has(name) && parts.changes(name).length > 0)) return false;
    const member = node.kind === 'member' ? node.part('name')?.text : undefined;
    if (member !== undefined && parts.whole.mayChangeAnywhere(member)) return false;
  }
  return true;
}

/** Of variables alone, a state that no round has may be asked for. */
function looksAtData(test: Node): boolean {
  for (const { kind } of descendants(test)) if (kind === 'member' || kind === 'index') return true;
  return false;
}

function hasStep(root: Node): boolean {
  for (const node of descendants(root))
    if (node.kind === 'unary' && /\+\+|--/.test(node.part('operator')?.text ?? '')) return true;
  return false;
}

function isPure(root: Node): boolean {
  for (const node of descendants(root)) if (node.kind === 'call' || node.kind === 'assign') return false;
  return !hasStep(root);
}

/** A test that leaves, or goes on, and does nothing else. */
function isPureIf(statement: Node): boolean {
  const test = statement.part('condition');
  const then = statement.part('then');
  const last = then?.kind === 'block' ? then.children.at(-1) : then;
  const isWayOut = last?.kind === 'return' || last?.kind === 'break' || last?.kind === 'goto';
  return test !== undefined && isPure(test) && isWayOut && statement.part('else') === undefined;
}

function isPureVariable(statement: Node): boolean {
  const value = statement.kind === 'variable' ? statement.part('value') : undefined;
  return statement.kind === 'variable' && (value === undefined || isPure(value));
}

/** `while (used[i]) i = (i + 1) % SIZE;` where nothing asks whether all are used. */
const fullTable: Check = (parts) => {
  const { condition, loop, whole } = parts;
  if (loop.kind === 'doWhile' || condition === undefined || loop.kind === 'for') return undefined;
  const place = condition.kind === 'binary' ? condition.part('left') : condition;
  const element = place?.kind === 'member' ? place.part('object') : place;
  const index = element?.kind === 'index' ? element.part('indices') : undefined;
  if (index?.kind !== 'identifier') return undefined;
  const [change, second] = parts.changes(index.text);
  if (change?.kind !== 'assign' || second !== undefined) return undefined;
  const value = change.part('value');
  if (value?.kind !== 'binary' || !/^[%&]$/.test(value.part('operator')?.text ?? '')) return undefined;
  if (parts.leavesUnasked) return undefined;
  const asksHowMany = ['<', '<=', '>', '>='].some((operator) => whole.operators.has(operator));
  if (asksHowMany) return undefined;
  const table = rootOf(element?.part('object') ?? element ?? condition);
  if (table === undefined) return undefined;
  return { node: condition, detail: 'it goes round for ever once no place is free', isWhole: true, table };
};

const COMPARISONS: ReadonlySet<string> = new Set(['<', '<=', '>', '>=', '!=', '==']);

const CHECKS: readonly Check[] = [
  alwaysAtLeastZero,
  nothingChanges,
  wrongWay,
  fractions,
  stepsOver,
  halves,
  skippedStep,
  stuckAtEnd,
  fullTable,
];
