import type { LanguageDefinition, LanguageFile, LanguageProfile } from './language.ts';
import type { Readings } from './readings.ts';

/**
 * Definitions with whole profiles: `extends` is followed, whatever the order of the files.
 *
 * @throws Error when a profile extends one that is not there, or itself: these files ship with the product
 */
export function wholeDefinitions(files: readonly LanguageFile[]): readonly LanguageDefinition[] {
  const byId = new Map(files.map((file) => [file.id, file]));
  const profiles = new Map<string, LanguageProfile>();
  const profileOf = (file: LanguageFile, from: readonly string[]): LanguageProfile => {
    const known = profiles.get(file.id);
    if (known) return known;
    const whole = resolve(file, [...from, file.id]);
    profiles.set(file.id, whole);
    return whole;
  };
  const resolve = ({ id, profile }: LanguageFile, from: readonly string[]): LanguageProfile => {
    if (!('extends' in profile)) return profile;
    const { extends: baseId, nodes, ...own } = profile;
    const base = byId.get(baseId);
    if (base === undefined) throw new Error(`The profile of ${id} extends ${baseId}, which is no language.`);
    if (from.includes(baseId)) throw new Error(`The profile of ${id} extends itself.`);
    const inherited = profileOf(base, from);
    return { ...inherited, ...own, nodes: merged(inherited.nodes, nodes ?? {}) };
  };
  return files.map((file) => ({ ...file, profile: profileOf(file, []) }));
}

function merged(base: Readings, own: Readonly<Record<string, Readings[string] | null>>): Readings {
  const nodes = new Map(Object.entries(base));
  for (const [kind, reading] of Object.entries(own)) {
    if (reading === null) nodes.delete(kind);
    else nodes.set(kind, reading);
  }
  return Object.fromEntries(nodes);
}
