/**
 * The text with a capital letter at the start of each attribute of JSX that is named by one of the words, as in `<label for="a">`: the
 * grammar takes such a word for a keyword, and would lose the element. Nothing but names of attributes is changed, and no two become the same.
 *
 * @param words keywords, in small letters
 */
export function withAttributeNames(text: string, words: readonly string[]): string {
  if (words.length === 0 || !OPENING_TAG.test(text)) return text;
  const places = namesIn(text, new Set(words));
  if (places.length === 0) return text;
  let result = '';
  let from = 0;
  for (const place of places) {
    result += text.slice(from, place) + text.charAt(place).toUpperCase();
    from = place + 1;
  }
  return result + text.slice(from);
}

/** What the scanner is in: code, the text of a template, a tag that is open, the content of an element. */
type Mode = 'code' | 'template' | 'tag' | 'content';

const OPENING_TAG = /<[\p{ID_Start}$_][^\s<>]*\s/u;
const LAYOUT = /(?:\s|\/\/[^\n]*|\/\*(?:[^*]|\*(?!\/))*(?:\*\/|$))+/y;
const WORD = /[\p{ID_Start}$_#@][\p{ID_Continue}$]*|\d[\w.]*/uy;
// What is not closed ends with its line: to look on from its second character would take the line's length once for each of its signs.
const STRING = /"(?:[^"\\\n]|\\[^])*"?|'(?:[^'\\\n]|\\[^])*'?/y;
const REGEX = /\/(?:[^/\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\]?)+\/?\w*/y;
const TEMPLATE = /(?:[^`\\$]|\\[^]|\$(?!\{))+/y;
/** A tag begins where an operand may stand, with a name, or none in a fragment. */
const TAG = /<(?:(?:[\p{ID_Start}$_][\p{ID_Continue}$.:-]*)(?=[\s/>{])|(?=>))/uy;
const ATTRIBUTE = /[\p{ID_Start}$_][\p{ID_Continue}$-]*/uy;
const ATTRIBUTE_VALUE = /"[^"]*"|'[^']*'/y;
const CLOSING_TAG = /<\/[^<>{}"']*>/y;
const TEXT = /[^<{]+/y;
const STEP = /\+\+|--/y;

/** Words behind which an operand stands. */
const BEFORE_OPERAND: ReadonlySet<string> = new Set([
  'return',
  'typeof',
  'case',
  'do',
  'else',
  'in',
  'instanceof',
  'new',
  'void',
  'delete',
  'throw',
  'yield',
  'await',
  'default',
  'extends',
  'of',
]);

/** Where attributes begin that are named by one of the words. What cannot be followed ends the search. */
function namesIn(text: string, words: ReadonlySet<string>): readonly number[] {
  const places: number[] = [];
  const modes: Mode[] = ['code'];
  let at = 0;
  /** What stands before is an operand: a `<` compares, a `/` divides. */
  let isOperand = false;
  const read = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    if (found !== undefined) at += found.length;
    return found;
  };
  const enter = (mode: Mode): void => {
    modes.push(mode);
    isOperand = false;
  };
  const leave = (wasOperand: boolean): void => {
    if (modes.length > 1) modes.pop();
    isOperand = wasOperand;
  };
  const readCode = (): void => {
    if (read(LAYOUT) !== undefined || read(STEP) !== undefined) return;
    const isMember = text[at - 1] === '.';
    const word = read(WORD);
    if (word !== undefined) isOperand = isMember || !BEFORE_OPERAND.has(word);
    else if (read(STRING) !== undefined) isOperand = true;
    else if (!isOperand && read(REGEX) !== undefined) isOperand = true;
    else if (!isOperand && read(TAG) !== undefined) enter('tag');
    else {
      const sign = text[at++];
      if (sign === '`') enter('template');
      else if (sign === '{') enter('code');
      else if (sign === '}') leave(false);
      else isOperand = sign === ')' || sign === ']';
    }
  };
  const readTemplate = (): void => {
    if (read(TEMPLATE) !== undefined) return;
    if (text[at] === '`') leave(true);
    else enter('code');
    at += text[at] === '`' ? 1 : 2;
  };
  /** @returns false for what stands in no tag */
  const readTag = (): boolean => {
    if (read(LAYOUT) !== undefined || read(ATTRIBUTE_VALUE) !== undefined) return true;
    const start = at;
    const name = read(ATTRIBUTE);
    if (name !== undefined) {
      if (words.has(name)) places.push(start);
      return true;
    }
    if (read(TAG) !== undefined) {
      enter('tag');
      return true;
    }
    const sign = text[at++];
    if (sign === '{') enter('code');
    else if (sign === '>') modes[modes.length - 1] = 'content';
    else if (sign === '/' && text[at] === '>') {
      at++;
      leave(true);
    } else return sign === '=' || sign === ':';
    return true;
  };
  /** @returns false for what stands in no element */
  const readContent = (): boolean => {
    if (read(TEXT) !== undefined) return true;
    if (read(CLOSING_TAG) !== undefined) leave(true);
    else if (read(TAG) !== undefined) enter('tag');
    else if (text[at] === '{') {
      at++;
      enter('code');
    } else return false;
    return true;
  };
  let tagFrom = 0;
  while (at < text.length) {
    const mode = modes.at(-1);
    if (mode === 'code') readCode();
    else if (mode === 'template') readTemplate();
    else if (mode === 'tag' ? !readTag() : !readContent()) break;
    if (modes.at(-1) !== 'tag') tagFrom = places.length;
  }
  return at < text.length || modes.at(-1) === 'tag' ? places.slice(0, tagFrom) : places;
}
