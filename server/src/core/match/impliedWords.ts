import type { LanguageProfile } from '../syntax/language.ts';

/** Words of a pattern that nobody has to write: those of imports that everyone has, and the name of a lone argument of an annotation. */
export function impliedWords({ implicitImports = [], loneArgument }: LanguageProfile): ReadonlySet<string> {
  const words = new Set(implicitImports.flatMap((each) => each.split('.')));
  if (loneArgument !== undefined) words.add(loneArgument);
  return words;
}
