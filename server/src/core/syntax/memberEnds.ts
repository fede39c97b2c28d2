import type { MemberEnds } from './language.ts';

/**
 * The text with a `;` in the place of a blank before each brace that closes a type in the line of its last member, as in
 * `object A { val x = 1 }` or the entry of an enumeration `A(1) { override fun f() = 1 }`: where a line break would end that member and the
 * grammar does not see that the brace does so, too.
 */
export function withMemberEnds(text: string, { words, entry }: MemberEnds): string {
  if (!words.some((word) => text.includes(word))) return text;
  const isEntry = new RegExp(entry);
  const inHead = new RegExp(String.raw`[()]|(?<!::)\b(?:${words.join('|')})\b`, 'g');
  const places: number[] = [];
  /** Of the braces that are open: whether they hold members. */
  const open: boolean[] = [];
  let headFrom = 0;
  for (const token of text.matchAll(TOKENS)) {
    const [sign] = token;
    const at = token.index;
    if (sign === '{') {
      const head = text.slice(Math.max(headFrom, at - MAX_HEAD), at);
      open.push(beginsType(head, inHead) || (open.at(-1) === true && isEntry.test(head)));
      headFrom = at + 1;
    } else if (sign === '}') {
      const isType = open.pop() === true;
      if (
        isType &&
        /[ \t]/.test(text[at - 1] ?? '') &&
        /[^\s{;][ \t]+$/.test(text.slice(Math.max(0, at - MAX_HEAD), at))
      )
        places.push(at - 1);
      headFrom = at + 1;
    } else if (sign === '\n' || sign === ';') headFrom = at + 1;
  }
  if (places.length === 0) return text;
  let result = '';
  let from = 0;
  for (const place of places) {
    result += `${text.slice(from, place)};`;
    from = place + 1;
  }
  return result + text.slice(from);
}

/** True when a word stands in the same parentheses as the end of a head: `class A(val b: B = C(1)) : D`. */
function beginsType(head: string, inHead: RegExp): boolean {
  const levels = [false];
  for (const [sign] of head.matchAll(inHead)) {
    if (sign === '(') levels.push(false);
    else if (sign !== ')') levels[levels.length - 1] = true;
    else if (levels.length > 1) levels.pop();
  }
  return levels.at(-1) === true;
}

/** Longer heads of types are not looked at, in characters. */
const MAX_HEAD = 500;

/** Comments and strings as a whole, and what parts code. */
const TOKENS =
  /\/\/[^\n]*|\/\*(?:[^*]|\*(?!\/))*(?:\*\/|$)|"""(?:[^"]|"(?!""))*(?:"""|$)|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)+'|[{};\n]/g;
