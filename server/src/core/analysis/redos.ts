import { parseRegex } from '../rules/regexParse.ts';
import { overlap, type CharSet } from '../rules/regexSet.ts';
import type { RegexNode } from '../rules/regexTree.ts';

/** Characters of the expression in all its repetitions; larger ones are not judged. */
const MAX_POSITIONS = 150;
/** Counted repetitions up to this are written out; beyond, there is little difference to an endless one. */
const MAX_WRITTEN_OUT = 8;
/** Pairs of steps that are looked at. */
const MAX_PAIR_STEPS = 400_000;

/**
 * Whether a backtracking engine can take catastrophically long on some text: a stretch of text that loops of the expression
 * can divide among them in ever more ways (`(a+)+$`, `(\w|\d)*!`, `\s*\s*x`).
 *
 * @param regexSource as written in source code, without delimiters; what is no regular expression is not prone
 */
export function isRedosProne(regexSource: string): boolean {
  const parsed = parseRegex(regexSource);
  if ('error' in parsed) return false;
  return [parsed.tree.root, ...looksIn(parsed.tree.root)].some((root) => {
    const graph = new Graph();
    const ends = graph.add(root);
    return graph.positions.length <= MAX_POSITIONS && (isExponential(graph) || isPolynomial(graph, ends));
  });
}

/** Look-arounds are expressions of their own. */
function looksIn(node: RegexNode): readonly RegexNode[] {
  switch (node.is) {
    case 'look':
      return [node.of, ...looksIn(node.of)];
    case 'sequence':
    case 'choice':
      return node.of.flatMap(looksIn);
    case 'repeat':
    case 'group':
    case 'atomic':
      return looksIn(node.of);
    case 'set':
    case 'back':
    case 'assert':
    case 'keep':
      return [];
  }
}

/** How a part begins and ends, in positions. */
interface Ends {
  readonly first: readonly number[];
  readonly last: readonly number[];
  readonly mayBeEmpty: boolean;
}

const NOTHING: Ends = { first: [], last: [], mayBeEmpty: true };

/**
 * The expression as a graph: a position for each character of it, and a step to each position that can come next. A step
 * that can be taken in two ways, such as through the inner or the outer loop of `(a+)+`, counts twice.
 */
class Graph {
  readonly positions: CharSet[] = [];
  /** For each position, those that may follow, with the number of ways. */
  readonly next: Map<number, number>[] = [];
  /** Positions in a loop of their own without an end. */
  readonly endless = new Set<number>();

  add(node: RegexNode): Ends {
    if (this.positions.length > MAX_POSITIONS) return NOTHING;
    switch (node.is) {
      case 'set':
        return this.#position(node.set);
      case 'sequence':
        return node.of.reduce<Ends>((before, part) => this.#join(before, this.add(part)), NOTHING);
      case 'choice': {
        const parts = node.of.map((part) => this.add(part));
        return {
          first: parts.flatMap(({ first }) => first),
          last: parts.flatMap(({ last }) => last),
          mayBeEmpty: parts.some(({ mayBeEmpty }) => mayBeEmpty),
        };
      }
      case 'group':
        return this.add(node.of);
      case 'repeat':
        return node.mode === 'possessive' ? this.#unit(node.of, node.min === 0) : this.#repeat(node);
      case 'atomic':
        return this.#unit(node.of, false);
      case 'look':
      case 'back':
      case 'assert':
      case 'keep':
        return NOTHING;
    }
  }

  #repeat({ of, min, max }: Extract<RegexNode, { is: 'repeat' }>): Ends {
    if (max === 0) return NOTHING;
    const writtenOut = max <= MAX_WRITTEN_OUT;
    let ends = NOTHING;
    const needed = writtenOut ? min : Math.min(min, 2) - 1;
    for (let count = 0; count < needed; count++) ends = this.#join(ends, this.add(of));
    if (writtenOut) {
      for (let count = needed; count < max; count++)
        ends = this.#join(ends, { ...this.add(of), mayBeEmpty: true });
      return ends;
    }
    const body = this.add(of);
    for (const from of body.last) for (const to of body.first) this.#step(from, to);
    if (max === Infinity && of.is === 'set') for (const position of body.first) this.endless.add(position);
    return this.#join(ends, { ...body, mayBeEmpty: body.mayBeEmpty || min === 0 });
  }

  /** What one cannot go back into: a single position, of the characters that it can begin with. */
  #unit(of: RegexNode, mayBeEmpty: boolean): Ends {
    const inner = new Graph();
    const { first } = inner.add(of);
    const sets = first.map((position) => inner.positions[position]).filter((set) => set !== undefined);
    const [only] = sets;
    if (only === undefined) return NOTHING;
    const ranges = sets.flatMap((set) => set.ranges);
    const simple = sets.every((set) => !set.negated && set.properties.length === 0);
    const ends = this.#position(simple ? { ...only, ranges } : only);
    return { ...ends, mayBeEmpty };
  }

  #position(set: CharSet): Ends {
    const position = this.positions.push(set) - 1;
    this.next.push(new Map());
    return { first: [position], last: [position], mayBeEmpty: false };
  }

  #join(before: Ends, after: Ends): Ends {
    for (const from of before.last) for (const to of after.first) this.#step(from, to);
    return {
      first: before.mayBeEmpty ? [...before.first, ...after.first] : before.first,
      last: after.mayBeEmpty ? [...before.last, ...after.last] : after.last,
      mayBeEmpty: before.mayBeEmpty && after.mayBeEmpty,
    };
  }

  #step(from: number, to: number): void {
    const next = this.next[from];
    next?.set(to, (next.get(to) ?? 0) + 1);
  }
}

/**
 * From some position, one can come back to it in two ways on the same text: each round doubles the ways. Two walkers start
 * there together, take the same characters, part, and meet there again.
 */
function isExponential(graph: Graph): boolean {
  const { positions, next } = graph;
  const count = positions.length;
  const overlaps = positions.map((set) => positions.map((other) => overlap(set, other)));
  let steps = 0;
  for (let start = 0; start < count; start++) {
    // Pairs that the walkers can be at: together all the time, or parted once.
    const together = new Uint8Array(count);
    const parted = new Uint8Array(count * count);
    const open: (readonly [one: number, other: number, parted: boolean])[] = [[start, start, false]];
    for (let pair = open.pop(); pair !== undefined; pair = open.pop()) {
      const [one, other, apart] = pair;
      for (const [to, ways] of next[one] ?? []) {
        for (const [otherTo] of next[other] ?? []) {
          if (++steps > MAX_PAIR_STEPS) return false;
          if (overlaps[to]?.[otherTo] !== true) continue;
          const nowApart = apart || to !== otherTo || ways > 1;
          if (nowApart && to === start && otherTo === start) return true;
          const seen = nowApart ? parted : together;
          const key = nowApart ? to * count + otherTo : to;
          if (seen[key] === 1) continue;
          seen[key] = 1;
          open.push([to, otherTo, nowApart]);
        }
      }
    }
  }
  return false;
}

/** Two endless loops side by side over the same characters, with something behind them that can fail. */
function isPolynomial({ positions, next, endless }: Graph, { last }: Ends): boolean {
  const final = new Set(last);
  for (const from of endless) {
    for (const to of endless) {
      const [one, other] = [positions[from], positions[to]];
      if (from === to || final.has(to) || next[from]?.has(to) !== true) continue;
      if (one !== undefined && other !== undefined && overlap(one, other)) return true;
    }
  }
  return false;
}
