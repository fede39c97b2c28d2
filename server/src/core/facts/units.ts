import type { LineIndex } from '../base/lineIndex.ts';
import { START_OF_FILE } from '../base/range.ts';
import type { Grammar } from '../syntax/grammar.ts';
import { at, childInField, type SyntaxTable } from '../syntax/syntaxTable.ts';
import type { CommentText, Unit } from '../trace/unit.ts';

/** Names longer than this are cut: generated code can have huge declarators. */
const MAX_NAME = 200;

export interface UnitsOfFile {
  /** The file itself first, then in the order of the text. */
  readonly units: readonly Unit[];
  readonly comments: readonly CommentText[];
  /** Index of the innermost function that contains an offset; the file's (0) outside of functions. */
  functionAt(offset: number): number;
}

/** Finds the code that can carry a tag, and binds each comment to the unit that it precedes or lies in. */
export function unitsOf(
  path: string,
  grammar: Grammar,
  table: SyntaxTable,
  text: string,
  lines: LineIndex,
): UnitsOfFile {
  const units: Unit[] = [
    {
      kind: 'file',
      name: path,
      range: lines.rangeOf({ start: 0, end: text.length }),
      nameRange: START_OF_FILE,
    },
  ];
  const unitOfNode = new Map<number, number>();
  const functions: { start: number; end: number; unit: number }[] = [];
  for (let node = 1; node < table.count; node++) {
    const kind = grammar.roles.units.get(at(table.kind, node));
    if (kind === undefined) continue;
    if (kind !== 'function' && isInsideFunction(grammar, table, node)) continue;
    const name = nameOf(grammar, table, node);
    if (name < 0) continue;
    const span = { start: at(table.start, node), end: at(table.end, node) };
    unitOfNode.set(node, units.length);
    if (kind === 'function') functions.push({ ...span, unit: units.length });
    units.push({
      kind,
      name: text.slice(
        at(table.start, name),
        Math.min(at(table.end, name), at(table.start, name) + MAX_NAME),
      ),
      range: lines.rangeOf(span),
      nameRange: lines.rangeOf({ start: at(table.start, name), end: at(table.end, name) }),
    });
  }
  const functionAt = (offset: number): number =>
    functions.findLast((each) => each.start <= offset && offset < each.end)?.unit ?? 0;
  const comments: CommentText[] = [];
  for (let node = 1; node < table.count; node++) {
    if (!grammar.roles.comments.has(at(table.kind, node))) continue;
    const span = { start: at(table.start, node), end: at(table.end, node) };
    comments.push({
      text: text.slice(span.start, span.end),
      range: lines.rangeOf(span),
      unit: unitOfComment(grammar, table, node, unitOfNode, functionAt),
    });
  }
  return { units, comments, functionAt };
}

/** Inside a function: the function. Outside: the unit that follows with nothing but comments between; else the file. */
function unitOfComment(
  grammar: Grammar,
  table: SyntaxTable,
  comment: number,
  unitOfNode: ReadonlyMap<number, number>,
  functionAt: (offset: number) => number,
): number {
  const enclosing = functionAt(at(table.start, comment));
  if (enclosing > 0) return enclosing;
  const parent = at(table.parent, comment);
  const stop = at(table.next, parent);
  let next = at(table.next, comment);
  while (next < stop && grammar.roles.comments.has(at(table.kind, next))) next = at(table.next, next);
  if (next >= stop) return nearestUnit(table, parent, unitOfNode);
  // `static struct s {...} x;`: the outermost unit that starts there.
  const followed = unitOfNode.get(next);
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

function isInsideFunction(grammar: Grammar, table: SyntaxTable, node: number): boolean {
  for (let each = at(table.parent, node); each > 0; each = at(table.parent, each)) {
    if (grammar.roles.units.get(at(table.kind, each)) === 'function') return true;
  }
  return false;
}

/** The leaf that names a unit: follows the profile's name fields down. -1 for something without a name. */
function nameOf(grammar: Grammar, table: SyntaxTable, unit: number): number {
  const fields = grammar.definition.profile.nameFields.map((name) => grammar.field(name));
  let node = unit;
  for (;;) {
    if (grammar.roles.identifiers.has(at(table.kind, node))) return node;
    let next = -1;
    for (const field of fields) {
      next = childInField(table, node, field);
      if (next >= 0) break;
    }
    if (next < 0) {
      next = soleNamedChild(grammar, table, node);
      if (next < 0 || node === unit) return at(table.next, node) === node + 1 && node !== unit ? node : -1;
    }
    node = next;
  }
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
