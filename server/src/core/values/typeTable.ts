import { descendants, type Node } from '../ast/node.ts';
import { nodesOfKinds } from '../ast/nodesOfKind.ts';
import { partsOf, perFunction } from '../ast/parts.ts';
import type { Ast } from '../ast/readAst.ts';
import type { Outside } from '../headers/outside.ts';
import type { Declaration, Names } from '../resolve/names.ts';
import {
  decayed,
  INT,
  keywordType,
  KNOWN_TYPES,
  layOut,
  madeVolatile,
  sizeOf,
  UNKNOWN,
  type CType,
} from './ctypes.ts';
import { binary, wrapped } from './constantArithmetic.ts';
import { castLike } from './castLike.ts';
import { bytesOf, characterValue, integerLiteral } from './literals.ts';
import { headerReader } from './headerReader.ts';
import { packingOf } from './packing.ts';
import type { Macro } from './macros.ts';

/** Types of a file. Nothing throws; what the file does not explain is unknown. */
export interface TypeTable {
  /** The type that a type's node means. */
  read(type: Node | undefined): CType;
  /** Declared type of a variable, parameter or function; the length of an array may come from its initialiser. */
  ofDeclaration(node: Node): CType;
  /** Value of a constant expression. */
  constant(node: Node): number | undefined;
  enumerator(name: string): number | undefined;
  /** True for a name that the file, or a well-known header, declares as a type. */
  isType(name: string): boolean;
}

/** Types made of types, and constants made of constants, are followed this far. */
const MAX_DEPTH = 24;
/** Kinds that declare types and enumerators. */
const TYPES: readonly string[] = ['class', ':type_definition'];

/** Names that a file declares or assigns to. */
function targetsIn(ast: Ast): ReadonlySet<string> {
  const { functions, rest } = partsOf(ast);
  const names = new Set(targetsAmong(rest));
  for (const node of functions) for (const name of targetsInside(ast, node)) names.add(name);
  return names;
}

const targetsInside = perFunction((nodes) => [...new Set(targetsAmong(nodes))]);

function targetsAmong(nodes: readonly Node[]): readonly string[] {
  return nodes.flatMap(({ kind, role, text }) => (kind === 'identifier' && role === 'target' ? [text] : []));
}

