import type { LanguageProfile } from '../syntax/language.ts';

/** What stands at a placeholder of a pattern text. */
export type Hole =
  | {
      readonly type: 'any';
      readonly name: string | undefined;
      /** Text of the type in `(T $X)` or `($X : T)`. */
      readonly declaredType: string | undefined;
    }
  | { readonly type: 'ellipsis'; readonly name: string | undefined }
  /** Text of P in `<... P ...>`. */
  | { readonly type: 'deep'; readonly text: string };

/** Text of a pattern between its holes, and the holes: `pieces[0] hole[0] pieces[1] ...`. */
export interface HoledText {
  readonly pieces: readonly string[];
  readonly holes: readonly Hole[];
  /** The text with a `\0` in the place of each hole and each literal or comment. */
  readonly code: string;
}

/** A hole as a pattern may write it. */
export function sourceOf(hole: Hole): string {
  if (hole.type === 'deep') return `<... ${hole.text} ...>`;
  if (hole.type === 'ellipsis') return hole.name ?? '...';
  const { name = '$_', declaredType } = hole;
  return declaredType === undefined ? name : `(${declaredType} ${name})`;
}

/** A hole in the text that is given to the parser. */
export interface PlacedHole {
  readonly hole: Hole;
  /** Extent of the text that was put in its place, and of the identifier in it. */
  readonly start: number;
  readonly end: number;
  readonly nameStart: number;
  readonly nameEnd: number;
}

const TYPE = String.raw`[A-Za-z_$][\w$]*(?:(?:\.|::)[A-Za-z_$][\w$]*)*(?:<[^()<>]*>)?\\??`;
const TYPED = new RegExp(
  String.raw`\(\s*((?:\*|\[\])*(?:(?:const|volatile|restrict|struct|enum|union|unsigned|signed|long|short|final)\s+)*${TYPE}(?:\s+(?:const|long|int|char|short|double))*\s*(?:[*&\s]|\[\])*?)\s*(\$[A-Z_][A-Z_0-9]*)\s*((?:\[\w*\]\s*)*)\)`,
  'y',
);
const TYPED_AFTER =
  /\(\s*(\$[A-Z_][A-Z_0-9]*)\s*:(?!=)\s*([^()$\n]+(?:\([^()\n]*\))?[^()\n]*|\$[A-Z_][A-Z_0-9]*)\)/y;
const METAVARIABLE = /\$(\.\.\.)?([A-Z_][A-Z_0-9]*)/y;
/** `($X *T)`: Go writes the type behind the name. `($T *)` is a cast of C. */
const TYPED_BESIDE = /\(\s*(\$[A-Z_][A-Z_0-9]*)\s+([*[\]]*\w[*[\]\w.]*)\s*\)/y;
/** A literal that is nothing but a metavariable. */
const ALONE = /^("{1,3})\$[A-Z_][A-Z_0-9]*"{1,3}$/;
/** A hole alone in an interpolation: `{$X}`, `${$X}`, `\\(\$X)`. */
const INTERPOLATED = /([{(]\s*)(\$(?:\.\.\.)?[A-Z_][A-Z_0-9]*|\.\.\.)(?=\s*[})])/y;
/** `...$X` and `...rest` spread a value: an ellipsis has something between itself and what follows. */
const SPREAD = /^\.\.\.(?:\$[A-Z_]|[A-Za-z_])/;
/** After a name, `(int $X)` is a parameter list; after `return` and the like it is a typed metavariable. */
const PARAMETERS_FOLLOW =
  /(?<!\b(?:return|throw|case|else|in|await|yield|and|or|not|defer|go))(?<=[\w\])>]|\boperator\s*[^\w\s]{1,3})\s*$/;

/** `(a && $B)`, `(a & $B)` and `($A * $B)` are operations, `(a &$B)`, `(a * $B)` and `($T *$X)` types. */
const OPERATION = /\s&{1,2}\s+\$\w+\s*\)$|^\(\s*\$[A-Z_][A-Z_0-9]*\s+\*\s+\$\w+\s*\)$/;
/** Words that need another one behind them to be a type. */
const UNNAMED = /^(?:struct|enum|union|const|volatile)$/;
/** Words that stand before an operand and are no types. */
const OPERATOR_WORD =
  /^(?:await|yield|typeof|void|delete|new|throw|return|not|ref|out|in|sizeof|defer|move)$/;

/** `f"`, `fr"`, `$@"`: in the text behind it, code stands in braces. */
const BRACED = /(?:[fF][rR]?|[rR][fF]|\$@?|@\$)$/;

