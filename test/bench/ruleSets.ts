/** Makes rule sets of any size in our syntax and in ast-grep's, rule by rule of equal meaning, from shapes that rules usually have. */

export type BenchLanguage = 'c' | 'python' | 'javascript';

/** A rule twice: as YAML for `rules:`, and as a document of ast-grep. */
export interface RulePair {
  readonly id: string;
  readonly ours: string;
  readonly theirs: string;
}

interface Dialect {
  /** Functions whose calls rules look for. */
  readonly names: readonly string[];
  /** A call inside of which another one stands, as in `strlen(getenv(...))`. */
  readonly outer: string;
  readonly loop: { readonly ours: string; readonly theirs: string };
  readonly condition: { readonly ours: string; readonly theirs: string };
  /** Kinds of a call in ast-grep. */
  readonly call: string;
  /** ast-grep's patterns for a value that is assigned or that initialises. */
  readonly assigned: (value: string) => readonly string[];
  /** Where ast-grep has to parse a call: in C a call that stands alone reads as a declaration. */
  readonly frame: ((code: string) => string) | undefined;
}

const DIALECTS: Readonly<Record<BenchLanguage, Dialect>> = {
  c: {
    names:
      words(`strcpy strcat sprintf vsprintf memcpy memmove memset malloc calloc realloc free printf fprintf snprintf strlen strcmp
      strncpy strncat strdup strchr strstr strtok atoi atol strtol strtoul gets fgets fread fwrite fopen fclose open close read write send recv
      socket bind listen accept connect select poll fork execl execv system popen getenv setenv rand srand time localtime gmtime exit abort
      signal mktemp tmpnam chmod chown access stat lstat unlink mkdir rmdir rename scanf sscanf fscanf`),
    outer: 'strlen',
    loop: { ours: 'while ($C) { ... }', theirs: 'while_statement' },
    condition: { ours: 'if ($C) { ... }', theirs: 'if_statement' },
    call: 'call_expression',
    assigned: (value) => [
      framed(`$X = ${value}`, 'assignment_expression', inFunction),
      framed(`int $X = ${value}`, 'init_declarator', inFunction),
    ],
    frame: inFunction,
  },
  python: {
    names:
      words(`eval exec open print len range input compile getattr setattr isinstance sorted list dict set tuple str int float bytes repr format
      zip map filter sum min max any all iter next type super hasattr delattr vars dir id hash hex oct bin ord chr round abs pow divmod slice
      enumerate reversed callable globals locals memoryview bytearray frozenset complex object property staticmethod classmethod issubclass
      breakpoint ascii help run call connect execute loads dumps`),
    outer: 'len',
    loop: { ours: 'for $V in $I:\n              ...', theirs: 'for_statement' },
    condition: { ours: 'if $C:\n              ...', theirs: 'if_statement' },
    call: 'call',
    assigned: (value) => [`pattern: ${quoted(`$X = ${value}`)}`],
    frame: undefined,
  },
  javascript: {
    names:
      words(`eval fetch require setTimeout setInterval clearTimeout parseInt parseFloat isNaN encodeURIComponent decodeURIComponent escape unescape
      alert confirm prompt atob btoa exec spawn fork query send render redirect connect listen resolve reject assert describe it expect before
      after beforeEach afterEach String Number Boolean Array Object Symbol BigInt RegExp Function queueMicrotask structuredClone
      requestAnimationFrame addEventListener removeEventListener dispatchEvent postMessage print open close write read log next done callback handler run start stop init`),
    outer: 'String',
    loop: { ours: 'while ($C) { ... }', theirs: 'while_statement' },
    condition: { ours: 'if ($C) { ... }', theirs: 'if_statement' },
    call: 'call_expression',
    assigned: (value) => [
      `pattern: ${quoted(`$X = ${value}`)}`,
      framed(`let $X = ${value}`, 'variable_declarator', (code) => code),
    ],
    frame: undefined,
  },
};

type Shape = (name: string, dialect: Dialect) => { readonly ours: string; readonly theirs: string };

