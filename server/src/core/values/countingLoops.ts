import { descendants, type Node } from '../ast/node.ts';
import { isInput } from './models.ts';
import type { Frame, Run } from './run.ts';
import { nameOf, stepOf } from './steps.ts';
import { isGlobal } from './variables.ts';

export const LOOPS: ReadonlySet<string> = new Set(['while', 'doWhile', 'for']);
const JUMPS: ReadonlySet<string> = new Set(['break', 'return', 'goto']);

/** A loop that counts up an index which nothing in it tests. */
export interface OpenLoop {
  /** What decides whether it goes on, and whether a round comes to the access. */
  readonly decisive: readonly Node[];
  /** Variables that get another value in each round. */
  readonly fresh: ReadonlySet<string>;
  /** Arrays that what comes from outside is written to in each round. */
  readonly filled: ReadonlySet<string>;
  /** How often it counts up each variable by one; of those that it moves otherwise, too, nothing. */
  readonly steps: ReadonlyMap<string, number>;
}

/** By the access, for each analysis: paths come to one many times. */
const openLoops = new WeakMap<Run, Map<Node, OpenLoop | undefined>>();

/** The innermost loop around an access that counts up what says which element is meant, and tests it nowhere. */
export function openLoopAround(frame: Frame, access: Node): OpenLoop | undefined {
  let known = openLoops.get(frame.run);
  if (known === undefined) openLoops.set(frame.run, (known = new Map<Node, OpenLoop | undefined>()));
  if (!known.has(access)) known.set(access, findLoop(frame, access));
  return known.get(access);
}

function findLoop(frame: Frame, access: Node): OpenLoop | undefined {
  const index = indexOf(access);
  const names = new Set(index === undefined || !isPlain(index) ? [] : namesIn(index));
  const loop = names.size === 0 ? undefined : loopThatCounts(access, names);
  const whole = frame.code?.body;
  if (index === undefined || loop === undefined || whole === undefined) return undefined;
  const inside = [...descendants(loop)];
  const related = withRelated(names, whole);
  if (inside.flatMap(conditionsOf).some((each) => mentions(each, related))) return undefined;
  // Whoever has the address, or comes to the structure or the variable of the program, may test it and begin anew.
  if ([...descendants(whole)].some((each) => isAddressOf(each, names))) return undefined;
  if (isShared(frame, index) && inside.some((each) => isUnseenCall(frame, each))) return undefined;
  return {
    decisive: decisive(inside, loop, access),
    fresh: setAnew(inside),
    filled: filledIn(frame, inside),
    steps: stepsIn(inside),
  };
}

function isUnseenCall({ run }: Frame, node: Node): boolean {
  return node.kind === 'call' && run.model(node.part('callee')?.text ?? '') === undefined;
}

/** Of a structure, or of the program: other functions may change it. */
function isShared({ unit }: Frame, index: Node): boolean {
  return [...descendants(index)].some((each) => {
    const declaration = each.kind === 'identifier' ? unit.declarationOf(each)?.node : undefined;
    return each.kind === 'member' || (declaration !== undefined && isGlobal(declaration));
  });
}

/** Names, numbers, `+`, `-` and steps: what a call or `% 64` makes of a counter may have a limit. */
function isPlain(index: Node): boolean {
  for (const { kind, text, role } of descendants(index)) {
    if (kind === 'call' || kind === 'conditional') return false;
    if (role === 'operator' && !PLAIN_OPERATORS.has(text)) return false;
  }
  return true;
}

const PLAIN_OPERATORS: ReadonlySet<string> = new Set(['+', '-', '++', 'post++', '*']);

/** What says which element is meant. */
function indexOf(access: Node): Node | undefined {
  if (access.kind === 'index') return access.part('indices');
  return access.part('operator')?.text === '*' ? access.part('operand') : undefined;
}

/** Names of what a number is made of: not of arrays and texts, nor of what stands in their brackets. */
function* namesIn(node: Node): Generator<string> {
  const name = nameOf(node);
  if (name !== undefined) {
    if (!isConstantName(name)) yield name;
    return;
  }
  if (isElement(node)) return;
  for (const child of node.children) if (child.role !== 'callee') yield* namesIn(child);
}

export function isElement(node: Node): boolean {
  return node.kind === 'index' || (node.kind === 'unary' && node.part('operator')?.text === '*');
}

export function isConstantName(name: string): boolean {
  return /^[A-Z][A-Z0-9_]*$/.test(name);
}

