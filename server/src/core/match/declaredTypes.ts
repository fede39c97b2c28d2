import { at } from '../syntax/syntaxTable.ts';
import type { Code } from './code.ts';
import type { TypePattern } from './pattern.ts';

/** A name with its declared type, and the stretch of text in which the declaration holds. */
interface Declaration {
  /** Words of the type without qualifiers: `unsigned char`. */
  readonly words: string;
  /** `*`, `&` and `[]` around the name. */
  readonly suffix: string;
  readonly isConst: boolean;
  /** Kind of the identifier that is declared. */
  readonly kind: number;
  readonly from: number;
  readonly to: number;
}

const declarations = new WeakMap<Code, Map<string, Declaration[]>>();
const QUALIFIERS = /\b(?:const|volatile|restrict|struct|enum|union|static|extern|register)\b/g;

/** True when the node is a name that the file declares with the type. The innermost, latest declaration counts. */
export function declaredTypeMatches(code: Code, node: number, type: TypePattern): boolean {
  const declared = declarationOf(code, node);
  if (declared === undefined || (type.isConst && !declared.isConst)) return false;
  if (type.hole === undefined)
    return declared.suffix === type.suffix && declared.words === type.words.join(' ');
  return declared.suffix.endsWith(type.suffix);
}

function declarationOf(code: Code, node: number): Declaration | undefined {
  const inner = code.unwrap(node);
  if (!code.grammar.roles.identifiers.has(code.kind(inner))) return undefined;
  const name = code.textOf(inner);
  const place = code.start(inner);
  const kind = code.kind(inner);
  return declaredAt(code, name, kind, place) ?? (code.outside && declaredAt(code.outside, name, kind, place));
}

/** A field and a variable of one name are different things: they are told apart by the kind of their identifiers. */
function declaredAt(code: Code, name: string, kind: number, place: number): Declaration | undefined {
  let byName = declarations.get(code);
  if (byName === undefined) {
    byName = new Map();
    declarations.set(code, byName);
  }
  let known = byName.get(name);
  if (known === undefined) {
    known = code.identifiersOf(name).flatMap((each) => readDeclaration(code, each) ?? []);
    known.sort((a, b) => a.from - b.from);
    byName.set(name, known);
  }
  return known.findLast((each) => each.kind === kind && each.from <= place && place < each.to);
}

/** The declaration whose declarator names this identifier, or undefined for any other use of the name. */
function readDeclaration(code: Code, identifier: number): Declaration | undefined {
  const { grammar } = code;
  const { roles } = grammar;
  const initialiser = grammar.kind(grammar.definition.profile.initialiser.kind);
  let declarator = identifier;
  let parent = code.parent(identifier);
  while (roles.initialiserWrappers.has(code.kind(parent)) && code.unwrapDeclarator(parent) === identifier) {
    declarator = parent;
    parent = code.parent(parent);
  }
  const outermost = code.kind(parent) === initialiser ? parent : declarator;
  if (outermost === parent && code.field(parent, at(code.table.field, declarator)) !== declarator)
    return undefined;
  const declaration = code.parent(outermost);
  const fields = roles.typedDeclarations.get(code.kind(declaration));
  if (fields === undefined) return undefined;
  if (at(code.table.field, outermost) !== fields.declarator) return undefined;
  if (outermost !== declarator && at(code.table.field, declarator) !== fields.declarator) return undefined;
  const type = code.field(declaration, fields.type);
  if (type < 0) return undefined;
  const text = code.text.slice(code.start(declarator), code.end(declarator));
  return {
    words: code.textOf(type).replace(QUALIFIERS, ' ').trim().replace(/\s+/g, ' '),
    suffix: suffixOf(text),
    kind: code.kind(identifier),
    isConst: /\bconst\b/.test(code.text.slice(code.start(declaration), code.start(identifier))),
    ...scopeOf(code, declaration),
  };
}

/** `[LEN * 2]` says array, whatever stands between the brackets. */
function suffixOf(declarator: string): string {
  let suffix = '';
  let depth = 0;
  for (const character of declarator) {
    if (character === '[' && depth++ === 0) suffix += '[]';
    else if (character === ']') depth--;
    else if (depth === 0 && (character === '*' || character === '&')) suffix += character;
  }
  return suffix;
}

/** From the declaration to the end of its block; of a parameter, to the end of its function. */
function scopeOf(code: Code, node: number): { from: number; to: number } {
  const { roles } = code.grammar;
  let scope = code.parent(node);
  while (
    scope > 0 &&
    !roles.bracedBlocks.has(code.kind(scope)) &&
    roles.units.get(code.kind(scope)) !== 'function'
  ) {
    scope = code.parent(scope);
  }
  return { from: code.start(node), to: scope < 0 ? code.text.length : code.end(scope) };
}
