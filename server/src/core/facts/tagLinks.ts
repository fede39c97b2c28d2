import { compareRanges } from '../base/range.ts';
import type { FileLinks, TagLink } from '../trace/traceGraph.ts';
import type { Tag } from '../trace/unit.ts';
import type { FileFacts } from './fileFacts.ts';

/** The links of files, kept from one state of a workspace to the next: the same object for a file whose links are the same. */
export interface TagLinks {
  /** @param withPrints what units mean now is asked for: without it, an edit that moves no tag leaves all links as they are */
  of(files: ReadonlyMap<string, FileFacts>, withPrints: boolean): readonly FileLinks[];
}

interface KnownLinks {
  readonly facts: FileFacts;
  readonly withPrints: boolean;
  readonly links: FileLinks;
}

export function createTagLinks(): TagLinks {
  let known: ReadonlyMap<string, KnownLinks> = new Map();
  return {
    of: (files, withPrints) => {
      const before = known;
      known = new Map(
        [...files].map(([path, facts]) => {
          const old = before.get(path);
          if (old?.withPrints === withPrints && saysTheSame(old.facts, facts, withPrints))
            return [path, { ...old, facts }];
          return [path, { facts, withPrints, links: withKnown(tagLinksOf(facts, withPrints), old?.links) }];
        }),
      );
      return [...known.values()].map(({ links }) => links).filter(({ links }) => links.length > 0);
    },
  };
}

/** Whether the tags of a file make the same links as before: an edit leaves most of them the same objects. */
function saysTheSame(old: FileFacts, facts: FileFacts, withPrints: boolean): boolean {
  if (old === facts) return true;
  if (withPrints || old.tags.length !== facts.tags.length) return false;
  return facts.tags.every((tag, at) => {
    const before = old.tags[at];
    if (before === undefined || (tag !== before && !isSameTag(tag, before))) return false;
    const [unit, known] = [facts.units[tag.unit], old.units[tag.unit]];
    return unit?.name === known?.name && unit?.kind === known?.kind;
  });
}

function isSameTag(a: Tag, b: Tag): boolean {
  return (
    a.id === b.id &&
    a.type === b.type &&
    a.revision === b.revision &&
    a.word === b.word &&
    a.role === b.role &&
    a.unit === b.unit &&
    compareRanges(a.range, b.range) === 0
  );
}

/** Links that are as they were, before and behind those that changed, stay the same objects; and the file, when all of them do. */
function withKnown(file: FileLinks, old: FileLinks | undefined): FileLinks {
  if (old === undefined) return file;
  const links = [...file.links];
  const shorter = Math.min(links.length, old.links.length);
  const take = (at: number, from: number): boolean => {
    const [link, known] = [links[at], old.links[from]];
    if (link === undefined || known === undefined || !isSame(link, known)) return false;
    links[at] = known;
    return true;
  };
  let first = 0;
  while (first < shorter && take(first, first)) first++;
  if (first === links.length && first === old.links.length) return old;
  for (let last = 1; last <= shorter - first; last++)
    if (!take(links.length - last, old.links.length - last)) break;
  return { ...file, links };
}

/** Both are links of one file. */
function isSame(a: TagLink, b: TagLink): boolean {
  return (
    a.id === b.id &&
    a.type === b.type &&
    a.revision === b.revision &&
    a.fingerprint === b.fingerprint &&
    a.word === b.word &&
    a.role === b.role &&
    a.unit.name === b.unit.name &&
    a.unit.kind === b.unit.kind &&
    compareRanges(a.location.range, b.location.range) === 0
  );
}

/** The links that a file's tags make. */
function tagLinksOf(facts: FileFacts, withPrints: boolean): FileLinks {
  return {
    path: facts.path,
    links: facts.tags.flatMap((tag) => {
      const unit = facts.units[tag.unit];
      const fingerprint = withPrints ? facts.fingerprints[tag.unit] : undefined;
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
