import type { Node } from '../ast/node.ts';
import { assignTo, bindDeclared } from './assign.ts';
import type { Block, Cfg, Instruction } from './cfg.ts';
import { THROWN } from './cfg.ts';
import { decide, together } from './decide.ts';
import { evaluateNode, slotRoot } from './evaluate.ts';
import { noFindings, type Findings, type Frame, type Outcome, type Run } from './frame.ts';
import { placeOf } from './places.ts';
import type { Callable } from './program.ts';
import { applyRoles, cleanAfter, sourceTaints, withTaints } from './roles.ts';
import { mergeFindings } from './sinks.ts';
import type { State } from './state.ts';
import { reboundRoot } from './store.ts';
import {
  allTaints,
  CLEAN,
  fieldOf,
  inputTaint,
  isClean,
  join,
  NO_TAINTS,
  sameTaints,
  traceTo,
  valueOf,
  withField,
  type Value,
} from './values.ts';

/** A block is not visited more often than this: traces and taints settle long before. */
const MAX_VISITS = 40;

/** Follows a function from its entry until nothing new is learnt. */
export function walk(run: Run, callable: Callable, entry: State): Outcome {
  const cfg = run.cfgOf(callable);
  const frame: Frame = {
    run,
    callable,
    cfg,
    state: entry,
    findings: noFindings(),
    atExit: false,
    result: CLEAN,
    evaluate: (node: Node) => evaluateNode(frame, node),
  };
  const defaults = new Map<number, Value>();
  const inputs = bindParameters(frame, defaults);
  const entryFindings = frame.findings;
  // Evaluating a default value may have made another state of it.
  const { state } = frame;
  const initial = new Map([...inputs].map((root) => [root, state.get(root)]));
  const before = fixedPoint(frame, cfg, state);
  const exit = before.states.get(cfg.exit) ?? state;
  const found = mergeFindings([entryFindings, ...before.findings.values()]);
  return {
    result: frame.result,
    effects: effectsOf(run, callable, exit, initial),
    awaited: [...found.awaited.values()],
    invoked: [...found.invoked.values()],
    reached: [...found.reached.values()],
    defaults,
    exit,
  };
}

/**
 * What parameters hold at first: what the caller gives, and what sources match them. Default values are for callers that give nothing.
 * Gives back the roots.
 */
function bindParameters(frame: Frame, defaults: Map<number, Value>): Set<string> {
  const { run, callable } = frame;
  const roots = new Set<string>();
  for (const [index, { identifier, node, path }] of callable.parameters.entries()) {
    const place = placeOf(run.program, identifier, callable);
    if (place === undefined) continue;
    const given = inputTaint(place.root, place.path, traceTo(undefined, identifier));
    let value = valueOf(new Map([[given.key, given]]));
    for (const at of new Set([node, identifier])) {
      const marks = run.marks.byNode.get(at.index);
      if (marks !== undefined) value = withTaints(value, sourceTaints(frame, at, value, marks));
    }
    const fallback = node.part('default');
    if (fallback !== undefined) {
      const held = path.reduce(fieldOf, frame.evaluate(fallback));
      if (run.isEntry(callable)) value = join(value, held);
      else if (!isClean(held)) defaults.set(index, held);
    }
    frame.state.set(place.root, withField(frame.state.get(place.root), place.path, value));
    if (place.path.length === 0) roots.add(place.root);
  }
  return roots;
}

function fixedPoint(
  frame: Frame,
  cfg: Cfg,
  entry: State,
): { readonly states: ReadonlyMap<number, State>; readonly findings: ReadonlyMap<number, Findings> } {
  const rank = new Map(cfg.order.map((id, index) => [id, index]));
  const states = new Map<number, State>([[cfg.entry, entry.fork()]]);
  const findings = new Map<number, Findings>();
  const visits = new Map<number, number>();
  const waiting = new Set<number>([cfg.entry]);
  const flow = (to: number, state: State): void => {
    const known = states.get(to);
    if (known === undefined) states.set(to, state.fork());
    if (known === undefined || known.join(state)) waiting.add(to);
  };
  while (waiting.size > 0) {
    const id = earliest(waiting, rank);
    waiting.delete(id);
    const block = cfg.blocks[id];
    const state = states.get(id);
    const count = (visits.get(id) ?? 0) + 1;
    visits.set(id, count);
    if (block === undefined || state === undefined || count > MAX_VISITS) continue;
    frame.state = state.fork();
    frame.findings = noFindings();
    findings.set(id, frame.findings);
    const ways = runBlock(frame, block, flow);
    for (const next of block.next) flow(next, ways.get(next) ?? frame.state);
  }
  return { states, findings };
}

