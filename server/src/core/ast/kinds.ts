/**
 * The vocabulary of syntax that all languages share. A grammar's profile says which of its node kinds is which construct;
 * what it does not mention keeps the grammar's own kind, written `:kind`, and is compared child by child.
 *
 * How much of a construct a pattern must write is said here once, for every language:
 *
 * - `exact`: what the pattern has the code must have, and the other way round; a list is compared in order, with `...`.
 * - `optional`: a pattern without it does not care.
 * - `subset`: each entry of the pattern must be there, in any order; further entries do not matter. `...` adds nothing.
 * - `body`: a block; a single statement without braces reads as a block of one.
 */
export type Demand = 'exact' | 'optional' | 'subset' | 'body' | 'optional-body';

/** Roles of the parts of each construct, in the order in which they are read. */
export const CONSTRUCTS = {
  file: { statements: 'exact' },
  block: { statements: 'exact' },

  // Declarations
  function: {
    attributes: 'subset',
    modifiers: 'subset',
    receiver: 'optional',
    name: 'exact',
    typeParameters: 'optional',
    parameters: 'exact',
    returns: 'optional',
    throws: 'optional',
    body: 'optional-body',
  },
  parameter: {
    attributes: 'subset',
    modifiers: 'subset',
    /** What a call writes before the argument: `with` of Swift's `func f(with x: Int)`. */
    label: 'optional',
    type: 'optional',
    target: 'exact',
    default: 'optional',
  },
  class: {
    attributes: 'subset',
    modifiers: 'subset',
    form: 'exact',
    name: 'exact',
    typeParameters: 'optional',
    parameters: 'optional',
    parents: 'subset',
    /** Only where the language tells them from parents: `implements` of Java. */
    interfaces: 'subset',
    /** Given to the constructor of a parent in the header. */
    arguments: 'optional',
    members: 'subset',
  },
  variable: {
    attributes: 'subset',
    modifiers: 'subset',
    type: 'optional',
    target: 'exact',
    value: 'exact',
    /** Functions that a property runs when it is read or written: `get`, `set`, `didSet`. */
    accessors: 'subset',
  },
  /** `list` is a token where parentheses are written: once a pattern has them, its arguments are exact. Code may do without: `@A` is `@A()`. */
  annotation: {
    /** What it speaks of where that is written: `assembly` of `[assembly: A]`, `get` of `@get:A`. */
    target: 'optional',
    name: 'exact',
    list: 'optional',
    arguments: 'optional',
  },
  import: { modifiers: 'subset', module: 'exact', alias: 'optional', names: 'subset' },
  importName: { name: 'exact', alias: 'optional' },
  /** Names that a module gives on, perhaps of another module (JavaScript). */
  export: { names: 'subset', module: 'exact' },
  exportName: { name: 'exact', alias: 'optional' },
  namespace: { name: 'exact', statements: 'optional' },

  // Statements
  expressionStatement: { expression: 'exact' },
  if: { initialiser: 'optional', condition: 'exact', then: 'body', else: 'optional-body' },
  while: { condition: 'exact', body: 'body', else: 'optional-body' },
  doWhile: { body: 'body', condition: 'exact' },
  for: { initialiser: 'exact', condition: 'exact', update: 'exact', body: 'body' },
  forEach: {
    modifiers: 'subset',
    type: 'optional',
    target: 'exact',
    iterable: 'exact',
    guard: 'optional',
    body: 'body',
    else: 'optional-body',
  },
  switch: { initialiser: 'optional', value: 'exact', cases: 'subset' },
  case: { patterns: 'exact', guard: 'exact', body: 'body' },
  try: {
    resources: 'optional',
    body: 'body',
    catches: 'subset',
    else: 'optional-body',
    finally: 'optional-body',
  },
  catch: { type: 'exact', parameter: 'optional', guard: 'optional', body: 'body' },
  /** What `with f() as x` opens. */
  resource: { value: 'exact', target: 'exact' },
  /** `with a() as x, b() as y` is one in the other. */
  with: { modifiers: 'subset', resources: 'subset', body: 'body' },
  return: { value: 'exact' },
  throw: { value: 'exact', cause: 'optional' },
  /** With a value in languages whose loops have results. */
  break: { label: 'optional', value: 'exact' },
  continue: { label: 'optional' },
  goto: { label: 'exact' },
  labeled: { label: 'exact', statements: 'exact' },

  // Expressions
  assign: { target: 'exact', operator: 'exact', value: 'exact' },
  /** The operator tells a macro (`!`, `#`) from a function of the name. */
  call: { callee: 'exact', operator: 'exact', typeArguments: 'optional', arguments: 'exact' },
  /** `fields` are those that an initialiser sets: `new T { A = 1 }`. */
  new: {
    type: 'optional',
    typeArguments: 'optional',
    arguments: 'exact',
    fields: 'subset',
    members: 'subset',
  },
  keyword: { name: 'exact', value: 'exact' },
  spread: { operator: 'exact', value: 'exact' },
  member: { object: 'exact', name: 'exact' },
  index: { object: 'exact', indices: 'exact' },
  binary: { left: 'exact', operator: 'exact', right: 'exact' },
  unary: { operator: 'exact', operand: 'exact' },
  /** `i++`: the operator reads `post++`. */
  conditional: { condition: 'exact', then: 'exact', else: 'exact' },
  /** The operator where there are several: `as?`, `as!`. */
  cast: { type: 'exact', operator: 'exact', value: 'exact' },
  lambda: {
    attributes: 'subset',
    modifiers: 'subset',
    captures: 'optional',
    typeParameters: 'optional',
    parameters: 'exact',
    returns: 'optional',
    body: 'optional-body',
  },
  await: { value: 'exact' },
  /** `yield from` and `yield*` have an operator. */
  yield: { operator: 'exact', value: 'exact' },
  /** `[x for y in z if c]`; the form says what it makes. */
  comprehension: { form: 'exact', value: 'exact', clauses: 'exact' },
  comprehensionFor: { modifiers: 'subset', target: 'exact', iterable: 'exact' },
  comprehensionIf: { condition: 'exact' },
  list: { elements: 'exact' },
  tuple: { elements: 'exact' },
  /** Dictionary, object, structure literal: fields in any order. */
  record: { type: 'optional', fields: 'subset' },
  pair: { key: 'exact', value: 'exact' },
  /** An element of JSX; a pattern without content does not care for it. */
  element: { name: 'exact', typeArguments: 'optional', attributes: 'subset', content: 'optional' },
  /** A string with expressions in it. */
  template: { tag: 'exact', parts: 'exact' },

  // Types
  genericType: { base: 'exact', arguments: 'optional' },
  pointerType: { modifiers: 'subset', base: 'exact' },
  /** Where a type stands alone: `static_cast<T &&>(x)`; a declared name has the `&` among its modifiers. */
  referenceType: { operator: 'exact', base: 'exact' },
  functionType: { base: 'exact' },
  arrayType: { base: 'exact', size: 'optional' },

  // Leaves: no parts, only text
  identifier: {},
  number: {},
  string: {},
  /** A regular expression literal; its text is what stands between the delimiters. */
  regex: {},
  /** A token that counts, such as an operator or a modifier. */
  token: {},
} as const satisfies Readonly<Record<string, Readonly<Record<string, Demand>>>>;

export type ConstructKind = keyof typeof CONSTRUCTS;

/** Roles of a construct with their demands; undefined for a grammar's own kind. */
export function rolesOf(kind: string): Readonly<Record<string, Demand>> | undefined {
  return Object.hasOwn(CONSTRUCTS, kind) ? CONSTRUCTS[kind as ConstructKind] : undefined;
}

const withRoles = new Map<string, boolean>();

/** False for leaves and for a grammar's own kinds. */
export function hasRoles(kind: string): boolean {
  let known = withRoles.get(kind);
  if (known === undefined) {
    known = Object.keys(rolesOf(kind) ?? {}).length > 0;
    withRoles.set(kind, known);
  }
  return known;
}

/** Constructs that open a scope of their own, whose body runs at another time. */
export const CALLABLES: ReadonlySet<string> = new Set(['function', 'lambda']);
