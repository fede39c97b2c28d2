import type { Node } from '../ast/node.ts';
import { partitionPoint } from '../base/partition.ts';

/** How the members of a structure or union lie in it, where something else is said than what the usual ABIs do. */
export interface Packing {
  /** Up to which number members are aligned: 1 where it is packed. Undefined where that differs between builds. */
  readonly most: number | undefined;
  /** The whole is aligned to at least so much. Undefined where a number is written that is not known here. */
  readonly least: number | undefined;
}

/**
 * Packed by an attribute or by a word that stands for one, by a number of `#pragma pack`, or aligned by an attribute.
 *
 * @param root of its file
 * @param source the text of that, with the words that the grammar is not shown
 */
export function packingOf(root: Node, source: string, node: Node): Packing {
  const text = source.slice(node.start, node.end);
  if (!text.includes('{')) return USUAL;
  const open = node.start + text.indexOf('{');
  const close = node.start + text.lastIndexOf('}');
  const before = source
    .slice(Math.max(0, node.start - LONGEST_LINE), node.start)
    .replace(/\/\/[^\n]*|\/\*[^]*?\*\/|^[ \t]*#[^\n]*/gm, ' ');
  const name = node.part('name');
  const head =
    name === undefined || name.end > open
      ? source.slice(node.start, open)
      : source.slice(node.start, name.start) + source.slice(name.end, open);
  const tail = /^[^;{}=]*/.exec(source.slice(close + 1, close + 1 + LONGEST_TAIL))?.[0] ?? '';
  // The last word behind `typedef struct { ... }` is the name of the type.
  const words = /\btypedef\s+(?:\w+\s+)*$/.test(before) ? tail.replace(/\w+\s*$/, '') : tail;
  if (node.parts('members').some((each) => isLaidOutApart(source, each)))
    return { most: undefined, least: 1 };
  const said = [head, words, /\w+\s+$/.exec(before)?.[0] ?? ''];
  const aligned = said.map((each) => ALIGNED.exec(each)).find((each) => each !== null);
  const least = aligned ? numberIn(aligned[1]) : 1;
  if (said.some((each) => PACKED.test(each))) return { most: 1, least };
  const pragmas = pragmasIn(root, source);
  const last = partitionPoint(pragmas.length, (at) => (pragmas[at]?.at ?? 0) < node.start) - 1;
  return { most: last < 0 ? Infinity : pragmas[last]?.limit, least };
}

const USUAL: Packing = { most: Infinity, least: 1 };
const LONGEST_LINE = 200;
const LONGEST_TAIL = 200;

/** `packed` in an attribute, `__packed`, `PACKED`, `PACK_STRUCT_STRUCT`. */
const PACKED =
  /[(,]\s*_*packed_*\s*[,)]|\bgnu::packed\b|\b_+(?:attribute_)?packed_*\b|\b(?:[A-Z0-9]+_)*_*PACK(?:ED)?(?:_[A-Z0-9]+)*_*\b/;

/** `aligned(4)` in an attribute, `alignas(8)`, `ALIGNED(16)`. */
const ALIGNED = /\b\w*(?:aligned|alignas|ALIGN(?:ED)?)_*\b(?:\s*\(\s*([^()]*))?/;

function numberIn(text: string | undefined): number | undefined {
  return text !== undefined && /^\s*\d+\s*$/.test(text) ? Number(text) : undefined;
}

/** A member with an attribute of its own: where it lies is not computed. */
function isLaidOutApart(source: string, { kind, start, end }: Node): boolean {
  const text = kind === 'variable' ? source.slice(start, end + LONGEST_TAIL) : '';
  return /^[^;{}]*\b(?:_*packed_*|_*aligned_*|alignas)\b/.test(text.slice(0, Math.max(0, text.indexOf(';'))));
}

interface Pragma {
  readonly at: number;
  /** Infinite where the alignment is the usual one again; undefined where only some builds have it so. */
  readonly limit: Limit;
}

type Limit = number | undefined;

const known = new WeakMap<Node, readonly Pragma[]>();

/** Strings and comments, to pass them, and what changes how structures are packed, or begins and ends the text of some builds. */
const SIGNS = new RegExp(
  [
    String.raw`\/\/[^\n]*`,
    String.raw`\/\*[^]*?(?:\*\/|(?![^]))`,
    String.raw`^[ \t]*#[ \t]*pragma[ \t]+pack[ \t]*\(([^)\n]*)\)`,
    String.raw`^[ \t]*#[ \t]*(if|el|endif)`,
    String.raw`"(?:[^"\\\n]|\\.)*"?`,
    String.raw`'(?:[^'\\\n]|\\.)*'?`,
  ].join('|'),
  'gm',
);

function pragmasIn(root: Node, source: string): readonly Pragma[] {
  const before = known.get(root);
  if (before !== undefined) return before;
  const pragmas: Pragma[] = [];
  const outer: Limit[] = [];
  /** What holds before each group of `#if`, and whether all of its arms before this one end with the same. */
  const groups: { readonly begin: Limit; end: Limit | 'none' }[] = [];
  let limit: Limit = Infinity;
  const hold = (at: number, next: Limit): void => {
    if (next !== limit) pragmas.push({ at, limit: next });
    limit = next;
  };
  if (/pack[ \t]*\(/.test(source))
    for (const { index, 1: what, 2: directive } of source.matchAll(SIGNS)) {
      const group = groups.at(-1);
      if (what !== undefined) {
        if (/\bpush\b/.test(what)) outer.push(limit);
        const number = /(?:^|,)\s*(\d+)\s*$/.exec(what)?.[1];
        if (number !== undefined) hold(index, Number(number));
        else if (/\bpop\b/.test(what)) hold(index, outer.length > 0 ? outer.pop() : Infinity);
        else if (what.trim() === '') hold(index, Infinity);
        else if (!/\bpush\b/.test(what)) hold(index, undefined);
      } else if (directive === 'if') groups.push({ begin: limit, end: 'none' });
      else if (group !== undefined && directive !== undefined) {
        group.end = group.end === 'none' || group.end === limit ? limit : undefined;
        if (directive === 'el') hold(index, group.begin);
        else {
          groups.pop();
          // There may be a build that has none of the arms: it differs where one of them has changed it, until an arm changes it back.
          hold(index, group.begin === undefined || group.end === group.begin ? group.end : undefined);
        }
      }
    }
  known.set(root, pragmas);
  return pragmas;
}