const SHAPES: readonly Shape[] = [
  // A call with any arguments.
  (name, dialect) => ({
    ours: `    pattern: ${quoted(`${name}(...)`)}`,
    theirs: `rule:\n  ${called(name, dialect)}`,
  }),
  // A call in a call.
  (name, dialect) => ({
    ours: `    pattern: ${quoted(`${dialect.outer}(${name}(...))`)}`,
    theirs: `rule:\n  ${patternOf(`${dialect.outer}(${name}($$$))`, dialect)}`,
  }),
  // What a variable becomes.
  (name, dialect) => ({
    ours: `    pattern: ${quoted(`$X = ${name}(...)`)}`,
    theirs: `rule:\n  any:\n${dialect
      .assigned(`${name}($$$)`)
      .map((each) => `    - ${each}`)
      .join('\n')}`,
  }),
  // A call in a loop.
  (name, dialect) => ({
    ours: `    patterns:\n      - pattern: ${quoted(`${name}(...)`)}\n      - pattern-inside: |\n            ${dialect.loop.ours}`,
    theirs: `rule:\n  ${called(name, dialect)}\n  inside: {kind: ${dialect.loop.theirs}, stopBy: end}`,
  }),
  // A call that no condition guards.
  (name, dialect) => ({
    ours: `    patterns:\n      - pattern: ${quoted(`${name}(...)`)}\n      - pattern-not-inside: |\n            ${dialect.condition.ours}`,
    theirs: `rule:\n  ${called(name, dialect)}\n  not: {inside: {kind: ${dialect.condition.theirs}, stopBy: end}}`,
  }),
  // Calls of a family of functions.
  (name, dialect) => ({
    ours: `    patterns:\n      - pattern: $F(...)\n      - metavariable-regex: {metavariable: $F, regex: '^${name}[a-z_]*$'}`,
    theirs: `rule:\n  ${called('$F', dialect)}\nconstraints:\n  F: {regex: '^${name}[a-z_]*$'}`,
  }),
];

/**
 * The first `count` of all rules that names and shapes make, so that a small set is the beginning of a large one. Languages and shapes take
 * turns.
 */
export function ruleSet(count: number, languages: readonly BenchLanguage[]): readonly RulePair[] {
  return Array.from({ length: count }, (_, index) => {
    const language = languages[index % languages.length] ?? 'c';
    const dialect = DIALECTS[language];
    const own = Math.floor(index / languages.length);
    const turn = own % SHAPES.length;
    const shape = SHAPES[turn];
    // Each shape goes through all names, and begins elsewhere.
    const first = turn * Math.floor(dialect.names.length / SHAPES.length);
    const name = dialect.names[(first + Math.floor(own / SHAPES.length)) % dialect.names.length] ?? '';
    const id = `${language}-${own}`;
    const pair = shape?.(name, dialect) ?? { ours: '', theirs: '' };
    return {
      id,
      ours: `  - id: ${id}\n    languages: [${language}]\n    severity: WARNING\n    message: m\n${pair.ours}\n`,
      theirs: `id: ${id}\nlanguage: ${language}\nseverity: warning\nmessage: m\n${pair.theirs}\n`,
    };
  });
}

export function ourFile(rules: readonly RulePair[]): string {
  return `rules:\n${rules.map(({ ours }) => ours).join('')}`;
}

export function theirFile(rules: readonly RulePair[]): string {
  return rules.map(({ theirs }) => theirs).join('---\n');
}

function called(name: string, dialect: Dialect): string {
  return patternOf(`${name}($$$)`, dialect);
}

function patternOf(code: string, { frame, call }: Dialect): string {
  return frame === undefined ? `pattern: ${quoted(code)}` : framed(code, call, frame);
}

function framed(code: string, kind: string, frame: (code: string) => string): string {
  return `pattern: {context: ${quoted(frame(code))}, selector: ${kind}}`;
}

function inFunction(code: string): string {
  return `void f() { ${code}; }`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

function words(text: string): readonly string[] {
  return text.split(/\s+/);
}