/** Finds metavariables and ellipses. String literals and comments are left alone. */
export function findHoles(
  pattern: string,
  { lineComment, interpolatedNames }: Pick<LanguageProfile, 'lineComment' | 'interpolatedNames'>,
): HoledText {
  const pieces: string[] = [];
  const holes: Hole[] = [];
  let text = '';
  let code = '';
  let at = 0;
  const put = (hole: Hole, length: number): void => {
    code += '\0';
    pieces.push(text);
    holes.push(hole);
    text = '';
    at += length;
  };
  const templates = new TemplateText();
  while (at < pattern.length) {
    // `//` in the text of a template begins no comment, and quotation marks there no string.
    const literal = templates.isText ? 0 : literalAt(pattern, at, lineComment);
    if (literal > 0) {
      const end = at + literal;
      code += '\0';
      const isBraced = BRACED.test(text);
      const isTemplate = isBraced || /\$\{|\\\(/.test(pattern.slice(at, end));
      const isAlone = ALONE.test(pattern.slice(at, end));
      /** Braces that are open. */
      let depth = 0;
      while (at < end) {
        const found = isBraced && depth > 0 ? holeAt(pattern, at, lineComment) : undefined;
        if (found) {
          put(found.hole, found.length);
          continue;
        }
        if (isBraced && depth === 0 && pattern.startsWith('{{', at)) {
          text += '{{';
          at += 2;
          continue;
        }
        if (pattern[at] === '{') depth++;
        else if (pattern[at] === '}' && depth > 0) depth--;
        const isName = interpolatedNames === '$' && pattern[at] === '$';
        const name = isName ? matchAt(METAVARIABLE, pattern, at) : undefined;
        if (name?.[2] !== undefined && name[1] === undefined && pattern[at - 1] !== '\\') {
          // `$X` in a string of code is the value of X, and so it is in a pattern; `"$X"` is any string.
          if (!isAlone && !isInBraces(pattern.slice(end - literal, at))) text += interpolatedNames ?? '';
          put(anyHole(name[2], undefined), name[0].length);
          continue;
        }
        const inner = isTemplate ? matchAt(INTERPOLATED, pattern, at) : undefined;
        if (inner?.[1] === undefined || inner[2] === undefined) {
          text += pattern.charAt(at++);
          continue;
        }
        text += inner[1];
        at += inner[1].length;
        const hole = inner[2].replace(/^\$(\.\.\.)?/, '');
        const isRun = inner[2].startsWith('...') || inner[2].startsWith('$...');
        put(
          isRun
            ? { type: 'ellipsis', name: inner[2] === '...' ? undefined : inner[2] }
            : anyHole(hole, undefined),
          inner[2].length,
        );
      }
      continue;
    }
    const before = text === '' && pieces.length > 0 ? 'x' : text;
    const typed = pattern[at] === '(' && !PARAMETERS_FOLLOW.test(before) ? typedAt(pattern, at) : undefined;
    if (typed) {
      put(anyHole(typed.name, typed.type), typed.length);
      continue;
    }
    const found = holeAt(pattern, at, lineComment);
    if (found) {
      put(found.hole, found.length);
      continue;
    }
    const length = pattern.startsWith('...', at) ? 3 : 1;
    templates.read(pattern, at);
    text += pattern.slice(at, at + length);
    code += pattern.slice(at, at + length);
    at += length;
  }
  pieces.push(text);
  return { pieces, holes, code };
}

/**
 * Puts identifiers in the place of holes, so that the language's own grammar can parse the pattern.
 *
 * @param forms for each hole the text that stands for it, `{}` being the identifier
 * @param offset where the text will begin
 */
export function fillHoles(
  { pieces, holes }: HoledText,
  prefix: string,
  forms: readonly string[],
  offset: number,
): { readonly text: string; readonly placed: readonly PlacedHole[] } {
  let text = pieces[0] ?? '';
  const placed: PlacedHole[] = [];
  holes.forEach((hole, index) => {
    const form = forms[index] ?? '{}';
    const name = `${prefix}${index}_`;
    const lead = form.indexOf('{}');
    const start = offset + text.length;
    const written = form.replace('{}', name);
    text += written + (pieces[index + 1] ?? '');
    placed.push({
      hole,
      start,
      end: start + written.length,
      nameStart: start + lead,
      nameEnd: start + lead + name.length,
    });
  });
  return { text, placed };
}

/** The text at hand ends within a `${` of a string. */
function isInBraces(text: string): boolean {
  const opened = text.lastIndexOf('${');
  return opened >= 0 && !text.includes('}', opened);
}

/** Tells the text of templates (between backticks) from the code in their `${}`. */
class TemplateText {
  /** Of each template that is open: how many braces are open in the code of it; 0 in its text. */
  readonly #open: number[] = [];

  get isText(): boolean {
    return this.#open.at(-1) === 0;
  }

  /** Takes one character of a pattern, which is in no other literal. */
  read(pattern: string, at: number): void {
    const sign = pattern[at];
    const last = this.#open.length - 1;
    const braces = this.#open[last];
    if (sign === '`' && pattern[at - 1] !== '\\') {
      if (braces === 0) this.#open.pop();
      else this.#open.push(0);
    } else if (braces !== undefined && sign === '{') {
      if (braces > 0 || pattern[at - 1] === '$') this.#open[last] = braces + 1;
    } else if (braces !== undefined && braces > 0 && sign === '}') this.#open[last] = braces - 1;
  }
}

/** `<... P ...>`, `...`, `$...X` or `$X` at an offset of code. */
function holeAt(
  pattern: string,
  at: number,
  lineComment: string,
): { readonly hole: Hole; readonly length: number } | undefined {
  if (pattern.startsWith('<...', at)) {
    const end = deepEnd(pattern, at + 4, lineComment);
    if (end >= 0)
      return { hole: { type: 'deep', text: pattern.slice(at + 4, end).trim() }, length: end + 4 - at };
  }
  const isSpread = SPREAD.test(pattern.slice(at, at + 5)) || /[\w)\]]/.test(pattern[at - 1] ?? '');
  if (pattern.startsWith('...', at) && !isSpread)
    return { hole: { type: 'ellipsis', name: undefined }, length: 3 };
  const metavariable = pattern[at] === '$' ? matchAt(METAVARIABLE, pattern, at) : undefined;
  const name = metavariable?.[2];
  if (metavariable === undefined || name === undefined) return undefined;
  const isRun = metavariable[1] !== undefined;
  const hole: Hole = isRun ? { type: 'ellipsis', name: `$...${name}` } : anyHole(name, undefined);
  return { hole, length: metavariable[0].length };
}

