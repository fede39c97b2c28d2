import type { Node } from '../ast/node.ts';
import { partsOf, perFunction } from '../ast/parts.ts';
import type { Ast } from '../ast/readAst.ts';
import { sameList } from '../base/sameList.ts';
import type { Outside } from '../headers/outside.ts';
import type { FactEvent } from './events.ts';
import type { SeenByPlace } from './observations.ts';
import { plainText } from './plainText.ts';
import {
  asksOnlyFor,
  surroundingsIn,
  type FileSurroundings,
  type KnownItems,
  type Surroundings,
} from '../resolve/surroundings.ts';
import { sharedCodeOf, type SharedCode } from './sharedCode.ts';

/** What the last analysis of a file has found, by the function that it began with: an open file keeps it. */
export interface RootCache {
  /** What all of it rests on: see `SharedCode`. */
  restKey: () => SharedCode['key'];
  /** The same as functions may see it; undefined where nobody has asked. */
  items: KnownItems | undefined;
  roots: ReadonlyMap<number, CachedRoot>;
  /**
   * What was found beginning with functions that the last analysis did not find as they were, by the code of these: an edit that opens a bracket or a
   * comment takes functions away until it is closed.
   */
  aside: ReadonlyMap<string, CachedRoot>;
  /** It is asked again after an edit. */
  readonly isKept: boolean;
  /** Of another view of the same text: what begins with a function that both read alike, and leads only to such functions, is the same in both. */
  readonly beside: RootCache | undefined;
}

/** What was found beginning with one function. */
interface CachedRoot {
  /** The functions that were looked into, and those that some call was not followed into; by their position in the file, with their code. */
  readonly functions: readonly CachedFunction[];
  readonly skipped: readonly CachedFunction[];
  /** Those that something was read from and that may not have been looked into. */
  readonly alsoRead: readonly CachedFunction[];
  readonly events: readonly StoredEvent[];
  /** What expressions stood for; undefined while nobody has asked. */
  readonly seen: SeenByPlace | undefined;
  readonly incomplete: boolean;
  /** Others of the file call the function. */
  readonly isCalled: boolean;
  /** What all of these functions may see of the file; undefined where nothing less than all of it will do, or it is not known. */
  readonly surroundings: RootSurroundings | undefined;
}

/** The same items, and the same words of what is shared, say the same of the same functions. */
interface RootSurroundings extends Surroundings {
  /** What is said of the names of all that several functions share, and of the headers. */
  readonly shared: readonly string[];
}

interface CachedFunction {
  readonly position: number;
  /** As long as the same node stands there, so does the same code. */
  readonly node: Node | undefined;
  readonly code: string;
}

interface StoredEvent extends Omit<FactEvent, 'node' | 'related'> {
  readonly node: NodeAddress;
  readonly related: readonly { readonly node: NodeAddress; readonly message: string }[];
}

/** Where a node stands: in a function by its position, or outside of all (-1), and which of the nodes there it is. */
export interface NodeAddress {
  readonly position: number;
  readonly index: number;
}

/** What was found beginning with one function, in the nodes of the file at hand. */
export interface RootResult {
  readonly visited: readonly Node[];
  readonly skipped: readonly Node[];
  readonly events: readonly FactEvent[];
  /** What expressions stood for; undefined where nobody asked. */
  readonly seen: SeenByPlace | undefined;
  readonly incomplete: boolean;
}

/** With the functions that something was read from although they may not have been looked into. */
export interface NewRootResult extends RootResult {
  readonly alsoRead: readonly Node[];
}

/**
 * @param beside of the view of the file that was analysed before
 * @param isKept for a file that is open
 */
export function emptyRootCache(beside?: RootCache, isKept = true): RootCache {
  return { restKey: () => [], items: undefined, roots: new Map(), aside: new Map(), isKept, beside };
}

/** Results of the last analysis that still hold, and those of this one. */
export interface Remembered {
  /** @param withValues with what expressions stood for */
  known(root: Node, withValues: boolean): RootResult | undefined;
  note(root: Node, result: NewRootResult): void;
  /** Keeps what was asked for and noted since the last time, and what is kept of other functions of the same file. */
  finish(): void;
  /** Undefined of a node that does not stand in the file: it is of a macro's body. */
  addressOf(node: Node): NodeAddress | undefined;
  nodeAt(address: NodeAddress): Node | undefined;
}

const NO_EVENTS: readonly FactEvent[] = [];

/**
 * Compares a file with what was known of it.
 *
 * @param called names of functions that others of the file call
 */
