import { descendants, type Node } from '../ast/node.ts';
import { ENDS } from './calls.ts';
import type { FactEvent } from './events.ts';
import type { FunctionCode, Run } from './run.ts';

/** A call of a function by itself that each way through the function comes to: it never returns. */
export function endlessRecursion(code: FunctionCode, model: Run['model']): FactEvent | undefined {
  if (!mentions(code.body, (name) => name === code.name) || mayBeOverloaded(code)) return undefined;
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
    if (nodes.some((node) => mentions(node, (name) => mayNotReturn(name, model)))) return undefined;
    const call = nodes.map((node) => callIn(node, code.name)).find((each) => each !== undefined);
    if (call === undefined) pending.push(...block.next, ...block.handlers);
    else calls.add(call);
  }
  const [first] = [...calls].sort((a, b) => a.index - b.index);
  return (
    first && {
      kind: 'unbounded-recursion',
      certainty: 'proved',
      node: first,
      detail: `each way through \`${code.name}\` calls it again`,
      related: [{ node: code.node, message: 'the function begins here' }],
    }
  );
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
function mayNotReturn(name: string, model: Run['model']): boolean {
  return ENDS.test(name) || model(name)?.ends === true || /^[A-Z][A-Z0-9_]*$/.test(name) || name === 'setjmp';
}

function mentions(root: Node, test: (name: string) => boolean): boolean {
  for (const node of descendants(root)) {
    const callee = node.kind === 'call' ? node.part('callee') : undefined;
    if (callee?.kind === 'identifier' && test(callee.text)) return true;
  }
  return false;
}

/** A call that happens whenever the expression is evaluated. */
function callIn(node: Node, name: string): Node | undefined {
  if (node.kind === 'lambda' || node.kind === 'function') return undefined;
  const operator = node.kind === 'binary' ? node.part('operator')?.text : undefined;
  const isPartial = node.kind === 'conditional' || operator === '&&' || operator === '||';
  const [first] = node.children;
  const inner = isPartial ? (first === undefined ? [] : [first]) : node.children;
  for (const child of inner) {
    const found = callIn(child, name);
    if (found !== undefined) return found;
  }
  return node.kind === 'call' && node.part('callee')?.text === name ? node : undefined;
}
