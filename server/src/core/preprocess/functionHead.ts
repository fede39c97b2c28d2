/** At least a type and a name, and parameters: what control statements and most macros have not. */
const FUNCTION =
  /^(?!(?:else|return|case|goto|do|if|for|while|switch)\b)(?:[A-Za-z_][\w:]*[\s*&]+)+[A-Za-z_~][\w:~]*\s*\([^{};]*\)[\sA-Za-z]*$/;
/** What may stand before the type of a declaration, and is none alone. */
const BEFORE_TYPE = String.raw`static|extern|inline|register|typedef|virtual|friend|explicit|constexpr|struct|union|enum|_\w+`;
/** What is part of a type, and no name. */
const IN_TYPE = 'const|volatile|unsigned|signed|short|long|char|int|float|double|bool|void|auto';
const NAMED_DECLARATION = new RegExp(
  String.raw`^(?:(?:${BEFORE_TYPE}) )*(?!(?:${BEFORE_TYPE}|template|class|using|namespace|[A-Z_\d]+)\b)\w+(?: :: \w+)*(?: < [^<>(){};]* >)?(?: [*&]| (?:${IN_TYPE})\b)* (?!(?:${BEFORE_TYPE}|${IN_TYPE}|[A-Z_\d]+)\b)[A-Za-z]\w*(?= [[(=,]|$)`,
);

/** Words behind which functions may stand in a block. */
export const HOLDERS_OF_FUNCTIONS: ReadonlySet<string> = new Set([
  'namespace',
  'extern',
  'class',
  'struct',
  'union',
]);

/** Whether tokens, with one blank between them, are all that stands before the `{` of a function. */
export function isFunctionHead(code: string): boolean {
  return FUNCTION.test(code.replaceAll(' :: ', '::').replaceAll('~ ', '~'));
}

/**
 * Whether tokens begin with a type and the name of what has it. What has no name yet (`static`, `template <class T>`, a macro) may be the begin of the
 * function that follows.
 */
export function isNamedDeclaration(code: string): boolean {
  return NAMED_DECLARATION.test(code);
}
