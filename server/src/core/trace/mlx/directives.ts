import type { Range } from '../../base/range.ts';

/** A word of an option with its place. */
export interface Word {
  readonly text: string;
  readonly range: Range;
}

export interface Directive {
  readonly name: 'item' | 'item-link' | 'attribute-link';
  /** Words behind the `::`. */
  readonly argument: readonly Word[];
  /** By name; an option that stands twice has the words of both. */
  readonly options: ReadonlyMap<string, readonly Word[]>;
  /** What is indented below the options; lines without their common indentation. */
  readonly body: string;
  /** Of the line that it begins on. */
  readonly range: Range;
}

const DIRECTIVE = /^([ \t]*)\.\. (item|item-link|attribute-link)::(?:[ \t]+(.*))?$/;
const OPTION = /^([ \t]+):([^:\s][^:]*):(?:[ \t]+(.*))?$/;
/** Blocks whose content is shown and not read. */
const LITERAL =
  /^([ \t]*)(?:\.\. (?:code-block|code|sourcecode|parsed-literal|literalinclude|raw|highlight|math|uml|graphviz)::.*|(?!\.\. ).*::|\.\.(?: (?![\w-]+::|_|\[|\|).*)?)$/;

/**
 * Finds the directives of a reStructuredText file. What stands in literal blocks, code blocks and comments is an example and no
 * directive. Takes time linear in the text.
 */
export function readDirectives(text: string): readonly Directive[] {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const found: Directive[] = [];
  for (let at = 0; at < lines.length;) {
    const line = lines[at] ?? '';
    const [, indent, name, argument = ''] = DIRECTIVE.exec(line) ?? [];
    if (indent !== undefined && isName(name)) {
      const { directive, next } = readDirective(lines, at, indent.length, name, argument);
      found.push(directive);
      at = next;
      continue;
    }
    const literal = LITERAL.exec(line)?.[1];
    at++;
    if (literal === undefined) continue;
    while (
      at < lines.length &&
      ((lines[at] ?? '').trim() === '' || indentOf(lines[at] ?? '') > literal.length)
    )
      at++;
  }
  return found;
}

function isName(name: string | undefined): name is Directive['name'] {
  return name === 'item' || name === 'item-link' || name === 'attribute-link';
}

function readDirective(
  lines: readonly string[],
  start: number,
  indent: number,
  name: Directive['name'],
  argument: string,
): { readonly directive: Directive; readonly next: number } {
  const head = lines[start] ?? '';
  const options = new Map<string, Word[]>();
  const words = wordsIn(argument, start, head.length - argument.length);
  let at = start + 1;
  let open: Word[] = words;
  for (; at < lines.length; at++) {
    const line = lines[at] ?? '';
    if (line.trim() === '' || indentOf(line) <= indent) break;
    const [, , option, value = ''] = OPTION.exec(line) ?? [];
    if (option === undefined) {
      // Goes on with the option above, or with the title.
      open.push(...wordsIn(line, at, 0));
      continue;
    }
    open = options.get(option.trim()) ?? [];
    options.set(option.trim(), open);
    open.push(...wordsIn(value, at, line.length - value.length));
  }
  const first = at;
  let end = at;
  for (; at < lines.length; at++) {
    const line = lines[at] ?? '';
    if (line.trim() === '') continue;
    if (indentOf(line) <= indent || DIRECTIVE.test(line)) break;
    end = at + 1;
  }
  return {
    directive: {
      name,
      argument: words,
      options,
      body: dedented(lines.slice(first, end)),
      range: { start: { line: start, column: 0 }, end: { line: start, column: head.length } },
    },
    next: end,
  };
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

function wordsIn(text: string, line: number, column: number): Word[] {
  return [...text.matchAll(/\S+/g)].map(({ 0: word, index }) => ({
    text: word,
    range: {
      start: { line, column: column + index },
      end: { line, column: column + index + word.length },
    },
  }));
}

function dedented(lines: readonly string[]): string {
  const filled = lines.filter((line) => line.trim() !== '');
  const common = filled.reduce((least, line) => Math.min(least, indentOf(line)), Infinity);
  return lines
    .map((line) => line.slice(Math.min(common, line.length)).trimEnd())
    .join('\n')
    .trim();
}
