import { CLOSE, CodeTokens, OPEN, OPEN_BRACE, STAR } from './codeTokens.ts';
import type { Directive, Tokens } from './tokens.ts';
import { WORDS } from './words.ts';

/** What a view shows; 1 for each token that it shows, and for each directive that it masks. */
export interface Shown {
  readonly shown: Uint8Array;
  readonly masked: Uint8Array;
}

/** A view of a C text without what is inside of functions: between braces behind parentheses, outside of other such braces. */
export function withoutBodies(text: string, tokens: Tokens, view: Shown): Shown {
  const code = new CodeTokens(text, tokens, view.shown, WORDS.c);
  /** Of each shown token, its index in `tokens`. */
  const indices = new Int32Array(code.count);
  for (let index = 0, at = 0; index < tokens.count; index++)
    if (view.shown[index] !== 0) indices[at++] = index;
  const shown = view.shown.slice();
  const masked = view.masked.slice();
  let directive = 0;
  for (let at = 1; at < code.count; at++) {
    const close = code.is(at, OPEN_BRACE) && code.is(at - 1, CLOSE) ? code.closing(at) : -1;
    if (close < 0) continue;
    const from = indices[at] ?? 0;
    const to = indices[close] ?? 0;
    while ((tokens.directives[directive]?.tokensBefore ?? Infinity) <= from) directive++;
    let after = directive;
    while ((tokens.directives[after]?.tokensBefore ?? Infinity) <= to) after++;
    if (areWhole(tokens.directives.slice(directive, after)) && !mayHoldFunction(code, at + 1, close)) {
      shown.fill(0, from + 1, to);
      masked.fill(1, directive, after);
    }
    at = close;
  }
  return { shown, masked };
}

/** Each conditional that begins here ends here. */
function areWhole(directives: readonly Directive[]): boolean {
  let depth = 0;
  for (const { name } of directives) {
    if (name.startsWith('if')) depth++;
    else if (name === 'endif') depth--;
    if (depth < 0 || (depth === 0 && name.startsWith('el'))) return false;
  }
  return depth === 0;
}

/** GNU C has functions inside of functions: `int inner(int a) {`. */
function mayHoldFunction(code: CodeTokens, from: number, to: number): boolean {
  for (let at = from + 3; at < to; at++) {
    if (!code.is(at, OPEN_BRACE) || !code.is(at - 1, CLOSE)) continue;
    const open = code.closing(at - 1);
    if (open > from + 1 && code.is(open, OPEN) && code.isName(open - 1) && isOfType(code, open - 2))
      return true;
  }
  return false;
}

function isOfType(code: CodeTokens, at: number): boolean {
  return code.is(at, STAR) || (code.isWord(at) && code.word(at) !== 'else' && code.word(at) !== 'do');
}