export function mentions(node: Node, names: ReadonlySet<string>): boolean {
  for (const name of namesIn(node)) if (names.has(name)) return true;
  return false;
}

/** The innermost loop around an access that counts all of the names up, and does nothing else to them but begin anew. */
function loopThatCounts(access: Node, names: ReadonlySet<string>): Node | undefined {
  for (let at = access.parent; at !== undefined && at.kind !== 'function'; at = at.parent) {
    if (!LOOPS.has(at.kind)) continue;
    const up = new Set<string>();
    for (const each of descendants(at)) {
      const step = stepOf(each);
      if (step !== undefined && names.has(step.name)) {
        if (!step.isUp) return undefined;
        up.add(step.name);
      } else if (step === undefined) {
        const set = setBy(each);
        if (set !== undefined && names.has(set.name) && !isBeginning(each)) return undefined;
      }
    }
    if (up.size === 0) continue;
    return up.size === names.size ? at : undefined;
  }
  return undefined;
}

function isAddressOf(node: Node, names: ReadonlySet<string>): boolean {
  if (node.kind !== 'unary' || node.part('operator')?.text !== '&') return false;
  const name = nameOf(node.part('operand'));
  return name !== undefined && names.has(name);
}

/** `n = 0`, and not `n &= 15`. */
function isBeginning(node: Node): boolean {
  return (node.part('operator')?.text ?? '=') === '=' && node.part('value')?.kind === 'number';
}

/** The variable that an assignment or a declaration gives a value. */
export function setBy(node: Node): { readonly name: string; readonly value: Node | undefined } | undefined {
  const target = node.kind === 'assign' || node.kind === 'variable' ? node.part('target') : undefined;
  const name = nameOf(target);
  return name === undefined ? undefined : { name, value: node.part('value') };
}

/** Variables that the loop gives values, or gives to somebody who may, and does not count with. */
function setAnew(all: readonly Node[]): ReadonlySet<string> {
  const names = new Set(
    all.flatMap((each) => {
      const given =
        each.kind === 'unary' && each.part('operator')?.text === '&' ? each.part('operand') : undefined;
      return setBy(each)?.name ?? nameOf(given) ?? [];
    }),
  );
  for (const each of all) {
    const step = stepOf(each);
    if (step !== undefined) names.delete(step.name);
    // `n = n - 1`
    const set = setBy(each);
    if (set?.value !== undefined && mentions(set.value, new Set([set.name]))) names.delete(set.name);
  }
  return names;
}

function filledIn({ run }: Frame, all: readonly Node[]): ReadonlySet<string> {
  return new Set(
    all.flatMap((each) => {
      const model = each.kind === 'call' ? run.model(each.part('callee')?.text ?? '') : undefined;
      const given = model !== undefined && isInput(model) ? each.parts('arguments') : [];
      return given.flatMap((argument) => nameOf(argument) ?? []);
    }),
  );
}

function stepsIn(all: readonly Node[]): ReadonlyMap<string, number> {
  const steps = new Map<string, number>();
  for (const each of all) {
    const step = stepOf(each);
    const name = step?.name ?? setBy(each)?.name;
    if (name === undefined) continue;
    const isByOne = step?.isUp === true && each.kind === 'unary';
    steps.set(name, (steps.get(name) ?? 0) + (isByOne ? 1 : Infinity));
  }
  return steps;
}

/** With what is computed of them anywhere in the function: `left = sizeof buf - n`. */
function withRelated(names: ReadonlySet<string>, whole: Node): ReadonlySet<string> {
  const related = new Set(names);
  const all = [...descendants(whole)].flatMap((each) => setBy(each) ?? []);
  for (let size = -1; size !== related.size;) {
    size = related.size;
    for (const { name, value } of all) if (value !== undefined && mentions(value, related)) related.add(name);
  }
  return related;
}

export function conditionsOf(node: Node): readonly Node[] {
  return [node.part('condition'), node.kind === 'switch' ? node.part('value') : undefined].flatMap(
    (each) => each ?? [],
  );
}

function decisive(inside: readonly Node[], loop: Node, access: Node): readonly Node[] {
  return inside
    .filter((each) => each === loop || isAround(each, access) || jumps(each))
    .flatMap(conditionsOf);
}

export function jumps(node: Node): boolean {
  for (const { kind } of descendants(node)) if (JUMPS.has(kind)) return true;
  return false;
}

function isAround(node: Node, inner: Node): boolean {
  return node.start <= inner.start && node.end >= inner.end;
}
