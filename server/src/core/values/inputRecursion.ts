import { descendants, type Node } from '../ast/node.ts';
import { perFunction } from '../ast/parts.ts';
import { namesCalledBy, rings } from './callGraph.ts';
import type { FactEvent } from './events.ts';
import { isRead, isReadOfCharacter } from './inputNames.ts';
import { hasLimit } from './recursionDepth.ts';
import type { FunctionCode, Unit } from './run.ts';
import { changedBy } from './stalled.ts';
import { rootOf } from './sharedPlaces.ts';
import { isGlobal, wordsOfType } from './variables.ts';

/** Functions of one ring that are looked at. */
const MAX_RING = 40;
/** What a program counts or marks to end a recursion. */
const COUNTS =
  /depth|level|nest|visit|seen|busy|budget|active|guard|remain|limit|max|tries|attempt|retr|stack|guard/i;

/** Functions that call themselves for what they read, or for what a table that others fill says, while nothing counts how deep. */
export function recursionByInput(unit: Unit, functions: readonly FunctionCode[]): FactEvent[] {
  const named = functions.filter((code) => unit.functionNamed(code.name) === code);
  if (!named.some(({ node }) => readsInput(unit.ast, node).itself)) return [];
  return rings(unit, named).flatMap((ring): FactEvent[] => {
    if (ring.size > MAX_RING || hasLimit(ring) || countsInConditions(unit, ring)) return [];
    const call = readsOn(unit, ring) ?? followsTable(unit, named, ring);
    if (call === undefined) return [];
    const [first] = ring;
    return [
      {
        kind: 'recursion-on-input',
        certainty: 'proved',
        node: call,
        detail: 'what comes from outside says how often, and no depth is counted',
        related: first === undefined ? [] : [{ node: first.node, message: 'the function begins here' }],
      },
    ];
  });
}

const readsInput = perFunction((nodes): { readonly itself: boolean } => ({
  itself: nodes.some((node) => node.kind === 'call' && isRead(node.part('callee')?.text ?? '')),
}));

/** The call in a ring, where each round reads on. */
function readsOn(unit: Unit, ring: ReadonlySet<FunctionCode>): Node | undefined {
  const reads = [...ring].some((code) =>
    namesCalledBy(unit.ast, code.node).some((name) => {
      if (isRead(name)) return true;
      const helper = unit.functionNamed(name);
      return helper !== undefined && !ring.has(helper) && isNextCharacter(unit, helper);
    }),
  );
  return reads ? callInto(ring, () => true) : undefined;
}

/** `static void next(void) { look = getchar(); }` */
function isNextCharacter(unit: Unit, { node }: FunctionCode): boolean {
  return namesCalledBy(unit.ast, node).some(isReadOfCharacter) && !hasLoop(unit.ast, node).found;
}

const hasLoop = perFunction((nodes): { readonly found: boolean } => ({
  found: nodes.some(({ kind }) => kind === 'for' || kind === 'while' || kind === 'doWhile'),
}));

/** The call in a ring that is given an element of a table which is filled with what is read: entries may lead to each other. */
function followsTable(
  unit: Unit,
  functions: readonly FunctionCode[],
  ring: ReadonlySet<FunctionCode>,
): Node | undefined {
  const call = callInto(ring, (each) =>
    each.parts('arguments').some((given) => tableOf(unit, given) !== undefined),
  );
  if (call === undefined || changesShared(unit, ring)) return undefined;
  const tables = new Set(call.parts('arguments').flatMap((given) => tableOf(unit, given) ?? []));
  // Where it ends by meeting itself, or where the call goes to a neighbour, nothing leads round.
  if ([...ring].some((code) => asksForItself(code))) return undefined;
  const isFilled = functions.some(
    (code) =>
      namesCalledBy(unit.ast, code.node).some(isRead) && (ring.has(code) || fills(unit, code, tables)),
  );
  return isFilled ? call : undefined;
}

/** The variable of the program whose element an expression is. */
function tableOf(unit: Unit, given: Node): Node | undefined {
  let at: Node | undefined = given;
  let isElement = false;
  while (at?.kind === 'member' || at?.kind === 'index') {
    isElement ||= at.kind === 'index';
    at = at.part('object');
  }
  const declaration = isElement && at?.kind === 'identifier' ? unit.declarationOf(at)?.node : undefined;
  if (declaration === undefined || !isGlobal(declaration)) return undefined;
  return /\bconst\b/.test(wordsOfType(declaration)) ? undefined : declaration;
}

function fills(unit: Unit, { body }: FunctionCode, tables: ReadonlySet<Node>): boolean {
  for (const node of descendants(body)) {
    const target = changedBy(node) ?? (node.role === 'arguments' ? node : undefined);
    const table = target && tableOf(unit, target);
    if (table !== undefined && tables.has(table)) return true;
  }
  return false;
}

/** The functions themselves leave marks. */
function changesShared(unit: Unit, ring: ReadonlySet<FunctionCode>): boolean {
  for (const { body } of ring)
    for (const node of descendants(body)) {
      const target = changedBy(node);
      const root = target && rootOf(target);
      const declaration = root && unit.declarationOf(root)?.node;
      if (declaration !== undefined && (isGlobal(declaration) || target?.kind === 'member')) return true;
    }
  return false;
}

/** `parent[i] == i` */
function asksForItself({ body, parameters }: FunctionCode): boolean {
  for (const node of descendants(body)) {
    const operator = node.kind === 'binary' ? (node.part('operator')?.text ?? '') : '';
    if (!/^(?:==|!=|<=?|>=?)$/.test(operator)) continue;
    const sides = [node.part('left'), node.part('right')];
    const isName = (side: Node | undefined): boolean =>
      side?.kind === 'identifier' && parameters.some(({ name }) => name === side.text);
    if (sides.some(isName) && sides.some((side) => side?.kind === 'index' || side?.kind === 'member'))
      return true;
  }
  return false;
}

/** The first call in a ring of one of its functions. */
function callInto(ring: ReadonlySet<FunctionCode>, isMeant: (call: Node) => boolean): Node | undefined {
  const names = new Set([...ring].map(({ name }) => name));
  const calls = [...ring].flatMap(({ body }) =>
    [...descendants(body)].filter(
      (node) => node.kind === 'call' && names.has(node.part('callee')?.text ?? '') && isMeant(node),
    ),
  );
  return calls.reduce<Node | undefined>(
    (first, each) => (first === undefined || each.index < first.index ? each : first),
    undefined,
  );
}

function countsInConditions(unit: Unit, ring: ReadonlySet<FunctionCode>): boolean {
  return [...ring].some(({ node }) => conditionNames(unit.ast, node).some((name) => COUNTS.test(name)));
}

/** Names that conditions of a function ask. */
const conditionNames = perFunction((nodes): readonly string[] =>
  nodes.flatMap((node) => {
    const condition = node.part('condition');
    if (condition === undefined) return [];
    return [...descendants(condition)].flatMap(({ kind, text }) => (kind === 'identifier' ? [text] : []));
  }),
);
