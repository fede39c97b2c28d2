import type { Arm, Conditionals, Group } from './conditionals.ts';
import { decide, decisionsOver, holds, type Decisions, type KnownMacros } from './conditions.ts';
import { IDENTIFIER, PUNCTUATION, STRING, type Tokens } from './tokens.ts';

/** What becomes of the conditional code of a text in one view of it. */
export interface Choice {
  /** 1 for each token that the view shows. */
  readonly shown: Uint8Array;
  /** 1 for each directive that the view masks. */
  readonly masked: Uint8Array;
  /** Arms that are shown, in order. */
  readonly arms: ReadonlySet<Arm>;
  /** Arms that no build can have, by what is known: `#if 0`, `#ifdef __cplusplus` in C. */
  readonly dead: ReadonlySet<Arm>;
  /** What became of each conditional that stands in no hidden arm. */
  readonly outcomes: ReadonlyMap<Group, Outcome>;
}

/** Position of the arm that is shown among those of its conditional. */
export type Outcome = number;
/** All arms that some build has are shown. */
export const TOGETHER: Outcome = -2;
const NO_ARM: Outcome = -1;

/** Where the code stands, by the bracket around it. */
type Frame = 'file' | 'code' | 'switch' | 'list';

/** Between file scope and here are only `extern "C" {` and namespaces. */
interface Place {
  readonly frames: Frame[];
  /** Index of the last token shown, or -1. */
  last: number;
  /** Of each bracket that is open the token in front of it. */
  readonly heads: number[];
  /** The same of the one that was closed last. */
  head: number;
}

/**
 * Chooses the arms that a view shows: all of them at file scope, where whole declarations stand together, otherwise the one that holds by what is
 * known and decided. What is undecided is decided for the first arm, and then holds for the whole text.
 */
export function chooseArms(
  text: string,
  tokens: Tokens,
  conditionals: Conditionals,
  known: KnownMacros,
  decided: Decisions,
): Choice {
  const choose: Chooser = (group, alive, together, decisions) => {
    if (together) return TOGETHER;
    const chosen = chosenArm(alive, known, decisions);
    return chosen === undefined ? NO_ARM : group.arms.indexOf(chosen);
  };
  return chosenBy(choose, text, tokens, conditionals, known, decided);
}

/**
 * Shows the arms of a stretch that were chosen for the same conditionals before; undefined where these do not stand as they did among the code.
 *
 * @param before of each conditional of the stretch, in their order
 */
export function chooseAsBefore(
  text: string,
  tokens: Tokens,
  conditionals: Conditionals,
  known: KnownMacros,
  before: readonly (Outcome | undefined)[],
): Choice | undefined {
  const all = groupsIn(conditionals.groups);
  if (all.length !== before.length) return undefined;
  const outcomes = new Map(all.map((group, index) => [group, before[index]]));
  const choose: Chooser = (group, _alive, together) => {
    if (together) return TOGETHER;
    const outcome = outcomes.get(group);
    return outcome === undefined || outcome === TOGETHER ? NO_ARM : outcome;
  };
  const choice = chosenBy(choose, text, tokens, conditionals, known, NOTHING_DECIDED);
  return all.every((group, index) => choice.outcomes.get(group) === before[index]) ? choice : undefined;
}

/** All groups, in the order in which they begin. */
export function groupsIn(groups: readonly Group[]): readonly Group[] {
  return groups.flatMap((group) => [group, ...group.arms.flatMap((arm) => groupsIn(arm.groups))]);
}

/** Says which arms of a conditional are shown: of those that some build has one, or all where they may stand together. */
type Chooser = (group: Group, alive: readonly Arm[], together: boolean, decisions: Decisions) => Outcome;

