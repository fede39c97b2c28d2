import type { Grammar } from '../syntax/grammar.ts';
import { at, type SyntaxTable } from '../syntax/syntaxTable.ts';
import type { Selector, Step } from './compileReadings.ts';
import { NAMED, weightsOf } from './kindWeights.ts';

/** What a selector picked: a node of the view, or a constant token. */
export type Picked = number | { readonly text: string };

/** Some children of a node that stand one after the other, seen as a node of their own. */
interface Run {
  readonly parent: number;
  readonly children: readonly number[];
}

/** Where the code of a table stands in the file. */
export interface TablePlace {
  /** What to add to the table's offsets. */
  readonly shift: number;
  /** Node of the file's table that all of it was read from; undefined for the file's table itself. */
  readonly raw: number | undefined;
}

export const OWN_PLACE: TablePlace = { shift: 0, raw: undefined };

/**
 * A syntax table as selectors see it. Numbers below `table.count` are nodes of the table; those from there on are runs of
 * children, which selectors (`a..b`) and splits make: some grammars put side by side what belongs together in groups.
 */
export class TableView {
  readonly grammar: Grammar;
  readonly table: SyntaxTable;
  readonly text: string;
  readonly #place: TablePlace;
  readonly #runs: Run[] = [];
  readonly #weights: Uint8Array;

  /** @param text the text that was parsed */
  constructor(grammar: Grammar, table: SyntaxTable, text: string, place: TablePlace) {
    this.grammar = grammar;
    this.table = table;
    this.text = text;
    this.#place = place;
    this.#weights = weightsOf(grammar);
  }

  /** The node of the file's table that a node was read from: of a run the one whose children they are. */
  rawOf(node: number): number {
    return this.#place.raw ?? this.#nodeOf(node);
  }

  #nodeOf(node: number): number {
    let at = node;
    for (let run = this.#run(at); run !== undefined; run = this.#run(at)) at = run.parent;
    return at;
  }

