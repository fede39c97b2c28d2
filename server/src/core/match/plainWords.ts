import type { Grammar } from '../syntax/grammar.ts';
import { at, firstAtOrAfter } from '../syntax/syntaxTable.ts';
import { freeTree, parseText } from '../syntax/syntaxTree.ts';
import { findHoles } from './holes.ts';
import { impliedWords } from './impliedWords.ts';

/** Shorter words are prefixes of literals (`br"..."`) as often as names. */
const MIN_LENGTH = 3;
/** Words and the signs around them that join them to something else. */
const WORDS = /[\w$\0]+/g;
const NAME = /^[A-Za-z_]\w*$/;

/**
 * Words of a pattern's text, outside of its strings, comments and holes: told without parsing. Those of them that the language
 * reads as names (see `namesAmong`) stand in any code that the pattern matches.
 */
export function wordsOfPattern(text: string, grammar: Grammar): readonly string[] {
  // Text and code of a template with back quotes cannot be told apart here.
  if (text.includes('`')) return [];
  const { profile } = grammar.definition;
  const { code, holes } = findHoles(text, profile);
  const implicit = impliedWords(profile);
  const words = (code.match(WORDS) ?? []).filter(
    (word) => word.length >= MIN_LENGTH && NAME.test(word) && !implicit.has(word),
  );
  const inner = holes.flatMap((hole) => (hole.type === 'deep' ? wordsOfPattern(hole.text, grammar) : []));
  return [...words, ...inner];
}

const known = new WeakMap<Grammar, Map<string, boolean>>();

/** Whether a grammar reads words as names, by the word. Plain data. */
export type PreparedNames = Readonly<Record<string, boolean>>;

/** Takes what `preparedNames` of the same build gave: the parser is not asked for these words again. */
export function keepNames(grammar: Grammar, names: PreparedNames): void {
  const answers = answersFor(grammar);
  for (const [word, isName] of Object.entries(names)) answers.set(word, isName);
}

/** All words that the parser was asked for so far. */
export function preparedNames(grammar: Grammar): PreparedNames {
  return Object.fromEntries(answersFor(grammar));
}

function answersFor(grammar: Grammar): Map<string, boolean> {
  let answers = known.get(grammar);
  if (answers === undefined) known.set(grammar, (answers = new Map<string, boolean>()));
  return answers;
}

/**
 * The words that a grammar reads as names. Keywords and built-in types are none: the rule language lets code write them
 * otherwise, or leave them out.
 */
export function namesAmong(words: Iterable<string>, grammar: Grammar): ReadonlySet<string> {
  const answers = answersFor(grammar);
  const all = new Set(words);
  const asked = [...all].filter((word) => !answers.has(word));
  if (asked.length > 0) for (const [word, isName] of ask(asked, grammar)) answers.set(word, isName);
  return new Set([...all].filter((word) => answers.get(word)));
}

/** Lets the parser read all of them at once, each where an expression stands. */
function ask(words: readonly string[], grammar: Grammar): Map<string, boolean> {
  const frame = grammar.definition.profile.patternContexts.find(({ role }) => role === 'expression');
  if (frame === undefined) return new Map(words.map((word) => [word, false]));
  const places: number[] = [];
  let text = '';
  for (const word of words) {
    text += frame.before;
    places.push(text.length);
    text += `${word}${frame.after}\n`;
  }
  const syntax = parseText(grammar, text);
  const { table } = syntax;
  freeTree(syntax);
  return new Map(
    words.map((word, index) => {
      const start = places[index] ?? 0;
      let node = firstAtOrAfter(table, start);
      while (node < table.count && at(table.next, node) !== node + 1) node++;
      const isAlone = at(table.start, node) === start && at(table.end, node) === start + word.length;
      const isName = isAlone && grammar.roles.identifiers.has(at(table.kind, node));
      return [word, isName && grammar.kindsNamed(word).length === 0];
    }),
  );
}
