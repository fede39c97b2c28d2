import type { Outcome, Problem } from '../base/problem.ts';
import type { Range } from '../base/range.ts';
import { LineIndex } from '../base/lineIndex.ts';
import { nearestAmong } from '../base/nearest.ts';
import { checkShape, readYaml, yamlAt } from '../base/yamlDocument.ts';
import type { YamlFile } from '../base/yamlDocument.ts';
import type { Item } from './item.ts';
import { isMapping, readItemEntry } from './itemEntry.ts';
import { ITEM_LIST_NAMES, ITEM_LISTS } from './itemSchema.ts';

const MAX_PROBLEMS = 200;

/**
 * Reads one YAML item file. Never throws. An entry with a mistake is reported and, when at least its id is right, still read as far as it
 * goes; an entry without a usable id is left out. Items come in the order of the file.
 */
export function readItemFile(path: string, text: string): Outcome<readonly Item[]> {
  const { document, problems } = readYaml(path, text);
  if (document === undefined || document.value === null) return { value: [], problems };
  if (!isMapping(document.value)) {
    const lists = ITEM_LIST_NAMES.map((name) => `\`${name}:\``).join(', ');
    const message = `An item file is a mapping of lists: start it with one of ${lists}.`;
    problems.push({
      code: 'item-file',
      severity: 'error',
      message,
      path,
      range: document.rangeOf([], 'head'),
    });
    return { value: [], problems };
  }
  const bare = unquotedRanges(text);
  const items: Item[] = [];
  for (const [key, entries] of Object.entries(document.value)) {
    const name = ITEM_LIST_NAMES.find((each) => each === key);
    if (name === undefined) {
      problems.push(unknownList(document, path, key));
    } else if (Array.isArray(entries)) {
      entries.forEach((entry: unknown, index) => {
        const file = yamlAt(document, [name, index], entry);
        if (!isMapping(entry)) {
          const message = `Each entry of \`${name}\` is a mapping: start it with \`- id: ...\`.`;
          problems.push({
            code: 'item-shape',
            severity: 'error',
            message,
            path,
            range: file.rangeOf([], 'head'),
          });
          return;
        }
        const wrong = checkShape<unknown>(file, ITEM_LISTS[name].schema, path, 'item-shape').problems;
        problems.push(...wrong);
        const item = readItemEntry(path, name, file, 'traceward', wrong.length === 0, bare);
        if (item !== undefined) items.push(item);
      });
    } else if (entries !== null) {
      const message = `\`${name}\` must be a list: start each entry with \`- id: ...\`.`;
      problems.push({
        code: 'item-shape',
        severity: 'error',
        message,
        path,
        range: document.rangeOf([name], 'head'),
      });
    }
  }
  return { value: items, problems: limited(problems, path) };
}

function unknownList(document: YamlFile, path: string, key: string): Problem {
  const [guess] = nearestAmong(ITEM_LIST_NAMES)(key, 1);
  const advice =
    guess === undefined
      ? `: the lists of an item file are ${ITEM_LIST_NAMES.map((name) => `\`${name}\``).join(', ')}.`
      : `: did you mean \`${guess}\`?`;
  const range = document.rangeOf([key], 'key');
  return { code: 'item-shape', severity: 'error', message: `Unknown list \`${key}\`${advice}`, path, range };
}

export function limited(problems: Problem[], path: string): readonly Problem[] {
  if (problems.length <= MAX_PROBLEMS) return problems;
  const message = `${problems.length - MAX_PROBLEMS} more problems of this file are not shown.`;
  return [...problems.slice(0, MAX_PROBLEMS), { code: 'item-shape', severity: 'error', message, path }];
}

/** Narrows the range of a quoted value to what stands between its quotes, so that an edit of it keeps them. */
function unquotedRanges(text: string): (range: Range, value: string) => Range {
  const lines = new LineIndex(text);
  return ({ start, end }, value) => {
    const from = lines.offsetAt(start);
    if (text.startsWith(value, from) || !text.startsWith(value, from + 1)) return { start, end };
    return {
      start: { line: start.line, column: start.column + 1 },
      end: { line: start.line, column: start.column + 1 + value.length },
    };
  };
}
