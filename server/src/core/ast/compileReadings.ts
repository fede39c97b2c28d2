import type { Grammar } from '../syntax/grammar.ts';
import { CONSTRUCTS, rolesOf, type ConstructKind } from './kinds.ts';
import { orderOf, type OperatorOrder } from './regroup.ts';
import type { Reading, Readings, Source } from '../syntax/readings.ts';

/** Readings with the grammar's numbers in them. */
export interface CompiledReadings {
  /** By kind; undefined for the grammar's own. */
  readonly byKind: readonly (readonly CompiledReading[] | undefined)[];
  readonly declarators: CompiledDeclarators | undefined;
  readonly tokenFrames: readonly CompiledFrame[];
  /** Undefined where the grammar groups operators as its language does. */
  readonly operatorOrder: OperatorOrder | undefined;
  /** What the profile says and the grammar or the vocabulary does not know. */
  readonly unknown: readonly string[];
}

export interface CompiledDeclarators {
  readonly wrappers: ReadonlyMap<number, string>;
  readonly functionKind: number;
  readonly parameters: CompiledSource;
  readonly innerField: number;
}

/** A frame in which tokens are parsed again. */
export interface CompiledFrame {
  readonly before: string;
  readonly after: string;
  readonly read: CompiledSource;
}

export interface CompiledReading {
  readonly is: string;
  /** All must hold; empty for a reading that always applies. */
  readonly when: readonly { readonly selector: Selector; readonly negated: boolean }[];
  readonly of: CompiledSource | undefined;
  readonly as: readonly CompiledReading[];
  readonly text: string | undefined;
  readonly declarator: Selector | undefined;
  readonly roles: readonly {
    readonly role: string;
    readonly source: CompiledSource;
    /** Takes what no other role took: read last. */
    readonly usesRest: boolean;
  }[];
  readonly hasRest: boolean;
  /** Some of it stands beside the node: the construct reaches that far. */
  readonly hasSiblings: boolean;
}

export type CompiledSource = readonly (Selector | CompiledReading)[];

/** Alternatives are in `CompiledSource`; this is one selector: a union of paths. */
export interface Selector {
  readonly paths: readonly (readonly Step[])[];
}

export type Step =
  | { readonly step: 'field'; readonly field: number }
  | { readonly step: 'kind'; readonly kinds: readonly number[] }
  | { readonly step: 'parent'; readonly kinds?: readonly number[] }
  | { readonly step: 'named' | 'unfielded' | 'tokens' | 'self' | 'blank' | 'rest' }
  | { readonly step: 'nth'; readonly index: number }
  /** A sibling next to the node; `kinds` undefined for any that is named. */
  | { readonly step: 'next' | 'previous'; readonly kinds: readonly number[] | undefined }
  | { readonly step: 'ifText'; readonly text: string }
  /** The child in this place, when it is a token. */
  | { readonly step: 'tokenAt'; readonly index: number }
  /** Children between two kinds, as a node of their own; without a kind from the first or up to the last child. */
  | {
      readonly step: 'run';
      readonly from: readonly number[] | undefined;
      readonly to: readonly number[] | undefined;
    }
  | { readonly step: 'text'; readonly text: string };

/** What a reading does instead of naming a construct. */
export const SPECIAL: readonly string[] = [
  'same',
  'splice',
  'each',
  'merge',
  'skip',
  'fragment',
  'concatenation',
  'raw',
  'chain',
  'nest',
  'fold',
  'split',
  'leaf',
  'parsed',
];

export function compileReadings(grammar: Grammar, readings: Readings): CompiledReadings {
  const unknown: string[] = [];
  const byKind: (readonly CompiledReading[] | undefined)[] = [];
  const compiler = new ReadingCompiler(grammar, unknown);
  for (const [name, reading] of Object.entries(readings)) {
    const kinds = grammar.kindsNamed(name);
    if (kinds.length === 0) unknown.push(name);
    const list: readonly Reading[] = isList(reading) ? reading : [reading];
    const compiled = list.map((each) => compiler.reading(each));
    for (const kind of kinds) byKind[kind] = compiled;
  }
  const profile = grammar.definition.profile.declarators;
  const declarators: CompiledDeclarators | undefined = profile && {
    wrappers: new Map(
      Object.entries(profile.wrappers).map(([name, construct]) => [compiler.kind(name), construct]),
    ),
    functionKind: compiler.kind(profile.function.kind),
    parameters: compiler.source(profile.function.parameters),
    innerField: compiler.field(profile.inner),
  };
  const tokenFrames = (grammar.definition.profile.tokenFrames ?? []).map(({ before, after, read }) => ({
    before,
    after,
    read: compiler.source(read),
  }));
  const { operatorOrder: groups } = grammar.definition.profile;
  const operatorOrder = groups && orderOf(groups);
  return { byKind, declarators, tokenFrames, operatorOrder, unknown };
}

class ReadingCompiler {
  readonly #grammar: Grammar;
  readonly #unknown: string[];

  constructor(grammar: Grammar, unknown: string[]) {
    this.#grammar = grammar;
    this.#unknown = unknown;
  }

