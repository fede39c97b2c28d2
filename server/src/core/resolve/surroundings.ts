import { descendants, type Node } from '../ast/node.ts';
import { partsOf, perFunction } from '../ast/parts.ts';
import type { Ast } from '../ast/readAst.ts';
import type { Span } from '../base/range.ts';
import { sameList } from '../base/sameList.ts';
import { NO_RETURN, WEAK } from '../headers/attributes.ts';
import type { Outside } from '../headers/outside.ts';

/** One thing that a file has outside of the bodies of its functions: a declaration, a definition of a macro, the head of a function. */
export interface Item {
  /** Its code, and how it was read. */
  readonly key: string;
  /** Names that code may know it by; undefined where any code may rest on it. */
  readonly declares: readonly string[] | undefined;
  /** Names that it may ask for itself. */
  readonly words: ReadonlySet<string>;
}

/** What of an item says whether it is the same in another text, and whom it concerns. */
type KnownItem = Pick<Item, 'key' | 'declares'>;

interface PlacedItem extends Item {
  /** The function whose head it is. */
  readonly of?: Node;
}

/** What some functions may see of their file beside themselves. The same lists say the same of the same functions. */
export interface Surroundings {
  /** Names that the code and all that it leads to may ask for. */
  readonly names: ReadonlySet<string>;
  readonly items: readonly string[];
}

export const WORD = /[A-Za-z_$][\w$]*/g;
const NO_WORDS: ReadonlySet<string> = new Set();
/** Nodes inside of functions that other functions see: types, constants, macros. */
export const SEEN_OUTSIDE = /^(class|:type_definition|:preproc_\w+)$/;
/** Parts of a declaration whose names it asks for and does not declare, unless they hold a declaration themselves. */
const ASKING: ReadonlySet<string> = new Set(['type', 'returns', 'base', 'value']);
/** What holds functions and has names of its own. */
const SCOPES: ReadonlySet<string> = new Set(['class', 'namespace', 'block']);

/** The items of a text, as the next one is compared with them. */
export interface KnownItems {
  /** Of the headers. */
  readonly outside: string;
  /** In several lists, each in an order of its own. */
  readonly lists: readonly (readonly KnownItem[])[];
}

export interface FileSurroundings {
  of(functions: readonly Node[]): Surroundings;
  /** Tells whether functions that have not changed see the same as in an earlier text; false may be wrong. */
  since(earlier: KnownItems): (names: ReadonlySet<string>, functions: readonly Node[]) => boolean;
  readonly known: KnownItems;
}

/**
 * What functions of a file may see beside themselves. Code is looked up by names alone: so only what declares a name that the functions, or what they see
 * that way, may ask for is seen; macros and declarations of headers hand names on. An edit of anything else leaves what is known of these functions as it is.
 *
 * @param more what else in the file may say something of a name
 */
export function surroundingsIn(ast: Ast, outside: Outside, more: readonly Item[] = []): FileSurroundings {
  const lists: readonly (readonly PlacedItem[])[] = [itemsOf(ast), more];
  const items = lists.flat();
  const heads = new Map(items.flatMap(({ of }, index) => (of === undefined ? [] : [[of, index] as const])));
  const always: number[] = [];
  const byName = new Map<string, number[]>();
  items.forEach(({ declares }, index) => {
    if (declares === undefined) always.push(index);
    for (const name of declares ?? []) {
      const list = byName.get(name);
      if (list === undefined) byName.set(name, [index]);
      else list.push(index);
    }
  });
  return {
    of: (functions) => {
      const names = new Set<string>();
      const seen = new Set<number>();
      const see = (index: number): void => {
        if (seen.has(index)) return;
        seen.add(index);
        for (const word of items[index]?.words ?? NO_WORDS) names.add(word);
      };
      always.forEach(see);
      // What a function sees depends on where it stands among the rest, also where another one has its head.
      const own = new Set(functions.flatMap((node) => heads.get(node) ?? []));
      own.forEach(see);
      for (const node of functions) for (const word of wordsIn(ast, node)) names.add(word);
      // A set is walked with what is added on the way.
      for (const name of names) {
        byName.get(name)?.forEach(see);
        for (const word of wordsBehind(outside, name)) names.add(word);
      }
      const indexes = [...seen].sort((a, b) => a - b);
      const keyOf = (index: number): string => `${own.has(index) ? OWN : ''}${items[index]?.key ?? ''}`;
      return { names, items: indexes.map(keyOf) };
    },
    since: (earlier) => {
      const changed = lists.flatMap((list, index) => changedItems(earlier.lists[index] ?? [], list));
      if (earlier.outside !== outside.key || changed.some(({ declares }) => declares === undefined))
        return () => false;
      const names = new Set(changed.flatMap(({ declares }) => declares ?? []));
      const moved = new Set(changed.flatMap(({ of }) => of ?? []));
      return (asked, functions) => {
        for (const name of names) if (asked.has(name)) return false;
        return !functions.some((node) => moved.has(node));
      };
    },
    get known() {
      const bare = ({ key, declares }: KnownItem): KnownItem => ({ key, declares });
      return { outside: outside.key, lists: lists.map((list) => list.map(bare)) };
    },
  };
}

