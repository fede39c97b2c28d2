import { endOfLiteral } from './loneArguments.ts';

/** `$X:` and what is no other sign: a type follows. */
const TYPED = /\$[A-Z_][A-Z_0-9]*\s*:(?![:=])/y;
/** What a call's parentheses stand behind. */
const CALLEE = /[\w$\])>]\s*$/;
/** Behind these words, parentheses hold parameters or a condition. */
const NO_CALLEE = /\b(?:catch|constructor|for|if|switch|when|while)\s*$/;
/** Characters before a parenthesis that are looked at. */
const MAX_WORD = 40;

/**
 * A pattern in which `$X: T` as an argument of a call is `($X: T)`, the typed metavariable. In code a type stands so behind parameters
 * alone; whether the pattern is a call is for the caller to find out, by parsing it.
 *
 * @returns undefined when the pattern has no such argument
 */
export function withTypedArguments(pattern: string): string | undefined {
  let text = '';
  let done = 0;
  /** Of each bracket that is open: whether it holds the arguments of a call. */
  const open: boolean[] = [];
  for (let at = 0; at < pattern.length; at++) {
    const sign = pattern.charAt(at);
    if (sign === '"' || sign === "'") at = endOfLiteral(pattern, at) ?? pattern.length;
    else if ('([{'.includes(sign)) {
      const before = pattern.slice(Math.max(0, at - MAX_WORD), at);
      open.push(sign === '(' && CALLEE.test(before) && !NO_CALLEE.test(before));
    } else if (')]}'.includes(sign)) open.pop();
    if ((sign !== '(' && sign !== ',') || open.at(-1) !== true) continue;
    const start = at + 1 + blanksAt(pattern, at + 1);
    TYPED.lastIndex = start;
    if (!TYPED.test(pattern)) continue;
    const end = endOfType(pattern, TYPED.lastIndex);
    text += `${pattern.slice(done, start)}(${pattern.slice(start, end).trimEnd()})`;
    done = end;
    at = end - 1;
  }
  return done === 0 ? undefined : text + pattern.slice(done);
}

function blanksAt(text: string, from: number): number {
  return /^\s*/.exec(text.slice(from))?.[0].length ?? 0;
}

/** Where the argument ends whose type begins at `from`: at a comma or bracket that closes, outside of all brackets of the type. */
function endOfType(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    const sign = text.charAt(at);
    if ('([{<'.includes(sign)) depth++;
    else if (depth === 0 && ',)'.includes(sign)) return at;
    else if (')]}'.includes(sign) || (sign === '>' && text[at - 1] !== '-' && text[at - 1] !== '=')) depth--;
  }
  return text.length;
}