function chosenBy(
  choose: Chooser,
  text: string,
  tokens: Tokens,
  { groups, strays }: Conditionals,
  known: KnownMacros,
  decided: Decisions,
): Choice {
  const shown = new Uint8Array(tokens.count);
  const masked = new Uint8Array(tokens.directives.length);
  const arms = new Set<Arm>();
  const dead = new Set<Arm>();
  const outcomes = new Map<Group, Outcome>();
  for (const stray of strays) masked[stray] = 1;
  const place: Place = { frames: [], last: -1, heads: [], head: -1 };
  let other = 0;

  const textOf = (index: number): string => text.slice(tokens.start[index], tokens.end[index]);
  const isSign = (index: number, sign: string): boolean =>
    index >= 0 &&
    tokens.kind[index] === PUNCTUATION &&
    text.charCodeAt(tokens.start[index] ?? 0) === sign.charCodeAt(0) &&
    (tokens.end[index] ?? 0) - (tokens.start[index] ?? 0) === 1;

  const frame = (): Frame => place.frames.at(-1) ?? 'file';

  const show = (from: number, to: number): void => {
    for (let index = from; index < to; index++) {
      shown[index] = 1;
      if (tokens.kind[index] === PUNCTUATION) step(index);
      place.last = index;
    }
  };
  const step = (index: number): void => {
    switch (text.charCodeAt(tokens.start[index] ?? 0)) {
      case 40: // (
      case 91: // [
        place.heads.push(place.last);
        place.frames.push('list');
        break;
      case 123: // {
        place.heads.push(place.last);
        place.frames.push(frameOf(index));
        break;
      case 41:
      case 93:
      case 125:
        place.head = place.heads.pop() ?? -1;
        place.frames.pop();
    }
  };
  const frameOf = (brace: number): Frame => {
    const before = place.last;
    if (before < 0) return 'code';
    if (tokens.kind[before] === STRING) return frame();
    if (isSign(before, ')')) return textOf(place.head) === 'switch' ? 'switch' : 'code';
    if ('=,([{'.includes(textOf(before)) && (frame() === 'list' || textOf(before) === '=')) return 'list';
    if (isSign(before, '(') || isSign(before, ']')) return isSign(before, '(') ? 'code' : 'list';
    for (let index = brace - 1; index >= Math.max(0, brace - 8); index--) {
      if (tokens.kind[index] !== IDENTIFIER) {
        if (';{})'.includes(textOf(index))) break;
        continue;
      }
      const word = textOf(index);
      if (word === 'enum') return 'list';
      if (word === 'return') return 'list';
      if (word === 'namespace') return frame();
    }
    return 'code';
  };

  /** Directives that are no conditionals stay where the grammar takes them. */
  const passDirectives = (before: number, isShown: boolean): void => {
    for (; other < before; other++) {
      if (!isShown || frame() === 'list') masked[other] = 1;
    }
  };

  const walk = (
    from: number,
    to: number,
    inner: readonly Group[],
    lastDirective: number,
    decisions: Decisions,
  ): void => {
    let at = from;
    for (const group of inner) {
      const first = group.arms[0]?.directive ?? 0;
      walkPlain(at, group.from, first);
      other = Math.max(other, first);
      walkGroup(group, decisions);
      at = group.to;
    }
    walkPlain(at, to, lastDirective);
  };

  /** Tokens with the directives between them. */
  const walkPlain = (from: number, to: number, lastDirective: number): void => {
    let at = from;
    while (other < lastDirective) {
      const directive = tokens.directives[other];
      const until = Math.min(to, Math.max(at, directive?.tokensBefore ?? to));
      show(at, until);
      at = until;
      passDirectives(other + 1, true);
    }
    show(at, to);
  };

  const walkGroup = (group: Group, decisions: Decisions): void => {
    const alive = group.arms.filter((arm) => {
      const isAlive = mayHold(arm, known);
      if (!isAlive) markDead(arm);
      return isAlive;
    });
    const endDirective = group.end < 0 ? tokens.directives.length : group.end;
    // To the grammar a directive between the cases of a `switch` ends the case that it stands in.
    const isWhole = group.end >= 0 && frame() !== 'switch' && standsAlone(group, alive);
    const isAtFileScope = isWhole && place.frames.every((each) => each === 'file');
    const outcome = choose(group, alive, isAtFileScope, decisions);
    const together = outcome === TOGETHER;
    outcomes.set(group, outcome);
    if (!isWhole) {
      for (const arm of group.arms) masked[arm.directive] = 1;
      if (group.end >= 0) masked[group.end] = 1;
    }
    group.arms.forEach((arm, index) => {
      const stop = group.arms[index + 1]?.directive ?? endDirective;
      other = arm.directive + 1;
      if (together ? alive.includes(arm) : index === outcome) {
        arms.add(arm);
        const inside = together ? pathDecisions(arm, known, decisions) : decisions;
        walk(arm.from, arm.to, arm.groups, stop, inside);
        other = stop;
      } else {
        passDirectives(stop, isWhole && alive.includes(arm));
        maskConditionals(arm);
      }
    });
    other = group.end < 0 ? other : group.end + 1;
  };

  const markDead = (arm: Arm): void => {
    dead.add(arm);
    for (const group of arm.groups) group.arms.forEach(markDead);
  };

  const maskConditionals = (arm: Arm): void => {
    for (const group of arm.groups) {
      for (const each of group.arms) {
        masked[each.directive] = 1;
        maskConditionals(each);
      }
      if (group.end >= 0) masked[group.end] = 1;
    }
  };

  /** True when each arm is a run of whole declarations or statements. */
  const standsAlone = (group: Group, alive: readonly Arm[]): boolean => {
    if (frame() === 'list') return false;
    if (place.last >= 0 && !';{}:'.includes(textOf(place.last))) return false;
    if (group.to < tokens.count && textOf(group.to) === 'else') return false;
    return alive.every((arm) => {
      if (arm.from < arm.to && !beginsAlone(arm.from)) return false;
      const { net, least, last } = balanceOf(arm);
      return (
        net === 0 && least >= 0 && (last < 0 || isSign(last, ';') || isSign(last, '}') || isSign(last, ':'))
      );
    });
  };

  /** False for what goes on with the code before it: `else`, an operator. */
  const beginsAlone = (index: number): boolean => {
    if (tokens.kind[index] === PUNCTUATION) return '*({+-~;['.includes(text.charAt(tokens.start[index] ?? 0));
    return tokens.kind[index] === IDENTIFIER && textOf(index) !== 'else';
  };

  const balances = new Map<Arm, Balance>();
  const balanceOf = (arm: Arm): Balance => balanceIn(text, tokens, arm, known, balances);

  walk(0, tokens.count, groups, tokens.directives.length, decided);
  return { shown, masked, arms, dead, outcomes };
}

