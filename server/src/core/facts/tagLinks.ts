import type { FileLinks } from '../trace/traceGraph.ts';
import type { FileFacts } from './fileFacts.ts';

/** The links of files, kept from one state of a workspace to the next: the same object for a file whose links are the same. */
export interface TagLinks {
  of(files: ReadonlyMap<string, FileFacts>): readonly FileLinks[];
}

export function createTagLinks(): TagLinks {
  let known: ReadonlyMap<string, { readonly facts: FileFacts; readonly links: FileLinks }> = new Map();
  return {
    of: (files) => {
      const before = known;
      known = new Map(
        [...files].map(([path, facts]) => {
          const old = before.get(path);
          if (old?.facts === facts) return [path, old];
          const links = tagLinksOf(facts);
          const same = old !== undefined && JSON.stringify(old.links) === JSON.stringify(links);
          return [path, { facts, links: same ? old.links : links }];
        }),
      );
      return [...known.values()].map(({ links }) => links).filter(({ links }) => links.length > 0);
    },
  };
}

/** The links that a file's tags make. */
function tagLinksOf(facts: FileFacts): FileLinks {
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
