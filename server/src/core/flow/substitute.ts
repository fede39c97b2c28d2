import type { Frame } from './frame.ts';
import { meets } from './labels.ts';
import { isKnown } from './sinks.ts';
import { relabelled } from './roles.ts';
import {
  allTaints,
  certainKey,
  CLEAN,
  fieldOf,
  join,
  mapValue,
  NO_TAINTS,
  openKey,
  traceTo,
  union,
  valueOf,
  withField,
  type Taint,
  type Taints,
  type Trace,
  type Value,
} from './values.ts';

/** What stands for the inputs of a function at one call; undefined for what does not belong to that function. */
export interface Actuals {
  readonly values: ReadonlyMap<string, Value>;
  readonly place: { readonly start: number; readonly end: number };
  /** Inputs of other functions that still mean something where the call stands. */
  readonly keeps: (root: string) => boolean;
}

/** Taints of a function seen by one of its callers. */
export function substituteTaints(frame: Frame, taints: Taints, actuals: Actuals): Taints {
  let result = NO_TAINTS;
  for (const taint of taints.values()) result = union(result, one(frame, taint, actuals));
  return result;
}

function one(frame: Frame, taint: Taint, actuals: Actuals): Taints {
  frame.run.input.spend();
  const { origin, needs } = taint;
  if (needs !== undefined) {
    const inputs = substituteTaints(frame, needs.inputs, actuals);
    const labels = new Set([...inputs.values()].filter(isKnown).map(({ label }) => label));
    if (meets(frame.run.conditions[needs.condition], labels)) {
      const certain: Taint = {
        key: certainKey(taint.key),
        label: taint.label,
        origin,
        trace: taint.trace,
      };
      return new Map([[certain.key, certain]]);
    }
    if ([...inputs.values()].every(isKnown)) return NO_TAINTS;
    const key = openKey(certainKey(taint.key), inputs);
    return new Map([[key, { ...taint, key, needs: { ...needs, inputs } }]]);
  }
  if (origin.is === 'source') return new Map([[taint.key, taint]]);
  const actual = actuals.values.get(origin.root);
  if (actual === undefined) return actuals.keeps(origin.root) ? new Map([[taint.key, taint]]) : NO_TAINTS;
  return allTaints(along(actualAt(actual, origin.path), taint, actuals));
}

function actualAt(actual: Value, path: readonly string[]): Value {
  let value = actual;
  for (const name of path) value = fieldOf(value, name);
  return value;
}

/** The caller's value, with the way through the function added. */
function along(value: Value, through: Taint, { place }: Actuals): Value {
  return mapValue(value, (taints) => {
    const result = new Map<string, Taint>();
    for (const taint of taints.values()) {
      const moved = { ...taint, trace: concat(traceTo(taint.trace, place), through.trace) };
      const named = through.label === '' ? moved : relabelled(moved, through.label);
      result.set(named.key, named);
    }
    return result;
  });
}

function concat(first: Trace, second: Trace | undefined): Trace {
  const steps: Trace[] = [];
  for (let step = second; step !== undefined; step = step.previous) steps.push(step);
  return steps.reduceRight((trace, step) => traceTo(trace, step), first);
}

/** A value of a function seen by one of its callers. */
export function substitute(frame: Frame, value: Value, actuals: Actuals): Value {
  let result: Value = value.callable === undefined ? CLEAN : { ...CLEAN, callable: value.callable };
  for (const taint of value.taints.values()) {
    const { origin } = taint;
    const actual =
      origin.is === 'input' && taint.needs === undefined ? actuals.values.get(origin.root) : undefined;
    if (actual !== undefined && origin.is === 'input') {
      result = join(result, along(actualAt(actual, origin.path), taint, actuals));
    } else result = join(result, valueOf(one(frame, taint, actuals)));
  }
  for (const [name, field] of value.fields ?? []) {
    result = withField(result, [name], substitute(frame, field, actuals));
  }
  return result;
}