/** The items of two lists without those with which both begin, and with which both end. */
function changedItems(
  before: readonly KnownItem[],
  now: readonly PlacedItem[],
): readonly (KnownItem & Pick<PlacedItem, 'of'>)[] {
  const least = Math.min(before.length, now.length);
  let start = 0;
  while (start < least && isSameItem(before[start], now[start])) start++;
  let end = 0;
  while (end < least - start && isSameItem(before.at(-1 - end), now.at(-1 - end))) end++;
  return [...before.slice(start, before.length - end), ...now.slice(start, now.length - end)];
}

function isSameItem(one: KnownItem | undefined, other: KnownItem | undefined): boolean {
  if (one?.key !== other?.key) return false;
  const [names, others] = [one?.declares, other?.declares];
  return names === others || (names !== undefined && others !== undefined && sameList(names, others));
}

/** Before the head of a function of which it is asked what it sees. */
const OWN = 'own\u0001';

const known = new WeakMap<Ast, readonly PlacedItem[]>();

/** The items of a file, in the order of the text. */
function itemsOf(ast: Ast): readonly PlacedItem[] {
  let items = known.get(ast);
  if (items === undefined) known.set(ast, (items = readItems(ast)));
  return items;
}

function readItems(ast: Ast): readonly PlacedItem[] {
  const { functions } = partsOf(ast);
  const items: PlacedItem[] = [];
  let next = 0;
  /** @param around kinds that hold functions, from the outside inwards; what stands in a scope is seen by all, as it means something else outside of it */
  const add = (parent: Node, around: string, isInScope: boolean): void => {
    for (const child of parent.children) {
      const inside = functions[next];
      if (child === inside) {
        next++;
        items.push({ ...itemOf(ast, child), of: child });
      } else if (inside === undefined || !child.contains(inside)) {
        const item = itemOf(ast, child);
        items.push({ ...item, key: around + item.key, ...(isInScope && { declares: undefined }) });
      } else {
        const isScope = SCOPES.has(child.kind);
        const bracket = (key: string): void => {
          if (isScope) items.push({ key, declares: undefined, words: NO_WORDS });
        };
        bracket(`${child.kind} {`);
        add(child, `${around}${child.kind} > `, isInScope || isScope);
        bracket('}');
      }
    }
  };
  add(ast.root, '', false);
  return items;
}

function itemOf(ast: Ast, node: Node): Item {
  if (node.kind === 'function') {
    const head = headOf(ast, node);
    return { ...head, key: head.key + attributesBefore(ast.text, node) };
  }
  const item = declarationItem(ast, node);
  // What it opens may have any name, and types of any name are laid out as `#pragma pack` says.
  return node.kind === 'import' || isPacking(node) ? { ...item, declares: undefined } : item;
}

/** Words in front of a function, which the parser may not be shown: they say what a call of it does. */
export function attributesBefore(text: string, node: Node): string {
  const before = text.slice(declarationAround(text, node).start, node.start);
  return [NO_RETURN, WEAK].flatMap((attribute) => attribute.exec(before)?.[0] ?? []).join(' ');
}

function isPacking(node: Node): boolean {
  return node.kind === ':preproc_call' && node.part('argument')?.text.startsWith('pack') === true;
}

/** Of a function: how it begins, and types, constants, macros and functions with a body that stand in it. */
const headOf = perFunction(([node, ...below], { text }): Item => {
  if (node === undefined) return { key: '', declares: [], words: NO_WORDS };
  const body = node.part('body');
  let key = `${body === undefined ? 'prototype' : 'function'}\u0001${text.slice(node.start, body?.start ?? node.end)}`;
  const declares = new Set(namesDeclaredIn(node.part('name')));
  for (const inner of below) {
    if (inner.kind === 'function') {
      if (isOwnPrototype(inner, node, text)) continue;
      key += `\u0001${text.slice(inner.start, inner.part('body')?.start ?? inner.end)}`;
      for (const name of namesDeclaredIn(inner.part('name'))) declares.add(name);
    } else if (SEEN_OUTSIDE.test(inner.kind)) {
      key += `\u0001${text.slice(inner.start, inner.end)}`;
      for (const name of namesDeclaredIn(inner)) declares.add(name);
    }
  }
  const times = new Map<string, number>();
  for (const word of key.match(WORD) ?? []) times.set(word, (times.get(word) ?? 0) + 1);
  // A parameter that nothing but its own declaration names is of the function alone.
  for (const { text: name } of node.parts('parameters').flatMap((each) => each.part('target') ?? []))
    if (times.get(name) === 1) times.delete(name);
  return { key, declares: [...declares], words: new Set(times.keys()) };
});

