import { descendants, type Node } from '../ast/node.ts';
import { namesCalledBy } from './callGraph.ts';
import type { FactEvent } from './events.ts';
import type { LockSets } from './lockSets.ts';
import type { Models } from './readModels.ts';
import type { FunctionCode, Unit } from './run.ts';
import { placeKey, rootOf, structOf } from './sharedPlaces.ts';
import { changedBy } from './stalled.ts';
import { startedIn } from './threads.ts';
import { isGlobal, wordsOfType } from './variables.ts';

/** Storage that each thread has of its own, that changes as a whole, or that does not change. */
const OWN =
  /\b(?:_Atomic|_Thread_local|__thread|thread_local|volatile|sig_atomic_t|const)\b|atomic|mutex|mtx_t|cond/;
const COMPARISONS: ReadonlySet<string> = new Set(['<', '<=', '>', '>=', '==', '!=']);

/** A use of what threads share. */
interface Access {
  readonly key: string;
  readonly node: Node;
  readonly code: FunctionCode;
  readonly isWrite: boolean;
  /** What is written depends on what was there. */
  readonly isStep: boolean;
  readonly held: ReadonlySet<string>;
}

/** A function that threads run, with all that they come to from there. */
interface Thread {
  readonly name: string;
  readonly isTwice: boolean;
  readonly place: Node;
  readonly accesses: readonly Access[];
}

/**
 * What threads do to the same variable while no lock is held by both, or with a lock that is left between the test and the change.
 *
 * @param told what is known already
 */
export function threadRaces(
  unit: Unit,
  models: Models,
  lockSets: () => LockSets,
  told: readonly FactEvent[],
): FactEvent[] {
  const started = startedIn(unit.ast, models.startsThreads);
  if (started.size === 0) return [];
  const locks = lockSets();
  const threads = [...started].flatMap(([name, { place, isTwice }]): Thread[] => {
    const code = unit.functionNamed(name);
    const accesses = code === undefined ? undefined : accessesFrom(unit, models, code, locks);
    return accesses === undefined ? [] : [{ name, isTwice, place, accesses }];
  });
  return [...apartFromEachOther(threads, told), ...testedBefore(unit, threads, locks)];
}

/** Undefined where others are kept out in ways that are not known. */
function accessesFrom(
  unit: Unit,
  { hints }: Models,
  first: FunctionCode,
  locks: LockSets,
): readonly Access[] | undefined {
  const accesses: Access[] = [];
  const reached = new Set([first]);
  // A set that grows is walked to its end.
  for (const code of reached) {
    if (locks.isUnknownIn(code)) return undefined;
    for (const name of namesCalledBy(unit.ast, code.node)) {
      const other = hints.says('works-alone', name) ? undefined : unit.functionNamed(name);
      if (other !== undefined) reached.add(other);
    }
    locks.visit(code, (node, held) => {
      const key = held === undefined ? undefined : keyOf(unit, node);
      if (key === undefined || held === undefined) return;
      const change = changeOf(node);
      accesses.push({
        key,
        node,
        code,
        held,
        isWrite: change !== undefined,
        isStep: isStep(unit, node, change, key),
      });
    });
  }
  const guarded = new Set(accesses.flatMap(({ held }) => [...held].map(structureOf)));
  // Of an object that is given, whether threads share it, only a lock in it tells.
  return accesses.filter(({ key, node }) => isOfProgram(unit, node) || guarded.has(structureOf(key)));
}

function keyOf(unit: Unit, node: Node): string | undefined {
  if (node.role === 'callee' || node.role === 'name') return undefined;
  const isWhole =
    node.kind === 'identifier' && !(node.parent?.kind === 'member' && structOf(unit, node) !== undefined);
  if (!isWhole && node.kind !== 'member') return undefined;
  const root = rootOf(node);
  const declaration = root && unit.declarationOf(root);
  if (declaration === undefined || (declaration.kind !== 'variable' && declaration.kind !== 'parameter'))
    return undefined;
  if (OWN.test(wordsOfType(declaration.node))) return undefined;
  if (declaration.kind === 'variable' && !isGlobal(declaration.node) && node.kind === 'identifier')
    return undefined;
  const key = placeKey(unit, node);
  return key === undefined || /lock|mutex|\bmu$|\bmtx$|cond|\bcv$/i.test(key) ? undefined : key;
}

function structureOf(key: string): string {
  const end = key.lastIndexOf('.');
  return end < 0 ? '?' : key.slice(0, end);
}

function isOfProgram(unit: Unit, node: Node): boolean {
  const root = rootOf(node);
  const declaration = root && unit.declarationOf(root)?.node;
  return declaration !== undefined && isGlobal(declaration);
}

/** The assignment or step that changes a place. */
function changeOf(node: Node): Node | undefined {
  let at = node;
  while ((at.parent?.kind === 'index' || at.parent?.kind === 'member') && at.role === 'object')
    at = at.parent;
  const { parent } = at;
  return parent !== undefined && changedBy(parent) === at ? parent : undefined;
}

function isElement(node: Node): boolean {
  let at = node;
  while ((at.parent?.kind === 'index' || at.parent?.kind === 'member') && at.role === 'object') {
    at = at.parent;
    if (at.kind === 'index') return true;
  }
  return false;
}

/** `n++`, `n = n + 1`, and `if (table == NULL) table = make();`. */
function isStep(unit: Unit, node: Node, change: Node | undefined, key: string): boolean {
  if (change === undefined) return false;
  if (change.kind === 'unary' || change.part('operator')?.text !== '=') return true;
  const asks = (root: Node | undefined): boolean =>
    root !== undefined && [...descendants(root)].some((each) => each !== node && keyOf(unit, each) === key);
  if (asks(change.part('value'))) return true;
  for (let at = change.parent; at !== undefined && at.kind !== 'function'; at = at.parent)
    if (at.kind === 'if' && asks(at.part('condition'))) return true;
  return false;
}