export function remember(
  cache: RootCache,
  ast: Ast,
  outside: Outside,
  called: ReadonlySet<string>,
): Remembered {
  const { nodes } = ast;
  const { functions, rest } = partsOf(ast);
  let shared: SharedCode | undefined;
  const sharedCode = (): SharedCode => (shared ??= sharedCodeOf(ast, outside));
  const codeAt = (position: number): string | undefined => {
    const node = functions[position];
    return node && codeOf(ast, node);
  };
  const startOf = (position: number): number => functions[position]?.index ?? 0;
  const cachedAt = (position: number): CachedFunction => ({
    position,
    node: functions[position],
    code: codeAt(position) ?? '',
  });
  const positionOf = (node: Node): number => {
    let [low, high] = [0, functions.length - 1];
    while (low <= high) {
      const middle = (low + high) >> 1;
      const each = functions[middle];
      if (each === undefined) break;
      if (node.index < each.index) high = middle - 1;
      else if (node.index > each.last) low = middle + 1;
      else return middle;
    }
    return -1;
  };
  let restIndexes: ReadonlyMap<Node, number> | undefined;
  const indexInRest = (node: Node): number => {
    restIndexes ??= new Map(rest.map((each, index) => [each, index]));
    return restIndexes.get(node) ?? -1;
  };
  const addressOf = (node: Node): NodeAddress | undefined => {
    if (nodes[node.index] !== node) return undefined;
    const position = positionOf(node);
    const index = position < 0 ? indexInRest(node) : node.index - startOf(position);
    return { position, index };
  };
  const nodeAt = ({ position, index }: NodeAddress): Node | undefined =>
    position < 0 ? rest[index] : nodes[startOf(position) + index];
  const eventAt = (event: StoredEvent): readonly FactEvent[] => {
    const node = nodeAt(event.node);
    const related = event.related.flatMap(({ node: at, message }) => {
      const place = nodeAt(at);
      return place === undefined ? [] : [{ node: place, message }];
    });
    return node === undefined ? [] : [{ ...event, node, related }];
  };
  const after = new Map<number, CachedRoot>();
  const isCalledAt = (position: number): boolean => called.has(functions[position]?.part('name')?.text ?? '');
  const isSame = ({ position, node, code }: CachedFunction): boolean =>
    (node !== undefined && functions[position] === node) || codeAt(position) === code;
  const holds = (root: CachedRoot, position: number): boolean =>
    root.isCalled === isCalledAt(position) &&
    root.functions.every(isSame) &&
    root.skipped.every(isSame) &&
    root.alsoRead.every(isSame);
  // The keys are long: they are made where there is something to compare, and compared once.
  const restsOnSame = ({ restKey, roots, aside }: RootCache): boolean =>
    roots.size + aside.size > 0 && sameList(restKey(), sharedCode().key);
  let isSameRest = restsOnSame(cache);
  const isSameBeside = cache.beside !== undefined && restsOnSame(cache.beside);
  /** What a cache knows, when it still holds. */
  const knownIn = (
    each: RootCache | undefined,
    position: number,
    withValues: boolean,
  ): CachedRoot | undefined => {
    const root = each?.roots.get(position);
    return root === undefined || (withValues && root.seen === undefined) || !holds(root, position)
      ? undefined
      : root;
  };
  let knownSurroundings: FileSurroundings | undefined;
  const surroundings = (): FileSurroundings => (knownSurroundings ??= surroundingsIn(ast, outside));
  const sharedAmong = (names: ReadonlySet<string>): readonly string[] => {
    const among = (list: readonly string[]): readonly string[] => list.filter((name) => names.has(name));
    const { changed, hidden } = sharedCode();
    return [outside.key, 'changed', ...among(changed), 'hidden', ...among(hidden)];
  };
  /** What these functions may see of the file. */
  const surroundingsOf = (positions: Iterable<number>): RootSurroundings | undefined => {
    const nodes = [...positions].flatMap((position) => functions[position] ?? []);
    // All variables of the program begin with it.
    if (nodes.some((node) => node.part('name')?.text === 'main')) return undefined;
    const seen = surroundings().of(nodes);
    return { ...seen, shared: sharedAmong(seen.names) };
  };
  /** The same, from what was known of the root: what these functions do not ask for any more counts until something else has changed around. */
  const surroundingsSince = (
    before: CachedRoot | undefined,
    positions: readonly number[],
  ): RootSurroundings | undefined => {
    if (!isSameRest || before?.surroundings === undefined) return surroundingsOf(positions);
    const { functions: own, skipped, alsoRead, surroundings: known } = before;
    const earlier = new Set([...own, ...skipped, ...alsoRead].map((each) => each.position));
    const now = new Set(positions);
    const isSame =
      earlier.size === now.size &&
      [...now].every((position) => {
        const node = functions[position];
        return earlier.has(position) && node !== undefined && asksOnlyFor(ast, node, known.names);
      });
    return isSame ? known : surroundingsOf(positions);
  };
  const { items } = cache;
  let isSameSince: ReturnType<FileSurroundings['since']> | undefined;
  /** Whether functions of the last text see the same where they stand now. */
  const seesTheSame = ({ names }: RootSurroundings, positions: Iterable<number>): boolean => {
    if (items === undefined) return false;
    isSameSince ??= surroundings().since(items);
    return isSameSince(
      names,
      [...positions].flatMap((position) => functions[position] ?? []),
    );
  };
  let placesByCode: ReadonlyMap<string, number> | undefined;
  let placesByNode: ReadonlyMap<Node, number> | undefined;
  /** Where a function stands now; undefined when it does not, or when two have its code. */
  const placeNow = ({ node, code }: CachedFunction): number | undefined => {
    placesByNode ??= new Map(functions.map((each, position) => [each, position]));
    const there = node && placesByNode.get(node);
    if (there !== undefined) return there;
    placesByCode ??= placesOf(functions.map((each) => codeOf(ast, each)));
    const place = placesByCode.get(code);
    return place === -1 ? undefined : place;
  };
  /** What was known when something else stood around its functions, where they stand now; undefined when it does not hold any more. */
  const moved = (root: CachedRoot, isOfLastText: boolean): CachedRoot | undefined => {
    const places = new Map<number, number>();
    // Of the same code in another place it is not known that it sees the same.
    let areSame = isOfLastText;
    for (const each of [...root.functions, ...root.skipped, ...root.alsoRead]) {
      const place = placeNow(each);
      if (place === undefined) return undefined;
      areSame &&= functions[place] === each.node;
      places.set(each.position, place);
    }
    const [position] = places.values();
    if (position === undefined || root.isCalled !== isCalledAt(position)) return undefined;
    if (new Set(places.values()).size !== places.size) return undefined;
    const { surroundings: before } = root;
    if (before === undefined) return undefined;
    if (areSame && seesTheSame(before, places.values())) {
      if (!sameList(before.shared, sharedAmong(before.names))) return undefined;
    } else {
      const now = surroundingsOf(places.values());
      if (now === undefined || !sameList(before.items, now.items) || !sameList(before.shared, now.shared))
        return undefined;
    }
    return movedRoot(root, places, cachedAt);
  };
  let rootsNow: ReadonlyMap<number, CachedRoot> | undefined;
  const knownElsewhere = (position: number, withValues: boolean): CachedRoot | undefined => {
    rootsNow ??= new Map(
      [...cache.roots.values()].flatMap((root) => {
        const place = root.functions[0] && placeNow(root.functions[0]);
        return place === undefined ? [] : [[place, root] as const];
      }),
    );
    const movedHere = (root: CachedRoot | undefined, isOfLastText: boolean): CachedRoot | undefined =>
      root === undefined || (withValues && root.seen === undefined) ? undefined : moved(root, isOfLastText);
    return (
      movedHere(rootsNow.get(position), true) ?? movedHere(cache.aside.get(codeAt(position) ?? ''), false)
    );
  };
  const nodesAt = (places: readonly CachedFunction[]): readonly Node[] => {
    const found: Node[] = [];
    for (const { position } of places) {
      const node = functions[position];
      if (node !== undefined) found.push(node);
    }
    return found;
  };
  return {
    addressOf,
    nodeAt,
    known: (root, withValues) => {
      const position = positionOf(root);
      if (functions[position] !== root) return undefined;
      const found =
        (isSameRest ? knownIn(cache, position, withValues) : knownElsewhere(position, withValues)) ??
        (isSameBeside ? knownIn(cache.beside, position, withValues) : undefined);
      if (found === undefined) return undefined;
      after.set(position, found);
      return {
        visited: nodesAt(found.functions),
        skipped: nodesAt(found.skipped),
        incomplete: found.incomplete,
        seen: found.seen,
        events: found.events.length === 0 ? NO_EVENTS : found.events.flatMap(eventAt),
      };
    },
    note: (root, { visited, skipped, alsoRead, events, seen, incomplete }) => {
      const position = positionOf(root);
      // A function within another one has no place of its own.
      if (functions[position] !== root) return;
      const positions = new Set([position, ...visited.map(positionOf)]);
      const stored: StoredEvent[] = [];
      for (const event of events) {
        const node = addressOf(event.node);
        if (node === undefined) return;
        const related: StoredEvent['related'][number][] = [];
        for (const { node: at, message } of event.related) {
          const place = addressOf(at);
          if (place === undefined) return;
          related.push({ node: place, message });
        }
        stored.push({ ...event, node, related });
      }
      after.set(position, {
        functions: [...positions].map(cachedAt),
        skipped: skipped.map((each) => cachedAt(positionOf(each))),
        alsoRead: alsoRead.map((each) => cachedAt(positionOf(each))),
        events: stored,
        seen,
        incomplete,
        isCalled: isCalledAt(position),
        surroundings: cache.isKept
          ? surroundingsSince(cache.roots.get(position), [
              ...positions,
              ...[...skipped, ...alsoRead].map(positionOf),
            ])
          : undefined,
      });
    },
    finish: () => {
      if (!isSameRest && cache.isKept) {
        cache.aside = setAside(cache, placeNow);
        cache.items = surroundings().known;
      }
      cache.roots = isSameRest ? new Map([...cache.roots, ...after]) : after;
      // Of an open file now: headers change, and the file itself is not to be held.
      const { key } = cache.isKept ? sharedCode() : { key: undefined };
      cache.restKey = () => key ?? sharedCode().key;
      isSameRest = true;
    },
  };
}

