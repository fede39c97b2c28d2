import { rangesWithin } from '../commentRanges.ts';
import type { Problem } from '../../base/problem.ts';
import { newItem, type Item } from '../item.ts';
import type { TagSyntax } from '../tagSyntaxes.ts';

/** Per file: a hostile one must not fill the problem list. */
const MAX_PROBLEMS = 20;
/** A line of a comment is looked at up to here. */
const MAX_LINE = 2000;

/** A field of a one-line need with its place in the line. */
interface Field {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/**
 * One-line needs of Sphinx-Needs codelinks, as they are written where nothing is configured: `@title, id, type, [links]` up to the end of the line.
 * Prose with `@` and a comma has the same form; what is no id ends the doubt, so that `@brief Computes it, then returns` is none.
 */
export const needLineTags: TagSyntax = {
  title: 'Sphinx-Needs codelinks (one-line needs)',
  detect: (text) => /@[^,\n]+,\s*[A-Z0-9_]{5,}\s*(?:,|$)/m.test(text),
  mark: () => /@/,
  read: ({ path, comments, units }) => {
    const items: Item[] = [];
    const problems: Problem[] = [];
    for (const comment of comments) {
      const rangeOf = rangesWithin(comment);
      let offset = 0;
      for (const line of comment.text.split('\n')) {
        const base = offset;
        offset += line.length + 1;
        const at = line.indexOf('@');
        if (at < 0) continue;
        const end = line.slice(0, MAX_LINE).replace(/\s*(?:\*\/)?\s*$/, '').length;
        const fields = fieldsOf(line, at + 1, end);
        const [title, id, type, links, ...more] = fields;
        if (title === undefined || id === undefined || !/^[A-Z0-9_]{5,}$/.test(id.text)) continue;
        const report = (message: string, field: Field): void => {
          const range = rangeOf(base + field.start, base + field.end);
          if (problems.length < MAX_PROBLEMS)
            problems.push({ code: 'need-line', severity: 'warning', message, path, range });
        };
        if (more[0] !== undefined) {
          report(`This one-line need has more than its four fields: it is not read.`, more[0]);
          continue;
        }
        if (links !== undefined && !/^\[[^[\]]*\]$/.test(links.text)) {
          report('The links of a one-line need stand in square brackets: `[ID_1, ID_2]`.', links);
          continue;
        }
        const unit = units[comment.unit];
        const kind = type !== undefined && /test/i.test(type.text) ? 'test' : 'unit';
        items.push(
          newItem({
            id: id.text,
            kind,
            title: title.text,
            origin: {
              format: 'need-lines',
              type: type === undefined || type.text === '' ? 'impl' : type.text,
            },
            location: { path, range: rangeOf(base + id.start, base + id.end) },
            links: idsIn(links).map((each) => ({
              type: kind === 'test' ? 'verifies' : 'implements',
              role: 'links',
              to: each.text,
              location: { path, range: rangeOf(base + each.start, base + each.end) },
            })),
            ...(unit !== undefined && { unit: { path, name: unit.name, kind: unit.kind } }),
          }),
        );
      }
    }
    return { tags: [], items, problems };
  },
};

/** Fields between commas; a comma in square brackets, or behind `\`, is part of a field. */
function fieldsOf(line: string, from: number, to: number): readonly Field[] {
  const fields: Field[] = [];
  let start = from;
  let depth = 0;
  const close = (end: number): void => {
    const written = line.slice(start, end);
    const left = written.length - written.trimStart().length;
    const text = written.trim();
    fields.push({
      text: text.replace(/\\([,[\]\\])/g, '$1'),
      start: start + left,
      end: start + left + text.length,
    });
    start = end + 1;
  };
  for (let at = from; at < to; at++) {
    const sign = line[at];
    if (sign === '\\') at++;
    else if (sign === '[') depth++;
    else if (sign === ']') depth = Math.max(0, depth - 1);
    else if (sign === ',' && depth === 0) close(at);
  }
  close(to);
  return fields;
}

function idsIn(list: Field | undefined): readonly Field[] {
  if (list === undefined) return [];
  const inner = list.text.slice(1, -1);
  return [...inner.matchAll(/[^\s,]+/g)].map(({ 0: text, index }) => ({
    text,
    start: list.start + 1 + index,
    end: list.start + 1 + index + text.length,
  }));
}