export function typeTableOf(
  ast: Ast,
  names: Names,
  macro: (name: string) => Macro | undefined,
  outside: Outside,
): TypeTable {
  const tags = new Map<string, Node>();
  const typedefs = new Map<string, { readonly base: Node; readonly declarator: Node }>();
  const enumerators = new Map<string, Node>();
  const collect = (nodes: readonly Node[]): void => {
    for (const node of nodes) {
      if (node.kind === 'class') {
        const name = node.part('name')?.text;
        if (name !== undefined && !tags.has(name)) tags.set(name, node);
        if (node.part('form')?.text === 'enum')
          for (const member of node.parts('members')) {
            const target = member.part('target');
            if (target !== undefined) enumerators.set(target.text, member);
          }
      } else if (node.kind === ':type_definition') {
        const base = node.part('type');
        for (const declarator of node.parts('declarator')) {
          const name = nameIn(declarator);
          if (base !== undefined && name !== undefined && !typedefs.has(name))
            typedefs.set(name, { base, declarator });
        }
      }
    }
  };
  collect(nodesOfKinds(ast, TYPES));
  const sources = new Map<Node, string>([[ast.root, ast.text]]);
  const headerVariables = new Map<string, Node>();
  /** Declarations of headers join those of the file when a name of theirs is first asked for. */
  const fromHeaders = headerReader(ast, outside, (read) => {
    sources.set(read.root, read.text);
    collect(nodesOfKinds(read, TYPES));
    for (const node of read.root.children) {
      const name = node.kind === 'variable' ? node.part('target')?.text : undefined;
      if (name !== undefined) headerVariables.set(name, node);
    }
  });
  const inFileOrHeaders = <Value>(
    map: ReadonlyMap<string, Value>,
    name: string,
    key = name,
  ): Value | undefined => {
    if (!map.has(name)) fromHeaders(key);
    return map.get(name);
  };
  let declaredHere: ReadonlySet<string> | undefined;
  /** A name that the file declares too may mean that one, where a macro brings it in. */
  const headerVariable = (name: string): Node | undefined => {
    declaredHere ??= targetsIn(ast);
    return declaredHere.has(name) ? undefined : inFileOrHeaders(headerVariables, name);
  };
  const sourceOf = (node: Node): string => sources.get(rootOf(node))?.slice(node.start, node.end) ?? '';
  const declarationOf = (node: Node): Declaration | undefined =>
    rootOf(node) === ast.root ? names.declarationOf(node) : undefined;
  const classes = new Map<Node, CType>();
  const named = new Map<string, CType>();
  const constants = new Map<Node, number | undefined>();
  const types = new Map<Node, CType>();
  let depth = 0;

  const deeper = <Result>(compute: () => Result, otherwise: Result): Result => {
    if (depth >= MAX_DEPTH) return otherwise;
    depth++;
    try {
      return compute();
    } finally {
      depth--;
    }
  };

  const read = (type: Node | undefined): CType => {
    if (type === undefined) return UNKNOWN;
    const known = types.get(type);
    if (known !== undefined) return known;
    const isWhole = depth === 0;
    const result = readAnew(type);
    // Deep inside of another type some of it may have been left out.
    if (isWhole) types.set(type, result);
    return result;
  };

  const readAnew = (type: Node): CType => {
    return deeper((): CType => {
      switch (type.kind) {
        case 'pointerType':
          return { is: 'pointer', to: read(type.part('base')) };
        case 'arrayType': {
          const size = type.part('size');
          return { is: 'array', of: read(type.part('base')), length: size && constant(size) };
        }
        case 'functionType':
          return { is: 'function', returns: read(type.part('base')) };
        case 'referenceType':
          return read(type.part('base'));
        case 'class':
          return classType(type);
        case 'identifier':
          return ofName(type.text);
        case ':struct_specifier':
        case ':union_specifier': {
          const name = type.part('name')?.text ?? '';
          const tag = inFileOrHeaders(
            tags,
            name,
            `${type.kind === ':union_specifier' ? 'union' : 'struct'} ${name}`,
          );
          return tag === undefined ? UNKNOWN : classType(tag);
        }
        case ':enum_specifier':
          return INT;
        default:
          return keywordType(sourceOf(type)) ?? UNKNOWN;
      }
    }, UNKNOWN);
  };

  const ofName = (text: string): CType => {
    const keyword = keywordType(text);
    if (keyword !== undefined) return keyword;
    const known = named.get(text);
    if (known !== undefined) return known;
    named.set(text, UNKNOWN);
    const definition = inFileOrHeaders(typedefs, text);
    const tag = tags.get(text);
    let type: CType = KNOWN_TYPES.get(text) ?? UNKNOWN;
    if (definition !== undefined) type = declared(definition.declarator, read(definition.base));
    else if (tag !== undefined) type = classType(tag);
    else if (type.is === 'unknown') {
      const body = macro(text)?.body;
      if (body?.kind === 'identifier' && body.text !== text) type = ofName(body.text);
    }
    // Read in the middle of itself, a type is unknown; only what was read as a whole is kept.
    if (type.is === 'unknown') named.delete(text);
    else named.set(text, type);
    return type;
  };

  /** Type of the name inside a raw declarator of a `typedef`. */
  const declared = (declarator: Node, base: CType): CType => {
    const inner = declarator.part('declarator');
    switch (declarator.kind) {
      case ':pointer_declarator':
        return inner ? declared(inner, { is: 'pointer', to: base }) : base;
      case ':array_declarator': {
        const size = declarator.part('size');
        return inner ? declared(inner, { is: 'array', of: base, length: size && constant(size) }) : base;
      }
      case ':function_declarator':
        return inner ? declared(inner, { is: 'function', returns: base }) : base;
      default: {
        const [only] = declarator.children;
        return declarator.kind !== 'identifier' && only !== undefined ? declared(only, base) : base;
      }
    }
  };

  const classType = (node: Node): CType => {
    const known = classes.get(node);
    if (known !== undefined) return known;
    const form = node.part('form')?.text;
    if (form === 'enum') return INT;
    const name = node.part('name')?.text ?? '';
    const members = node.parts('members').filter(({ kind }) => kind === 'variable' || kind === 'class');
    const fields = new Map<string, { offset: number | undefined; type: CType }>();
    // Pointers to the type inside of itself find this object, filled below.
    const whole = {
      is: 'struct' as const,
      name,
      union: form === 'union',
      size: undefined as number | undefined,
      align: 1,
      fields,
    };
    classes.set(node, whole);
    const laid = layOut(
      name,
      form === 'union',
      members.map((member) =>
        member.kind === 'class'
          ? { name: '', type: classType(member) }
          : {
              name: member.part('target')?.text ?? '',
              type: isBitField(member) ? UNKNOWN : readMember(member),
            },
      ),
      packingOf(rootOf(node), sources.get(rootOf(node)) ?? '', node),
    );
    for (const [field, each] of laid.fields) fields.set(field, each);
    whole.size = laid.size;
    whole.align = laid.align;
    return whole;
  };

  /** An array whose length is written but not known is no array without one. */
  const readMember = (member: Node): CType => {
    const type = qualified(member);
    const isOpen = type.is === 'array' && type.length === undefined;
    return isOpen && member.part('type')?.part('size') !== undefined ? UNKNOWN : type;
  };

  const isBitField = (member: Node): boolean =>
    member.part('value') === undefined && /:\s*\w+\s*[,;]?$/.test(sourceOf(member));

  /** The type that a declaration writes. */
  const qualified = (declaration: Node): CType => {
    const type = read(declaration.part('type'));
    const isVolatile =
      declaration.parts('modifiers').some(({ text }) => text === 'volatile') || isRegister(declaration);
    return isVolatile ? madeVolatile(type) : type;
  };

  /** CMSIS writes `__IO` in front of members that are registers; the grammar is not shown that. */
  const isRegister = (declaration: Node): boolean => {
    if (declaration.parent?.kind !== 'class') return false;
    const before = sources
      .get(rootOf(declaration))
      ?.slice(Math.max(0, declaration.start - 24), declaration.start);
    return before !== undefined && REGISTER.test(before);
  };

  const ofDeclaration = (node: Node): CType => {
    if (node.kind === 'function') return { is: 'function', returns: read(node.part('returns')) };
    const type = qualified(node);
    if (node.kind === 'parameter') return decayed(type);
    if (type.is === 'array' && type.length === undefined && node.part('type')?.part('size') === undefined) {
      const length = lengthOf(node.part('value'));
      return length === undefined ? type : { ...type, length };
    }
    return type;
  };

  const constant = (node: Node): number | undefined => {
    if (constants.has(node)) return constants.get(node);
    const value = deeper(() => compute(node), undefined);
    constants.set(node, value);
    return value;
  };

  const compute = (node: Node): number | undefined => {
    switch (node.kind) {
      case 'number':
        return integerLiteral(node.text)?.value;
      case ':char_literal':
        return characterValue(node);
      case ':true':
        return 1;
      case ':false':
      case ':null':
        return 0;
      case 'identifier': {
        const own = enumerator(node.text);
        if (own !== undefined) return own;
        const found = macro(node.text);
        if (found !== undefined) return found.parameters === undefined ? constant(found.body) : undefined;
        const declaration = declarationOf(node)?.node ?? headerVariable(node.text);
        const isConstant = declaration
          ?.parts('modifiers')
          .some(({ text }) => text === 'const' || text === 'constexpr');
        const value =
          declaration?.kind === 'variable' && isConstant === true ? declaration.part('value') : undefined;
        return value && constant(value);
      }
      case 'unary': {
        const operand = node.part('operand');
        const operator = node.part('operator')?.text ?? '';
        if (operand === undefined) return undefined;
        if (operator === 'sizeof') return sizeOfOperand(operand);
        const value = constant(operand);
        if (value === undefined) return undefined;
        if (operator === '-') return -value;
        if (operator === '+') return value;
        if (operator === '~') return Math.abs(value) < 2 ** 31 ? ~value : undefined;
        return operator === '!' ? Number(value === 0) : undefined;
      }
      case 'cast': {
        const value = node.part('value');
        return wrapped(value && constant(value), read(node.part('type')));
      }
      case 'conditional': {
        const condition = node.part('condition');
        const chosen = condition && constant(condition);
        const branch = chosen === undefined ? undefined : node.part(chosen === 0 ? 'else' : 'then');
        return branch && constant(branch);
      }
      case 'binary': {
        const [left, right] = [node.part('left'), node.part('right')];
        const cast = castLike(node);
        if (cast !== undefined && isType(cast.type.text)) {
          const value = constant(cast.value);
          if (cast.operator === '&' || value === undefined) return undefined;
          return wrapped(cast.operator === '-' ? -value : value, read(cast.type));
        }
        const [a, b] = [left && constant(left), right && constant(right)];
        return a === undefined || b === undefined
          ? undefined
          : binary(node.part('operator')?.text ?? '', a, b);
      }
      default:
        return undefined;
    }
  };

  const sizeOfOperand = (operand: Node): number | undefined => {
    const type = typeOfOperand(operand);
    return type && sizeOf(type);
  };

  const typeOfOperand = (operand: Node): CType | undefined => {
    switch (operand.kind) {
      case 'identifier': {
        const declaration = declarationOf(operand);
        if (
          declaration !== undefined &&
          (declaration.kind === 'variable' || declaration.kind === 'parameter')
        )
          return ofDeclaration(declaration.node);
        return ofName(operand.text);
      }
      case 'pointerType':
      case 'arrayType':
      case 'functionType':
      case 'referenceType':
      case 'class':
      case ':struct_specifier':
      case ':union_specifier':
      case ':enum_specifier':
        return read(operand);
      case 'string':
        return undefined;
      case 'index': {
        const object = operand.part('object');
        const type = object && typeOfOperand(object);
        return type?.is === 'array' ? type.of : type?.is === 'pointer' ? type.to : undefined;
      }
      case 'unary': {
        const inner = operand.part('operand');
        const type = inner && typeOfOperand(inner);
        if (type === undefined || operand.part('operator')?.text !== '*') return undefined;
        return type.is === 'array' ? type.of : type.is === 'pointer' ? type.to : undefined;
      }
      case 'member': {
        const object = operand.part('object');
        const type = object && typeOfOperand(object);
        return type?.is === 'struct' ? type.fields.get(operand.part('name')?.text ?? '')?.type : undefined;
      }
      default:
        return undefined;
    }
  };

  const enumerator = (name: string): number | undefined => {
    const member = inFileOrHeaders(enumerators, name);
    if (member === undefined) return undefined;
    const value = member.part('value');
    if (value !== undefined) return constant(value);
    return deeper(() => {
      const members = member.parent?.parts('members') ?? [];
      const at = members.indexOf(member);
      const before = members[at - 1]?.part('target')?.text;
      if (before === undefined) return at === 0 ? 0 : undefined;
      // Counted from the last one that has a value, without a step for each in between.
      let from = at - 1;
      while (from > 0 && members[from]?.part('value') === undefined) from--;
      const first = members[from]?.part('value');
      const start = first === undefined ? 0 : constant(first);
      return start === undefined ? undefined : start + at - from;
    }, undefined);
  };

  /** Elements of an initialiser. */
  const lengthOf = (value: Node | undefined): number | undefined => {
    if (value?.kind === 'string') return bytesOf(value.text).length + 1;
    if (value?.kind !== 'list') return undefined;
    let next = 0;
    let length = 0;
    for (const element of value.parts('elements')) {
      // A macro of a header may stand for several.
      const callee = element.kind === 'call' ? element.part('callee')?.text : undefined;
      if (callee !== undefined && /^[A-Z][A-Z0-9_]*$/.test(callee) && macro(callee) === undefined)
        return undefined;
      if (element.kind === 'pair') {
        const designator = element.part('key');
        const index = designator?.kind === ':subscript_designator' ? designator.children[0] : undefined;
        const at = index && constant(index);
        if (at === undefined) return undefined;
        next = at;
      }
      next++;
      length = Math.max(length, next);
    }
    return length;
  };

  const isType = (name: string): boolean =>
    keywordType(name) !== undefined || KNOWN_TYPES.has(name) || inFileOrHeaders(typedefs, name) !== undefined;

  return {
    read,
    ofDeclaration,
    constant,
    enumerator,
    isType,
  };
}

/** At the end of what stands before a declaration. */
const REGISTER = /\b__(?:I|O|IO|IM|OM|IOM)\s+$/;

function rootOf(node: Node): Node {
  let root = node;
  while (root.parent !== undefined) root = root.parent;
  return root;
}

function nameIn(declarator: Node): string | undefined {
  for (const node of descendants(declarator)) if (node.kind === 'identifier') return node.text;
  return undefined;
}