/** The places of codes in a list; -1 of those that stand there twice. */
function placesOf(codes: readonly string[]): ReadonlyMap<string, number> {
  const places = new Map<string, number>();
  codes.forEach((code, position) => places.set(code, places.has(code) ? -1 : position));
  return places;
}

/**
 * A result with its functions at other places; undefined when some of it is about code that lies in none of them.
 *
 * @param places by the places before
 */
function movedRoot(
  root: CachedRoot,
  places: ReadonlyMap<number, number>,
  cachedAt: (position: number) => CachedFunction,
): CachedRoot | undefined {
  const moved = ({ position, index }: NodeAddress): NodeAddress => ({
    position: places.get(position) ?? LOST,
    index,
  });
  const isThere = ({ position }: NodeAddress): boolean => position !== LOST;
  const events = root.events.map((event) => ({
    ...event,
    node: moved(event.node),
    related: event.related.map(({ node, message }) => ({ node: moved(node), message })),
  }));
  if (!events.every(({ node, related }) => isThere(node) && related.every((each) => isThere(each.node))))
    return undefined;
  const seen = root.seen && new Map([...root.seen].map(([at, inside]) => [places.get(at) ?? LOST, inside]));
  if (seen?.has(LOST) === true) return undefined;
  const all = (functions: readonly CachedFunction[]): readonly CachedFunction[] =>
    functions.map(({ position }) => cachedAt(places.get(position) ?? LOST));
  return {
    ...root,
    functions: all(root.functions),
    skipped: all(root.skipped),
    alsoRead: all(root.alsoRead),
    events,
    seen,
  };
}

