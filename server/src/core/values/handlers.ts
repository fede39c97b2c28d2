import { descendants, type Node } from '../ast/node.ts';
import { joined, partsOf, perFunction } from '../ast/parts.ts';
import type { Ast } from '../ast/readAst.ts';
import type { FactEvent } from './events.ts';
import type { Models } from './readModels.ts';
import type { FunctionCode, Unit } from './run.ts';
import { loopAround } from './stalled.ts';
import { isGlobal, wordsOfType } from './variables.ts';

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

/** A file that has one of these keeps signals out while it uses what handlers change. */
const BLOCKS = /\b(sigprocmask|pthread_sigmask|sigblock|sighold|signalfd|disable_irq|cli)\b/;
/** What may be changed by one side while the other one looks. */
const SAFE = /\b(volatile|_Atomic|sig_atomic_t|_Thread_local|__thread)\b|atomic/;

/** Variables that a handler changes and other functions use, and that are neither `volatile` nor changed as a whole. */
export function sharedWithHandlers(
  { ast, declarationOf, functionNamed }: Unit,
  functions: readonly FunctionCode[],
  models: Models,
): FactEvent[] {
  if (!REGISTERS.test(ast.text) || BLOCKS.test(ast.text)) return [];
  const handlers = handlersOf(ast);
  // A word of a comment makes no handler, and to find out who uses what is dear.
  if (handlers.size === 0) return [];
  const found = new Map<Node, FactEvent>();
  const users = usersOf(ast, functions);
  const safeNames = safeNamesIn(ast.text);
  for (const [name, registered] of handlers) {
    const handler = functionNamed(name);
    // Nobody goes on after it.
    if (handler === undefined || endsWithCall(handler, models)) continue;
    const reached = calledFrom(handler, functionNamed);
    const asked = new Set<Node>();
    for (const { body } of reached) {
      for (const node of descendants(body)) {
        const declaration = changedIn(node, declarationOf, safeNames);
        if (declaration === undefined || found.has(declaration) || asked.has(declaration)) continue;
        asked.add(declaration);
        const other = (users.get(declaration.part('target')?.text ?? '') ?? []).find(
          (code) =>
            !reached.has(code) &&
            // Nothing is a handler yet, or nothing any more.
            !models.hints.says('works-alone', code.name) &&
            usesIn(code.body, declaration, declarationOf, registered),
        );
        if (other === undefined) continue;
        const variable = declaration.part('target')?.text ?? '';
        found.set(declaration, {
          kind: 'shared-with-handler',
          certainty: 'proved',
          node,
          detail: `\`${name}\` changes \`${variable}\` at any moment, also while \`${other.name}\` uses it`,
          related: [
            { node: registered, message: 'it is made a handler here' },
            { node: declaration, message: 'the variable' },
          ],
        });
      }
    }
  }
  return [...found.values()];
}

/** The variable of the file that an expression changes, where nothing makes that safe. */
function changedIn(
  node: Node,
  declarationOf: Unit['declarationOf'],
  safeNames: ReadonlySet<string>,
): Node | undefined {
  const isStep = node.kind === 'unary' && /\+\+|--/.test(node.part('operator')?.text ?? '');
  let target = isStep ? node.part('operand') : node.kind === 'assign' ? node.part('target') : undefined;
  while (target?.kind === 'member') {
    if (safeNames.has(target.part('name')?.text ?? '')) return undefined;
    target = target.part('object');
  }
  const declaration = target?.kind === 'identifier' ? declarationOf(target) : undefined;
  if (declaration?.kind !== 'variable' || !isGlobal(declaration.node)) return undefined;
  const words = wordsOfType(declaration.node);
  const isSafe = SAFE.test(words) || words.split(/\W+/).some((word) => safeNames.has(word));
  return isSafe ? undefined : declaration.node;
}

