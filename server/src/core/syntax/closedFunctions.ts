/**
 * The text of a C or C++ file with a `}` in the place of layout before each function that begins a line while braces of the function before it are
 * open, as they are while code is typed. Else that function and all behind it would be read as code of the one before it. A text whose braces are all
 * closed in the end stays as it is.
 */
export function withClosedFunctions(text: string): string {
  // Most texts close what they open: braces alone are counted first.
  if (openAtEnd(text) <= 0) return text;
  const places: number[] = [];
  /** Of the braces that are open: whether functions stand in them. */
  const open: boolean[] = [];
  /** Behind the last sign that ends something. */
  let from = 0;
  eachSign(text, (sign, at) => {
    if (sign === '}') open.pop();
    else if (sign === '{') {
      const head = at - from > MAX_HEAD ? '' : text.slice(from, at);
      const body = open.indexOf(false);
      const begin = body < 0 ? undefined : beginOfFunction(head);
      if (begin !== undefined && roomIn(head.slice(0, begin)) >= open.length - body) {
        for (let each = body; each < open.length; each++) places.push(from + each - body);
        open.length = body;
      }
      open.push(HOLDS_FUNCTIONS.test(head));
    }
    from = at + 1;
  });
  let result = '';
  let done = 0;
  for (const place of places) {
    result += `${text.slice(done, place)}}`;
    done = place + 1;
  }
  return result + text.slice(done);
}

/** How many braces are open in the end. */
function openAtEnd(text: string): number {
  let depth = 0;
  eachSign(text, (sign) => {
    if (sign === '{') depth++;
    else if (sign === '}') depth--;
  });
  return depth;
}

/** Visits the `{`, `}` and `;` of code, in order, in linear time. */
function eachSign(text: string, visit: (sign: string, at: number) => void): void {
  /** Where a quote that nothing closes reaches to: neither does anything close those in it. */
  const unclosed = { '"': 0, "'": 0 };
  let rawUnclosed = 0;
  const skip = (what: RegExp, from: number): boolean => {
    what.lastIndex = from;
    if (!what.test(text)) return false;
    MARK.lastIndex = what.lastIndex;
    return true;
  };
  MARK.lastIndex = 0;
  for (let mark = MARK.exec(text); mark !== null; mark = MARK.exec(text)) {
    const [sign] = mark;
    const at = mark.index;
    if (sign === '{' || sign === '}' || sign === ';') visit(sign, at);
    else if (sign === '#') {
      if (isFirstInLine(text, at)) skip(DIRECTIVE, at);
    } else if (sign === '"' || sign === "'") {
      const before = text.slice(Math.max(0, at - MAX_PREFIX), at);
      if (sign === "'" && NUMBER.test(before)) continue;
      if (sign === '"' && RAW.test(before) && rawUnclosed < MAX_RAW_UNCLOSED) {
        if (skip(RAW_TEXT, at - 1)) continue;
        rawUnclosed++;
      }
      if (at < unclosed[sign] || skip(QUOTED[sign].closed, at)) continue;
      const { open } = QUOTED[sign];
      open.lastIndex = at;
      open.test(text);
      unclosed[sign] = open.lastIndex;
    } else skip(COMMENT, at);
  }
}

function isFirstInLine(text: string, at: number): boolean {
  let before = at - 1;
  while (before >= 0 && LAYOUT.has(text.charAt(before))) before--;
  return before < 0 || text[before] === '\n';
}

/** Where in the text before a brace the function begins whose body it opens: at the begin of a line, with nothing but comments and directives before it. */
function beginOfFunction(head: string): number | undefined {
  const code = head.replace(NO_CODE, (part) => ' '.repeat(part.length));
  const begin = code.search(/\S/);
  if (begin < 0 || (begin > 0 && head[begin - 1] !== '\n')) return undefined;
  return FUNCTION.test(code.slice(begin)) ? begin : undefined;
}

/** Layout before the first comment or directive behind which there is still a line break, where a directive needs it. */
function roomIn(between: string): number {
  const layout = /^[ \t\r\n]*/.exec(between)?.[0] ?? '';
  return between[layout.length] === '#' ? layout.lastIndexOf('\n') : layout.length;
}

const MARK = /[{};"'#]|\/[*/]/g;
const CONTINUED = String.raw`\\(?:\r\n|[^])`;
const LINE_COMMENT = String.raw`\/\/[^\\\n]*(?:${CONTINUED}[^\\\n]*)*`;
const BLOCK_COMMENT = String.raw`\/\*[^]*?(?:\*\/|(?![^]))`;
const OPEN_STRING = String.raw`"[^"\\\n]*(?:${CONTINUED}[^"\\\n]*)*`;
const CHARACTER = String.raw`'(?:[^'\\\n]|\\.)+'`;
const DIRECTIVE_TEXT = `#(?:[^\\\\\\n/"']+|${CONTINUED}|${LINE_COMMENT}|${BLOCK_COMMENT}|${OPEN_STRING}"|${CHARACTER}|[/"'])*`;
const COMMENT = new RegExp(`${LINE_COMMENT}|${BLOCK_COMMENT}`, 'y');
const DIRECTIVE = new RegExp(DIRECTIVE_TEXT, 'y');
const RAW_TEXT = /R"([^(\s"\\]{0,16})\([^]*?\)\1"/y;
/** Each looks for its own end up to the end of the text. */
const MAX_RAW_UNCLOSED = 20;
const QUOTED = {
  '"': { closed: new RegExp(`${OPEN_STRING}"`, 'y'), open: new RegExp(OPEN_STRING, 'y') },
  "'": { closed: new RegExp(CHARACTER, 'y'), open: /'(?:[^'\\\n]|\\.)*/y },
};
const LAYOUT: ReadonlySet<string> = new Set([' ', '\t', '\r', '\f', '\v']);
/** What stands between two functions and belongs to neither. */
const NO_CODE = new RegExp(`${LINE_COMMENT}|${BLOCK_COMMENT}|^[ \\t]*${DIRECTIVE_TEXT}`, 'gm');
/** What stands before the quote of a raw string. */
const RAW = /(?:^|\W)(?:u8|[uUL])?R$/;
/** The begin of a number whose digits go on behind a quote: `1'000`. */
const NUMBER = /(?:^|\W)\d[\w.']*$/;
/** Longer numbers and prefixes are not known, in characters. */
const MAX_PREFIX = 32;
/** At least a type and a name, and parameters: what control statements and most macros have not. */
const FUNCTION =
  /^(?!(?:else|return|case|goto|do|if|for|while|switch)\b)(?:[A-Za-z_][\w:]*[\s*&]+)+[A-Za-z_~][\w:~]*\s*\([^{};]*\)[\sA-Za-z]*$/;
const HOLDS_FUNCTIONS = /\b(?:namespace|extern|class|struct|union)\b[^()]*$/;
/** Longer heads are not looked at, in characters. */
const MAX_HEAD = 4000;