  reading(reading: Reading): CompiledReading {
    const { is, when, of, as, text, declarator, ...others } = reading;
    const known = rolesOf(is);
    if (known === undefined && !SPECIAL.includes(is) && !is.startsWith(':')) this.#unknown.push(`is: ${is}`);
    const names = Object.keys(others);
    const possible = is === 'merge' ? ALL_ROLES : new Set(Object.keys(known ?? {}));
    for (const name of names) if (!possible.has(name)) this.#unknown.push(`${is}.${name}`);
    const roles = names.map((role) => {
      const source = this.source(others[role] ?? []);
      return { role, source, usesRest: usesRest(source) };
    });
    return {
      is,
      when: when === undefined ? [] : when.split(' & ').map((each) => this.#condition(each)),
      of: of === undefined ? undefined : this.source(of),
      as: as === undefined ? [] : (isList(as) ? as : [as]).map((each) => this.reading(each)),
      text,
      declarator: declarator === undefined ? undefined : this.#selector(declarator),
      roles,
      hasRest: JSON.stringify(reading).includes('rest'),
      hasSiblings: names.some((role) => startsBeside(others[role] ?? [])),
    };
  }

  source(source: Source): CompiledSource {
    const list: readonly (string | Reading)[] =
      typeof source === 'string' ? [source] : isList(source) ? source : [source];
    return list.map((each) => (typeof each === 'string' ? this.#selector(each) : this.reading(each)));
  }

  kind(name: string): number {
    const kind = this.#grammar.kind(name);
    if (kind < 0) this.#unknown.push(name);
    return kind;
  }

  field(name: string): number {
    const field = this.#grammar.field(name);
    if (field < 0) this.#unknown.push(`field ${name}`);
    return field;
  }

  #condition(when: string): { selector: Selector; negated: boolean } {
    const negated = when.startsWith('!');
    return { selector: this.#selector(negated ? when.slice(1) : when), negated };
  }

  #selector(text: string): Selector {
    return { paths: text.split(' + ').map((path) => this.#path(path)) };
  }

  #path(path: string): Step[] {
    if (path.startsWith('=')) return [{ step: 'text', text: path.slice(1) }];
    return path.split(/\/(?!$)/).map((step): Step => {
      switch (step) {
        case '*':
          return { step: 'named' };
        case '~':
          return { step: 'unfielded' };
        case '@':
          return { step: 'tokens' };
        case '.':
          return { step: 'self' };
        case '_':
          return { step: 'blank' };
        case '^':
          return { step: 'parent' };
        case 'rest':
          return { step: 'rest' };
      }
      if (step.startsWith('?')) return { step: 'ifText', text: step.slice(1) };
      const side = step.startsWith('>') ? 'next' : step.startsWith('<') ? 'previous' : undefined;
      if (side)
        return { step: side, kinds: step.slice(1) === '*' ? undefined : this.#kindsOf(step.slice(2)) };
      if (/^#-?\d+$/.test(step)) return { step: 'nth', index: Number(step.slice(1)) };
      if (/^@-?\d+$/.test(step)) return { step: 'tokenAt', index: Number(step.slice(1)) };
      const run = /^([^:^].*?)?\.\.(.*)$/.exec(step);
      if (run) return { step: 'run', from: this.#kindsOf(run[1]), to: this.#kindsOf(run[2]) };
      const isParent = step.startsWith('^:');
      if (!isParent && !step.startsWith(':')) return { step: 'field', field: this.field(step) };
      const kinds = this.#kindsOf(step.slice(isParent ? 2 : 1)) ?? [];
      return { step: isParent ? 'parent' : 'kind', kinds };
    });
  }

  #kindsOf(name: string | undefined): readonly number[] | undefined {
    if (name === undefined || name === '') return undefined;
    const kinds = this.#grammar.kindsNamed(name);
    if (kinds.length === 0) this.#unknown.push(`:${name}`);
    return kinds;
  }
}

/** True when a reading depends on what stands beside or around the node. */
export function looksAround({ when, of, as, declarator, roles }: CompiledReading): boolean {
  return (
    when.some(({ selector }) => leavesNode(selector)) ||
    (declarator !== undefined && leavesNode(declarator)) ||
    [of ?? [], ...roles.map(({ source }) => source)].some((source) =>
      source.some((each) => ('is' in each ? looksAround(each) : leavesNode(each))),
    ) ||
    as.some(looksAround)
  );
}

function leavesNode({ paths }: Selector): boolean {
  return paths.some(([first]) => first !== undefined && LEAVING.has(first.step));
}

const LEAVING: ReadonlySet<Step['step']> = new Set(['parent', 'next', 'previous']);

function usesRest(source: CompiledSource): boolean {
  return source.some(
    (each) => !('is' in each) && each.paths.some((path) => path.some(({ step }) => step === 'rest')),
  );
}

const ALL_ROLES: ReadonlySet<string> = new Set(
  Object.keys(CONSTRUCTS).flatMap((kind) => Object.keys(CONSTRUCTS[kind as ConstructKind])),
);

function startsBeside(source: Source): boolean {
  if (typeof source === 'string') return source.split(' + ').some((path) => /^[<>]/.test(path));
  return isList(source) && source.some(startsBeside);
}

function isList<T>(value: T | readonly T[]): value is readonly T[] {
  return Array.isArray(value);
}