/** Names of members and types that are declared so that one side may change them while the other one looks. */
function safeNamesIn(text: string): ReadonlySet<string> {
  const names = new Set<string>();
  for (const [declaration] of text.matchAll(SAFE_DECLARATIONS))
    for (const name of declaration.match(/\w+(?=\s*(?:[,;=]|\[))/g) ?? []) names.add(name);
  return names;
}

const SAFE_DECLARATIONS = /\b(?:volatile|_Atomic|sig_atomic_t|atomic_\w+)\b[^;{}()]{0,400};/g;

/** The functions that have a name within, in order. */
function usersOf(ast: Ast, functions: readonly FunctionCode[]): ReadonlyMap<string, readonly FunctionCode[]> {
  const users = new Map<string, FunctionCode[]>();
  for (const code of functions)
    for (const name of namesIn(ast, code.node)) {
      const known = users.get(name);
      if (known === undefined) users.set(name, [code]);
      else known.push(code);
    }
  return users;
}

const namesIn = perFunction((nodes): readonly string[] => [
  ...new Set(nodes.flatMap(({ kind, text }) => (kind === 'identifier' ? [text] : []))),
]);

function usesIn(
  body: Node,
  declaration: Node,
  declarationOf: Unit['declarationOf'],
  registered: Node,
): boolean {
  const name = declaration.part('target')?.text;
  for (const each of descendants(body)) {
    if (each.kind !== 'identifier' || each.text !== name || declarationOf(each)?.node !== declaration)
      continue;
    // What is done before it is made a handler, in no loop, is done alone.
    const isBefore =
      body.contains(registered) && each.start < registered.start && loopAround(registered) === undefined;
    if (!isBefore) return true;
  }
  return false;
}

/** The last thing that a function does ends the program. */
function endsWithCall({ body }: FunctionCode, { functions, hints }: Models): boolean {
  const last = body.children.at(-1);
  const call = last?.kind === 'expressionStatement' ? last.part('expression') : last;
  const name = call?.kind === 'call' ? (call.part('callee')?.text ?? '') : '';
  return functions.get(name)?.ends ?? (name !== '' && hints.says('never-returns', name));
}

/** A function with all functions of the file that it may come to. */
function calledFrom(
  first: FunctionCode,
  functionNamed: (name: string) => FunctionCode | undefined,
): ReadonlySet<FunctionCode> {
  const reached = new Set<FunctionCode>([first]);
  // A set that grows is walked to its end.
  for (const { body } of reached) {
    for (const node of descendants(body)) {
      const other = node.kind === 'call' ? functionNamed(node.part('callee')?.text ?? '') : undefined;
      if (other !== undefined) reached.add(other);
    }
  }
  return reached;
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
      else if (unsafe.has(name) && !(code === handler && isWithoutSignal(code, node))) return node;
    }
  }
  return undefined;
}

/** What runs only where the handler is called as a function, with 0 for the signal: no signal has that number. */
function isWithoutSignal({ parameters, body }: FunctionCode, call: Node): boolean {
  const signal = parameters[0]?.name;
  if (signal === undefined) return false;
  for (let at = call; at !== body && at.parent !== undefined; at = at.parent) {
    const { parent } = at;
    const way = parent.kind === 'if' ? asksForSignal(parent.part('condition'), signal) : undefined;
    if (at.role === 'else' && way === true) return true;
    if (at.role === 'then' && way === false) return true;
    for (const before of parent.children) {
      if (before === at) break;
      const isLeft = before.kind === 'if' && asksForSignal(before.part('condition'), signal) === true;
      if (isLeft && leaves(before.part('then'))) return true;
    }
  }
  return false;
}

/** True for `if (signal)`, false for `if (!signal)`, undefined for anything else. */
function asksForSignal(condition: Node | undefined, signal: string): boolean | undefined {
  if (condition?.kind === 'identifier') return condition.text === signal ? true : undefined;
  if (condition?.kind === 'unary' && condition.part('operator')?.text === '!') {
    const way = asksForSignal(condition.part('operand'), signal);
    return way === undefined ? undefined : !way;
  }
  const [left, right] = [condition?.part('left'), condition?.part('right')];
  if (left?.text !== signal || right?.text !== '0') return undefined;
  const operator = condition?.part('operator')?.text;
  return operator === '!=' || operator === '>' ? true : operator === '==' ? false : undefined;
}

/** A statement, or a block, that ends with one that leaves the function or the program. */
function leaves(statement: Node | undefined): boolean {
  const last = statement?.kind === 'block' ? statement.children.at(-1) : statement;
  if (last?.kind === 'return') return true;
  const call = last?.kind === 'expressionStatement' ? last.part('expression') : undefined;
  return call?.kind === 'call' && /^(_exit|_Exit|quick_exit)$/.test(call.part('callee')?.text ?? '');
}
