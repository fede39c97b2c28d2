import type { Node } from '../ast/node.ts';

/**
 * Up to which number the members of a structure or union are aligned: 1 where it is packed, by an attribute or by a word that stands for one, a number where
 * `#pragma pack` says so.
 *
 * @param root of its file
 * @param source the text of that, with the words that the grammar is not shown
 */
export function alignmentLimit(root: Node, source: string, node: Node): number | undefined {
  const open = source.indexOf('{', node.start);
  const close = source.lastIndexOf('}', node.end - 1);
  if (open < 0 || close < open) return undefined;
  const before = source.slice(Math.max(0, node.start - LONGEST_WORD), node.start);
  const name = node.part('name');
  const head =
    name === undefined || name.end > open
      ? source.slice(node.start, open)
      : source.slice(node.start, name.start) + source.slice(name.end, open);
  const tail = /^[^;{}=]*/.exec(source.slice(close + 1, close + 1 + LONGEST_TAIL))?.[0] ?? '';
  // The last word behind `typedef struct { ... }` is the name of the type.
  const words = /\btypedef\s+(?:\w+\s+)*$/.test(before) ? tail.replace(/\w+\s*$/, '') : tail;
  if (PACKED.test(head) || PACKED.test(words) || PACKED.test(/\w+\s+$/.exec(before)?.[0] ?? '')) return 1;
  return pragmasIn(root, source).findLast(({ at }) => at < node.start)?.limit;
}

const LONGEST_WORD = 40;
const LONGEST_TAIL = 200;

/** `packed` in an attribute, `__packed`, `PACKED`, `PACK_STRUCT_STRUCT`. */
const PACKED =
  /\(\s*(?:[^()]*,\s*)?_*packed_*\s*[,)]|\bgnu::packed\b|\b_+(?:attribute_)?packed_*\b|\b(?:[A-Z0-9]+_)*_*PACK(?:ED)?(?:_[A-Z0-9]+)*_*\b/;

interface Pragma {
  readonly at: number;
  /** Undefined where the alignment is the usual one again. */
  readonly limit: number | undefined;
}

const known = new WeakMap<Node, readonly Pragma[]>();

function pragmasIn(root: Node, source: string): readonly Pragma[] {
  const before = known.get(root);
  if (before !== undefined) return before;
  const pragmas: Pragma[] = [];
  const outer: (number | undefined)[] = [];
  let limit: number | undefined;
  for (const { index, 1: what = '' } of source.matchAll(
    /^[ \t]*#[ \t]*pragma[ \t]+pack[ \t]*\(([^)\n]*)\)/gm,
  )) {
    if (/\bpush\b/.test(what)) outer.push(limit);
    const number = /\b(\d+)\b/.exec(what)?.[1];
    if (number !== undefined) limit = Number(number);
    else if (/\bpop\b/.test(what)) limit = outer.pop();
    else if (what.trim() === '') limit = undefined;
    pragmas.push({ at: index, limit });
  }
  known.set(root, pragmas);
  return pragmas;
}
