import type { Node } from '../ast/node.ts';
import { nodesOfKind } from '../ast/nodesOfKind.ts';
import { functionAround, perFunction } from '../ast/parts.ts';
import type { Ast } from '../ast/readAst.ts';
import { partitionPoint } from '../base/partition.ts';
import { overlaps, type Span } from '../base/range.ts';
import type { Outside } from '../headers/outside.ts';
import type { Names } from '../resolve/names.ts';
import { assertedInput } from './assertedInput.ts';
import { argumentCounts } from './argumentCounts.ts';
import { PARTS_OF_EVENTS, toldOnce, type EventKind, type FactEvent } from './events.ts';
import { functionCode, functionsOutside } from './functionCode.ts';
import { sharedWithHandlers, unsafeHandlers } from './handlers.ts';
import { recursionByInput } from './inputRecursion.ts';
import { growthByInput } from './inputGrowth.ts';
import { dataRaces } from './threads.ts';
import { slips } from './slips.ts';
import { threadRaces } from './threadRaces.ts';
import { unreturnedValues } from './unreturnedValues.ts';
import { stuckLoops } from './stuckLoops.ts';
import { unguarded } from './unguarded.ts';
import { LockSets } from './lockSets.ts';
import { locksKept, lockOrders } from './locks.ts';
import { endlessRecursion } from './recursion.ts';
import { memoised } from './memoised.ts';
import { declaredNoReturn, declaredWeak } from './attributes.ts';
import { definedIn, macrosOf, macroTextsOf } from './macros.ts';
import type { Observation } from './observe.ts';
import { joinedObservations, observationNotes, type Observations, type SeenByPlace } from './observations.ts';
import { ownedBlocks } from './ownedBlocks.ts';
import { leadingIn } from './reaching.ts';
import { readModels, type Models } from './readModels.ts';
import { analyseRoot } from './roots.ts';
import { emptyRootCache, remember, type Remembered, type RootCache } from './rootCache.ts';
import { isIn, StepsSpent, type FunctionCode, type Run, type Unit } from './run.ts';
import { threadArguments } from './typeConfusion.ts';
import { typeTableOf } from './typeTable.ts';
import { World } from './world.ts';

/** What is known of values and memory in one file. */
export interface ValueFacts {
  /** What goes wrong, in the order of the text; the same at one place once. */
  readonly events: readonly FactEvent[];
  /** Those of them that begin in a stretch of the text. */
  eventsWithin(span: Span): readonly FactEvent[];
  /** What an expression stood for, on each path that reached it; empty when none did. */
  at(node: Node): readonly Observation[];
  /** Expressions of which something is known. */
  readonly nodes: Iterable<Node>;
  /** More paths reached the expression than were kept: nothing holds on all of them for sure. */
  isPartial(node: Node): boolean;
  /** What the answers for an outermost function rest on. */
  seenIn(outermost: Node): SeenInFunction;
  /** Some code was left out because a limit was hit. */
  readonly incomplete: boolean;
}

/** All that is known of values in one function: what is the same (`===`) in two readings of it says the same of the same code. */
export interface SeenInFunction {
  readonly seen: readonly unknown[];
  readonly isIncomplete: boolean;
}

/** Functions that are followed each for itself when values in them are asked for; for more, all of the file is followed once. */
const MAX_APART = 3;
/** Steps that are spent closely on a whole program, on each further function, and on each of its nodes. */
const STEPS_FOR_MAIN = 20_000;
const STEPS_FOR_FUNCTION = 75;
const STEPS_FOR_NODE = 0.5;

export interface FactsOptions {
  /** Stretches of the text of which alone something is asked; all of it when undefined. */
  readonly part?: readonly Span[] | undefined;
  /** Steps that are spent closely on a whole program. */
  readonly stepsForMain?: number | undefined;
}

const NOTHING_SEEN: Observations = { all: [], isPartial: false };
const NO_MODELS: readonly unknown[] = [];
/** The last models that were read, with what they were read from: one run of the product has one set. */
let lastModels:
  { readonly shipped: readonly unknown[]; readonly own: unknown; readonly models: Models } | undefined;

/** @param own of the project; they replace shipped ones */
function modelsOf(shipped: readonly unknown[], own: unknown): Models {
  if (lastModels?.shipped !== shipped || lastModels.own !== own)
    lastModels = { shipped, own, models: readModels([...shipped, own]) };
  return lastModels.models;
}

/**
 * Follows values through the functions of a file: see `docs/facts.md`. Deterministic, and bounded by steps. Made when first asked for; what
 * expressions stood for, which costs as much as all the rest, only when a rule asks for it.
 *
 * @param cache of the same file: events of functions that have not changed, and enter none that has, are taken from it
 */
