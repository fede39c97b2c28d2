import { at } from '../syntax/syntaxTable.ts';
import type { Code } from './code.ts';
import type { TypePattern } from './pattern.ts';

/** A name with its declared type, and the stretch of text in which the declaration holds. */
interface Declaration {
  /** Words of the type without qualifiers: `unsigned char`. */
  readonly words: string;
  /** `*`, `&` and `[]` around the name. */
  readonly suffix: string;
  readonly from: number;
  readonly to: number;
}

const declarations = new WeakMap<Code, Map<string, Declaration[]>>();
const QUALIFIERS = /\b(?:const|volatile|restrict|struct|enum|union|static|extern|register)\b/g;

/** True when the node is a name that the file declares with the type. The innermost, latest declaration counts. */
export function declaredTypeMatches(code: Code, node: number, type: TypePattern): boolean {
  const declared = declarationOf(code, node);
  if (declared === undefined) return false;
  if (type.hole === undefined)
    return declared.suffix === type.suffix && declared.words === type.words.join(' ');
  return declared.suffix.endsWith(type.suffix);
}

function declarationOf(code: Code, node: number): Declaration | undefined {
  const inner = code.unwrap(node);
  if (!code.grammar.roles.identifiers.has(code.kind(inner))) return undefined;
  let table = declarations.get(code);
  if (table === undefined) {
    table = readDeclarations(code);
    declarations.set(code, table);
  }
  const place = code.start(inner);
  return table.get(code.textOf(inner))?.findLast((each) => each.from <= place && place < each.to);
}

function readDeclarations(code: Code): Map<string, Declaration[]> {
  const table = new Map<string, Declaration[]>();
  const { grammar } = code;
  const initialiser = grammar.kind(grammar.definition.profile.initialiser.kind);
  for (const [kind, fields] of grammar.roles.typedDeclarations) {
    for (const node of code.ofKind(kind)) {
      const type = code.field(node, fields.type);
      if (type < 0) continue;
      for (const child of code.significantChildren(node)) {
        if (at(code.table.field, child) !== fields.declarator) continue;
        const declarator = code.kind(child) === initialiser ? code.field(child, fields.declarator) : child;
        const name = code.unwrapDeclarator(declarator);
        if (!grammar.roles.identifiers.has(code.kind(name))) continue;
        const text = code.text.slice(code.start(declarator), code.end(declarator));
        const declaration = {
          words: code.textOf(type).replace(QUALIFIERS, ' ').trim().replace(/\s+/g, ' '),
          suffix: (text.match(/\*|&|\[/g) ?? []).join('').replaceAll('[', '[]'),
          ...scopeOf(code, node),
        };
        const list = table.get(code.textOf(name));
        if (list) list.push(declaration);
        else table.set(code.textOf(name), [declaration]);
      }
    }
  }
  for (const list of table.values()) list.sort((a, b) => a.from - b.from);
  return table;
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
