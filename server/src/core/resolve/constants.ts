import type { Ast } from '../ast/readAst.ts';
import type { Node } from '../ast/node.ts';
import type { Outside } from '../headers/outside.ts';
import { nodesOfKind, nodesOfKinds } from '../ast/nodesOfKind.ts';
import { namesIn, type Declarations } from './declarations.ts';
import type { Constant, Declaration } from './names.ts';
import { callableOf, reachingValues, type ReachingValues } from './reaching.ts';

export interface Constants {
  constantOf(expression: Node): Constant | undefined;
  /** The expression whose value a variable has at this place. */
  valueOf(identifier: Node): Node | undefined;
}

/** Constants made of constants are followed this far. */
const MAX_DEPTH = 20;
/** Longer texts are not put together. */
const MAX_TEXT = 10_000;

/** Values that are known without running the program: of literals, and of names with one value at a place. */
export function constantsOf(ast: Ast, declarations: Declarations, outside: Outside): Constants {
  let single: ReadonlyMap<Declaration, Node> | undefined;
  let reaching: ReachingValues | undefined;
  let macros: ReadonlyMap<string, Constant | undefined> | undefined;
  const known = new Map<Node, Constant | undefined>();
  const valueOfDeclaration = (declaration: Declaration): Node | undefined => {
    single ??= valuesGivenOnce(ast, declarations);
    return single.get(declaration);
  };
  /** The value of the use of a name: an expression, or the `x += y` that made it. */
  const valueAt = (identifier: Node): Node | undefined => {
    const declaration = declarations.declarationOf(identifier);
    if (!declaration) return undefined;
    const once = valueOfDeclaration(declaration);
    if (!once) {
      reaching ??= reachingValues(ast, declarations);
      return reaching.at(identifier);
    }
    // Not in the value itself, nor before it in the same function.
    const isLater = once.index > identifier.index && callableOf(once) === callableOf(identifier);
    return isLater || once.contains(identifier) ? undefined : once;
  };
  const valueOf = (identifier: Node): Node | undefined => {
    const value = valueAt(identifier);
    return value?.kind === 'assign' && value.part('operator')?.text !== '=' ? undefined : value;
  };
  /** Of a macro of the headers; there is no better place for it than its use. */
  const ofHeaders = (use: Node): Constant | undefined => {
    const body = outside.macro(use.text)?.body;
    return body === undefined ? undefined : constantWritten(body, use);
  };
  const compute = (node: Node, depth: number): Constant | undefined => {
    if (depth > MAX_DEPTH) return undefined;
    switch (node.kind) {
      case 'string':
        return { kind: 'string', text: node.text, node };
      case 'number':
        return { kind: 'number', text: node.text, node };
      case 'identifier': {
        const value = valueAt(node);
        if (value) return of(value, depth + 1);
        if (declarations.declarationOf(node)) return undefined;
        macros ??= macrosOf(ast);
        return macros.has(node.text) ? macros.get(node.text) : ofHeaders(node);
      }
      case 'member': {
        const name = node.part('name')?.text ?? '';
        const [field, second] = declarations.membersNamed(name);
        if (!field || second || !isOwnMember(node, field)) return undefined;
        const value = valueOfDeclaration(field);
        return value && of(value, depth + 1);
      }
      case 'unary': {
        const operand = node.part('operand');
        const value = operand && of(operand, depth + 1);
        if (value?.kind !== 'number' || node.part('operator')?.text !== '-') return undefined;
        return { kind: 'number', text: `-${value.text}`, node };
      }
      case 'binary':
        return combined(node, node.part('left'), node.part('right'), of, depth);
      case 'assign':
        return node.part('operator')?.text === '='
          ? undefined
          : combined(node, node.part('target'), node.part('value'), of, depth);
      case 'template': {
        const parts = node.children.map((part) => of(part, depth + 1));
        if (!parts.every((part) => part !== undefined)) return undefined;
        return text(parts.map((part) => part.text).join(''), node);
      }
      case MACRO_TEXT:
        return constantWritten(node.text.trim(), node);
      default: {
        const kind = LITERALS.find(([pattern]) => pattern.test(node.kind))?.[1];
        return kind && node.children.length === 0 ? { kind, text: node.text, node } : undefined;
      }
    }
  };
  const of = (node: Node, depth: number): Constant | undefined => {
    if (known.has(node)) return known.get(node);
    known.set(node, undefined);
    const constant = compute(node, depth);
    known.set(node, constant);
    return constant;
  };
  return { constantOf: (expression) => of(expression, 0), valueOf };
}

/** What a macro stands for, as the grammar leaves it: a text. */
export const MACRO_TEXT = ':preproc_arg';

const LITERALS: readonly (readonly [RegExp, Constant['kind']])[] = [
  [/^:(true|false|boolean\w*)$/, 'boolean'],
  [/^:(null\w*|nil|none)$/, 'null'],
];

function text(content: string, node: Node): Constant | undefined {
  return content.length > MAX_TEXT ? undefined : { kind: 'string', text: content, node };
}

/** `"a" + b` and `a += "b"` of two texts; small whole numbers that are added, multiplied or made of bits. */
function combined(
  node: Node,
  leftSide: Node | undefined,
  rightSide: Node | undefined,
  of: (node: Node, depth: number) => Constant | undefined,
  depth: number,
): Constant | undefined {
  const operator = (node.part('operator')?.text ?? '').replace(/^(.+)=$/, '$1');
  const [left, right] = [leftSide, rightSide].map((side) => side && of(side, depth + 1));
  if (!left || !right) return undefined;
  if (left.kind === 'string' && right.kind === 'string') {
    return operator === '+' || operator === '..' ? text(left.text + right.text, node) : undefined;
  }
  if (left.kind !== 'number' || right.kind !== 'number') return undefined;
  const [a, b] = [Number(left.text), Number(right.text)];
  const value = calculated(operator, a, b);
  return Number.isSafeInteger(value) ? { kind: 'number', text: String(value), node } : undefined;
}