export function factsOf(
  ast: Ast,
  names: Names,
  outside: Outside,
  cache: RootCache = emptyRootCache(),
  { part, stepsForMain = STEPS_FOR_MAIN }: FactsOptions = {},
): ValueFacts {
  let file: FollowedFile | undefined;
  const followed = (withValues: boolean, where = part): Followed =>
    follow((file ??= fileToFollow(ast, names, outside, cache)), withValues, where, stepsForMain);
  let quick: Followed | undefined;
  let whole: Followed | undefined;
  const events = (): Followed => (quick ??= whole ?? followed(false));
  const values = (): Followed => (whole ??= followed(true));
  const apart = new Map<Node, Followed>();
  /** For a few functions only what leads to them is followed. */
  const valuesAt = (node: Node): Followed => {
    const around = whole === undefined && part === undefined ? functionAround(node) : undefined;
    if (around === undefined) return values();
    let found = apart.get(around);
    if (found === undefined) {
      if (apart.size >= MAX_APART) return values();
      found = followed(true, [around]);
      apart.set(around, found);
    }
    return found;
  };
  return {
    get events() {
      return events().events;
    },
    eventsWithin: ({ start, end }) => {
      const all = events().events;
      const firstFrom = (offset: number): number =>
        partitionPoint(all.length, (index) => (all[index]?.node.start ?? 0) < offset);
      return all.slice(firstFrom(start), firstFrom(end));
    },
    at: (node) => valuesAt(node).seenAt(node).all,
    get nodes() {
      return values().nodes();
    },
    isPartial: (node) => valuesAt(node).seenAt(node).isPartial || valuesAt(node).isIncompleteAt(node),
    seenIn: (outermost) => {
      const { seenIn, isIncompleteAt } = valuesAt(outermost);
      return { seen: seenIn(outermost), isIncomplete: isIncompleteAt(outermost) };
    },
    get incomplete() {
      return events().incomplete;
    },
  };
}

/** What is the same however a file is followed. */
interface FollowedFile {
  readonly unit: Unit;
  readonly names: Names;
  readonly library: Models;
  readonly remembered: Remembered;
  /** Those with a body, in the order of the text. */
  readonly functions: readonly FunctionCode[];
  readonly byNode: ReadonlyMap<Node, FunctionCode>;
  readonly main: FunctionCode | undefined;
  /** The functions in the order in which code is followed from them. */
  readonly roots: readonly FunctionCode[];
  /** Names of functions that functions of the file call. */
  readonly called: ReadonlySet<string>;
  /** The functions that may lead into what lies in a stretch. */
  readonly leadingInto: (spans: readonly Span[]) => ReadonlySet<FunctionCode>;
}

function fileToFollow(ast: Ast, names: Names, outside: Outside, cache: RootCache): FollowedFile {
  const macroTexts = macroTextsOf(ast, (name) => outside.macro(name));
  const macro = macrosOf(ast, macroTexts);
  const prototypes = new Map<string, Node>();
  const ofFile = new Map<string, Node>();
  const functions: FunctionCode[] = [];
  const byName = new Map<string, FunctionCode | undefined>();
  const others = functionsOutside(ast.grammar, outside);
  const unit: Unit = {
    ast,
    declarationOf: memoised((identifier) => names.declarationOf(identifier)),
    types: typeTableOf(ast, names, macro, outside),
    macro,
    neverReturns: declaredNoReturn(ast, outside),
    isDefined: memoised((name) => definedIn(ast).has(name)),
    functionNamed: (name) => byName.get(name),
    // Of two bodies in the file it is not known which one runs; none of another file does.
    functionOutside: (name) => (byName.has(name) ? undefined : others(name)),
    isOutside: memoised((name) => !byName.has(name) && outside.functionNamed(name) !== undefined),
    prototypes,
    prototypeFor: (of, name) => (of && prototypesIn(ast, of.node).get(name)) ?? ofFile.get(name),
  };
  const isWeak = declaredWeak(ast, outside);
  for (const node of nodesOfKind(ast, 'function')) {
    const name = node.part('name')?.text ?? '';
    const code = functionCode(unit, node);
    if (code === undefined) {
      if (name === '') continue;
      prototypes.set(name, node);
      if (functionAround(node.parent) === undefined) ofFile.set(name, node);
      continue;
    }
    functions.push(code);
    if (isWeak(name)) {
      prototypes.set(name, node);
      continue;
    }
    // Of two bodies, in arms of `#if`, it is not known which one runs.
    byName.set(name, byName.has(name) ? undefined : code);
  }
  const main = byName.get('main');
  const called = calledIn(ast, functions);
  let leadingTo: ReturnType<typeof leadingIn> | undefined;
  return {
    unit,
    names,
    library: modelsOf(ast.grammar.definition.models ?? NO_MODELS, outside.models),
    remembered: remember(cache, ast, outside, called),
    functions,
    byNode: new Map(functions.map((each) => [each.node, each])),
    main,
    roots: [
      ...(main === undefined ? [] : [main]),
      ...functions.filter(({ name }) => name !== 'main' && !called.has(name)),
      ...functions.filter(({ name }) => name !== 'main' && called.has(name)),
    ],
    called,
    leadingInto: (spans) => {
      leadingTo ??= leadingIn(ast, functions, macroTexts);
      return leadingTo(functions.filter(({ node }) => spans.some((each) => overlaps(each, node))));
    },
  };
}