function earliest(waiting: ReadonlySet<number>, rank: ReadonlyMap<number, number>): number {
  let best = -1;
  let least = Infinity;
  for (const id of waiting) {
    const at = rank.get(id) ?? Infinity;
    if (best >= 0 && at >= least) continue;
    best = id;
    least = at;
  }
  return best;
}

/** Gives back what is known in the next blocks where a condition decides between them. */
function runBlock(
  frame: Frame,
  block: Block,
  flow: (to: number, state: State) => void,
): ReadonlyMap<number, State> {
  const { exit } = frame.cfg;
  const { branch } = block;
  const ways = new Map<number, State>();
  for (const handler of block.handlers) flow(handler, frame.state);
  block.instructions.forEach((instruction, index) => {
    frame.atExit =
      instruction.op === 'result' || (index === block.instructions.length - 1 && block.next.includes(exit));
    if (
      branch?.is === 'condition' &&
      instruction.op === 'evaluate' &&
      instruction.node === branch.condition &&
      branch.yes !== branch.no
    ) {
      const { yes, no } = decide(frame, branch.condition);
      ways.set(branch.yes, yes).set(branch.no, no);
      frame.state = yes === no ? yes : together({ yes: yes.fork(), no });
    } else step(frame, instruction);
    for (const handler of block.handlers) flow(handler, frame.state);
  });
  return ways;
}

function step(frame: Frame, instruction: Instruction): void {
  frame.run.input.spend();
  const { run } = frame;
  switch (instruction.op) {
    case 'evaluate':
      if (instruction.holds === true) frame.state = decide(frame, instruction.node).yes;
      else frame.evaluate(instruction.node);
      break;
    case 'bind': {
      const { target, value, element } = instruction;
      const given = value === undefined ? CLEAN : frame.evaluate(value);
      const bound = element ? valueOf(allTaints(given)) : given;
      if (element) assignTo(frame, target, bound);
      else bindPattern(frame, target, given);
      break;
    }
    case 'result': {
      const value = instruction.value === undefined ? CLEAN : frame.evaluate(instruction.value);
      const marks =
        instruction.node === instruction.value ? undefined : run.marks.byNode.get(instruction.node.index);
      const given =
        marks === undefined ? value : applyRoles(frame, instruction.node, value, marks, NO_TAINTS);
      frame.result = join(frame.result, given);
      break;
    }
    case 'hold': {
      const value = evaluateNode(frame, instruction.value, instruction.value.index === instruction.slot);
      frame.state.set(slotRoot(instruction.slot), value);
      break;
    }
    case 'caught':
      assignTo(frame, instruction.target, frame.state.get(slotRoot(THROWN)));
      break;
    case 'leave': {
      const marks = run.marks.byNode.get(instruction.node.index);
      if (marks !== undefined && marks.sanitizers.length > 0) cleanAfter(frame, instruction.node, marks);
      break;
    }
  }
}

/** Names that a pattern of a `case` declares get the value that is looked at. */
function bindPattern(frame: Frame, pattern: Node, value: Value): void {
  frame.evaluate(pattern);
  // Go: `case x := <-channel` says itself what it declares.
  if (pattern.kind === 'variable' && pattern.part('value') !== undefined) return;
  bindDeclared(frame, pattern, value);
}

/** A new value of such a parameter is one of the caller's variable. */
const BY_REFERENCE: ReadonlySet<string> = new Set(['&', '&&', 'ref', 'out', 'inout']);

/** What callers see of the end: objects that they gave and variables of the file, where they changed. */
function effectsOf(
  run: Run,
  callable: Callable,
  exit: State,
  initial: ReadonlyMap<string, Value>,
): ReadonlyMap<string, Value> {
  const effects = new Map<string, Value>();
  const references = new Set(
    callable.parameters.flatMap(({ node, identifier }) =>
      node.parts('modifiers').some(({ text }) => BY_REFERENCE.has(text))
        ? [placeOf(run.program, identifier, callable)?.root]
        : [],
    ),
  );
  for (const [root, value] of exit.roots()) {
    if (root.startsWith('#') || root.startsWith('!') || root.startsWith('p')) continue;
    const before = initial.get(root);
    if (before === undefined && run.program.owners.get(root) === callable.id && callable.id !== 0) continue;
    if (before !== undefined && sameTaints(before, value)) continue;
    if (before !== undefined && exit.has(reboundRoot(root)) && !references.has(root)) continue;
    effects.set(root, value);
  }
  return effects;
}