/** The largest number of which every language says the same when its bits are moved. */
const MAX_BITS = 0x7fff_ffff;

/** @returns NaN where languages differ, or for an operator that is not folded */
function calculated(operator: string, a: number, b: number): number {
  if (operator === '+') return a + b;
  if (operator === '-') return a - b;
  if (operator === '*') return a * b;
  const areBits = [a, b].every((each) => Number.isInteger(each) && each >= 0 && each <= MAX_BITS);
  if (!areBits) return Number.NaN;
  if (operator === '|') return a | b;
  if (operator === '&') return a & b;
  if (operator === '^') return a ^ b;
  if (operator === '>>') return b < 31 ? a >> b : Number.NaN;
  const shifted = operator === '<<' ? a * 2 ** b : Number.NaN;
  return shifted <= MAX_BITS ? shifted : Number.NaN;
}

/** `this.X`, `self.X` and `C.X` of the class that declares X. */
function isOwnMember(member: Node, field: Declaration): boolean {
  const object = member.part('object');
  const owner = field.node.parent?.part('name')?.text;
  const name = object?.kind === 'identifier' || object?.kind === ':this' ? object.text : undefined;
  return name === 'this' || name === 'self' || (owner !== undefined && name === owner);
}

/** Variables with one value: declared with it, or assigned once, and changed nowhere. */
function valuesGivenOnce(ast: Ast, declarations: Declarations): ReadonlyMap<Declaration, Node> {
  const values = new Map<Declaration, Node | undefined>();
  const give = (declaration: Declaration | undefined, value: Node | undefined): void => {
    if (!declaration) return;
    values.set(declaration, values.has(declaration) ? undefined : value);
  };
  const spoil = (target: Node | undefined): void => {
    if (target?.kind === 'member') {
      for (const field of declarations.membersNamed(target.part('name')?.text ?? ''))
        values.set(field, undefined);
    }
    for (const name of namesIn(target)) {
      const declaration = declarations.declarationOf(name);
      if (declaration) values.set(declaration, undefined);
    }
  };
  let ofField: ReadonlyMap<Node, Declaration> | undefined;
  for (const node of nodesOfKinds(ast, GIVING)) {
    const target = node.part('target');
    if (node.kind === 'variable' && target?.kind === 'identifier') {
      const value = node.part('value');
      const declaration =
        node.role === 'members'
          ? (ofField ??= new Map(declarations.all().map((each) => [each.identifier, each]))).get(target)
          : declarations.declarationOf(target);
      if (value) give(declaration, value);
    } else if (node.kind === 'assign') {
      const isPlain = node.part('operator')?.text === '=';
      if (isPlain && target?.kind === 'identifier')
        give(declarations.declarationOf(target), node.part('value'));
      else spoil(target);
    } else if (node.kind === 'forEach' || node.kind === 'resource' || node.kind === 'comprehensionFor') {
      spoil(target);
    } else if (node.kind === 'unary' && CHANGES.has(node.part('operator')?.text ?? '')) {
      spoil(node.part('operand'));
    }
  }
  const once = new Map<Declaration, Node>();
  for (const [declaration, value] of values) {
    if (value && declaration.kind === 'variable') once.set(declaration, value);
  }
  return once;
}

/** Kinds that give a variable a value, or may change it. */
export const GIVING: readonly string[] = [
  'variable',
  'assign',
  'forEach',
  'resource',
  'comprehensionFor',
  'unary',
];

/** Operators that change their operand, or let others do so. */
export const CHANGES: ReadonlySet<string> = new Set([
  '&',
  '&mut',
  '++',
  '--',
  'post++',
  'post--',
  'ref',
  'out',
  'del',
  'delete',
]);

/** `#define LIMIT 16`, where the name is defined once. */
function macrosOf(ast: Ast): ReadonlyMap<string, Constant | undefined> {
  const macros = new Map<string, Constant | undefined>();
  for (const node of nodesOfKind(ast, ':preproc_def')) {
    const name = node.part('name')?.text;
    const value = node.part('value');
    if (name === undefined) continue;
    const isFirst = !macros.has(name);
    macros.set(name, isFirst && value ? constantWritten(value.text.trim(), value) : undefined);
  }
  return macros;
}

/** `"text"`, several of them side by side, or a number, perhaps in parentheses, and no more. */
function constantWritten(written: string, node: Node): Constant | undefined {
  const text = written.replace(COMMENT_BEHIND, '$1').trimEnd();
  const bare = /^\(\s*([^()]*?)\s*\)$/.exec(text)?.[1] ?? text;
  if (TEXTS.test(bare)) {
    const content = bare.replace(TEXT, '$1');
    return content.length > MAX_TEXT ? undefined : { kind: 'string', text: content, node };
  }
  return /^[-+]?\d[\w.]*$/.test(bare) ? { kind: 'number', text: bare, node } : undefined;
}

/** A comment behind a text or a number. */
const COMMENT_BEHIND = /^((?:"(?:[^"\\]|\\.)*"|[^"/])*)(?:\/\/.*|\/\*[^]*?\*\/\s*)$/;
const TEXTS = /^(?:"(?:[^"\\]|\\.)*"\s*)+$/;
const TEXT = /"((?:[^"\\]|\\.)*)"\s*/g;