interface Followed {
  /** Made when first asked for. */
  readonly events: readonly FactEvent[];
  readonly seenAt: (node: Node) => Observations;
  /** What was seen in an outermost function: the same lists as long as it is known from before. */
  readonly seenIn: (outermost: Node) => readonly unknown[];
  /** Expressions of which something was seen. */
  readonly nodes: () => Iterable<Node>;
  readonly incomplete: boolean;
  /** Some code that may lead to a node was left out. */
  readonly isIncompleteAt: (node: Node) => boolean;
}

/** @param withValues what expressions stood for is asked for, too */
function follow(
  { unit, names, library, remembered, functions, byNode, main, roots, called, leadingInto }: FollowedFile,
  withValues: boolean,
  part: readonly Span[] | undefined,
  stepsForMain: number,
): Followed {
  const { ast } = unit;
  const events = new Map<string, FactEvent>();
  const newNotes = observationNotes((node) => remembered.addressOf(node));
  const allSeen: SeenByPlace[] = [];
  const add = (all: Map<string, FactEvent>, event: FactEvent): void => {
    const key = keyOf(event.node, event.kind) + (event.kind.startsWith('lock-') ? event.detail : '');
    const known = all.get(key);
    if (known === undefined || (known.certainty === 'possible' && event.certainty === 'proved'))
      all.set(key, event);
  };
  const visited = new Set<Node>();
  const skipped = new Set<FunctionCode>();
  const noteSkipped = (node: Node): void => {
    const code = byNode.get(node);
    if (code !== undefined) skipped.add(code);
  };
  /** Functions that were begun with, and not followed to all ends. */
  const unfinished = new Set<FunctionCode>();
  const leading = part && leadingInto(part);
  const isIncompleteIn = memoised((around: Node) => {
    const leads = leadingInto([around]);
    return [...unfinished].some((code) => leads.has(code));
  });
  const begun = new Set<FunctionCode>();
  const beginWith = (code: FunctionCode): void => {
    begun.add(code);
    const known = remembered.known(code.node, withValues);
    if (known !== undefined) {
      if (known.seen !== undefined) allSeen.push(known.seen);
      for (const event of known.events) add(events, event);
      for (const node of known.visited) visited.add(node);
      for (const node of known.skipped) noteSkipped(node);
      if (known.incomplete) unfinished.add(code);
      return;
    }
    const world = new World();
    const found = new Map<string, FactEvent>();
    const entered = new Set<Node>();
    const notes = withValues ? newNotes() : undefined;
    const run: Run = {
      unit,
      world,
      model: (name) => library.functions.get(name),
      constant: (name) => library.constants.get(name),
      hints: library.hints,
      observe:
        notes &&
        ((node, visit) => {
          notes.observe(world, node, visit);
        }),
      report: (event) => {
        // What stands in other files is told there.
        const related = event.related.filter(({ node }) => isIn(ast, node));
        if (isIn(ast, event.node)) add(found, { ...event, related });
      },
      globals: new Map(),
      constants: new Map(),
      entered: new Map(),
      allocations: new Map(),
      visited: entered,
      skipped: new Set(),
      globalsKnown: code === main,
      share: (code === main ? stepsForMain : STEPS_FOR_FUNCTION) + STEPS_FOR_NODE * code.size,
      frames: 0,
      stepsOutside: 0,
      ended: 0,
      incomplete: false,
    };
    try {
      analyseRoot(run, code, code === main, called.has(code.name));
    } catch (error) {
      if (!(error instanceof StepsSpent)) throw error;
      run.incomplete = true;
    }
    if (run.incomplete) unfinished.add(code);
    // Of two functions with one name it is not known which one is called.
    const followed = [...entered].flatMap((node) => {
      const code = byNode.get(node);
      return code !== undefined && unit.functionNamed(code.name) === code ? [code] : [];
    });
    for (const endless of endlessRecursion(followed, run)) run.report(endless);
    // Where paths were left out, what these write is not known.
    if (run.incomplete)
      for (const event of [...found.values()])
        if (event.kind === 'bounded-write') add(found, { ...event, kind: 'unbounded-write' });
    for (const event of found.values()) add(events, event);
    for (const node of entered) visited.add(node);
    const passedOver = [...run.skipped].map(({ node }) => node);
    passedOver.forEach(noteSkipped);
    if (notes !== undefined) allSeen.push(notes.seen);
    remembered.note(code.node, {
      visited: [...entered],
      skipped: passedOver,
      alsoRead: [...entered].flatMap((node) => byNode.get(node)?.flow().limitedBy ?? []),
      events: [...found.values()],
      seen: notes?.seen,
      incomplete: run.incomplete,
    });
  };
  for (const code of roots) {
    if (leading?.has(code) === false) continue;
    if (code === main || !visited.has(code.node)) beginWith(code);
  }
  // What some call gives them was not followed: they are followed with whatever a caller may give them. That adds to the set.
  for (const code of skipped) {
    if (leading?.has(code) !== false && !begun.has(code)) beginWith(code);
  }
  // `main` itself began with the first values of all variables.
  if (main !== undefined && skipped.has(main)) unfinished.add(main);
  remembered.finish();
  const allEvents = (): readonly FactEvent[] => {
    let lockSets: LockSets | undefined;
    const locks = (): LockSets => (lockSets ??= new LockSets(unit, functions, library));
    const races = dataRaces(ast, names, unit.functionNamed, library.startsThreads, locks);
    for (const event of races) add(events, event);
    for (const event of threadRaces(unit, library, locks, races)) add(events, event);
    for (const event of unguarded(unit, functions, library, locks)) add(events, event);
    for (const event of slips(unit, functions, library.hints)) add(events, event);
    for (const event of argumentCounts(unit, functions)) add(events, event);
    for (const event of unreturnedValues(unit, functions, library.hints)) add(events, event);
    for (const event of recursionByInput(unit, functions)) add(events, event);
    for (const event of growthByInput(unit, functions)) add(events, event);
    for (const event of assertedInput(unit, functions)) add(events, event);
    for (const event of stuckLoops(unit, functions, library)) add(events, event);
    for (const event of ownedBlocks(unit, functions, library)) add(events, event);
    for (const event of sharedWithHandlers(unit, functions, library)) add(events, event);
    for (const event of threadArguments(ast, unit, library.startsThreads)) add(events, event);
    for (const event of unsafeHandlers(ast, unit.functionNamed, library.unsafeInHandlers)) add(events, event);
    for (const event of lockOrders([...events.values()].filter(({ kind }) => kind === 'lock-pair')))
      add(events, event);
    for (const event of locksKept([...events.values()])) add(events, event);
    return toldOnce(
      [...events.values()]
        .filter((event) => isWhole(event, events))
        .sort((a, b) => a.node.start - b.node.start || a.node.end - b.node.end),
    );
  };
  let sorted: readonly FactEvent[] | undefined;
  const observations = joinedObservations(allSeen);
  return {
    get events() {
      return (sorted ??= allEvents());
    },
    seenAt: memoised((node: Node) => {
      const address = remembered.addressOf(node);
      return address === undefined ? NOTHING_SEEN : observations.at(address);
    }),
    seenIn: (outermost) => observations.within(remembered.addressOf(outermost)?.position ?? -1),
    nodes: () =>
      new Set(
        allSeen.flatMap((seen) =>
          [...seen].flatMap(([position, inside]) =>
            [...inside.keys()].flatMap((index) => remembered.nodeAt({ position, index }) ?? []),
          ),
        ),
      ),
    incomplete: unfinished.size > 0,
    isIncompleteAt: (node) => {
      if (unfinished.size === 0) return false;
      const around = functionAround(node);
      return around === undefined || isIncompleteIn(around);
    },
  };
}