const LOST = -2;
/** Results that are kept aside. */
const MAX_ASIDE = 300;

/** What is kept of functions that do not stand in the file as they did: without their nodes, which hold the text that they were read from. */
function setAside(
  { roots, aside }: RootCache,
  placeNow: (of: CachedFunction) => number | undefined,
): ReadonlyMap<string, CachedRoot> {
  const kept = new Map<string, CachedRoot>();
  const bare = ({ position, code }: CachedFunction): CachedFunction => ({ position, node: undefined, code });
  for (const root of [...roots.values(), ...aside.values()]) {
    const [own] = root.functions;
    if (own === undefined || root.surroundings === undefined || kept.size >= MAX_ASIDE) continue;
    if (kept.has(own.code) || root.functions.every((each) => placeNow(each) !== undefined)) continue;
    kept.set(own.code, {
      ...root,
      functions: root.functions.map(bare),
      skipped: root.skipped.map(bare),
      alsoRead: root.alsoRead.map(bare),
    });
  }
  return kept;
}

/** The code of a function and how it was read: macros may read differently now, and of conditionals each view shows other arms. */
const codeOf = perFunction((nodes, ast) => {
  const [node] = nodes;
  if (node === undefined) return '';
  const text = plainText(ast, node);
  const read = text.includes('#')
    ? nodes.map((each) => `\u0001${each.kind}\u0002${each.text}`)
    : nodes.map(({ kind }) => `\u0001${kind}`);
  return text + read.join('');
});
