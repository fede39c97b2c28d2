import { ID_SOURCE, specificationId, type SpecificationId } from './specificationId.ts';

/** What a line of an OpenFastTrace document says. A line is matched as a whole; the first that fits counts. */
export type SpecificationLine =
  | { readonly is: 'item'; readonly id: SpecificationId; readonly start: number; readonly end: number }
  | { readonly is: 'heading'; readonly text: string }
  /** `===` or `---`: the line before it was a heading. */
  | { readonly is: 'underline' }
  | { readonly is: 'needs'; readonly words: readonly string[] }
  | { readonly is: 'needs-list' }
  | { readonly is: 'covers' | 'depends' }
  | { readonly is: 'tags'; readonly words: readonly string[] }
  | { readonly is: 'tags-list' }
  | { readonly is: 'status'; readonly status: string }
  | { readonly is: 'description' | 'rationale' | 'comment' }
  | { readonly is: 'bullet'; readonly text: string; readonly column: number }
  | {
      readonly is: 'forward';
      readonly from: string;
      readonly to: readonly string[];
      readonly covered: SpecificationId;
      readonly start: number;
      readonly end: number;
    }
  | { readonly is: 'fence' }
  | { readonly is: 'off' | 'on' }
  | { readonly is: 'empty' }
  | { readonly is: 'text' };

const ITEM = new RegExp(`^\`?${ID_SOURCE}\`?.*$`, 'u');
const HEADING = /^ {0,3}#{1,6}[ \t]+(.*?)[ \t]*#*[ \t]*$/;
const WORDS = String.raw`[A-Za-z]\w*(?:[ \t]{0,20},[ \t]{0,20}[A-Za-z]\w*)*`;
const NEEDS = new RegExp(`^Needs:[ \\t]*(${WORDS})[ \\t]*$`);
const TAGS = /^Tags:[ \t]*([^\s,][^,]*(?:,[^,]+)*)$/;
const STATUS = /^Status:[ \t]*(approved|proposed|draft|rejected)[ \t]*$/;
const BULLET = /^( {0,3}[+*-][ \t]*)(.*)$/;
const FORWARD = new RegExp(
  `([A-Za-z]+)[ \\t]{0,20}-->[ \\t]{0,20}(${WORDS})[ \\t]{0,20}:[ \\t]{0,20}(${ID_SOURCE})`,
  'u',
);
const OFF = /(?:^|\W)oft:off(?:\W|$)/;
const ON = /(?:^|\W)oft:on(?:\W|$)/;
/** Longer lines are read up to here: nothing that counts stands further to the right. */
const MAX_LINE = 4000;

export function specificationLine(whole: string): SpecificationLine {
  const line = whole.slice(0, MAX_LINE);
  if (line.trim() === '') return { is: 'empty' };
  const item = ITEM.exec(line);
  if (item) {
    const start = line.startsWith('`') ? 1 : 0;
    const id = specificationId(item.slice(1));
    const text = `${id.type}~${id.name}~${item[3] ?? ''}`;
    return { is: 'item', id, start, end: start + text.length };
  }
  const heading = HEADING.exec(line);
  if (heading) return { is: 'heading', text: heading[1] ?? '' };
  if (/^(?:={3,}|-{3,})[ \t]*$/.test(line)) return { is: 'underline' };
  if (/^ {0,3}(?:```|~~~)/.test(line)) return { is: 'fence' };
  const section = sectionLine(line);
  if (section) return section;
  if (OFF.test(line)) return { is: 'off' };
  if (ON.test(line)) return { is: 'on' };
  const forward = FORWARD.exec(line);
  if (forward) {
    const [text, from = '', to = '', written = '', ...id] = forward;
    const start = forward.index + text.length - written.length;
    return {
      is: 'forward',
      from,
      to: wordsOf(to),
      covered: specificationId(id),
      start,
      end: start + written.length,
    };
  }
  const bullet = BULLET.exec(line);
  if (bullet) return { is: 'bullet', text: bullet[2] ?? '', column: (bullet[1] ?? '').length };
  return { is: 'text' };
}

function sectionLine(line: string): SpecificationLine | undefined {
  const needs = NEEDS.exec(line);
  if (needs) return { is: 'needs', words: wordsOf(needs[1] ?? '') };
  const tags = TAGS.exec(line);
  if (tags) return { is: 'tags', words: wordsOf(tags[1] ?? '') };
  const status = STATUS.exec(line)?.[1];
  if (status !== undefined) return { is: 'status', status };
  switch (/^(Needs|Covers|Depends|Tags|Description|Rationale|Comment):[ \t]*$/.exec(line)?.[1]) {
    case 'Needs':
      return { is: 'needs-list' };
    case 'Covers':
      return { is: 'covers' };
    case 'Depends':
      return { is: 'depends' };
    case 'Tags':
      return { is: 'tags-list' };
    case 'Description':
      return { is: 'description' };
    case 'Rationale':
      return { is: 'rationale' };
    case 'Comment':
      return { is: 'comment' };
    default:
      return undefined;
  }
}

function wordsOf(list: string): readonly string[] {
  return list
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
}

const ANY_ID = new RegExp(`(?<![\\p{L}\\p{N}_~-])${ID_SOURCE}(?![\\p{L}\\p{N}_~-])`, 'u');

/** The id in a bullet, bare or as the target of a Markdown link `[text](#id)`; offsets count from the bullet's text. */
export function idInBullet(
  text: string,
): { readonly id: SpecificationId; readonly start: number; readonly end: number } | undefined {
  const found = ANY_ID.exec(text);
  if (found === null) return undefined;
  return { id: specificationId(found.slice(1)), start: found.index, end: found.index + found[0].length };
}