function keyOf(node: Node, kind: EventKind): string {
  return `${node.index}:${kind}`;
}

/** A write is bounded where it is on all paths. */
function isWhole({ node, kind }: FactEvent, events: ReadonlyMap<string, FactEvent>): boolean {
  return (
    !PARTS_OF_EVENTS.some((part) => part === kind) &&
    (kind !== 'bounded-write' || !events.has(keyOf(node, 'unbounded-write')))
  );
}

/** Names of functions that others of the file call. */
function calledIn(ast: Ast, functions: readonly FunctionCode[]): ReadonlySet<string> {
  const called = new Set<string>();
  for (const { body, name } of functions)
    for (const each of namesCalledIn(ast, body)) if (each !== name) called.add(each);
  return called;
}

const prototypesIn = perFunction(([, ...below]): ReadonlyMap<string, Node> => {
  const inside = new Map<string, Node>();
  for (const node of below)
    if (node.kind === 'function' && node.part('body') === undefined)
      inside.set(node.part('name')?.text ?? '', node);
  return inside;
});

const namesCalledIn = perFunction((nodes): readonly string[] => {
  const called = new Set<string>();
  for (const node of nodes) {
    const callee = node.kind === 'call' ? node.part('callee') : undefined;
    if (callee?.kind === 'identifier') called.add(callee.text);
  }
  return [...called];
});
