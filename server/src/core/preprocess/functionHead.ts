/** At least a type and a name, and parameters: what control statements and most macros have not. */
const FUNCTION =
  /^(?!(?:else|return|case|goto|do|if|for|while|switch)\b)(?:[A-Za-z_][\w:]*[\s*&]+)+[A-Za-z_~][\w:~]*\s*\([^{};]*\)[\sA-Za-z]*$/;
const HOLDS_FUNCTIONS = /\b(?:namespace|extern|class|struct|union)\b[^()]*$/;

/** Whether tokens, with one blank between them, are all that stands before the `{` of a function. */
export function isFunctionHead(code: string): boolean {
  return FUNCTION.test(code.replaceAll(' :: ', '::').replaceAll('~ ', '~'));
}

/** Whether functions may stand in the block behind tokens. */
export function mayHoldFunctions(code: string): boolean {
  return HOLDS_FUNCTIONS.test(code);
}
