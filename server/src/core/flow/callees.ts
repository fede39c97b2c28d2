import type { Node } from '../ast/node.ts';
import type { Declaration } from '../resolve/names.ts';
import { classOf, isThis, lastName } from './places.ts';
import type { Callable, Program } from './program.ts';
import type { Value } from './values.ts';

const CONSTRUCTORS = new Set(['constructor', '__init__', 'init', 'new']);

/** Where a name stands: in a function of a file. */
export interface Where {
  readonly callable: Callable;
  readonly run: { readonly program: Program };
}

/** A function that a call runs. */
export interface Resolved {
  readonly callable: Callable;
  /** Whether nothing but its name speaks for it: what the object is that the method is called of is not known. */
  readonly isGuess: boolean;
}

/** The function of this file that a call runs; undefined when it is not known. */
export function calleeOf(frame: Where, callee: Node, value: Value, count: number): Resolved | undefined {
  const { program } = frame.run;
  if (value.callable !== undefined) return sure(program.callables[value.callable]);
  return callee.kind === 'identifier' ? named(frame, callee, count) : methodOf(frame, callee, count);
}

function methodOf(frame: Where, callee: Node, count: number): Resolved | undefined {
  const { program } = frame.run;
  if (callee.kind !== 'member') return undefined;
  const object = callee.part('object');
  const name = callee.part('name')?.text ?? '';
  const all = program.byName.get(name) ?? [];
  // `a::f()`: a function of a module that is written in this file.
  const module = object && lastName(object);
  const within = all.filter((each) => classOf(each) === undefined && moduleOf(each) === module);
  if (module !== undefined && within.length > 0) return sure(fitting(within, count));
  const methods = all.filter((each) => classOf(each) !== undefined);
  if (object === undefined || methods.length === 0) return undefined;
  const of = classOfObject(frame, object);
  if (of !== undefined) {
    const own = methods.filter((each) => classOf(each) === of);
    if (own.length > 0) return sure(fitting(own, count));
    if (program.classes.has(of) && !isThis(program, object)) return sure(fitting(methods, count));
    if (!isThis(program, object)) return undefined;
  }
  // A name of the outside: its methods are not those of this file.
  if (program.names.pathOf(callee) !== undefined && !isThis(program, object)) return undefined;
  const extensions = methods.filter(isExtension);
  if (extensions.length === methods.length) return sure(fitting(methods, count + 1));
  const callable = fitting(methods, count);
  // What is written for a type of the outside is not called of much else.
  const type = callable && classOf(callable);
  return (
    callable && { callable, isGuess: of === undefined && type !== undefined && program.classes.has(type) }
  );
}

function sure(callable: Callable | undefined): Resolved | undefined {
  return callable && { callable, isGuess: false };
}

/** Name of the module or namespace that a function is written in. */
function moduleOf({ node }: Callable): string | undefined {
  for (let at = node.parent; at !== undefined; at = at.parent) {
    if (at.kind === 'namespace') return lastName(at.part('name'));
  }
  return undefined;
}

/** The constructor that `new T(...)` or `T(...)` runs. */
export function constructorOf(program: Program, type: Node, count: number): Callable | undefined {
  const name = lastName(type);
  if (name === undefined || !program.classes.has(name)) return undefined;
  const written = [...CONSTRUCTORS, name].flatMap((each) => program.byName.get(each) ?? []);
  const own = written.filter((each) => classOf(each) === name);
  const primary = program.byNode.get(program.classes.get(name)?.index ?? -1);
  return fitting(primary === undefined ? own : [primary, ...own], count);
}

/** `super(...)`: the constructor of the class that the one around extends. */
function constructorAbove({ callable, run: { program } }: Where, count: number): Callable | undefined {
  for (const parent of callable.owner?.parts('parents') ?? []) {
    const found = constructorOf(program, parent, count);
    if (found !== undefined) return found;
  }
  return undefined;
}

function named(frame: Where, callee: Node, count: number): Resolved | undefined {
  const { program } = frame.run;
  if (callee.text === 'super') return sure(constructorAbove(frame, count));
  const declaration = program.names.declarationOf(callee);
  if (declaration?.kind === 'class') return sure(constructorOf(program, callee, count));
  if (declaration !== undefined) return sure(declared(program, callee, declaration, count));
  const outer = (program.byName.get(callee.text) ?? []).filter(({ inner }) => !inner);
  const { bareMembers } = program.ast.grammar.definition.profile.names ?? {};
  const callable = fitting(bareMembers === true ? outer : outer.filter((each) => !isMember(each)), count);
  // A method of another class of the file, of which this one need not know.
  return callable && { callable, isGuess: isMember(callable) };
}

/** A function that is called of an object, where calls of it have to say so. */
function isMember(callable: Callable): boolean {
  const { role, parent } = callable.node;
  return classOf(callable) !== undefined || role === 'fields' || parent?.kind === 'pair';
}

function declared(
  program: Program,
  callee: Node,
  declaration: Declaration,
  count: number,
): Callable | undefined {
  const all = program.byName.get(callee.text) ?? [];
  const own = program.byNode.get(declaration.node.index);
  if (own?.node.parts('parameters').length === count) return own;
  if (declaration.kind === 'function') {
    // A prototype, one of several functions of the name, or one called with fewer arguments.
    const fit = all.filter(({ node }) => node.parts('parameters').length === count);
    return fit.length === 1 ? fit[0] : (own ?? fitting(all, count));
  }
  const value = declaration.node.part('value');
  return value === undefined ? undefined : program.byNode.get(value.index);
}

/** Name of the class that an object is of, as far as the file tells. */
export function classOfObject({ run: { program }, callable }: Where, object: Node): string | undefined {
  if (isThis(program, object)) {
    for (
      let at: Callable | undefined = callable;
      at !== undefined && at.id !== 0;
      at = program.callables[at.parent]
    ) {
      const name = classOf(at);
      if (name !== undefined) return name;
    }
    return undefined;
  }
  if (object.kind === 'new') return lastName(object.part('type'));
  if (object.kind === 'identifier' && program.names.declarationOf(object)?.kind === 'class')
    return object.text;
  const type = program.names.typeOf(object);
  return type?.type === undefined ? undefined : lastName(type.type);
}

/** The only one, or the only one that takes so many arguments. */
export function fitting(all: readonly Callable[], count: number): Callable | undefined {
  const [only, second] = all;
  if (second === undefined) return only;
  const fit = all.filter(({ parameters }) => parameters.length === count);
  return fit.length === 1 ? fit[0] : undefined;
}

/** `static T f(this S s)` of C#, called `s.f()`: the object is the first argument. */
export function isExtension({ parameters }: Callable): boolean {
  return parameters[0]?.node.parts('modifiers').some(({ text }) => text === 'this') === true;
}
