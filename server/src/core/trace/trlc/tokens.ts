import { LineIndex } from '../../base/lineIndex.ts';
import type { Range } from '../../base/range.ts';

export interface Token {
  readonly kind: 'name' | 'number' | 'text' | 'sign' | 'end';
  /** Of a text what stands between its quotes. */
  readonly text: string;
  readonly range: Range;
}

/** In order: comments and blanks, names, numbers, texts of three and of one quote, signs. Each takes time linear in what it takes. */
const TOKEN =
  /(?<skip>\s+|\/\/[^\n]*|\/\*[^]*?\*\/)|(?<name>[A-Za-z]\w*)|(?<number>[+-]?(?:0[xb][0-9A-Fa-f_]+|\d[\d_]*(?:\.\d[\d_]*)?))|'''(?<single>[^]*?)'''|"""(?<double>[^]*?)"""|"(?<text>(?:\\.|[^"\\\n])*)"|(?<sign>[@:;,.=[\](){}])/y;

/** The tokens of a TRLC file, with an `end` behind them; what is no token ends the list, and `stopped` says where. */
export function tokensOf(text: string): { readonly tokens: readonly Token[]; readonly stopped?: Range } {
  const lines = new LineIndex(text);
  const tokens: Token[] = [];
  const pattern = new RegExp(TOKEN.source, 'y');
  let at = text.startsWith('\uFEFF') ? 1 : 0;
  const rangeOf = (start: number, end: number): Range => lines.rangeOf({ start, end });
  while (at < text.length) {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found === null) {
      tokens.push({ kind: 'end', text: '', range: rangeOf(at, at) });
      return { tokens, stopped: rangeOf(at, at + 1) };
    }
    const end = at + found[0].length;
    const { name, number, single, double, text: quoted, sign } = found.groups ?? {};
    const range = rangeOf(at, end);
    if (name !== undefined) tokens.push({ kind: 'name', text: name, range });
    else if (number !== undefined) tokens.push({ kind: 'number', text: number, range });
    else if (sign !== undefined) tokens.push({ kind: 'sign', text: sign, range });
    else if (quoted !== undefined)
      tokens.push({ kind: 'text', text: quoted.replace(/\\(["\\])/g, '$1'), range });
    else if (single !== undefined || double !== undefined)
      tokens.push({ kind: 'text', text: dedented(single ?? double ?? ''), range });
    at = end;
  }
  tokens.push({ kind: 'end', text: '', range: rangeOf(at, at) });
  return { tokens };
}

/** A text over several lines without the indentation that its lines share. */
function dedented(text: string): string {
  const lines = text.replace(/\r\n/g, '\n').split('\n');
  const rest = lines.slice(1).filter((line) => line.trim() !== '');
  const common = rest.reduce(
    (least, line) => Math.min(least, line.length - line.trimStart().length),
    Infinity,
  );
  return lines
    .map((line, at) => (at === 0 ? line : line.slice(Math.min(common, line.length))).trimEnd())
    .join('\n')
    .trim();
}
