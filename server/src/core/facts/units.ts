import type { LineIndex } from '../base/lineIndex.ts';
import { START_OF_FILE, type Range } from '../base/range.ts';
import { partitionPoint } from '../base/partition.ts';
import type { Grammar } from '../syntax/grammar.ts';
import {
  at,
  childInField,
  firstMarked,
  type SyntaxTable,
  type UnchangedPart,
} from '../syntax/syntaxTable.ts';
import type { CommentText, Unit } from '../trace/unit.ts';

/** Names longer than this are cut: generated code can have huge declarators. */
const MAX_NAME = 200;

export interface UnitsOfFile {
  /** The file itself first, then in the order of the text. */
  readonly units: readonly Unit[];
  readonly comments: readonly CommentText[];
  /** Node of each unit in the table. */
  readonly nodes: readonly number[];
  /** Index of the innermost function that contains an offset; the file's (0) outside of functions. */
  functionAt(offset: number): number;
  /** What to know of them after an edit. */
  readonly later: EarlierUnits;
}

/** Units and comments of an earlier text of the same file. */
export interface EarlierUnits {
  readonly table: SyntaxTable;
  readonly lineCount: number;
  /** What each marked node of the table is; undefined where it is neither. */
  readonly placed: readonly (Unit | CommentText | undefined)[];
}

/** Of nodes that stand as they stood in an earlier text. */
export interface KnownUnits extends EarlierUnits {
  readonly unchanged: readonly UnchangedPart[];
}

/**
 * Finds the code that can carry a tag, and binds each comment to the unit that it precedes or lies in.
 *
 * @param known to make nothing anew of what has not changed: it stays the same objects where it stands in the same place
 */
export function unitsOf(
  path: string,
  grammar: Grammar,
  table: SyntaxTable,
  text: string,
  lines: LineIndex,
  known?: KnownUnits,
): UnitsOfFile {
  const placed: (Unit | CommentText | undefined)[] = [];
  const before = known === undefined ? () => undefined : placedBefore(known, table, lines);
  const units: Unit[] = [
    {
      kind: 'file',
      name: path,
      range: lines.rangeOf({ start: 0, end: text.length }),
      nameRange: START_OF_FILE,
    },
  ];
  const unitOfNode = new Map<number, number>();
  const functions: FunctionSpan[] = [];
  /** The last function of the list that may be around the node at hand. */
  let inside = -1;
  const commentNodes: {
    readonly node: number;
    readonly place: number;
    readonly known: Placed | undefined;
  }[] = [];
  const role = rolesByKind(grammar);
  /** Declarations inside a function are no units: up to here, only functions count. */
  let functionEnd = 0;
  for (const [place, node] of table.marked.entries()) {
    placed.push(undefined);
    const earlier = before(node);
    if (node === 0) continue;
    const what = role[at(table.kind, node)];
    if (what === undefined) continue;
    if (what === 'comment') {
      commentNodes.push({ node, place, known: earlier });
      continue;
    }
    if (what !== 'function' && node < functionEnd) continue;
    const kept =
      earlier !== undefined && 'name' in earlier.of ? movedUnit(earlier.of, earlier.by) : undefined;
    const name = kept === undefined ? nameOf(grammar, table, node) : node;
    if (name < 0) continue;
    const span = { start: at(table.start, node), end: at(table.end, node) };
    unitOfNode.set(node, units.length);
    if (what === 'function') {
      while (inside >= 0 && span.start >= (functions[inside]?.end ?? 0))
        inside = functions[inside]?.outer ?? -1;
      functions.push({ ...span, unit: units.length, outer: inside });
      inside = functions.length - 1;
      functionEnd = Math.max(functionEnd, at(table.next, node));
    }
    const unit = kept ?? {
      kind: what,
      name: text.slice(
        at(table.start, name),
        Math.min(at(table.end, name), at(table.start, name) + MAX_NAME),
      ),
      range: lines.rangeOf(span),
      nameRange: lines.rangeOf({ start: at(table.start, name), end: at(table.end, name) }),
    };
    placed[place] = unit;
    units.push(unit);
  }
  const commentAt = (node: number, unit: number): CommentText => {
    const span = { start: at(table.start, node), end: at(table.end, node) };
    return { text: text.slice(span.start, span.end), range: lines.rangeOf(span), unit };
  };
  const functionAt = (offset: number): number => innermost(functions, offset);
  /** The first node after the comments that stand together with the one at hand: a file may be comments alone, so they are walked once. */
  let after = 0;
  const comments: CommentText[] = commentNodes.map(({ node, place, known: earlier }) => {
    if (node >= after) after = afterComments(grammar, table, node);
    const unit = unitOfComment(table, node, after, unitOfNode, functionAt);
    const comment =
      earlier !== undefined && 'text' in earlier.of
        ? movedComment(earlier.of, unit, earlier.by)
        : commentAt(node, unit);
    placed[place] = comment;
    return comment;
  });
  return {
    units,
    comments,
    nodes: [0, ...unitOfNode.keys()],
    functionAt,
    later: { table, lineCount: lines.lineCount, placed },
  };
}

/** What an unchanged node was, and by how many lines it has moved. */
interface Placed {
  readonly of: Unit | CommentText;
  readonly by: number;
}

