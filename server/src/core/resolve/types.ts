import type { Ast } from '../ast/readAst.ts';
import type { Node } from '../ast/node.ts';
import type { Declarations } from './declarations.ts';
import type { DeclaredType } from './names.ts';
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
        return type && declared(type, []);
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
      case 'call': {
        const callee = expression.part('callee');
        const declaration = callee && declarations.declarationOf(callee);
        if (declaration?.kind === 'class' && callee) return declared(callee, []);
        const returns = declaration?.kind === 'function' ? declaration.node.part('returns') : undefined;
        return returns && declared(returns, []);
      }
      default:
        return undefined;
    }
  };
  return { typeOf: (expression) => of(expression, 0) };
}

const VALUES: ReadonlySet<string> = new Set(['variable', 'parameter', 'constant']);
const STRING: Readonly<Record<string, string>> = {
  java: 'String',
  kotlin: 'String',
  swift: 'String',
  python: 'str',
};
