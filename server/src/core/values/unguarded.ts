import { descendants, type Node } from '../ast/node.ts';
import type { Ast } from '../ast/readAst.ts';
import type { FactEvent } from './events.ts';
import type { LockSets } from './lockSets.ts';
import type { NameHints } from './nameHints.ts';
import type { Models } from './readModels.ts';
import type { FunctionCode, Unit } from './run.ts';
import { placeKey, rootOf, structOf } from './sharedPlaces.ts';
import { isGlobal } from './variables.ts';

/** Changed as a whole, or by devices. */
const OWN = /\b(?:_Atomic|_Thread_local|__thread|thread_local|volatile|sig_atomic_t)\b|atomic/;

interface Access {
  readonly node: Node;
  readonly code: FunctionCode;
  readonly isWrite: boolean;
  readonly held: ReadonlySet<string>;
}

/** What is used with one lock everywhere but in one function, which does not hold it. */
export function unguarded(
  unit: Unit,
  functions: readonly FunctionCode[],
  models: Models,
  lockSets: () => LockSets,
): FactEvent[] {
  const { ast } = unit;
  const { hints } = models;
  if (!marksOf(models).test(ast.text)) return [];
  const locks = lockSets();
  const phases = new Phases(unit, functions, models, locks.taken);
  const byKey = new Map<string, Access[]>();
  const lockKeys = new Set<string>();
  for (const code of functions) {
    if (hints.says('works-alone', code.name)) continue;
    locks.visit(code, (node, held) => {
      for (const each of held ?? []) lockKeys.add(each);
      const key =
        held === undefined || phases.isAlone(code, node) ? undefined : keyOf(unit, hints, code, node);
      if (key === undefined || held === undefined) return;
      const all = byKey.get(key);
      const access = { node, code, isWrite: isWrite(node), held };
      if (all === undefined) byKey.set(key, [access]);
      else all.push(access);
    });
  }
  const told = new Set<string>();
  const found: FactEvent[] = [];
  for (const [key, all] of byKey) {
    if (lockKeys.has(key)) continue;
    const [lock, guarded] = mostUsed(all) ?? [];
    if (lock === undefined || guarded === undefined) continue;
    const open = all.filter(
      ({ node, held, code }) =>
        !held.has(lock) &&
        !guarded.has(code) &&
        // Whoever calls it by its address may hold the lock.
        !locks.taken.has(code.name) &&
        !locks.isUnknownIn(code) &&
        !locks.isPerhapsHeld(code, lock) &&
        !isTold(hints, ast, code) &&
        (isOfProgram(unit, node) || structureOf(key) === structureOf(lock)),
    );
    const places = [...new Set(open.map(({ code }) => code))];
    const [code] = places;
    // With another lock it may be that this is the right one.
    const isOther = open.some(({ held }) => held.size > 0);
    if (code === undefined || places.length + (isOther ? 1 : 0) > guarded.size) continue;
    if (!all.some(({ isWrite }) => isWrite) || told.has(`${code.name} ${lock}`)) continue;
    const access =
      open.find((each) => each.code === code && each.isWrite) ?? open.find((each) => each.code === code);
    const other = all.find(({ held }) => held.has(lock));
    if (access === undefined || other === undefined) continue;
    told.add(`${code.name} ${lock}`);
    found.push({
      kind: 'unguarded-access',
      certainty: 'proved',
      node: access.node,
      detail: `\`${shown(key)}\` is ${access.isWrite ? 'changed' : 'read'} without \`${shown(lock)}\``,
      related: [{ node: other.node, message: 'here the lock is held' }],
    });
  }
  return found;
}

const marks = new WeakMap<Models, RegExp>();

/** The names of functions that take or leave a lock, or mark something else. */
function marksOf(models: Models): RegExp {
  let known = marks.get(models);
  if (known === undefined) {
    const names = [...models.functions].flatMap(([name, { does }]) =>
      does.some(({ is }) => is === 'marks') ? [name] : [],
    );
    known =
      names.length === 0 ? /(?!)/ : new RegExp(names.map((name) => name.replaceAll('$', '\\$')).join('|'));
    marks.set(models, known);
  }
  return known;
}

