import type { Node } from '../ast/node.ts';
import { isExtension } from './callees.ts';
import type { Callee, Frame, Summary } from './frame.ts';
import { classOf, lastName, placeOf, rootOfClass } from './places.ts';
import type { Callable } from './program.ts';
import { arrive, record } from './sinks.ts';
import { readPlace, writePlace } from './store.ts';
import { substitute, substituteTaints, type Actuals } from './substitute.ts';
import { CLEAN, fieldOf, join, withField, type Value } from './values.ts';

/** What a call gives: an argument, or the object whose method is called. */
export interface Given {
  readonly node: Node;
  readonly value: Value;
}

/** A function inside the one at work is followed with what is known right here. */
export function summaryAt(frame: Frame, callable: Callable): Summary {
  const { run } = frame;
  run.noteCall(callable);
  if (!callable.inner || run.isOpen(callable) || !surrounds(frame, callable)) return run.summaryOf(callable);
  const outcome = run.enter(callable, frame.state.fork());
  for (const found of outcome.reached) record(frame.findings, found);
  return outcome;
}

/** The variables around an inner function are those of the function at work. */
function surrounds({ callable: { id }, run: { program } }: Frame, inner: Callable): boolean {
  for (let at: Callable | undefined = inner; at !== undefined; at = program.callables[at.parent]) {
    if (at.parent === id) return true;
    if (at.id === 0) return false;
  }
  return false;
}

export function calleeAt(frame: Frame, callable: Callable): Callee {
  return { callable, program: frame.run.program, summary: summaryAt(frame, callable) };
}

/** @param values of the arguments, at the positions of the parameters; undefined for those that are left out */
export function actualsOf(
  frame: Frame,
  { callable: callee, program, summary }: Callee,
  values: readonly (Value | undefined)[],
  object: Value | undefined,
  place: Node,
): Actuals {
  const given = new Map<string, Value>();
  const own = new Set<string>();
  const isAtHome = program === frame.run.program && frame.callable.id !== 0;
  const actuals: Actuals = { values: given, place, keeps: (root) => isAtHome && !own.has(root) };
  const of = classOf(callee);
  if (of !== undefined && object !== undefined) {
    given.set(rootOfClass(of), object);
    own.add(rootOfClass(of));
  }
  callee.parameters.forEach(({ identifier, position, path, rest }, index) => {
    const at = placeOf(program, identifier, callee);
    if (at === undefined) return;
    own.add(at.root);
    const fallback = summary.defaults.get(index);
    let value = CLEAN;
    if (rest) value = values.slice(position).reduce<Value>((all, each) => join(all, each ?? CLEAN), CLEAN);
    else if (values[position] !== undefined) value = path.reduce(fieldOf, values[position]);
    else if (fallback !== undefined) value = substitute(frame, fallback, actuals);
    given.set(at.root, withField(given.get(at.root) ?? CLEAN, at.path, value));
  });
  return actuals;
}

/** What a summary says, at one call: sinks inside are reached, functions given are called; the result. */
export function settle(frame: Frame, summary: Summary, actuals: Actuals, depth = 0): Value {
  for (const { sink, taints, place } of summary.awaited) {
    const arriving = substituteTaints(frame, taints, actuals);
    if (arriving.size > 0) arrive(frame, sink, arriving, place);
  }
  for (const call of summary.invoked) {
    let target = actuals.values.get(call.root);
    for (const name of call.path) target = target && fieldOf(target, name);
    const callable =
      target?.callable === undefined ? undefined : frame.run.program.callables[target.callable];
    const values = call.arguments.map((value) => substitute(frame, value, actuals));
    if (callable !== undefined && depth < 4) {
      const inside = calleeAt(frame, callable);
      const inner = actualsOf(frame, inside, values, undefined, call.place);
      settle(frame, inside.summary, inner, depth + 1);
    }
  }
  return substitute(frame, summary.result, actuals);
}

export function callKnown(
  frame: Frame,
  node: Node,
  callee: Callee,
  given: readonly Given[],
  object: Given | undefined,
): Value {
  const { callable, summary } = callee;
  const { program } = frame.run;
  const isForeign = callee.program !== program;
  const takesObject = object !== undefined && isExtension(callable) && !isTypeName(frame, object.node);
  const ordered = inOrder(callable, takesObject ? [object, ...given] : given);
  const isNew =
    node.kind === 'new' || isConstruction(frame, node) || (isForeign && isCallOfClass(node, callable));
  const self = isNew ? CLEAN : (object?.value ?? thisValue(frame, callable));
  const actuals = actualsOf(
    frame,
    callee,
    ordered.map((each) => each?.value),
    self,
    node,
  );
  const result = settle(frame, summary, actuals);
  let made = CLEAN;
  const effects = [...summary.effects].map(
    ([root, value]) => [root, substitute(frame, value, actuals)] as const,
  );
  const of = classOf(callable);
  for (const [root, value] of effects) {
    if (of !== undefined && root === rootOfClass(of)) {
      if (isNew) made = value;
      else {
        const place =
          object === undefined
            ? { root, path: [], partly: false, inside: true }
            : placeOf(program, object.node, frame.callable);
        if (place !== undefined) writePlace(frame, { ...place, inside: true }, value);
      }
      continue;
    }
    const parameter = callable.parameters.find(
      ({ identifier }) => placeOf(callee.program, identifier, callable)?.root === root,
    );
    const argument = parameter && ordered[parameter.position];
    if (argument !== undefined && parameter !== undefined) {
      const place = placeOf(program, argument.node, frame.callable);
      if (place !== undefined && parameter.path.length === 0 && !parameter.rest) {
        writePlace(frame, { ...place, inside: true }, join(readPlace(frame, place), value));
      }
    } else if (parameter === undefined && !(isForeign && root.startsWith('v'))) {
      // Variables of another file are not told apart from those of this one.
      frame.state.set(root, join(frame.state.get(root), value));
    }
  }
  return isNew ? made : result;
}

/** `T` of `T.f()`. */
function isTypeName({ run: { program } }: Frame, node: Node): boolean {
  return node.kind === 'identifier' && program.names.declarationOf(node)?.kind === 'class';
}

/** `T(...)` of a class that another file declares. */
function isCallOfClass(node: Node, callable: Callable): boolean {
  const of = classOf(callable);
  return of !== undefined && lastName(node.part('callee')) === of;
}

function isConstruction(frame: Frame, node: Node): boolean {
  const callee = node.part('callee');
  return callee?.kind === 'identifier' && frame.run.program.names.declarationOf(callee)?.kind === 'class';
}

/** `m()` inside the class whose method it is. */
function thisValue(frame: Frame, callable: Callable): Value | undefined {
  const of = classOf(callable);
  return of === undefined ? undefined : frame.state.get(rootOfClass(of));
}

/** Arguments at the positions of the parameters that they are given to. */
function inOrder(callable: Callable, given: readonly Given[]): readonly (Given | undefined)[] {
  const ordered: (Given | undefined)[] = [];
  let next = 0;
  for (const each of given) {
    const name = each.node.kind === 'keyword' ? each.node.part('name')?.text : undefined;
    const named =
      name === undefined ? undefined : callable.parameters.find(({ identifier }) => identifier.text === name);
    if (named !== undefined) ordered[named.position] = each;
    else ordered[next] = each;
    next++;
  }
  return Array.from(ordered);
}
