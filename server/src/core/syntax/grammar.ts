import { Parser, type Language } from 'web-tree-sitter';

import { NO_MACROS, tableOfShapes, type MacroTable } from '../preprocess/macros.ts';
import type { LanguageDefinition } from './language.ts';
import type { Reading, Readings } from './readings.ts';

/**
 * A loaded grammar. Several symbols of a grammar can have one name (aliases, hidden variants); here each name, named or
 * anonymous, is one kind.
 */
export interface Grammar {
  readonly definition: LanguageDefinition;
  /** What parses and runs queries; none for files that are read as plain text. */
  readonly runtime: { readonly language: Language; readonly parser: Parser } | undefined;
  /** Kind of a node by its symbol. */
  kindOfSymbol(symbol: number): number;
  /** Kind of a named node, or -1 when the grammar has none of that name. */
  kind(name: string): number;
  kindName(kind: number): string;
  /** Kinds of a name, named or not; empty when the grammar has none. */
  kindsNamed(name: string): readonly number[];
  isNamed(kind: number): boolean;
  /** Number of a field, or -1 when the grammar has none of that name. */
  field(name: string): number;
  /** Name of a field, empty for none. */
  fieldName(field: number): string;
  readonly errorKind: number;
  readonly roles: Roles;
  /** Macros of well-known platforms, where the language has a preprocessor. */
  readonly shared: MacroTable;
  /** Trees of this grammar that are not freed yet. */
  liveTrees: number;
}

/** Kinds that the engine asks for in the table itself; all else is read through `ast/readAst.ts`. */
export interface Roles {
  readonly comments: ReadonlySet<number>;
  readonly identifiers: ReadonlySet<number>;
  readonly modifiers: ReadonlySet<number>;
  readonly units: ReadonlyMap<number, 'function' | 'type' | 'declaration'>;
  readonly madeUp: ReadonlySet<number>;
  readonly valueTokens: ReadonlySet<number>;
}

/** @returns the grammar, and the names in the profile that the grammar does not know */
export function grammarOf(
  definition: LanguageDefinition,
  language: Language,
): { grammar: Grammar; unknown: string[] } {
  const { kinds, named, canonical, byName } = kindsOf(language);
  const fields = new Map<string, number>();
  language.fields.forEach((name, id) => {
    if (name !== null) fields.set(name, id);
  });
  const allByName = new Map<string, number[]>();
  kinds.forEach((name, id) => {
    const known = allByName.get(name);
    if (known) known.push(id);
    else allByName.set(name, [id]);
  });
  const unknown: string[] = [];
  const kind = (name: string): number => byName.get(name) ?? -1;
  const field = (name: string): number => fields.get(name) ?? -1;
  const checked = (id: number, name: string): number => {
    if (id < 0) unknown.push(name);
    return id;
  };
  const setOf = (names: readonly string[]): Set<number> =>
    new Set(names.map((name) => checked(kind(name), name)));
  const { profile } = definition;
  for (const name of profile.nameFields)
    checked(name.startsWith(':') ? kind(name.slice(1)) : field(name), name);
  /** Kinds that read as one construct, unless a condition says otherwise. */
  const kindsRead = (is: string): Set<number> =>
    new Set(
      Object.entries(profile.nodes).flatMap(([name, reading]) =>
        readsAs(reading, is) ? (allByName.get(name) ?? []) : [],
      ),
    );
  const parser = new Parser();
  parser.setLanguage(language);
  const grammar: Grammar = {
    definition,
    runtime: { language, parser },
    // The ERROR node's symbol (65535) lies outside the table.
    kindOfSymbol: (symbol) => canonical[symbol] ?? kinds.length - 1,
    kind,
    kindName: (id) => kinds[id] ?? 'ERROR',
    isNamed: (id) => named[id] ?? true,
    field,
    kindsNamed: (name) => allByName.get(name) ?? [],
    fieldName: (id) => language.fields[id] ?? '',
    errorKind: kinds.length - 1,
    shared: definition.macros ? tableOfShapes(definition.macros) : NO_MACROS,
    liveTrees: 0,
    roles: {
      comments: setOf(profile.comments),
      identifiers: kindsRead('identifier'),
      modifiers: new Set([...kindsRead('token'), ...kindsRead('annotation')]),
      units: new Map(
        Object.entries(profile.units).map(([name, unitKind]) => [checked(kind(name), name), unitKind]),
      ),
      madeUp: setOf(profile.madeUp ?? []),
      valueTokens: new Set(
        (profile.valueTokens ?? []).flatMap((name) => allByName.get(name) ?? [checked(-1, name)]),
      ),
    },
  };
  return { grammar, unknown };
}

function readsAs(reading: Readings[string], is: string): boolean {
  const readings: readonly Reading[] = 'is' in reading ? [reading] : reading;
  return readings.some((each) => each.is === is && each.when === undefined);
}

/** Numbers each distinct (name, named) pair; the last number is the ERROR node. */
function kindsOf(language: Language): {
  kinds: string[];
  named: boolean[];
  canonical: number[];
  byName: Map<string, number>;
} {
  const kinds: string[] = [];
  const named: boolean[] = [];
  const canonical: number[] = [];
  const byName = new Map<string, number>();
  const byKey = new Map<string, number>();
  for (let symbol = 0; symbol < language.nodeTypeCount; symbol++) {
    const name = language.nodeTypeForId(symbol) ?? '';
    const isNamed = language.nodeTypeIsNamed(symbol);
    const key = `${isNamed ? 'n' : 'a'}${name}`;
    let id = byKey.get(key);
    if (id === undefined) {
      id = kinds.length;
      byKey.set(key, id);
      kinds.push(name);
      named.push(isNamed);
      if (isNamed) byName.set(name, id);
    }
    canonical[symbol] = id;
  }
  byName.set('ERROR', kinds.length);
  kinds.push('ERROR');
  named.push(true);
  return { kinds, named, canonical, byName };
}