/** Of an object that is given, whether it is shared, or shared yet, only a lock in itself tells. */
function isOfProgram(unit: Unit, node: Node): boolean {
  const root = rootOf(node);
  const declaration = root && unit.declarationOf(root)?.node;
  return declaration !== undefined && isGlobal(declaration);
}

function structureOf(key: string): string {
  return key.slice(0, Math.max(0, key.lastIndexOf('.')));
}

function shown(key: string): string {
  return key.replace(/^#\d+\./, '');
}

/** The lock that most accesses hold, with the functions that hold it. */
function mostUsed(all: readonly Access[]): readonly [string, ReadonlySet<FunctionCode>] | undefined {
  const byLock = new Map<string, Set<FunctionCode>>();
  for (const { held, code } of all)
    for (const lock of held) {
      const codes = byLock.get(lock);
      if (codes === undefined) byLock.set(lock, new Set([code]));
      else codes.add(code);
    }
  let best: readonly [string, ReadonlySet<FunctionCode>] | undefined;
  for (const each of byLock) if (best === undefined || each[1].size > best[1].size) best = each;
  return best;
}

/** What a member or a variable is, where several threads may have it. */
function keyOf(unit: Unit, hints: NameHints, code: FunctionCode, node: Node): string | undefined {
  if (node.role === 'callee' || node.role === 'name') return undefined;
  if (node.kind === 'identifier') {
    // Of a member that is looked at, the member tells.
    if (node.parent?.kind === 'member' && structOf(unit, node) !== undefined) return globalWhole(unit, node);
    const declaration = unit.declarationOf(node);
    return declaration?.kind === 'variable' && isOwn(unit, declaration.node)
      ? undefined
      : placeKey(unit, node);
  }
  if (node.kind !== 'member') return undefined;
  const root = rootOf(node);
  const declaration = root && unit.declarationOf(root)?.node;
  if (root === undefined || declaration === undefined || isOwn(unit, declaration)) return undefined;
  if (!isGlobal(declaration) && isOwnObject(hints, code, root.text, declaration)) return undefined;
  return placeKey(unit, node);
}

/** A structure of the program that is used as a whole elsewhere is one thing. */
function globalWhole(unit: Unit, node: Node): string | undefined {
  const declaration = unit.declarationOf(node);
  if (declaration?.kind !== 'variable' || isOwn(unit, declaration.node)) return undefined;
  return unit.types.ofDeclaration(declaration.node).is === 'struct' ? placeKey(unit, node) : undefined;
}

function isOwn(unit: Unit, declaration: Node): boolean {
  const { parent } = declaration;
  const words = [declaration, ...(parent?.kind === 'variable' ? [parent] : [])]
    .flatMap((each) => [...each.parts('modifiers'), ...each.parts('type')])
    .map(({ start, end }) => unit.ast.text.slice(start, end))
    .join(' ');
  return OWN.test(words) || /\bconst\b/.test(words);
}

/** An object that the function has on its stack, or has made itself. */
function isOwnObject(hints: NameHints, code: FunctionCode, name: string, declaration: Node): boolean {
  if (declaration.kind === 'parameter') return false;
  const type = code.unit.types.ofDeclaration(declaration);
  if (type.is !== 'pointer') return true;
  const makes = (value: Node | undefined): boolean => {
    const call = value?.kind === 'cast' ? value.part('value') : value;
    return call?.kind === 'call' && hints.says('makes-object', call.part('callee')?.text ?? '');
  };
  if (makes(declaration.part('value'))) return true;
  for (const node of descendants(code.body))
    if (node.kind === 'assign' && node.part('target')?.text === name && makes(node.part('value')))
      return true;
  return false;
}

function isWrite(node: Node): boolean {
  let at = node;
  while (at.parent?.kind === 'index' && at.role === 'object') at = at.parent;
  while (at.parent?.kind === 'member' && at.role === 'object') at = at.parent;
  const { parent } = at;
  if (parent?.kind === 'assign') return at.role === 'target';
  return parent?.kind === 'unary' && /\+\+|--/.test(parent.part('operator')?.text ?? '');
}

function isTold(hints: NameHints, { text }: Ast, { name, node }: FunctionCode): boolean {
  const before = /\/\*(?:[^*]|\*(?!\/))*\*\/\s*$|(?:\/\/[^\n]*\s*)+$/.exec(
    text.slice(Math.max(0, node.start - 400), node.start),
  );
  return (
    hints.says('called-with-lock', name) || (before !== null && hints.says('comment-on-lock', before[0]))
  );
}

/** Callers of callers that are asked. */
const MAX_DEPTH = 100;

/** When other threads are not there yet, or not any more. */
class Phases {
  readonly #unit: Unit;
  readonly #starts: ReadonlySet<string>;
  readonly #joins: ReadonlySet<string>;
  readonly #calls = new Map<string, { readonly code: FunctionCode; readonly node: Node }[]>();
  readonly #taken: ReadonlySet<string>;
  readonly #hints: NameHints;
  readonly #alone = new Map<FunctionCode, boolean>();
  #depth = 0;
  readonly #spans = new Map<FunctionCode, { readonly first: number; readonly last: number } | undefined>();

  constructor(
    unit: Unit,
    functions: readonly FunctionCode[],
    { startsThreads, hints }: Models,
    taken: ReadonlySet<string>,
  ) {
    this.#unit = unit;
    this.#taken = taken;
    this.#hints = hints;
    for (const code of functions)
      for (const node of descendants(code.body)) {
        const name = node.kind === 'call' ? (node.part('callee')?.text ?? '') : '';
        if (name === '') continue;
        const all = this.#calls.get(name);
        if (all === undefined) this.#calls.set(name, [{ code, node }]);
        else all.push({ code, node });
      }
    this.#starts = this.#leadingTo((name) => startsThreads.has(name));
    this.#joins = this.#leadingTo((name) => hints.says('joins-thread', name));
  }

  /** Names of functions that call one of these, themselves or through others of the file. */
  #leadingTo(isOne: (name: string) => boolean): ReadonlySet<string> {
    const names = new Set([...this.#calls.keys()].filter(isOne));
    // A set that grows is walked to its end.
    for (const name of names) for (const { code } of this.#calls.get(name) ?? []) names.add(code.name);
    return names;
  }

  isAlone(code: FunctionCode, node: Node): boolean {
    if (this.#isAlwaysAlone(code)) return true;
    const span = this.#spanOf(code);
    return span !== undefined && (node.start < span.first || node.start > span.last);
  }

  #isAlwaysAlone(code: FunctionCode): boolean {
    const known = this.#alone.get(code);
    if (known !== undefined) return known;
    // A chain of callers may be longer than the stack has room for.
    if (this.#depth >= MAX_DEPTH) return false;
    this.#depth++;
    this.#alone.set(code, true);
    const calls = this.#calls.get(code.name) ?? [];
    const isAlone =
      code.name === 'main'
        ? this.#spanOf(code) === undefined
        : calls.length > 0 &&
          !this.#taken.has(code.name) &&
          calls.every(
            (each) =>
              each.code !== code &&
              (this.#hints.says('works-alone', each.code.name) || this.isAlone(each.code, each.node)),
          );
    this.#depth--;
    this.#alone.set(code, isAlone);
    return isAlone;
  }

  /** Of a function that starts threads, where these run. */
  #spanOf(code: FunctionCode): { readonly first: number; readonly last: number } | undefined {
    if (this.#spans.has(code)) return this.#spans.get(code);
    let first = Infinity;
    let last = Infinity;
    for (const node of descendants(code.body)) {
      const name = node.kind === 'call' ? (node.part('callee')?.text ?? '') : '';
      if (this.#starts.has(name)) first = Math.min(first, node.end);
      else if (this.#joins.has(name) && first !== Infinity) last = node.start;
    }
    const span =
      first === Infinity || this.#unit.functionNamed(code.name) !== code ? undefined : { first, last };
    this.#spans.set(code, span);
    return span;
  }
}
