import type { Node } from '../ast/node.ts';
import { calleeAt, callKnown, type Given } from './callKnown.ts';
import { classOfObject } from './callees.ts';
import type { Frame } from './frame.ts';
import { classOf } from './places.ts';
import type { Accessor, Callable } from './program.ts';
import type { Value } from './values.ts';

/** What the function behind a property gives; undefined for what is no property with a function in this file. */
export function readProperty(frame: Frame, node: Node, object: Given | undefined): Value | undefined {
  const getter = accessorOf(frame, node, object?.node, 'get');
  return getter === undefined ? undefined : callKnown(frame, node, calleeAt(frame, getter), [], object);
}

/** Runs the function that takes a new value of a property; false where there is none. */
export function writeProperty(frame: Frame, target: Node, value: Value): boolean {
  const object = target.part('object');
  const setter = accessorOf(frame, target, object, 'set');
  if (setter === undefined) return false;
  const given = object === undefined ? undefined : { node: object, value: frame.evaluate(object) };
  callKnown(frame, target, calleeAt(frame, setter), [{ node: target, value }], given);
  return true;
}

function accessorOf(
  frame: Frame,
  node: Node,
  object: Node | undefined,
  kind: Accessor['kind'],
): Callable | undefined {
  const { program } = frame.run;
  if (program.accessors.size === 0 || !frame.run.options.taint_intrafile) return undefined;
  if (node.kind !== 'identifier' && node.kind !== 'member') return undefined;
  const name = node.kind === 'identifier' ? node : node.part('name');
  const all = (program.accessors.get(name?.text ?? '') ?? []).filter(
    ({ accessor }) => accessor?.kind === kind,
  );
  if (all.length === 0) return undefined;
  if (object === undefined) {
    const declared = program.names.declarationOf(node)?.node;
    return all.find(({ node: { parent, role } }) => role === 'accessors' && parent === declared);
  }
  const of = classOfObject(frame, object);
  if (of !== undefined) return all.find((each) => classOf(each) === of);
  const [only, second] = all;
  return second === undefined ? only : undefined;
}
