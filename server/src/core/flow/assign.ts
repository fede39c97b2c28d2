import type { Node } from '../ast/node.ts';
import type { Frame } from './frame.ts';
import { namesIn } from '../resolve/declarations.ts';
import { placeOf, type Place } from './places.ts';
import { boundIn } from './program.ts';
import { writeProperty } from './properties.ts';
import { arrivals, sourceTaints, withTaints } from './roles.ts';
import { isSafeType } from './safeTypes.ts';
import { readPlace, writePlace } from './store.ts';
import {
  allTaints,
  CLEAN,
  fieldOf,
  join,
  mapTaints,
  mapValue,
  traceTo,
  union,
  valueOf,
  type Value,
} from './values.ts';

/** Gives a target a value: a variable, a field, an element, or the names of a pattern. */
export function assignTo(frame: Frame, target: Node, value: Value, alsoOld = false): void {
  const { run, callable } = frame;
  if (writeProperty(frame, target, value)) return;
  const place = placeOf(run.program, target, callable);
  if (place !== undefined) {
    assignPlace(frame, target, place, value, alsoOld);
    return;
  }
  if (target.kind === 'call' && !isPattern(target)) {
    frame.evaluate(target);
    return;
  }
  if (target.kind === 'tuple' && [...(value.fields?.keys() ?? [])].some((name) => /^\d+$/.test(name))) {
    // The values of a tuple by their places; of one with further fields, all that it holds.
    const hasRest = target.children.some(({ kind }) => kind === 'spread');
    for (const [index, each] of target.children.entries())
      assignTo(frame, each, hasRest ? valueOf(allTaints(value)) : fieldOf(value, String(index)), alsoOld);
    return;
  }
  for (const { identifier, path } of boundIn(target)) {
    const inner = placeOf(run.program, identifier, callable);
    if (inner === undefined) continue;
    let field = value;
    for (const name of path) field = fieldOf(field, name);
    assignPlace(frame, identifier, inner, path.length === 0 ? valueOf(allTaints(field)) : field, false);
  }
}

/** The names that a pattern declares get what it takes out of a value; other names in it are compared with. */
export function bindDeclared(frame: Frame, pattern: Node, value: Value): void {
  const { names } = frame.run.program;
  // Python: of several patterns that bind a name the first declares it.
  const all = pattern.kind === 'variable' ? new Set(namesIn(pattern.part('target'))) : undefined;
  const isBound = (name: Node): boolean => all?.has(name) ?? names.declarationOf(name)?.identifier === name;
  for (const { identifier, path } of boundIn(pattern)) {
    if (!isBound(identifier)) continue;
    let field = value;
    for (const name of path) field = fieldOf(field, name);
    assignTo(frame, identifier, field);
  }
}

function assignPlace(frame: Frame, target: Node, place: Place, value: Value, alsoOld: boolean): void {
  let stored = isSafeType(frame.run, target) ? CLEAN : value;
  stored = mapValue(stored, (taints) =>
    mapTaints(taints, (taint) => {
      const trace = traceTo(taint.trace, target);
      return trace === taint.trace ? taint : { ...taint, trace };
    }),
  );
  if (alsoOld) stored = join(readPlace(frame, place), stored);
  const marks = frame.run.marks.byNode.get(target.index);
  if (marks === undefined) {
    writePlace(frame, place, stored);
    return;
  }
  const sources = sourceTaints(frame, target, stored, marks);
  writePlace(frame, place, withTaints(stored, union(sources, arrivals(frame, target, marks))));
}

/** `case .some(let x)`: what looks like a call takes a value apart. */
function isPattern({ role, parent }: Node): boolean {
  return role === 'patterns' || (role === 'target' && parent?.kind === 'variable');
}