/** `(T $X)` or `($X : T)`; not the parameter of an arrow function. */
function typedAt(
  pattern: string,
  at: number,
): { readonly name: string; readonly type: string; readonly length: number } | undefined {
  const before = matchAt(TYPED, pattern, at);
  const match = before ?? matchAt(TYPED_AFTER, pattern, at) ?? matchAt(TYPED_BESIDE, pattern, at);
  const name = before ? match?.[2] : match?.[1];
  // C writes the size of an array behind the name: `(char $X[8])` is `(char[8] $X)`.
  const type = before ? `${before[1] ?? ''}${before[3] ?? ''}` : match?.[2];
  if (match === undefined || name === undefined || type === undefined) return undefined;
  if (OPERATION.test(match[0])) return undefined;
  // `(struct $T)` casts to a type that is named.
  if (UNNAMED.test(type.trim()) || (before !== undefined && OPERATOR_WORD.test(type.trim())))
    return undefined;
  const length = match[0].length;
  // Behind a pointer `->` is an access, elsewhere it makes a function.
  const isArrow = type.includes('*') ? /^\s*=>/ : /^\s*(?::[^;{}()\n]{1,80})?(=>|->)/;
  return isArrow.test(pattern.slice(at + length))
    ? undefined
    : { name: name.slice(1), type: type.trim(), length };
}

function anyHole(name: string, declaredType: string | undefined): Hole {
  return { type: 'any', name: name === '_' ? undefined : `$${name}`, declaredType };
}

/** Length of the string literal, character literal or comment that starts at `at`; 0 when none does. */
function literalAt(text: string, at: number, lineComment: string): number {
  const first = text[at];
  if (text.startsWith(lineComment, at)) {
    const end = text.indexOf('\n', at);
    return (end < 0 ? text.length : end) - at;
  }
  if (lineComment === '//' && first === '/' && text[at + 1] === '*') {
    const end = text.indexOf('*/', at + 2);
    return (end < 0 ? text.length : end + 2) - at;
  }
  if (first === '`') {
    // Interpolations of a template hold code, and so holes.
    return 0;
  }
  if (first !== '"' && first !== "'") return 0;
  const triple = first.repeat(3);
  if (text.startsWith(triple, at)) {
    const end = text.indexOf(triple, at + 3);
    if (end >= 0) return end + 3 - at;
  }
  for (let end = at + 1; end < text.length; end++) {
    if (text[end] === '\\') end++;
    else if (text[end] === first) return end + 1 - at;
    else if (text[end] === '\n') return 0;
  }
  return 0;
}

/** Index of the `...>` that closes a `<...` whose inside starts at `from`; -1 when there is none. */
function deepEnd(pattern: string, from: number, lineComment: string): number {
  let depth = 1;
  for (let at = from; at < pattern.length; at++) {
    const literal = literalAt(pattern, at, lineComment);
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