/** How many more brackets a run of code opens than it closes, in the end and at the least on the way. */
interface Balance {
  net: number;
  least: number;
  /** Last token, or -1. */
  last: number;
}

export function balanceIn(
  text: string,
  tokens: Tokens,
  run: Pick<Arm, 'from' | 'to' | 'groups'>,
  known: KnownMacros,
  balances = new Map<object, Balance>(),
): Balance {
  const knownBalance = balances.get(run);
  if (knownBalance) return knownBalance;
  const balance = { net: 0, least: 0, last: -1 };
  const count = (from: number, to: number): void => {
    for (let index = from; index < to; index++) {
      balance.last = index;
      if (tokens.kind[index] !== PUNCTUATION) continue;
      const code = text.charCodeAt(tokens.start[index] ?? 0);
      if (code === 40 || code === 91 || code === 123) balance.net++;
      else if (code === 41 || code === 93 || code === 125)
        balance.least = Math.min(balance.least, --balance.net);
    }
  };
  let at = run.from;
  for (const group of run.groups) {
    count(at, group.from);
    const first = group.arms.find((each) => mayHold(each, known));
    const inner = first && balanceIn(text, tokens, first, known, balances);
    if (inner) {
      balance.least = Math.min(balance.least, balance.net + inner.least);
      balance.net += inner.net;
      if (inner.last >= 0) balance.last = inner.last;
    }
    at = group.to;
  }
  count(at, run.to);
  balances.set(run, balance);
  return balance;
}

const NOTHING_DECIDED: Decisions = decisionsOver(undefined);

/** False for an arm that no build has. */
function mayHold(arm: Arm, known: KnownMacros): boolean {
  if (arm.condition && holds(arm.condition, known, NOTHING_DECIDED) === false) return false;
  return arm.before.every(({ condition }) => !condition || holds(condition, known, NOTHING_DECIDED) !== true);
}

function chosenArm(alive: readonly Arm[], known: KnownMacros, decisions: Decisions): Arm | undefined {
  for (const arm of alive) {
    if (arm.condition === undefined) return arm;
    const value = holds(arm.condition, known, decisions);
    if (value === false) continue;
    if (value === undefined) decide(arm.condition, true, known, decisions);
    return arm;
  }
  return undefined;
}

/** Decisions under which one arm of a group is the code. */
export function pathDecisions(arm: Arm, known: KnownMacros, decisions: Decisions): Decisions {
  const path = decisionsOver(decisions);
  for (const { condition } of arm.before) if (condition) decide(condition, false, known, path);
  if (arm.condition) decide(arm.condition, true, known, path);
  return path;
}

/** The decisions under which an arm and all arms around it are the code; undefined when they contradict each other or `decisions`. */
export function decisionsFor(arm: Arm, known: KnownMacros, decisions: Decisions): Decisions | undefined {
  const outer = arm.outer ? decisionsFor(arm.outer, known, decisions) : decisions;
  if (outer === undefined) return undefined;
  const path = pathDecisions(arm, known, outer);
  if (arm.condition && holds(arm.condition, known, path) !== true) return undefined;
  return arm.before.every(({ condition }) => condition && holds(condition, known, path) === false)
    ? path
    : undefined;
}
