import { perFunction } from '../ast/parts.ts';

const COMMENT = String.raw`\/\/[^\n]*|\/\*[^]*?(?:\*\/|(?![^]))`;
/** Strings and comments, to pass them, and what follows the end of a statement or the begin of a block. */
const BETWEEN_STATEMENTS = new RegExp(
  [
    String.raw`"(?:[^"\\\n]|\\.)*"?`,
    String.raw`'(?:[^'\\\n]|\\.)*'?`,
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
  // Lines count where directives, raw strings and continued lines stand, and a quote may be part of a number.
  return /#|R"|\w'\w|\\\r?\n/.test(code)
    ? code
    : code.replace(BETWEEN_STATEMENTS, (part, end: string | undefined) =>
        end === undefined ? part : end + (part.includes('\n') ? '\n' : ' '),
      );
});
