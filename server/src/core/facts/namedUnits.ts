import type { PlacedUnit } from '../trace/reviewSubjects.ts';
import { unitName } from '../trace/reviews.ts';
import type { FileFacts } from './fileFacts.ts';

/** The units of a file as other files and records name them; the file itself first. */
export function namedUnitsOf({ path, units, fingerprints }: FileFacts): readonly PlacedUnit[] {
  return units.map(({ kind, name, nameRange }, index) => ({
    name: unitName({ path, kind, name }),
    fingerprint: fingerprints[index] ?? '',
    location: { path, range: nameRange },
  }));
}
