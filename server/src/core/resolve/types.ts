import type { Ast } from '../ast/readAst.ts';
import { Node } from '../ast/node.ts';
import type { Declarations } from './declarations.ts';
import type { Declaration, DeclaredType } from './names.ts';
import type { Paths } from './paths.ts';

export interface Types {
  typeOf(expression: Node): DeclaredType | undefined;
}

/** A variable that is given the value of another one is followed this far. */
const MAX_DEPTH = 10;

/** Types that the file itself tells. */
export function typesOf(ast: Ast, declarations: Declarations, paths: Paths): Types {
  const { id } = ast.grammar.definition;
  const declared = (type: Node, modifiers: readonly string[]): DeclaredType => {
    const base = type.kind === 'genericType' ? (type.part('base') ?? type) : type;
    const names = paths.pathsOf(base).map((path) => path.join('.'));
    const text = ast.text.slice(type.start, type.end);
    return { type, text: names[0] ?? text, names: [...new Set([text, ...names])], modifiers };
  };
  /** `new(T)`, `make(T)` and `string(x)`. */
  const madeInGo = (call: Node, callee: Node): DeclaredType | undefined => {
    const [type] = call.parts('arguments');
    if (callee.kind !== 'identifier' || declarations.declarationOf(callee)) return undefined;
    if (GO_TYPES.test(callee.text)) return declared(callee, []);
    if (!type || (callee.text !== 'new' && callee.text !== 'make')) return undefined;
    return callee.text === 'new' ? pointerTo(declared(type, [])) : declared(type, []);
  };
  const ofDeclaration = (node: Node, depth: number): DeclaredType | undefined => {
    const modifiers = node.parts('modifiers').map((each) => each.text);
    const type = node.part('type');
    if (type && type.text !== 'var' && type.text !== 'auto') return declared(type, modifiers);
    const value = node.kind === 'variable' || node.kind === 'assign' ? node.part('value') : undefined;
    const inferred = value && of(value, depth + 1);
    return inferred && { ...inferred, modifiers };
  };
  const of = (expression: Node, depth: number): DeclaredType | undefined => {
    if (depth > MAX_DEPTH) return undefined;
    switch (expression.kind) {
      case 'identifier': {
        const declaration = declarations.declarationOf(expression);
        return declaration && VALUES.has(declaration.kind)
          ? ofDeclaration(declaration.node, depth)
          : undefined;
      }
      case 'member': {
        const field = declarations.membersNamed(expression.part('name')?.text ?? '').at(-1);
        return field && ofDeclaration(field.node, depth);
      }
      case 'new':
      case 'cast': {
        const type = expression.part('type');
        const made = type && declared(type, []);
        return expression.kind === 'new' && id === 'cpp' ? pointerTo(made) : made;
      }
      case 'record': {
        const type = expression.part('type');
        return type && declared(type, []);
      }
      case 'string':
      case 'template':
        return {
          type: undefined,
          text: STRING[id] ?? 'string',
          names: [STRING[id] ?? 'string'],
          modifiers: [],
        };
      case 'number':
        return { type: undefined, text: 'int', names: ['int'], modifiers: [] };
      case 'unary': {
        const operand = expression.part('operand');
        if (operand && expression.part('operator')?.text === 'post!!') return of(operand, depth + 1);
        if (operand?.kind !== 'record' || expression.part('operator')?.text !== '&') return undefined;
        return pointerTo(of(operand, depth + 1));
      }
      case 'binary': {
        // `"a" + x` is a string, whatever `x` is.
        if (expression.part('operator')?.text !== '+') return undefined;
        const sides = [expression.part('left'), expression.part('right')];
        const known = sides.map((side) => side && of(side, depth + 1));
        return known.find((each) => each?.text === (STRING[id] ?? 'string'));
      }
      case 'call': {
        const callee = expression.part('callee');
        const made = id === 'go' && callee ? madeInGo(expression, callee) : undefined;
        if (made) return made;
        const owner = id === 'rust' && callee?.kind === 'member' ? callee.part('object') : undefined;
        if (owner && isTypeName(owner) && RUST_MAKERS.test(callee?.part('name')?.text ?? ''))
          return declared(owner, []);
        const declaration = callee && declarations.declarationOf(callee);
        if (callee && (declaration?.kind === 'class' || isConstructed(callee, declaration)))
          return declared(callee, []);
        const returns = declaration?.kind === 'function' ? declaration.node.part('returns') : undefined;
        return returns && declared(returns, []);
      }
      default:
        return undefined;
    }
  };
  /** `T(...)` where objects are made without `new`, of a type that the file does not declare. */
  const isConstructed = (callee: Node, declaration: Declaration | undefined): boolean => {
    if (declaration && declaration.kind !== 'import') return false;
    const name = callee.kind === 'member' ? callee.part('name') : callee;
    return MADE_BY_CALL.has(id) && name?.kind === 'identifier' && /^\p{Lu}/u.test(name.text);
  };
  return { typeOf: (expression) => of(expression, 0) };
}

/** The type of a pointer to a value, with a copy of the type's node below it: the tree itself stays as it is. */
function pointerTo(declared: DeclaredType | undefined): DeclaredType | undefined {
  const { type } = declared ?? {};
  if (!declared || !type) return undefined;
  const base = Object.assign(Object.create(type) as Node, { role: 'base' });
  const pointer = new Node('pointerType', type.start, type.end, type.raw, [base]);
  return { ...declared, type: pointer, text: `*${declared.text}`, names: [] };
}

/** Types that are called like functions, and that no file declares. */
const GO_TYPES = /^(?:string|bool|byte|rune|u?int(?:8|16|32|64|ptr)?|float(?:32|64))$/;

/** Functions of a type that by custom make one of it: `String::from(x)`. */
const RUST_MAKERS = /^(?:new|default|open|create|(?:from|with)(?:_[a-z0-9_]+)?)$/;

/** Types of Rust begin with a capital letter, modules do not. */
function isTypeName(node: Node): boolean {
  const name = node.kind === 'member' ? node.part('name') : node;
  return name?.kind === 'identifier' && /^[A-Z]/.test(name.text);
}

const VALUES: ReadonlySet<string> = new Set(['variable', 'parameter', 'constant']);
/** Languages in which a call of a name with a capital letter makes an object. */
const MADE_BY_CALL: ReadonlySet<string> = new Set(['kotlin', 'swift']);
const STRING: Readonly<Record<string, string>> = {
  java: 'String',
  kotlin: 'String',
  swift: 'String',
  rust: 'str',
  python: 'str',
  c: 'char*',
  cpp: 'char*',
};
