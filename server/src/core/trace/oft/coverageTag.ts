import { crc32 } from '../../base/crc32.ts';
import { ID_SOURCE, NAME_SOURCE, specificationId, type SpecificationId } from './specificationId.ts';

/** `[impl->dsn~pin~1]`, `[dsn~own~2->req~pin~1>>impl, utest]`: a tag and where it stands in its line. UTF-16 columns. */
export interface CoverageTag {
  readonly start: number;
  readonly end: number;
  /** The type that it brings: left of the arrow. */
  readonly type: string;
  /** Its own name and revision, where they are written. */
  readonly name?: string;
  readonly revision?: number;
  readonly covers: readonly CoveredId[];
  /** Types that the tag, as a step of its own, must be covered by. */
  readonly needs: readonly string[];
}

export interface CoveredId {
  readonly id: SpecificationId;
  readonly start: number;
  readonly end: number;
}

/** A tag that is longer is prose. */
const MAX_TAG = 1000;
const SPACE = String.raw`[ \t]{0,100}`;
const LEFT = new RegExp(`^${SPACE}([A-Za-z]+)(?:~(${NAME_SOURCE})?~(\\d{1,9}))?${SPACE}$`, 'u');
const COVERED = new RegExp(`^${SPACE}(${ID_SOURCE})${SPACE}$`, 'u');
const NEEDED = new RegExp(`^${SPACE}([A-Za-z]+)${SPACE}$`);

/** The tags of one line, in their order; takes time linear in its length. */
export function coverageTags(line: string): readonly CoverageTag[] {
  const tags: CoverageTag[] = [];
  let open = line.indexOf('[');
  while (open >= 0) {
    const next = line.indexOf('[', open + 1);
    const body = line.slice(open + 1, Math.min(next < 0 ? line.length : next, open + MAX_TAG));
    const close = body.indexOf(']');
    const tag = close < 0 ? undefined : tagIn(body.slice(0, close), open + 1);
    if (tag !== undefined) tags.push({ ...tag, start: open, end: open + close + 2 });
    open = next;
  }
  return tags;
}

function tagIn(body: string, offset: number): Omit<CoverageTag, 'start' | 'end'> | undefined {
  const arrow = body.indexOf('->');
  if (arrow < 0) return undefined;
  const left = LEFT.exec(body.slice(0, arrow));
  if (left === null) return undefined;
  const right = body.slice(arrow + 2);
  const steps = right.indexOf('>>');
  const covers: CoveredId[] = [];
  let at = offset + arrow + 2;
  for (const part of (steps < 0 ? right : right.slice(0, steps)).split(',')) {
    const found = COVERED.exec(part);
    if (found === null) return undefined;
    const [, written = ''] = found;
    const start = at + part.indexOf(written);
    covers.push({ id: specificationId(found.slice(2)), start, end: start + written.length });
    at += part.length + 1;
  }
  const needs: string[] = [];
  if (steps >= 0) {
    for (const part of right.slice(steps + 2).split(',')) {
      const [, type] = NEEDED.exec(part) ?? [];
      if (type === undefined) return undefined;
      needs.push(type);
    }
  }
  const [, type = '', name, revision] = left;
  return {
    type,
    ...(name !== undefined && { name }),
    ...(revision !== undefined && { revision: Number(revision) }),
    covers,
    needs,
  };
}

/**
 * The name of the item that a tag is: its own, that of what it covers when it is a step with needs of its own, else made from the place, as
 * OpenFastTrace makes it.
 *
 * @param line counts from 1
 * @param index of the tag in its line, from 0
 */
export function nameOfTag(tag: CoverageTag, path: string, line: number, index: number): string {
  const [covered] = tag.covers;
  if (tag.name !== undefined || covered === undefined) return tag.name ?? '';
  const { type, name, revision } = covered.id;
  if (tag.needs.length > 0) return name;
  return `${name}-${crc32(`${path}${line}${index}${type}~${name}~${revision}`)}`;
}
