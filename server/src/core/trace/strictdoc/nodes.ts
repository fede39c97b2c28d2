import type { Problem } from '../../base/problem.ts';
import type { Range } from '../../base/range.ts';

/** A node of a StrictDoc document: `[REQUIREMENT]`, `[[COMPOSITE]]`, `[SECTION]`, `[DOCUMENT]`. */
export interface StrictDocNode {
  readonly tag: string;
  /** Of the line with the tag. */
  readonly range: Range;
  readonly fields: readonly StrictDocField[];
  readonly relations: readonly StrictDocRelation[];
}

export interface StrictDocField {
  readonly name: string;
  readonly value: string;
  /** Of the value; of one of many lines, of its first. */
  readonly range: Range;
}

/** Keys and values of one entry under `RELATIONS:`, in their order. */
export interface StrictDocRelation {
  readonly entries: ReadonlyMap<string, { readonly value: string; readonly range: Range }>;
  /** Of its first line. */
  readonly range: Range;
}

interface Building {
  readonly tag: string;
  readonly range: Range;
  readonly fields: StrictDocField[];
  readonly relations: { entries: Map<string, { value: string; range: Range }>; range: Range }[];
}

/** Per file: a text that is no StrictDoc must not fill the problem list. */
const MAX_PROBLEMS = 50;
const NODE = /^(\[{1,2})(\/?)([A-Z][A-Z0-9_]*)(\]{1,2})\s*$/;
const FIELD = /^([A-Z]+[A-Za-z0-9_-]*):(?: (.*))?$/;
const ENTRY = /^(- | {2})([A-Z][A-Z_]*): ?(.*)$/;
/** A node of these tags ends with its own closing line. */
const CLOSED: ReadonlySet<string> = new Set(['SECTION', 'FREETEXT']);

/** Reads the nodes of a document in their order, those within others after them. Takes linear time, never throws. */
export function strictDocNodes(
  path: string,
  text: string,
): { readonly nodes: readonly StrictDocNode[]; readonly problems: readonly Problem[] } {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const nodes: StrictDocNode[] = [];
  const problems: Problem[] = [];
  const rangeAt = (line: number, start: number, end = (lines[line] ?? '').length): Range => ({
    start: { line, column: start },
    end: { line, column: Math.max(start, end) },
  });
  const report = (message: string, line: number): void => {
    if (problems.length >= MAX_PROBLEMS) return;
    problems.push({ code: 'strictdoc-syntax', severity: 'warning', message, path, range: rangeAt(line, 0) });
  };
  /** Tags that wait for their closing line, with the line that opened them. */
  const open: { readonly tag: string; readonly line: number }[] = [];
  let node: Building | undefined;
  let inRelations = false;
  let inGrammar = false;
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? '';
    const mark = NODE.exec(line);
    if (mark !== null && mark[1]?.length === mark[4]?.length) {
      const [, brackets = '', slash, tag = ''] = mark;
      node = undefined;
      inRelations = false;
      inGrammar = tag === 'GRAMMAR';
      const pair = brackets === '[[' || CLOSED.has(tag);
      if (slash === '/') {
        if (open.at(-1)?.tag === tag) open.pop();
        else report(`\`[/${tag}]\` closes nothing that is open here.`, at);
        continue;
      }
      if (tag === 'FREETEXT') {
        const end = lines.indexOf('[/FREETEXT]', at);
        if (end < 0) report('This text is not closed with `[/FREETEXT]`.', at);
        at = end < 0 ? lines.length : end;
        continue;
      }
      if (pair) open.push({ tag, line: at });
      node = { tag, range: rangeAt(at, 0), fields: [], relations: [] };
      if (!inGrammar) nodes.push(node);
      continue;
    }
    if (line.trim() === '') {
      // Only the document's head has nodes' blank lines within it: none. A grammar goes on until the next node.
      if (!inGrammar) node = undefined;
      inRelations = false;
      continue;
    }
    if (inGrammar) continue;
    if (node === undefined) {
      report('This line belongs to no node: write it as a field of one, or as a `[TEXT]`.', at);
      continue;
    }
    const entry = inRelations ? ENTRY.exec(line) : null;
    if (entry !== null) {
      const [, dash, name = '', value = ''] = entry;
      if (dash === '- ') node.relations.push({ entries: new Map(), range: rangeAt(at, 2) });
      node.relations
        .at(-1)
        ?.entries.set(name, { value: value.trim(), range: rangeAt(at, line.length - value.length) });
      continue;
    }
    const field = FIELD.exec(line);
    if (field === null) {
      // The options of a document, its metadata, are indented below their key.
      if (!/^[ -]/.test(line))
        report('This is no field: write `NAME: value`, or `NAME: >>>` and lines until `<<<`.', at);
      continue;
    }
    const [, name = '', value = ''] = field;
    inRelations = name === 'RELATIONS' || name === 'REFS';
    if (inRelations) continue;
    if (value.trim() === '>>>') {
      const end = lines.indexOf('<<<', at + 1);
      if (end < 0) report(`The value of \`${name}\` is not closed with a line \`<<<\`.`, at);
      const stop = end < 0 ? lines.length : end;
      node.fields.push({
        name,
        value: lines.slice(at + 1, stop).join('\n'),
        range: rangeAt(at + (at + 1 < stop ? 1 : 0), 0),
      });
      at = stop;
      continue;
    }
    if (value.trim() === '' && node.tag !== 'DOCUMENT')
      report(`\`${name}\` has no value: remove the line.`, at);
    node.fields.push({
      name,
      value: value.trim(),
      range: rangeAt(at, line.length - value.length, line.trimEnd().length),
    });
  }
  for (const { tag, line } of open) report(`This \`${tag}\` is not closed.`, line);
  return { nodes, problems };
}