/** Of each marked node, asked in their order, what it was before, unless it stands in another column now. */
function placedBefore(
  { table: earlier, placed, lineCount, unchanged }: KnownUnits,
  table: SyntaxTable,
  lines: LineIndex,
): (node: number) => Placed | undefined {
  const moved = lines.lineCount - lineCount;
  let next = 0;
  /** Place of the last node among the marked ones of the earlier table, while both go side by side. */
  let there = -1;
  return (node) => {
    let part = unchanged[next];
    while (part !== undefined && node >= part.target + part.count) {
      part = unchanged[++next];
      there = -1;
    }
    if (part === undefined || node < part.target) return undefined;
    there = there < 0 ? firstMarked(earlier, node - part.target + part.source) : there + 1;
    const of = placed[there];
    if (of === undefined) return undefined;
    const start = at(table.start, node);
    const { line, column } = of.range.start;
    const standsAt = (now: number): boolean =>
      lines.lineStart(now) + column === start && start < lines.lineStart(now + 1);
    if (standsAt(line)) return { of, by: 0 };
    return standsAt(line + moved) ? { of, by: moved } : undefined;
  };
}

function movedUnit(unit: Unit, by: number): Unit {
  if (by === 0) return unit;
  const { range, nameRange } = unit;
  return { ...unit, range: movedRange(range, by), nameRange: movedRange(nameRange, by) };
}

function movedComment(comment: CommentText, unit: number, by: number): CommentText {
  if (by === 0 && comment.unit === unit) return comment;
  return { ...comment, unit, range: movedRange(comment.range, by) };
}

function movedRange({ start, end }: Range, by: number): Range {
  return {
    start: { line: start.line + by, column: start.column },
    end: { line: end.line + by, column: end.column },
  };
}

type KindRole = 'function' | 'type' | 'declaration' | 'comment';

const kindRoles = new WeakMap<Grammar, readonly (KindRole | undefined)[]>();

/** Role of each kind, as an array: this is asked of every node of every file. */
function rolesByKind(grammar: Grammar): readonly (KindRole | undefined)[] {
  let roles = kindRoles.get(grammar);
  if (roles === undefined) {
    const { comments, units } = grammar.roles;
    roles = Array.from({ length: grammar.errorKind + 1 }, (_, kind) =>
      comments.has(kind) ? 'comment' : units.get(kind),
    );
    kindRoles.set(grammar, roles);
  }
  return roles;
}

interface FunctionSpan {
  readonly start: number;
  readonly end: number;
  readonly unit: number;
  /** Place in the list of the function around it; -1 when there is none. */
  readonly outer: number;
}

/** The last function that starts at or before the offset and still holds it; functions may nest, and are in text order. */
function innermost(functions: readonly FunctionSpan[], offset: number): number {
  const count = partitionPoint(functions.length, (index) => (functions[index]?.start ?? 0) <= offset);
  for (let index = count - 1; index >= 0; index = functions[index]?.outer ?? -1) {
    const each = functions[index];
    if (each !== undefined && offset < each.end) return each.unit;
  }
  return 0;
}

/** The first node behind a comment and the comments that follow it directly, at most the end of its parent. */
function afterComments(grammar: Grammar, table: SyntaxTable, comment: number): number {
  const stop = at(table.next, at(table.parent, comment));
  let next = at(table.next, comment);
  while (next < stop && grammar.roles.comments.has(at(table.kind, next))) next = at(table.next, next);
  return next;
}

/**
 * Inside a function: the function. Outside: the unit that follows with nothing but comments between; else the file.
 *
 * @param after what `afterComments` tells
 */
function unitOfComment(
  table: SyntaxTable,
  comment: number,
  after: number,
  unitOfNode: ReadonlyMap<number, number>,
  functionAt: (offset: number) => number,
): number {
  const enclosing = functionAt(at(table.start, comment));
  if (enclosing > 0) return enclosing;
  const parent = at(table.parent, comment);
  if (after >= at(table.next, parent)) return nearestUnit(table, parent, unitOfNode);
  // `static struct s {...} x;`: the outermost unit that starts there.
  const followed = unitOfNode.get(after);
  if (followed !== undefined) return followed;
  return nearestUnit(table, parent, unitOfNode);
}

/** The unit that a node is or lies in; the file when none. */
function nearestUnit(table: SyntaxTable, node: number, unitOfNode: ReadonlyMap<number, number>): number {
  for (let each = node; each > 0; each = at(table.parent, each)) {
    const unit = unitOfNode.get(each);
    if (unit !== undefined) return unit;
  }
  return 0;
}

/** The leaf that names a unit: follows the profile's name fields down. -1 for something without a name. */
function nameOf(grammar: Grammar, table: SyntaxTable, unit: number): number {
  const ways = grammar.definition.profile.nameFields;
  let node = unit;
  for (;;) {
    if (grammar.roles.identifiers.has(at(table.kind, node))) return node;
    let next = -1;
    for (const way of ways) {
      next = way.startsWith(':')
        ? childOfKind(table, node, grammar.kind(way.slice(1)))
        : childInField(table, node, grammar.field(way));
      if (next >= 0) break;
    }
    if (next < 0) {
      next = soleNamedChild(grammar, table, node);
      if (next < 0 || node === unit) return at(table.next, node) === node + 1 && node !== unit ? node : -1;
    }
    node = next;
  }
}

function childOfKind(table: SyntaxTable, node: number, kind: number): number {
  const stop = at(table.next, node);
  for (let child = node + 1; child < stop; child = at(table.next, child)) {
    if (at(table.kind, child) === kind) return child;
  }
  return -1;
}

/** Declarators such as `(*handler)` name what they declare in a child without a field. */
function soleNamedChild(grammar: Grammar, table: SyntaxTable, node: number): number {
  let found = -1;
  const stop = at(table.next, node);
  for (let child = node + 1; child < stop; child = at(table.next, child)) {
    if (!grammar.isNamed(at(table.kind, child)) || grammar.roles.modifiers.has(at(table.kind, child)))
      continue;
    if (found >= 0) return -1;
    found = child;
  }
  return found;
}
