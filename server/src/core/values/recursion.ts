import { descendants, type Node } from '../ast/node.ts';
import type { FactEvent } from './events.ts';
import type { FunctionCode, Run } from './run.ts';
import { MACRO_NAME } from './unseenMacros.ts';

/** What is known of functions by their names. */
type Named = Pick<Run, 'model' | 'hints'>;

/** Calls that each way through a function comes to, and that lead back to it: it never returns. */
export function endlessRecursion(functions: readonly FunctionCode[], names: Named): FactEvent[] {
  /** Of each function the calls of others that never return, as far as is known yet; none of what may return. */
  const never = new Map<string, readonly Node[]>(functions.map(({ name }) => [name, []]));
  for (let changed = true; changed;) {
    changed = false;
    for (const code of functions) {
      if (!never.has(code.name)) continue;
      const calls = callsOnEachWay(code, never, names);
      if (calls !== undefined) never.set(code.name, calls);
      else {
        never.delete(code.name);
        changed = true;
      }
    }
  }
  return functions.flatMap((code): FactEvent[] => {
    const [first] = (never.get(code.name) ?? [])
      .filter((call) => leadsTo(call.part('callee')?.text ?? '', code.name, never))
      .sort((a, b) => a.index - b.index);
    const callee = first?.part('callee')?.text ?? '';
    const how = callee === code.name ? 'calls it again' : `calls \`${callee}\`, which calls it again`;
    return first === undefined
      ? []
      : [
          {
            kind: 'unbounded-recursion',
            certainty: 'proved',
            node: first,
            detail: `each way through \`${code.name}\` ${how}`,
            related: [{ node: code.node, message: 'the function begins here' }],
          },
        ];
  });
}

/** Whether a function comes to a call of another one. */
function leadsTo(from: string, to: string, calls: ReadonlyMap<string, readonly Node[]>): boolean {
  const seen = new Set<string>();
  const pending = [from];
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    if (at === to) return true;
    if (seen.has(at)) continue;
    seen.add(at);
    for (const call of calls.get(at) ?? []) pending.push(call.part('callee')?.text ?? '');
  }
  return false;
}

/** The first calls of certain functions on all ways through a function; undefined when a way has none. */
function callsOnEachWay(
  code: FunctionCode,
  wanted: ReadonlyMap<string, unknown>,
  names: Named,
): readonly Node[] | undefined {
  if (!mentions(code.body, (name) => wanted.has(name)) || mayBeOverloaded(code)) return undefined;
  const { cfg } = code.flow();
  const calls = new Set<Node>();
  const seen = new Set<number>();
  const pending = [cfg.entry];
  for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
    if (seen.has(id)) continue;
    seen.add(id);
    if (id === cfg.exit) return undefined;
    const block = cfg.blocks[id];
    if (block === undefined) continue;
    const nodes = block.instructions.flatMap((each) =>
      each.op === 'evaluate'
        ? [each.node]
        : each.op === 'result' && each.value !== undefined
          ? [each.value]
          : [],
    );
    if (nodes.some((node) => mentions(node, (name) => mayNotReturn(name, names)))) return undefined;
    const call = nodes.map((node) => callIn(node, wanted)).find((each) => each !== undefined);
    if (call === undefined) pending.push(...block.next, ...block.handlers);
    else calls.add(call);
  }
  return [...calls];
}

/** C++: a method, whose name others have too, or a function that calls one of its name with more or fewer arguments. */
function mayBeOverloaded({ unit, node, body, name }: FunctionCode): boolean {
  if (unit.ast.grammar.definition.dialect !== 'cpp') return false;
  if (node.part('name')?.kind !== 'identifier') return true;
  for (let at = node.parent; at !== undefined; at = at.parent) if (at.kind === 'class') return true;
  const count = node.parts('parameters').length;
  const { text } = unit.ast;
  return [...descendants(body)].some((call) => {
    const callee = call.kind === 'call' ? call.part('callee') : undefined;
    if (callee?.kind !== 'identifier' || callee.text !== name) return false;
    return (
      call.parts('arguments').length !== count ||
      /::\s*$/.test(text.slice(Math.max(0, callee.start - 4), callee.start))
    );
  });
}

/** A name of capitals may be a macro that returns. */
function mayNotReturn(name: string, { model, hints }: Named): boolean {
  const isEnd = hints.says('never-returns', name) || model(name)?.ends === true;
  return isEnd || MACRO_NAME.test(name) || name === 'setjmp';
}

function mentions(root: Node, test: (name: string) => boolean): boolean {
  for (const node of descendants(root)) {
    const callee = node.kind === 'call' ? node.part('callee') : undefined;
    if (callee?.kind === 'identifier' && test(callee.text)) return true;
  }
  return false;
}

/** A call that happens whenever the expression is evaluated. */
function callIn(node: Node, names: ReadonlyMap<string, unknown>): Node | undefined {
  if (node.kind === 'lambda' || node.kind === 'function') return undefined;
  const operator = node.kind === 'binary' ? node.part('operator')?.text : undefined;
  const isPartial = node.kind === 'conditional' || operator === '&&' || operator === '||';
  const [first] = node.children;
  const inner = isPartial ? (first === undefined ? [] : [first]) : node.children;
  for (const child of inner) {
    const found = callIn(child, names);
    if (found !== undefined) return found;
  }
  return node.kind === 'call' && names.has(node.part('callee')?.text ?? '') ? node : undefined;
}
