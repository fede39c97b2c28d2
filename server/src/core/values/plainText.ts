import { perFunction } from '../ast/parts.ts';

const COMMENT = String.raw`\/\/[^\n]*|\/\*[^]*?(?:\*\/|(?![^]))`;
/** Strings, comments and names of headers, to pass them, and what follows the end of a statement or the begin of a block. */
const BETWEEN_STATEMENTS = new RegExp(
  [
    String.raw`"(?:[^"\\\n]|\\.)*"?`,
    String.raw`'(?:[^'\\\n]|\\.)*'?`,
    String.raw`#[ \t]*include\b[^\n]*`,
    String.raw`([;{}])(?:\s|${COMMENT})+`,
    COMMENT,
  ].join('|'),
  'g',
);

/**
 * The text of a function without what changes most while code is typed and says nothing: comments and the width of the layout between statements. Layout
 * and comments within statements stay, for what looks at the text around a node.
 */
export const plainText = perFunction(([node], { text }) => {
  if (node === undefined) return '';
  const code = text.slice(node.start, node.end);
  // A quote may be part of a number.
  if (/R"|\w'\w|\\\r?\n/.test(code)) return code;
  // A directive is a line.
  const hasDirectives = code.includes('#');
  return code.replace(BETWEEN_STATEMENTS, (part, end: string | undefined) => {
    if (end === undefined) return part;
    const lines = part.split('\n').length - 1;
    return end + (lines === 0 ? ' ' : '\n'.repeat(hasDirectives ? lines : 1));
  });
});
