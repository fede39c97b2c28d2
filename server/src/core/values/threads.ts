import { descendants, type Node } from '../ast/node.ts';
import { joined, partsOf, perFunction } from '../ast/parts.ts';
import type { Ast } from '../ast/readAst.ts';
import type { Names } from '../resolve/names.ts';
import type { FactEvent } from './events.ts';
import type { Models } from './readModels.ts';
import type { FunctionCode } from './run.ts';
import type { LockSets } from './lockSets.ts';
import { isGlobal, wordsOfType } from './variables.ts';

/** Storage that each thread has of its own, or that changes as a whole. */
const OWN = /\b(_Atomic|_Thread_local|__thread|thread_local)\b|atomic/;
const LOOPS: ReadonlySet<string> = new Set(['for', 'while', 'doWhile', 'forEach']);

interface Started {
  readonly place: Node;
  /** It runs several times at once. */
  readonly isTwice: boolean;
}

/** Variables of the file that are changed, by what they were, in several threads at once, while nothing in these keeps others out. */
export function dataRaces(
  ast: Ast,
  names: Names,
  functionNamed: (name: string) => FunctionCode | undefined,
  starts: Models['startsThreads'],
  locks: () => LockSets,
): FactEvent[] {
  const started = startedIn(ast, starts);
  const first = new Map<Node, { readonly change: Node; readonly place: Node; readonly thread: string }>();
  const shared = new Map<Node, string>();
  const found: FactEvent[] = [];
  for (const [thread, { place, isTwice }] of started) {
    const code = functionNamed(thread);
    for (const { change, declaration } of code === undefined
      ? []
      : changesIn(code, names, functionNamed, locks())) {
      const other = first.get(declaration);
      if (other === undefined) first.set(declaration, { change, place, thread });
      if (!isTwice && (other === undefined || other.thread === thread)) continue;
      if (shared.has(declaration)) continue;
      const name = declaration.part('target')?.text ?? '';
      shared.set(declaration, name);
      found.push({
        kind: 'data-race',
        certainty: 'proved',
        node: change,
        detail: `several threads change \`${name}\` at once`,
        related: [{ node: place, message: 'a thread is started here' }],
      });
    }
  }
  return found;
}

export function startedIn(ast: Ast, starts: Models['startsThreads']): ReadonlyMap<string, Started> {
  const started = new Map<string, Started>();
  for (const call of callsOf(ast, starts)) {
    const position = starts.get(call.part('callee')?.text ?? '');
    if (position === undefined) continue;
    const given = call.parts('arguments')[position];
    const name = given?.kind === 'unary' ? given.part('operand') : given;
    if (name?.kind !== 'identifier') continue;
    started.set(name.text, { place: call, isTwice: started.has(name.text) || isRepeated(call) });
  }
  return started;
}

/** Calls of functions with these names, in the order of the text. */
function callsOf(ast: Ast, names: Models['startsThreads']): readonly Node[] {
  const { functions, rest } = partsOf(ast);
  return joined({ functions, rest: namedIn(callsAmong(rest), names) }, (each) =>
    namedIn(callsInside(ast, each), names),
  );
}

interface Call {
  readonly name: string;
  readonly node: Node;
}

const callsInside = perFunction(callsAmong);

function callsAmong(nodes: readonly Node[]): readonly Call[] {
  return nodes.flatMap((node) =>
    node.kind === 'call' ? [{ name: node.part('callee')?.text ?? '', node }] : [],
  );
}

function namedIn(calls: readonly Call[], names: Models['startsThreads']): readonly Node[] {
  const found: Node[] = [];
  for (const { name, node } of calls) if (names.has(name)) found.push(node);
  return found;
}

function isRepeated(call: Node): boolean {
  for (let at = call.parent; at !== undefined && at.kind !== 'function'; at = at.parent)
    if (LOOPS.has(at.kind)) return true;
  return false;
}

interface Change {
  readonly change: Node;
  readonly declaration: Node;
}

/** Changes of variables of the file in a function and in those that it calls, while no lock is held; none where others are kept out in ways that are not known. */
function changesIn(
  code: FunctionCode,
  names: Names,
  functionNamed: (name: string) => FunctionCode | undefined,
  locks: LockSets,
): readonly Change[] {
  const seen = new Set<FunctionCode>([code]);
  const changes: Change[] = [];
  // A set that grows is walked to its end.
  for (const each of seen) {
    if (locks.isUnknownIn(each)) return [];
    locks.visit(each, (node, held) => {
      const other = node.kind === 'call' ? functionNamed(node.part('callee')?.text ?? '') : undefined;
      if (other !== undefined) seen.add(other);
      const declaration = held?.size === 0 ? changedVariable(node, names) : undefined;
      if (declaration !== undefined) changes.push({ change: node, declaration });
    });
  }
  return changes;
}

/** Of `n++`, `n += 2` and `s.n = s.n - 1` the variable, where all threads share it. */
function changedVariable(node: Node, names: Names): Node | undefined {
  const operator = node.part('operator')?.text ?? '';
  let target: Node | undefined;
  if (node.kind === 'unary' && /\+\+|--/.test(operator)) target = node.part('operand');
  else if (node.kind === 'assign') target = node.part('target');
  // An element may be the thread's own.
  while (target?.kind === 'member') target = target.part('object');
  if (target?.kind !== 'identifier') return undefined;
  if (node.kind === 'assign' && operator === '=' && !isReadIn(node.part('value'), target.text))
    return undefined;
  const declaration = names.declarationOf(target);
  if (declaration?.kind !== 'variable' || !isGlobal(declaration.node)) return undefined;
  return OWN.test(wordsOfType(declaration.node)) ? undefined : declaration.node;
}

function isReadIn(value: Node | undefined, name: string): boolean {
  for (const each of value === undefined ? [] : descendants(value))
    if (each.kind === 'identifier' && each.text === name) return true;
  return false;
}