/** A change, and another use of the same in a thread beside it, with no lock in common. */
function apartFromEachOther(threads: readonly Thread[], others: readonly FactEvent[]): FactEvent[] {
  const found: FactEvent[] = [];
  const told = new Set<string>();
  const byKey = new Map<string, { readonly access: Access; readonly thread: Thread }[]>();
  for (const thread of threads)
    for (const access of differing(thread.accesses)) {
      const all = byKey.get(access.key);
      if (all === undefined) byKey.set(access.key, [{ access, thread }]);
      else all.push({ access, thread });
    }
  for (const [key, all] of byKey) {
    if (all.some(({ access }) => others.some(({ node }) => node.contains(access.node)))) continue;
    if (told.has(key) || !all.some(({ access }) => access.isWrite)) continue;
    const isLocked = all.some(({ access }) => access.held.size > 0);
    for (const { access, thread } of all) {
      // An element may be the thread's own.
      const isOdd = isLocked ? access.isWrite : access.isStep && thread.isTwice && !isElement(access.node);
      if (!isOdd) continue;
      const other = all.find(
        (each) =>
          (each.thread !== thread || thread.isTwice) &&
          (each.access.isWrite || each.access.held.size > 0 || each.access === access) &&
          [...each.access.held].every((lock) => !access.held.has(lock)) &&
          (each.access.held.size > 0 || access.held.size > 0 || !isLocked),
      );
      if (other === undefined) continue;
      told.add(key);
      found.push({
        kind: 'data-race',
        certainty: 'proved',
        node: access.node,
        detail: `several threads use \`${key.replace(/^#\d+\./, '')}\`, and no lock is held by all of them`,
        related: [{ node: thread.place, message: 'a thread is started here' }],
      });
      break;
    }
  }
  return found;
}

/** Of accesses that are alike in all that is asked of them the first. */
function differing(accesses: readonly Access[]): readonly Access[] {
  const first = new Map<string, Access>();
  for (const access of accesses) {
    const { key, isWrite, isStep, held, node } = access;
    const kind = [key, isWrite, isStep, isElement(node), ...held].join(' ');
    if (!first.has(kind)) first.set(kind, access);
  }
  return [...first.values()];
}

/** What is asked with a lock, or by a function that takes it, and changed when it is taken the next time. */
function testedBefore(unit: Unit, threads: readonly Thread[], locks: LockSets): FactEvent[] {
  const found = new Map<Node, FactEvent>();
  const codes = new Map<FunctionCode, Access[]>();
  for (const { accesses } of threads)
    for (const access of accesses) {
      const own = codes.get(access.code) ?? [];
      codes.set(access.code, own);
      if (!own.includes(access)) own.push(access);
    }
  for (const [code, accesses] of codes) {
    const writes = accesses.filter(({ isWrite, isStep, held }) => isWrite && isStep && held.size > 0);
    const askedAgain = new Set(
      accesses.flatMap(({ key, held, node }) => (held.size > 0 && isInCondition(node) ? [key] : [])),
    );
    const seen = new Set<string>();
    for (const write of writes) {
      if (seen.has(write.key)) continue;
      seen.add(write.key);
      const test = askedAgain.has(write.key)
        ? undefined
        : earlierTest(unit, code, write, accesses, codes, locks);
      if (test === undefined || found.has(write.node)) continue;
      found.set(write.node, {
        kind: 'data-race',
        certainty: 'proved',
        node: write.node,
        detail: 'what was asked before may have changed since: the lock was free in between',
        related: [{ node: test, message: 'it is asked here' }],
      });
      break;
    }
  }
  return [...found.values()];
}

/** A condition without the lock that asks for what a variable, or a function, has brought out of it. */
function earlierTest(
  unit: Unit,
  code: FunctionCode,
  write: Access,
  accesses: readonly Access[],
  codes: ReadonlyMap<FunctionCode, readonly Access[]>,
  locks: LockSets,
): Node | undefined {
  const copies = new Set<string>();
  for (const { key, node, held, isWrite } of accesses) {
    const target = node.role === 'value' ? node.parent?.part('target') : undefined;
    if (key === write.key && held.size > 0 && !isWrite && target?.kind === 'identifier')
      copies.add(target.text);
  }
  let test: Node | undefined;
  locks.visit(code, (node, held) => {
    if (test !== undefined || node.start > write.node.start || held?.size !== 0) return;
    if (node.kind === 'identifier' && copies.has(node.text) && isInCondition(node)) test = node;
    if (node.kind !== 'call' || !isCompared(node)) return;
    const other = unit.functionNamed(node.part('callee')?.text ?? '');
    const own = other === undefined ? [] : (codes.get(other) ?? []);
    const isReader = own.length > 0 && own.every(({ isWrite }) => !isWrite);
    if (isReader && own.some(({ key, held: inner }) => key === write.key && inner.size > 0)) test = node;
  });
  return test;
}

function isInCondition(node: Node): boolean {
  let at = node;
  for (let parent = at.parent; parent !== undefined && parent.kind !== 'function'; parent = at.parent) {
    if (at.role === 'condition') return true;
    if (parent.kind === 'block' || parent.kind === 'expressionStatement') return false;
    at = parent;
  }
  return false;
}

function isCompared(call: Node): boolean {
  if (!isInCondition(call)) return false;
  const { parent } = call;
  return (
    parent?.kind === 'if' ||
    parent?.kind === 'unary' ||
    (parent?.kind === 'binary' && COMPARISONS.has(parent.part('operator')?.text ?? ''))
  );
}
