import type { KnownMacros } from './conditions.ts';
import { tokensOf, type Tokens } from './tokens.ts';
import { QUALIFIER, WORDS } from './words.ts';

/**
 * What the use of a macro reads as, where the code does not parse with the macro in it:
 *
 * - `attribute`: nothing, or something that only qualifies a declaration; masked
 * - `argument`: its only argument
 * - `type`: a type
 * - `statement`: a statement or declaration that needs no `;`
 * - `loop`: the head of a loop or of an `if`: a statement follows
 * - `begin`, `end`: an opening or closing brace
 * - `plain`: an expression; nothing is done
 */
export const MACRO_SHAPES = [
  'attribute',
  'argument',
  'type',
  'statement',
  'loop',
  'begin',
  'end',
  'plain',
] as const;
export type MacroShape = (typeof MACRO_SHAPES)[number];

/** A macro as one `#define` has it. Plain data. */
export interface MacroDefinition {
  /** With `()` behind it for a macro with parameters. */
  readonly name: string;
  readonly shape: MacroShape;
  /** The name or number or string that it stands for, when it is no more than that; of a macro with parameters the function that is called with them. */
  readonly value?: string;
  /** Of a macro with parameters. */
  readonly parameters?: readonly string[];
  /** What it stands for, without comments and on one line; absent when that is too long to be kept. */
  readonly body?: string;
}

/** What is known of the macros of a workspace. */
export interface MacroTable {
  /** @param name with `()` behind it for a macro with parameters */
  shapeOf(name: string): MacroShape | undefined;
  /** The one value that all definitions give, when they give one. */
  valueOf(name: string): string | undefined;
}

/** Longer values are not kept. */
const MAX_VALUE = 200;
/** Longer bodies are judged by their beginning and end alone. */
const MAX_BODY = 4000;
/** Longer bodies are not kept. */
const MAX_KEPT_BODY = 2000;

/** The macros that a text defines, in its order. */
export function definitionsIn(text: string, { directives }: Tokens): MacroDefinition[] {
  const definitions: MacroDefinition[] = [];
  for (const { name, bodyStart, end } of directives) {
    if (name !== 'define') continue;
    const definition = readDefinition(text.slice(bodyStart, end));
    if (definition) definitions.push(definition);
  }
  return definitions;
}

/** @param line what stands behind `#define` */
export function readDefinition(line: string): MacroDefinition | undefined {
  const head = /^\s*([A-Za-z_$][\w$]*)(\(([^)]*)\))?/.exec(line);
  if (!head) return undefined;
  const name = head[1] ?? '';
  const body = plainBody(line.slice(head[0].length));
  const kept = body.length <= MAX_KEPT_BODY ? { body } : {};
  if (head[2] === undefined) {
    const isSimple = body.length <= MAX_VALUE && /^(?:\w+|\(?-?[\w.]+\)?|"(?:[^"\\]|\\.)*")$/.test(body);
    return { name, shape: shapeOfBody(body), ...(isSimple ? { value: body } : {}), ...kept };
  }
  const parameters = (head[3] ?? '').split(',').map((each) => each.trim());
  const shape = shapeWithParameters(body, parameters);
  const callee = forwardedTo(body, parameters);
  return {
    name: `${name}()`,
    shape,
    ...(callee === undefined ? {} : { value: callee }),
    parameters,
    ...kept,
  };
}

/** The name that a macro stands for and nothing more, `free` of `#define xfree free` and of `#define xfree(p) free(p)`. */
export function targetOf(macro: MacroDefinition): string | undefined {
  const { value } = macro;
  return value !== undefined && /^[A-Za-z_]\w*$/.test(value) && value !== bareName(macro) ? value : undefined;
}

/** The name as it is used, with or without parameters. */
export function bareName({ name }: MacroDefinition): string {
  return name.endsWith('()') ? name.slice(0, -2) : name;
}

/** A body without comments, on one line. */
function plainBody(body: string): string {
  const cut = body.length > MAX_BODY ? `${body.slice(0, MAX_BODY / 2)} ${body.slice(-MAX_BODY / 2)}` : body;
  return cut
    .replaceAll(/\\\r?\n/g, ' ')
    .replaceAll(/"(?:[^"\\]|\\.)*"|\/\*.*?\*\/|\/\/.*$/gs, (part) => (part.startsWith('"') ? part : ' '))
    .trim();
}

/** `xfree(p)` of `#define f(p) xfree(p)`. */
function forwardedTo(body: string, parameters: readonly string[]): string | undefined {
  const call = /^\(?([A-Za-z_]\w*)\s*\(([^()]*)\)\)?;?$/.exec(body);
  if (!call) return undefined;
  const passed = (call[2] ?? '').split(',').map((each) => each.trim());
  const same =
    passed.length === parameters.length &&
    passed.every((each, index) => each === (parameters[index] === '...' ? '__VA_ARGS__' : parameters[index]));
  return same ? call[1] : undefined;
}

function shapeOfBody(body: string): MacroShape {
  const words = wordsOfBody(body);
  if (skipAttributes(words, 0) === words.length) return 'attribute';
  const net = bracesOf(words);
  if (net > 0) return 'begin';
  return net < 0 ? 'end' : 'plain';
}

