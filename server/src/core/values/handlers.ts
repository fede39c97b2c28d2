import { descendants, type Node } from '../ast/node.ts';
import { joined, partsOf, perFunction } from '../ast/parts.ts';
import type { Ast } from '../ast/readAst.ts';
import type { FactEvent } from './events.ts';
import type { FunctionCode } from './run.ts';

/** Words of which a file that registers handlers has one. */
const REGISTERS = /\b(signal|bsd_signal|sigset|sa_handler|sa_sigaction)\b/;
const CALLS: ReadonlySet<string> = new Set(['signal', 'bsd_signal', 'sigset']);
const MEMBERS: ReadonlySet<string> = new Set(['sa_handler', 'sa_sigaction']);

/** Handlers of signals that call, themselves or through functions of the file, what may only be called outside of one. */
export function unsafeHandlers(
  ast: Ast,
  functionNamed: (name: string) => FunctionCode | undefined,
  unsafe: ReadonlySet<string>,
): FactEvent[] {
  if (!REGISTERS.test(ast.text)) return [];
  const found: FactEvent[] = [];
  for (const [name, registered] of handlersOf(ast)) {
    const handler = functionNamed(name);
    const call = handler && firstUnsafe(handler, functionNamed, unsafe);
    if (call === undefined) continue;
    found.push({
      kind: 'unsafe-in-handler',
      certainty: 'proved',
      node: call,
      detail: `\`${call.part('callee')?.text ?? ''}\` is called while \`${name}\` handles a signal`,
      related: [{ node: registered, message: 'it is made a handler here' }],
    });
  }
  return found;
}

/** Names of handlers with the place that registers them. */
function handlersOf(ast: Ast): ReadonlyMap<string, Node> {
  const { functions, rest } = partsOf(ast);
  const handlers = new Map<string, Node>();
  const places = joined({ functions, rest: registeringAmong(rest) }, (each) => registeringIn(ast, each));
  // Calls first, then members of structures.
  for (const kind of ['call', 'assign', 'pair'])
    for (const place of places) {
      const handler = place.kind === kind ? handlerAt(place) : undefined;
      const name = handler?.kind === 'unary' ? handler.part('operand') : handler;
      if (name?.kind === 'identifier' && !handlers.has(name.text)) handlers.set(name.text, place);
    }
  return handlers;
}

const registeringIn = perFunction(registeringAmong);

function registeringAmong(nodes: readonly Node[]): readonly Node[] {
  return nodes.filter((node) => handlerAt(node) !== undefined);
}

/** What a call, an assignment or a member of an initialiser makes a handler. */
function handlerAt(node: Node): Node | undefined {
  switch (node.kind) {
    case 'call':
      return CALLS.has(node.part('callee')?.text ?? '') ? node.parts('arguments')[1] : undefined;
    case 'assign': {
      const target = node.part('target');
      return target?.kind === 'member' && MEMBERS.has(target.part('name')?.text ?? '')
        ? node.part('value')
        : undefined;
    }
    case 'pair':
      return MEMBERS.has(node.part('key')?.text.replace(/^\./, '') ?? '') ? node.part('value') : undefined;
    default:
      return undefined;
  }
}

function firstUnsafe(
  handler: FunctionCode,
  functionNamed: (name: string) => FunctionCode | undefined,
  unsafe: ReadonlySet<string>,
): Node | undefined {
  const seen = new Set<FunctionCode>([handler]);
  // A set that grows is walked to its end.
  for (const code of seen) {
    for (const node of descendants(code.body)) {
      const name = node.kind === 'call' ? node.part('callee')?.text : undefined;
      if (name === undefined) continue;
      const other = functionNamed(name);
      if (other !== undefined) seen.add(other);
      else if (unsafe.has(name)) return node;
    }
  }
  return undefined;
}
