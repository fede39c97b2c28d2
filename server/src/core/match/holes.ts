import type { TypePattern } from './pattern.ts';

/** What stands at a placeholder of a pattern text. */
export type Hole =
  | { readonly type: 'any'; readonly name: string | undefined; readonly declared?: TypePattern }
  | { readonly type: 'ellipsis'; readonly name: string | undefined }
  /** Text of P in `<... P ...>`. */
  | { readonly type: 'deep'; readonly text: string };

export interface HoledText {
  /** The pattern with each hole replaced by an identifier of the language. */
  readonly text: string;
  /** By placeholder identifier. */
  readonly holes: ReadonlyMap<string, Hole>;
}

const TYPED = /\(\s*((?:[A-Za-z_$][\w$]*(?:::\w+)*\s*)+(?:[*&\s]|\[\])*?)\s*(\$[A-Z_][A-Z_0-9]*)\s*\)/y;
const METAVARIABLE = /\$(\.\.\.)?([A-Z_][A-Z_0-9]*)/y;
const TOKEN_AFTER_WHICH_A_STATEMENT_STARTS = /(^|[;{}:]|\belse)\s*$/;
/** After a name, `(int $X)` is a parameter list; after `return` and the like it is a typed metavariable. */
const PARAMETERS_FOLLOW = /(?<!\b(?:return|throw|case|else))(?<=[\w\]])\s*$/;
const TYPE_QUALIFIERS = new Set(['const', 'volatile', 'restrict', 'struct', 'enum', 'union']);

/**
 * Replaces metavariables and ellipses by identifiers, so that the language's own grammar can parse the pattern. String
 * literals and comments are left alone.
 *
 * @param ellipsisStatements write `...;` for an ellipsis where a statement can start; false inside initialiser lists and the like
 */
export function fillHoles(pattern: string, prefix: string, ellipsisStatements: boolean): HoledText {
  const holes = new Map<string, Hole>();
  let text = '';
  let at = 0;
  const put = (hole: Hole, length: number): string => {
    const name = `${prefix}${holes.size}_`;
    holes.set(name, hole);
    at += length;
    return name;
  };
  while (at < pattern.length) {
    const literal = literalAt(pattern, at);
    if (literal > 0) {
      text += pattern.slice(at, at + literal);
      at += literal;
      continue;
    }
    if (pattern.startsWith('<...', at)) {
      const end = deepEnd(pattern, at + 4);
      if (end >= 0) {
        text += put({ type: 'deep', text: pattern.slice(at + 4, end).trim() }, end + 4 - at);
        continue;
      }
    }
    if (pattern.startsWith('...', at)) {
      const statement = ellipsisStatements && TOKEN_AFTER_WHICH_A_STATEMENT_STARTS.test(text);
      text += put({ type: 'ellipsis', name: undefined }, 3);
      if (statement && !/^\s*[;,]/.test(pattern.slice(at))) text += ';';
      continue;
    }
    const typed =
      pattern[at] === '(' && !PARAMETERS_FOLLOW.test(text) ? matchAt(TYPED, pattern, at) : undefined;
    if (typed?.[1] !== undefined && typed[2] !== undefined) {
      text += put({ ...anyHole(typed[2].slice(1)), declared: typePattern(typed[1]) }, typed[0].length);
      continue;
    }
    const metavariable = pattern[at] === '$' ? matchAt(METAVARIABLE, pattern, at) : undefined;
    if (metavariable?.[2] !== undefined) {
      const name = metavariable[2];
      const hole: Hole = metavariable[1] ? { type: 'ellipsis', name: `$...${name}` } : anyHole(name);
      text += put(hole, metavariable[0].length);
      continue;
    }
    text += pattern.charAt(at);
    at++;
  }
  return { text, holes };
}

function anyHole(name: string): { type: 'any'; name: string | undefined } {
  return { type: 'any', name: name === '_' ? undefined : `$${name}` };
}

/** Reads `const char *`, `$T *`, `struct pump_state`. */
function typePattern(text: string): TypePattern {
  const tokens: readonly string[] = text.match(/[$\w:]+|\*|&|\[\]/g) ?? [];
  const words = tokens.filter((token) => /^[\w$]/.test(token) && !TYPE_QUALIFIERS.has(token));
  const hole = words.length === 1 && words[0]?.startsWith('$') ? words[0] : undefined;
  return {
    isConst: tokens.includes('const'),
    hole,
    words: hole === undefined ? words : [],
    suffix: tokens.filter((token) => !/^[\w$]/.test(token)).join(''),
  };
}

/** Length of the string literal, character literal or comment that starts at `at`; 0 when none does. */
function literalAt(text: string, at: number): number {
  const first = text[at];
  if (first === '/' && text[at + 1] === '/') {
    const end = text.indexOf('\n', at);
    return (end < 0 ? text.length : end) - at;
  }
  if (first === '/' && text[at + 1] === '*') {
    const end = text.indexOf('*/', at + 2);
    return (end < 0 ? text.length : end + 2) - at;
  }
  if (first !== '"' && first !== "'") return 0;
  for (let end = at + 1; end < text.length; end++) {
    if (text[end] === '\\') end++;
    else if (text[end] === first) return end + 1 - at;
    else if (text[end] === '\n') return 0;
  }
  return 0;
}

/** Index of the `...>` that closes a `<...` whose inside starts at `from`; -1 when there is none. */
function deepEnd(pattern: string, from: number): number {
  let depth = 1;
  for (let at = from; at < pattern.length; at++) {
    const literal = literalAt(pattern, at);
    if (literal > 0) at += literal - 1;
    else if (pattern.startsWith('<...', at)) depth++;
    else if (pattern.startsWith('...>', at) && --depth === 0) return at;
  }
  return -1;
}

function matchAt(regex: RegExp, text: string, at: number): RegExpExecArray | undefined {
  regex.lastIndex = at;
  return regex.exec(text) ?? undefined;
}