/**
 * A statement in a function that declares another one, which is a matter of its own: a word in front of a call makes one of it while it is typed. That a function
 * never comes back is known of it everywhere.
 */
function isOwnPrototype(inner: Node, around: Node, text: string): boolean {
  if (inner.kind !== 'function' || inner.part('body') !== undefined) return false;
  if (inner.part('name')?.kind !== 'identifier') return false;
  for (let at = inner.parent; at !== undefined && at !== around; at = at.parent)
    if (at.kind === 'class' || at.kind === 'function') return false;
  const { start, end } = declarationAround(text, inner);
  return start > around.start && end < around.end && !NO_RETURN.test(text.slice(start, end));
}

/** All of a function's declaration but the body: an attribute may stand in front of it, or behind its parameters. */
export function declarationAround(text: string, node: Node): Span {
  const before = Math.max(text.lastIndexOf(';', node.start), text.lastIndexOf('}', node.start));
  const body = node.part('body')?.start;
  const behind = text.indexOf(';', node.end - 1);
  return { start: before + 1, end: body ?? (behind < 0 ? node.end : behind) };
}

/** A word in front of a type, which the parser may not be shown, and which may say how it is laid out: `PACKED`. */
export function wordBefore(text: string, { kind, start }: Node): string {
  if (kind !== 'class') return '';
  return /\w+\s+$/.exec(text.slice(Math.max(0, start - LONGEST_WORD), start))?.[0].trim() ?? '';
}

const LONGEST_WORD = 80;

function declarationItem({ nodes, text }: Ast, node: Node): Item {
  const all = nodes.slice(node.index, node.last + 1);
  let key = '';
  for (const each of all) {
    // With how many children each has, the list says how the code is nested.
    key += `${each.role}\u0001${each.kind}\u0001${each.children.length}\u0001${each.text}\u0001${wordBefore(text, each)}`;
  }
  const words = wordsOf(all);
  // What has no name yet, nothing can ask for.
  if (words.size === 0 || isNameless(node)) return { key, declares: [], words };
  const declares = namesDeclaredIn(node);
  return { key, declares: declares.length === 0 ? undefined : declares, words };
}

/** A variable of which only the type stands there as yet. */
function isNameless(node: Node): boolean {
  return node.kind === 'variable' && node.part('target')?.text === '' && !holdsTypes(node);
}

/** Names in all parts that may declare some. */
function namesDeclaredIn(node: Node | undefined): readonly string[] {
  if (node === undefined || node.kind === 'token') return [];
  if (node.children.length === 0) return node.text.match(WORD) ?? [];
  return node.children.flatMap((child) =>
    ASKING.has(child.role) && !holdsTypes(child) ? [] : namesDeclaredIn(child),
  );
}

function holdsTypes(node: Node): boolean {
  for (const each of descendants(node)) if (SEEN_OUTSIDE.test(each.kind)) return true;
  return false;
}

const wordsIn = perFunction(wordsOf);

/** Whether a function asks for nothing but these names. */
export function asksOnlyFor(ast: Ast, of: Node, names: ReadonlySet<string>): boolean {
  for (const word of wordsIn(ast, of)) if (!names.has(word)) return false;
  return true;
}

/** Names that code may ask for; what its comments and texts say names nothing. */
function wordsOf(nodes: readonly Node[]): ReadonlySet<string> {
  const words = new Set<string>();
  for (const { kind, text } of nodes) {
    if (text === '' || kind === 'token' || kind === 'string' || kind === 'number') continue;
    // Of a macro the grammar leaves the text.
    if (kind === 'identifier') words.add(text);
    else for (const word of text.match(WORD) ?? []) words.add(word);
  }
  return words;
}

/** Words of what headers say of a name; they are the same as long as the headers are. */
const behind = new WeakMap<Outside, Map<string, ReadonlySet<string>>>();

function wordsBehind(outside: Outside, name: string): ReadonlySet<string> {
  let known = behind.get(outside);
  if (known === undefined) behind.set(outside, (known = new Map<string, ReadonlySet<string>>()));
  let words = known.get(name);
  if (words === undefined) {
    const texts = [
      outside.macro(name)?.body,
      outside.macro(`${name}()`)?.body,
      ...['', 'struct ', 'union ', 'enum '].map((tag) => outside.declaring(tag + name)),
    ];
    const found = new Set<string>();
    for (const text of texts) for (const word of text?.match(WORD) ?? []) found.add(word);
    words = found.size === 0 ? NO_WORDS : found;
    known.set(name, words);
  }
  return words;
}
