import { descendants, type Node } from '../ast/node.ts';
import { isInput } from './models.ts';
import type { Frame } from './run.ts';
import { rootOf } from './sharedPlaces.ts';
import { isGlobal } from './variables.ts';

/**
 * Whether a number from outside may have been asked for before in a way that its bounds do not show: looked up in a table, given to a function whose
 * answer counts, or compared with what is not constant. Of what other functions know that may always be; of what a function is given, its caller tells.
 *
 * @param origin where the number came in
 */
export function isAskedBefore(frame: Frame, place: Node, before: number, origin?: Node): boolean {
  const { unit, code } = frame;
  const declaration = declarationOfRoot(frame, place);
  if (code === undefined || declaration === undefined || isGlobal(declaration)) return true;
  if (isAskedIn(code.body, place, before)) return true;
  if (declaration.kind !== 'parameter') return false;
  const position = code.parameters.findIndex(({ name }) => name === place.text);
  const caller = origin && functionAround(origin);
  if (position < 0 || caller === undefined || caller === code.node) return true;
  const given = [...descendants(caller)].flatMap((call) => {
    const isCall = call.kind === 'call' && call.part('callee')?.text === code.name;
    return isCall ? [{ call, argument: call.parts('arguments')[position] }] : [];
  });
  return (
    given.length === 0 ||
    given.some(({ call, argument }) => {
      const known = argument?.kind === 'identifier' ? unit.declarationOf(argument)?.node : undefined;
      if (argument === undefined || known === undefined || known.kind === 'parameter' || isGlobal(known))
        return true;
      return isAskedIn(caller, argument, call.start);
    })
  );
}

function isAskedIn(body: Node, place: Node, before: number): boolean {
  for (const node of descendants(body)) {
    if (node.start >= before) break;
    if (node.kind === place.kind && node.text === place.text && asksOtherwise(node)) return true;
  }
  return false;
}

function functionAround(node: Node): Node | undefined {
  let at = node.parent;
  while (at !== undefined && at.kind !== 'function') at = at.parent;
  return at;
}

/** Whether something before may say where in a text from outside a byte stands: a comparison of its beginning, another search, a length that was set. */
export function isSearchedBefore(frame: Frame, text: Node, byte: number, before: number): boolean {
  const root = rootOf(text);
  const body = frame.code?.body;
  const declaration = declarationOfRoot(frame, text);
  if (root === undefined || body === undefined || declaration === undefined) return true;
  // Who gives it, or shares it, may know more.
  if (declaration.kind === 'parameter' || isGlobal(declaration)) return true;
  // A byte without a sign of its own is written in one of many ways.
  const sign = byte < 32 ? '\\' : String.fromCharCode(byte);
  const holdsByte = (literal: Node): boolean => literal.text.includes(sign);
  for (const node of descendants(body)) {
    if (node.start >= before) break;
    if (node.kind !== 'identifier' || node.text !== root.text) continue;
    const around = outsideOf(node);
    if (around.parent?.kind === 'call' && around.role === 'arguments') {
      const model = frame.run.model(around.parent.part('callee')?.text ?? '');
      const literals = around.parent.parts('arguments').filter(({ kind }) => LITERALS.has(kind));
      const isOfLength = model?.returns?.is === 'value';
      if (
        literals.length > 0
          ? literals.some(holdsByte)
          : !isOfLength && (model === undefined || !isInput(model))
      )
        return true;
    }
    if (isPartOfText(node)) {
      const { parent, role } = node.parent ?? node;
      if (parent?.kind === 'binary' || parent?.kind === 'switch') return true;
      const index = node.parent?.part('indices') ?? node.parent?.parts('indices')[0];
      if (parent?.kind === 'assign' && role === 'target' && index?.kind === 'number') return true;
    }
  }
  return false;
}

const LITERALS: ReadonlySet<string> = new Set(['string', 'character', 'char']);

function declarationOfRoot({ unit }: Frame, place: Node): Node | undefined {
  const root = rootOf(place);
  return root === undefined ? undefined : unit.declarationOf(root)?.node;
}

function asksOtherwise(node: Node): boolean {
  const around = outsideOf(node);
  const { parent, role } = around;
  switch (parent?.kind) {
    case 'call':
      return role === 'arguments' && parent.parent?.kind !== 'expressionStatement';
    case 'index':
      return role === 'indices';
    case 'switch':
      return true;
    case 'binary': {
      const operator = parent.part('operator')?.text ?? '';
      if (BITS.has(operator)) return true;
      const other = role === 'left' ? parent.part('right') : parent.part('left');
      return (operator === '==' || operator === '!=') && other !== undefined && !CONSTANTS.has(other.kind);
    }
    default:
      return false;
  }
}

const BITS: ReadonlySet<string> = new Set(['&', '|', '^', '%', '>>', '<<']);
const CONSTANTS: ReadonlySet<string> = new Set(['number', 'character', 'char']);

/** Around a name with casts, additions and parentheses. */
function outsideOf(node: Node): Node {
  let at = node;
  while (
    at.parent?.kind === 'cast' ||
    (at.parent?.kind === 'binary' && at.parent.part('operator')?.text === '+')
  )
    at = at.parent;
  return at;
}

function isPartOfText({ parent, role }: Node): boolean {
  if (parent?.kind === 'index') return role === 'object';
  return parent?.kind === 'unary' && parent.part('operator')?.text === '*';
}
