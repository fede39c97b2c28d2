/**
 * The same small programs in every language. They are written once in a notation of their own, one statement a line:
 *
 *     fn f(a, b) {          a function; its parameters are integers
 *     var x = 1             a variable that is declared with a value; `const` where the language tells it from a variable
 *     x = 1                 an assignment
 *     if x == 1 {           also `while`; `} else {`, `}`
 *     return x
 *     f(x)                  a call
 *
 * Lines may end with `// !`. Patterns are written in it, too.
 */
export interface Dialect {
  readonly language: string;
  readonly comment: string;
  /** What ends a statement. */
  readonly end: '' | ';';
  readonly declare: (name: string, value: string) => string;
  readonly define: (name: string, parameters: readonly string[]) => string;
  /** How an integer parameter is declared. */
  readonly parameter: (name: string) => string;
  /** Name of the type of integers; undefined where types are not written. */
  readonly integer: string | undefined;
  /** `if` and `while`, with parentheses where the language asks for them. */
  readonly head: (word: string, condition: string) => string;
  /** What stands around functions. */
  readonly before: string;
  readonly after: string;
}

const inParentheses = (word: string, condition: string): string => `${word} (${condition}) {`;
const bare = (word: string, condition: string): string => `${word} ${condition} {`;
const typed = { end: ';', integer: 'int', comment: '//', head: inParentheses } as const;
const cLike = {
  ...typed,
  declare: (name: string, value: string): string => `int ${name} = ${value};`,
  define: (name: string, parameters: readonly string[]): string => `int ${name}(${parameters.join(', ')}) {`,
  parameter: (name: string): string => `int ${name}`,
};
const inClass = { before: 'class Main {\n', after: '}\n' };
const alone = { before: '', after: '' };

export const DIALECTS: readonly Dialect[] = [
  { ...cLike, ...alone, language: 'c' },
  { ...cLike, ...alone, language: 'cpp' },
  { ...cLike, ...inClass, language: 'java' },
  { ...cLike, ...inClass, language: 'csharp' },
  {
    ...alone,
    language: 'python',
    comment: '#',
    end: '',
    integer: 'int',
    head: (word, condition) => `${word} ${condition}:`,
    declare: (name, value) => `${name} = ${value}`,
    define: (name, parameters) => `def ${name}(${parameters.join(', ')}):`,
    parameter: (name) => `${name}: int`,
  },
  {
    ...alone,
    language: 'javascript',
    comment: '//',
    end: ';',
    integer: undefined,
    head: inParentheses,
    declare: (name, value) => `let ${name} = ${value};`,
    define: (name, parameters) => `function ${name}(${parameters.join(', ')}) {`,
    parameter: (name) => name,
  },
  {
    ...alone,
    language: 'typescript',
    comment: '//',
    end: ';',
    integer: 'number',
    head: inParentheses,
    declare: (name, value) => `let ${name} = ${value};`,
    define: (name, parameters) => `function ${name}(${parameters.join(', ')}) {`,
    parameter: (name) => `${name}: number`,
  },
  {
    language: 'go',
    before: 'package p\n',
    after: '',
    comment: '//',
    end: '',
    integer: 'int',
    head: (word, condition) => bare(word === 'while' ? 'for' : word, condition),
    declare: (name, value) => `${name} := ${value}`,
    define: (name, parameters) => `func ${name}(${parameters.join(', ')}) int {`,
    parameter: (name) => `${name} int`,
  },
  {
    ...alone,
    language: 'rust',
    comment: '//',
    end: ';',
    integer: 'i32',
    head: bare,
    declare: (name, value) => `let ${name} = ${value};`,
    define: (name, parameters) => `fn ${name}(${parameters.join(', ')}) -> i32 {`,
    parameter: (name) => `${name}: i32`,
  },
  {
    ...alone,
    language: 'kotlin',
    comment: '//',
    end: '',
    integer: 'Int',
    head: inParentheses,
    declare: (name, value) => `val ${name} = ${value}`,
    define: (name, parameters) => `fun ${name}(${parameters.join(', ')}): Int {`,
    parameter: (name) => `${name}: Int`,
  },
  {
    ...alone,
    language: 'swift',
    comment: '//',
    end: '',
    integer: 'Int',
    head: bare,
    declare: (name, value) => `let ${name} = ${value}`,
    define: (name, parameters) => `func ${name}(${parameters.join(', ')}) -> Int {`,
    parameter: (name) => `${name}: Int`,
  },
];

/** A text of the notation in a language. Functions stand in what the language has around them, other code in a function. */
export function programIn(dialect: Dialect, text: string): string {
  const code = `${textIn(dialect, text, false)}\n`;
  if (/^fn /m.test(text)) return dialect.before + code + dialect.after;
  const body = code.replace(/^(?=.)/gm, '  ');
  const end = dialect.language === 'python' ? '' : '}\n';
  return `${dialect.before}${dialect.define('main', [])}\n${body}${end}${dialect.after}`;
}

/** A pattern of the notation in a language: on one line and without a `;` an expression, otherwise statements. */
export function patternIn(dialect: Dialect, text: string): string {
  const isExpression = !text.includes('\n') && !text.endsWith(';');
  return textIn(dialect, text, isExpression).trimEnd();
}

function textIn(dialect: Dialect, text: string, isExpression: boolean): string {
  const lines = text.split('\n').flatMap((line) => {
    const [, indent = '', said = '', mark = ''] = /^(\s*)(.*?)(\s*\/\/ !)?$/.exec(line) ?? [];
    const code = lineIn(dialect, said.replace(/;$/, ''), isExpression);
    return code === undefined ? [] : [indent + code + (mark === '' ? '' : ` ${dialect.comment} !`)];
  });
  return lines.join('\n');
}

/** One line; undefined for what the language does not write. */
function lineIn(dialect: Dialect, text: string, isExpression: boolean): string | undefined {
  const isPython = dialect.language === 'python';
  const [, name = '', parameters] = /^fn ([\w$]+)\((.*)\) \{$/.exec(text) ?? [];
  if (parameters !== undefined) {
    const all = parameters.split(', ').filter((each) => each !== '');
    return dialect.define(
      name,
      all.map((each) => (each.startsWith('...') ? each : dialect.parameter(each))),
    );
  }
  const [, target = '', value] = /^var ([\w$]+) = (.*)$/.exec(text) ?? [];
  if (value !== undefined) return dialect.declare(target, value);
  const [, word = '', condition] = /^(if|while) (.*) \{$/.exec(text) ?? [];
  if (condition !== undefined) return dialect.head(word, condition);
  if (text === '} else {') return isPython ? 'else:' : text;
  if (text === '}') return isPython ? undefined : text;
  return isExpression || text === '' || text === '...' ? text : text + dialect.end;
}