  kind(node: number): number {
    return at(this.table.kind, node < this.table.count ? node : this.#nodeOf(node));
  }

  /** Offsets are those of the file. */
  start(node: number): number {
    const run = this.#run(node);
    const [first] = run?.children ?? [];
    return at(this.table.start, first ?? this.#nodeOf(node)) + this.#place.shift;
  }

  end(node: number): number {
    const run = this.#run(node);
    const last = run?.children.at(-1);
    return at(this.table.end, last ?? this.#nodeOf(node)) + this.#place.shift;
  }

  textOf(node: number): string {
    const { shift } = this.#place;
    return this.text.slice(this.start(node) - shift, this.end(node) - shift);
  }

  /** All children, comments and punctuation too. */
  everyChildOf(node: number): readonly number[] {
    const run = this.#run(node);
    if (run !== undefined) return run.children;
    const children: number[] = [];
    const end = at(this.table.next, node);
    for (let child = node + 1; child < end; child = at(this.table.next, child)) children.push(child);
    return children;
  }

  /** Children without comments and punctuation. */
  childrenOf(node: number): number[] {
    return this.#childrenFrom(node, 1);
  }

  /** Children that are no tokens. */
  namedChildrenOf(node: number): number[] {
    return this.#childrenFrom(node, NAMED);
  }

  /** Children that count at least so much: see `weightsOf`. This is asked of every node of every file. */
  #childrenFrom(node: number, least: number): number[] {
    const run = this.#run(node);
    if (run !== undefined) return run.children.filter((child) => this.#weight(child) >= least);
    const children: number[] = [];
    const end = at(this.table.next, node);
    for (let child = node + 1; child < end; child = at(this.table.next, child)) {
      if ((this.#weights[at(this.table.kind, child)] ?? 0) >= least) children.push(child);
    }
    return children;
  }

  #weight(node: number): number {
    return this.#weights[this.kind(node)] ?? 0;
  }

  /** Runs of children between separators, without these; empty runs are left out. */
  split(node: number, separator: string): number[] {
    const runs: number[] = [];
    let children: number[] = [];
    const finish = (): void => {
      if (children.length > 0) runs.push(this.#addRun(node, children));
      children = [];
    };
    for (const child of this.everyChildOf(node)) {
      const kind = this.kind(child);
      if (this.#isComment(kind)) continue;
      if (this.grammar.kindName(kind) === separator && !this.grammar.isNamed(kind)) finish();
      else children.push(child);
    }
    finish();
    return runs;
  }

  select(selector: Selector, node: number, taken: Set<number> | undefined): readonly Picked[] {
    const [path, second] = selector.paths;
    if (path === undefined) return [];
    if (second === undefined) return this.#follow(path, node, taken);
    const all = selector.paths.flatMap((each) => this.#follow(each, node, taken));
    return all.sort((a, b) =>
      typeof a === 'number' && typeof b === 'number' ? this.start(a) - this.start(b) || a - b : 0,
    );
  }

  #run(node: number): Run | undefined {
    return node < this.table.count ? undefined : this.#runs[node - this.table.count];
  }

  #addRun(parent: number, children: readonly number[]): number {
    this.#runs.push({ parent, children });
    return this.table.count + this.#runs.length - 1;
  }

  #isComment(kind: number): boolean {
    return this.grammar.roles.comments.has(kind);
  }

  #follow(path: readonly Step[], node: number, taken: Set<number> | undefined): readonly Picked[] {
    const [first] = path;
    if (first === undefined) return [node];
    if (first.step === 'text') return [{ text: first.text }];
    let nodes = this.#step(first, node, taken);
    if (taken) for (const each of nodes) taken.add(each);
    for (let index = 1; index < path.length; index++) {
      const step = path[index];
      if (step === undefined) continue;
      nodes = nodes.flatMap((each) => this.#step(step, each, taken));
      if (taken && step.step === 'next') for (const each of nodes) taken.add(each);
    }
    return nodes;
  }

  #step(step: Step, node: number, taken: Set<number> | undefined): number[] {
    const { table, grammar } = this;
    switch (step.step) {
      case 'self':
        return [node];
      case 'blank':
        return this.textOf(node).trim() === '' ? [node] : [];
      case 'parent': {
        const run = this.#run(node);
        const parent = run?.parent ?? (node > 0 ? at(table.parent, node) : -1);
        return parent < 0 || step.kinds?.includes(this.kind(parent)) === false ? [] : [parent];
      }
      case 'text':
        return [];
      case 'field':
        return this.childrenOf(node).filter((child) => table.field[child] === step.field);
      case 'kind':
        return this.everyChildOf(node).filter((child) => step.kinds.includes(this.kind(child)));
      case 'tokens':
        return this.childrenOf(node).filter((child) => this.#weight(child) < NAMED);
      case 'named':
        return this.namedChildrenOf(node);
      case 'unfielded':
        return this.namedChildrenOf(node).filter((child) => grammar.fieldName(at(table.field, child)) === '');
      case 'rest':
        return this.namedChildrenOf(node).filter((child) => taken?.has(child) !== true);
      case 'nth': {
        const child = this.namedChildrenOf(node).at(step.index);
        return child === undefined ? [] : [child];
      }
      case 'tokenAt': {
        const child = this.childrenOf(node).at(step.index);
        return child === undefined || this.#weight(child) === NAMED ? [] : [child];
      }
      case 'ifText':
        return this.textOf(node) === step.text ? [node] : [];
      case 'next':
      case 'previous': {
        const sibling = this.#siblingOf(node, step.step === 'next' ? 1 : -1);
        if (sibling === undefined) return [];
        const kind = this.kind(sibling);
        return (step.kinds?.includes(kind) ?? this.#weight(sibling) === NAMED) ? [sibling] : [];
      }
      case 'run':
        return this.#runBetween(node, step.from, step.to);
    }
  }

  /** The child of the parent that stands before or behind a node; undefined for the first or last, and for a run. */
  #siblingOf(node: number, side: 1 | -1): number | undefined {
    if (node === 0 || this.#run(node) !== undefined) return undefined;
    const siblings = this.childrenOf(at(this.table.parent, node));
    const index = siblings.indexOf(node);
    return index < 0 ? undefined : siblings[index + side];
  }

  /** Children after the first of one kind and before the next of another. */
  #runBetween(
    node: number,
    from: readonly number[] | undefined,
    to: readonly number[] | undefined,
  ): number[] {
    const children = this.everyChildOf(node);
    const first = from === undefined ? 0 : children.findIndex((child) => from.includes(this.kind(child))) + 1;
    if (from !== undefined && first === 0) return [];
    const rest = children.slice(first);
    const length = to === undefined ? -1 : rest.findIndex((child) => to.includes(this.kind(child)));
    const inside = length < 0 ? rest : rest.slice(0, length);
    return inside.length === 0 ? [] : [this.#addRun(node, inside)];
  }
}
