import type { Ast } from '../ast/readAst.ts';
import type { Node } from '../ast/node.ts';
import { NOTHING_OUTSIDE } from '../headers/outside.ts';
import { constantsOf } from './constants.ts';
import { declarationsOf } from './declarations.ts';
import { macroAliasesOf } from './macroAliases.ts';
import { pathsIn } from './paths.ts';
import { typesOf } from './types.ts';

export type DeclarationKind = 'variable' | 'parameter' | 'function' | 'class' | 'import' | 'constant';

/** A name that a file declares. */
export interface Declaration {
  readonly name: string;
  /** What declares it: `variable`, `parameter`, `function`, `class`, `import`, `importName`, `assign`, `forEach`, ... */
  readonly node: Node;
  readonly identifier: Node;
  readonly kind: DeclarationKind;
}

/** A value known without running the program. */
export interface Constant {
  readonly kind: 'string' | 'number' | 'boolean' | 'null';
  /** Of a string its content, else as written; a computed number is written in decimal digits. */
  readonly text: string;
  /** The literal that it comes from, or the expression that computes it. */
  readonly node: Node;
}

export interface DeclaredType {
  /** The type as it stands in the file; undefined for that of a literal. */
  readonly type: Node | undefined;
  /** Without layout, its names resolved by the imports: `java.util.List<String>`, `char*`. */
  readonly text: string;
  /** All spellings that may name it, without generic arguments: `List`, `java.util.List`. */
  readonly names: readonly string[];
  /** Modifiers written at the declaration. */
  readonly modifiers: readonly string[];
}

/** What names mean in one file. Everything is computed when first asked for, and kept; nothing throws. */
export interface Names {
  /** The declaration that an identifier resolves to; undefined for names of members and for what the file does not declare. */
  declarationOf(identifier: Node): Declaration | undefined;
  /**
   * Full name after import resolution, `np.array` -> `['numpy', 'array']`, of an identifier or a chain of members whose head is
   * imported, or unknown to the file (then as written). Undefined when the head is declared here, a call, ...
   */
  pathOf(expression: Node): readonly string[] | undefined;
  /** All that the name may stand for: as imported, with each open namespace before it, and as written. Empty where `pathOf` is undefined. */
  pathsOf(expression: Node): readonly (readonly string[])[];
  /** Local names of what is imported from a path whose last part is `last`: where to look for a pattern's name. */
  aliasesOf(last: string): readonly string[];
  /** Macros that stand for a name: see `macroAliasesOf`. */
  macrosFor(name: string): readonly string[];
  /** The value known at this place. Where branches, loops or closures leave several values, there is none. */
  constantOf(expression: Node): Constant | undefined;
  /** The expression that a variable stands for at this place, when there is just one. */
  valueOf(identifier: Node): Node | undefined;
  /** Declared type of an expression, from this file. */
  typeOf(expression: Node): DeclaredType | undefined;
}

/**
 * Names of a file. Cheap: nothing is computed before it is asked for.
 *
 * @param outside what is known of the files that it includes
 */
export function namesOf(ast: Ast, outside = NOTHING_OUTSIDE): Names {
  const declarations = lazily(() => declarationsOf(ast));
  const paths = lazily(() => pathsIn(ast, declarations()));
  const types = lazily(() => typesOf(ast, declarations(), paths()));
  const macros = lazily(() => macroAliasesOf(ast, outside));
  const constants = lazily(() => constantsOf(ast, declarations(), outside));
  return {
    declarationOf: (identifier) => declarations().declarationOf(identifier),
    pathOf: (expression) => paths().pathsOf(expression)[0],
    pathsOf: (expression) => paths().pathsOf(expression),
    aliasesOf: (last) => paths().aliasesOf(last),
    macrosFor: (name) => macros()(name),
    constantOf: (expression) => constants().constantOf(expression),
    valueOf: (identifier) => constants().valueOf(identifier),
    typeOf: (expression) => types().typeOf(expression),
  };
}

function lazily<Value>(compute: () => Value): () => Value {
  let value: { readonly of: Value } | undefined;
  return () => (value ??= { of: compute() }).of;
}
