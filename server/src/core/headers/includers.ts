/**
 * By file the languages of the files that include it, near and far. An ending that serves several languages says nothing itself: what includes such a file
 * counts for those that it includes.
 *
 * @param includes of each file the files that it includes
 * @param languageOf the language of a path, where its ending says it for sure
 */
export function languagesOfIncluders(
  includes: ReadonlyMap<string, readonly string[]>,
  languageOf: (path: string) => string | undefined,
): ReadonlyMap<string, ReadonlySet<string>> {
  const languages = new Map<string, Set<string>>();
  const pending: { readonly path: string; readonly language: string }[] = [];
  for (const path of includes.keys()) {
    const language = languageOf(path);
    if (language !== undefined) pending.push({ path, language });
  }
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { path, language } = next;
    for (const included of includes.get(path) ?? []) {
      const known = languages.get(included) ?? new Set<string>();
      languages.set(included, known);
      if (known.has(language)) continue;
      known.add(language);
      if (languageOf(included) === undefined) pending.push({ path: included, language });
    }
  }
  return languages;
}
