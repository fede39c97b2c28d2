import { nearestAmong } from '../base/nearest.ts';
import type { LanguageSet } from '../syntax/languageSet.ts';
import { listOf, type KeyPath, type Reading } from './reading.ts';

/** Without a grammar: text with holes, and text alone. */
const TEXT_LANGUAGES: Readonly<Record<string, 'generic' | 'regex'>> = { generic: 'generic', regex: 'regex', none: 'regex' };

/** Names that rules also use for a language, where the language itself does not list them. */
const OLDER_NAMES: Readonly<Record<string, string>> = { python2: 'python', python3: 'python' };

/** Names of languages that rules are written for; those that the product lacks are passed over and told. */
const KNOWN_NAMES: ReadonlySet<string> = new Set(
  `apex bash sh c cairo circom clojure cpp c++ csharp c# dart dockerfile docker elixir ex fsharp generic go golang gosu hack
  hcl html java javascript js json jsonnet julia kotlin kt lisp lua move_on_aptos move_on_sui none objc ocaml perl php
  powershell promql proto proto3 protobuf py python python2 python3 ql r regex ruby rb rust scala scheme sol solidity swift
  terraform tf toml ts typescript vb visualforce vue xml yaml zig`.split(/\s+/),
);

/** Identifier of the language that a rule names; undefined when the product does not have it. */
export function resolveLanguage(languages: LanguageSet, name: string): string | undefined {
  const lower = name.toLowerCase();
  if (Object.hasOwn(TEXT_LANGUAGES, lower)) return TEXT_LANGUAGES[lower];
  const older = Object.hasOwn(OLDER_NAMES, lower) ? OLDER_NAMES[lower] : undefined;
  return (languages.ofName(name) ?? (older === undefined ? undefined : languages.ofName(older)))?.id;
}

/**
 * Reads a rule's `languages`. Of known and unknown ones the rule loads for those that the product has, and the others are told;
 * a rule for none of them, and a name that no language has, is refused.
 */
export function readLanguages(
  reading: Reading,
  value: unknown,
  place: KeyPath,
  languages: LanguageSet,
): readonly string[] {
  if (!Array.isArray(value)) return [];
  const ids = new Set<string>();
  const lacking: string[] = [];
  for (const [index, entry] of value.entries()) {
    // That an entry must be a text is told where shapes are checked.
    if (typeof entry === 'object') continue;
    const name = String(entry);
    const id = resolveLanguage(languages, name);
    if (id !== undefined) {
      ids.add(id);
      for (const part of languages.definitions) if (part.partOf === id) ids.add(part.id);
    } else if (KNOWN_NAMES.has(name.toLowerCase())) {
      lacking.push(name);
    } else {
      const [guess] = nearestAmong([...KNOWN_NAMES, ...languages.definitions.map((each) => each.id)])(name, 1);
      reading.refuse([...place, index], `\`${name}\` is not the name of a language${guess === undefined ? '.' : `: did you mean \`${guess}\`?`}`);
    }
  }
  if (lacking.length > 0 && ids.size === 0) {
    const known = [...languages.definitions.map((each) => each.id), 'generic', 'regex'];
    reading.refuse(place, `\`${lacking.join('`, `')}\` cannot be read by this version, which has ${listOf(known)}.`);
  } else if (lacking.length > 0) {
    reading.remark(place, 'information', `does not run on ${listOf(lacking)}, which this version cannot read.`);
  }
  return [...ids];
}
