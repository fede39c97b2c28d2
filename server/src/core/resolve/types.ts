import { partsOf, perFunction } from '../ast/parts.ts';
import type { Ast } from '../ast/readAst.ts';
import { Node } from '../ast/node.ts';
import type { Declarations } from './declarations.ts';
import {
  fieldOfType,
  fieldsOf,
  ownerIn,
  relatedTypes,
  type Fields,
  type Owner,
  type Related,
} from './fields.ts';
import type { Declaration, DeclaredType } from './names.ts';
import type { Paths } from './paths.ts';

export interface Types {
  typeOf(expression: Node): DeclaredType | undefined;
}

/** A variable that is given the value of another one is followed this far. */
const MAX_DEPTH = 10;

/** Types that the file itself tells. */
export function typesOf(ast: Ast, declarations: Declarations, paths: Paths): Types {
  const { types: rules = {} } = ast.grammar.definition.profile;
  const { text: textType = 'string', makers = {} } = rules;
  const converters = rules.converters === undefined ? undefined : new RegExp(rules.converters);
  const makerMethods = rules.makerMethods === undefined ? undefined : new RegExp(rules.makerMethods);
  const fields = new Map<string, Fields>();
  let related: Related | undefined;
  let assigned: ReadonlyMap<string, readonly Node[]> | undefined;
  const declared = (type: Node, modifiers: readonly string[]): DeclaredType => {
    const base = type.kind === 'genericType' ? (type.part('base') ?? type) : type;
    const names = paths.pathsOf(base).map((path) => path.join('.'));
    const text = ast.text.slice(type.start, type.end);
    return { type, text: names[0] ?? text, names: [...new Set([text, ...names])], modifiers };
  };
  /** What a pointer leads to, and what an array holds. */
  const elementOf = (of: DeclaredType | undefined, kinds: ReadonlySet<string>): DeclaredType | undefined => {
    const base = of?.type && kinds.has(of.type.kind) ? of.type.part('base') : undefined;
    return base && declared(base, of?.modifiers ?? []);
  };
  /** `new(T)`, `make(T)` and `string(x)` of Go. */
  const madeOfType = (call: Node, callee: Node): DeclaredType | undefined => {
    const [type] = call.parts('arguments');
    if (callee.kind !== 'identifier' || declarations.declarationOf(callee)) return undefined;
    if (converters?.test(callee.text) === true) return declared(callee, []);
    const made = Object.hasOwn(makers, callee.text) ? makers[callee.text] : undefined;
    if (!type || made === undefined) return undefined;
    return made === 'pointer' ? pointerTo(declared(type, [])) : declared(type, []);
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
        const field = fieldOf(expression, depth);
        if (field === 'elsewhere') return undefined;
        return (field && ofDeclaration(field.node, depth)) ?? ofAssigned(expression, depth);
      }
      case 'new':
      case 'cast': {
        const type = expression.part('type');
        const made = type && declared(type, []);
        return expression.kind === 'new' && rules.newIsPointer === true ? pointerTo(made) : made;
      }
      case 'record': {
        const type = expression.part('type');
        return type && declared(type, []);
      }
      case 'string':
      case 'template':
        return { type: undefined, text: textType, names: [textType], modifiers: [] };
      case 'number':
        return { type: undefined, text: 'int', names: ['int'], modifiers: [] };
      case 'unary': {
        const operand = expression.part('operand');
        switch (operand && expression.part('operator')?.text) {
          case 'post!!':
            return operand && of(operand, depth + 1);
          case '&':
            return pointerTo(operand && of(operand, depth + 1));
          case '*':
            return elementOf(operand && of(operand, depth + 1), POINTERS);
          default:
            return undefined;
        }
      }
      case 'index': {
        const object = expression.part('object');
        return elementOf(object && of(object, depth + 1), POINTERS_AND_ARRAYS);
      }
      case 'binary': {
        // `"a" + x` is a string, whatever `x` is.
        if (expression.part('operator')?.text !== '+') return undefined;
        const sides = [expression.part('left'), expression.part('right')];
        const known = sides.map((side) => side && of(side, depth + 1));
        return known.find((each) => each?.text === textType);
      }
      case 'call': {
        const callee = expression.part('callee');
        const made = callee && madeOfType(expression, callee);
        if (made) return made;
        const owner = makerMethods && callee?.kind === 'member' ? callee.part('object') : undefined;
        if (owner && isTypeName(owner) && makerMethods?.test(callee?.part('name')?.text ?? '') === true)
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
  const fieldsNamed = (name: string): Fields => {
    let known = fields.get(name);
    if (known === undefined) fields.set(name, (known = fieldsOf(declarations.membersNamed(name))));
    return known;
  };
  /** The field that a member of an object is: `elsewhere` where the object has a type that the file does not declare. */
  const fieldOf = (member: Node, depth: number): Declaration | 'elsewhere' | undefined => {
    const named = fieldsNamed(member.part('name')?.text ?? '');
    const owner = ownerOf(member.part('object'), depth + 1);
    if (owner === 'elsewhere') return owner;
    const own = owner && fieldOfType(named, owner.name, (related ??= relatedTypes(ast)));
    if (own === undefined && owner?.isTag === true) return 'elsewhere';
    return own ?? named.alike;
  };
  const ownerOf = (object: Node | undefined, depth: number): Owner | 'elsewhere' | undefined => {
    if (object === undefined || depth > MAX_DEPTH) return undefined;
    if (object.kind === 'index') return ownerOf(object.part('object'), depth + 1);
    if (object.kind === 'unary') return ownerOf(object.part('operand'), depth + 1);
    const field = object.kind === 'member' ? fieldOf(object, depth) : undefined;
    if (field === 'elsewhere') return field;
    const type = (field === undefined ? of(object, depth) : ofDeclaration(field.node, depth))?.type;
    return type && ownerIn(type);
  };
  /** `self.x = T()` and `this.x = new T()`, where all that is assigned has one type. */
  const ofAssigned = (member: Node, depth: number): DeclaredType | undefined => {
    assigned ??= givenToAllMembers(ast);
    const values = assigned.get(writtenIn(ast, member)) ?? [];
    const known = values.map((value) => of(value, depth + 1));
    const [first] = known;
    return known.every((each) => each?.text === first?.text) ? first : undefined;
  };
  /** `T(...)` where objects are made without `new`, of a type that the file does not declare. */
  const isConstructed = (callee: Node, declaration: Declaration | undefined): boolean => {
    if (declaration && declaration.kind !== 'import') return false;
    const name = callee.kind === 'member' ? callee.part('name') : callee;
    return rules.madeByCall === 'capital' && name?.kind === 'identifier' && /^\p{Lu}/u.test(name.text);
  };
  return { typeOf: (expression) => of(expression, 0) };
}

/** Values that members are given, by the member as it is written. */
function givenToMembers(nodes: readonly Node[], ast: Ast): ReadonlyMap<string, readonly Node[]> {
  const values = new Map<string, Node[]>();
  for (const node of nodes) {
    if (node.kind !== 'assign') continue;
    const target = node.part('target');
    const value = node.part('value');
    if (target?.kind !== 'member' || value === undefined) continue;
    const name = writtenIn(ast, target);
    const known = values.get(name);
    if (known === undefined) values.set(name, [value]);
    else known.push(value);
  }
  return values;
}

const givenInside = perFunction(givenToMembers);

/** The same of all of a file, in its order. */
function givenToAllMembers(ast: Ast): ReadonlyMap<string, readonly Node[]> {
  const { functions, rest } = partsOf(ast);
  const all = new Map<string, Node[]>();
  for (const some of [givenToMembers(rest, ast), ...functions.map((each) => givenInside(ast, each))])
    for (const [name, values] of some) {
      const known = all.get(name);
      if (known === undefined) all.set(name, [...values]);
      else known.push(...values);
    }
  for (const values of all.values()) values.sort((a, b) => a.index - b.index);
  return all;
}

function writtenIn({ text }: Ast, { start, end }: Node): string {
  return text.slice(start, end);
}

/** The type of a pointer to a value, with a copy of the type's node below it: the tree itself stays as it is. */
function pointerTo(declared: DeclaredType | undefined): DeclaredType | undefined {
  const { type } = declared ?? {};
  if (!declared || !type) return undefined;
  const base = Object.assign(Object.create(type) as Node, { role: 'base' });
  const pointer = new Node('pointerType', type.start, type.end, type.raw, [base]);
  return { ...declared, type: pointer, text: `*${declared.text}`, names: [] };
}

const POINTERS: ReadonlySet<string> = new Set(['pointerType']);
const POINTERS_AND_ARRAYS: ReadonlySet<string> = new Set(['pointerType', 'arrayType']);

/** Types of Rust begin with a capital letter, modules do not. */
function isTypeName(node: Node): boolean {
  const name = node.kind === 'member' ? node.part('name') : node;
  return name?.kind === 'identifier' && /^[A-Z]/.test(name.text);
}

const VALUES: ReadonlySet<string> = new Set(['variable', 'parameter', 'constant']);
