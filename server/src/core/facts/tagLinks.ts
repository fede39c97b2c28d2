import type { FileLinks } from '../trace/traceGraph.ts';
import type { FileFacts } from './fileFacts.ts';

/** The links that a file's tags make. */
export function tagLinksOf(facts: FileFacts): FileLinks {
  return {
    path: facts.path,
    links: facts.tags.flatMap((tag) => {
      const unit = facts.units[tag.unit];
      const fingerprint = facts.fingerprints[tag.unit];
      if (unit === undefined) return [];
      return [
        {
          unit: { path: facts.path, name: unit.name, kind: unit.kind },
          id: tag.id,
          type: tag.type,
          ...(tag.revision === undefined ? {} : { revision: tag.revision }),
          ...(fingerprint === undefined ? {} : { fingerprint }),
          ...(tag.word === undefined ? {} : { word: tag.word }),
          ...(tag.role === undefined ? {} : { role: tag.role }),
          location: { path: facts.path, range: tag.range },
        },
      ];
    }),
  };
}