function shapeWithParameters(body: string, parameters: readonly string[]): MacroShape {
  const words = wordsOfBody(body);
  if (skipAttributes(words, 0) === words.length) return 'attribute';
  const [only, second] = parameters;
  if (only !== undefined && second === undefined && isOnlyArgument(words, only)) return 'argument';
  const net = body.length < MAX_BODY ? bracesOf(words) : 0;
  const first = words[0] ?? '';
  const last = words.at(-1) ?? '';
  if ((first === 'for' || first === 'while') && last !== ';' && last !== '}') return 'loop';
  if (first === 'if' && net === 0 && last === ')') return 'loop';
  if (net !== 0) return net > 0 ? 'begin' : 'end';
  if (TAGS.has(first) && !words.some((word) => word === ';' || word === '=' || word === '(')) return 'type';
  if (TAGS.has(first) && last === '}') return 'type';
  return last === ';' || last === '}' ? 'statement' : 'plain';
}

const TAGS: ReadonlySet<string> = new Set(['struct', 'union', 'enum']);

function wordsOfBody(body: string): string[] {
  // The blank keeps a `#` in it from being read as a directive.
  const { count, start, end } = tokensOf(`;${body}`);
  return Array.from({ length: count - 1 }, (_, index) => `;${body}`.slice(start[index + 1], end[index + 1]));
}

/** Index behind the words and groups that only qualify a declaration. */
function skipAttributes(words: readonly string[], from: number): number {
  let at = from;
  for (;;) {
    const word = words[at];
    if (word === undefined) return at;
    if (word === 'extern' && words[at + 1] === '"C"') at += words[at + 2] === '{' ? 3 : 2;
    else if (word === '[' && words[at + 1] === '[') at = behindGroup(words, at);
    else if (TAKES_GROUP.has(word) && words[at + 1] === '(') at = behindGroup(words, at + 1);
    else if (WORDS.cpp.get(word) === QUALIFIER && word !== 'typedef' && word !== 'typename') at++;
    else return at;
  }
}

const TAKES_GROUP: ReadonlySet<string> = new Set([
  '__attribute__',
  '__attribute',
  '__declspec',
  '_Alignas',
  'alignas',
  '_Pragma',
  '__pragma',
]);

function behindGroup(words: readonly string[], open: number): number {
  let depth = 0;
  for (let at = open; at < words.length; at++) {
    const word = words[at] ?? '';
    if (word === '(' || word === '[') depth++;
    else if ((word === ')' || word === ']') && --depth === 0) return at + 1;
  }
  return words.length;
}

/** `x`, `(x)`, `prefix_##x`, `__attribute__((...)) x` */
function isOnlyArgument(words: readonly string[], parameter: string): boolean {
  let at = skipAttributes(words, 0);
  const isOpen = words[at] === '(';
  if (isOpen) at++;
  if (words[at + 1] === '#' && words[at + 2] === '#') at += 3;
  if (words[at++] !== parameter) return false;
  if (words[at] === '#' && words[at + 1] === '#') at += 3;
  if (isOpen && words[at++] !== ')') return false;
  return skipAttributes(words, at) === words.length;
}

function bracesOf(words: readonly string[]): number {
  return words.reduce((net, word) => (word === '{' ? net + 1 : word === '}' ? net - 1 : net), 0);
}

/** A table of definitions, in whatever order they come. */
export function macroTable(definitions: Iterable<MacroDefinition>): MacroTable {
  const shapes = new Map<string, Set<MacroShape>>();
  const values = new Map<string, string | undefined>();
  for (const { name, shape, value } of definitions) {
    const known = shapes.get(name);
    if (known) known.add(shape);
    else shapes.set(name, new Set([shape]));
    values.set(name, values.has(name) && values.get(name) !== value ? undefined : value);
  }
  return {
    shapeOf(name) {
      const found = shapes.get(name);
      return found && joined(found);
    },
    valueOf: (name) => values.get(name),
  };
}

/** What definitions of several shapes amount to: the one that is safe for all. */
function joined(shapes: ReadonlySet<MacroShape>): MacroShape {
  const [only] = shapes;
  if (only !== undefined && shapes.size === 1) return only;
  for (const shape of ['loop', 'statement', 'type', 'argument'] as const) if (shapes.has(shape)) return shape;
  return shapes.has('plain') ? 'plain' : 'attribute';
}

/** A table that asks one after the other: the first that knows a macro decides. */
export function tablesInOrder(tables: readonly MacroTable[]): MacroTable {
  const first = <Value>(ask: (table: MacroTable) => Value | undefined): Value | undefined => {
    for (const table of tables) {
      const value = ask(table);
      if (value !== undefined) return value;
    }
    return undefined;
  };
  return {
    shapeOf: (name) => first((table) => table.shapeOf(name)),
    valueOf: (name) => first((table) => table.valueOf(name)),
  };
}

/** A table of shapes that somebody wrote down. */
export function tableOfShapes(shapes: Readonly<Record<string, MacroShape>>): MacroTable {
  const known = new Map(Object.entries(shapes));
  return { shapeOf: (name) => known.get(name), valueOf: () => undefined };
}

/**
 * What a build says about macros in conditions.
 *
 * @param defined as `NAME` or `NAME=value`
 */
export function conditionMacros(defined: readonly string[], notDefined: readonly string[]): KnownMacros {
  const values = new Map<string, number | boolean>(notDefined.map((name) => [name, false]));
  for (const each of defined) {
    const [name = '', value = '1'] = each.split('=', 2);
    const number = Number(value);
    values.set(name, value === '' || Number.isNaN(number) ? true : number);
  }
  return { valueOf: (name) => values.get(name) };
}

export const NO_MACROS: MacroTable = macroTable([]);

export type { KnownMacros };
