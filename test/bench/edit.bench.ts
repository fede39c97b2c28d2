/**
 * One keystroke in a 5,000-line C file: what the server does before the editor can go on (recording the edit), what it does
 * when diagnostics are asked for (incremental parse, rules, tags, suppressions, link status), and the bare incremental
 * parse of the same edits as the floor.
 */
import { readFileSync } from 'node:fs';

import { Edit, type Tree } from 'web-tree-sitter';

import { DEFAULT_CONFIG } from '../../server/src/core/config/projectConfig.ts';
import { readPreparedRules } from '../../server/src/core/rules/preparedRules.ts';
import { createWorkspace } from '../../server/src/core/workspace.ts';
import { grammar, loadLanguages } from '../support/engine.ts';

const LINES = 5000;
const EDITS = 400;
const PATH = 'src/large.c';

const languages = await loadLanguages();
const c = await grammar('c');
const assets = new URL('../../dist/assets/', import.meta.url);
const rules = readPreparedRules(readFileSync(new URL('rules.json', assets), 'utf8'));
const source = sourceOf(LINES);
const lineTexts = source.split('\n');

/** Types a word, letter by letter, at places spread over the file, inside functions. */
const places = Array.from({ length: EDITS }, (_, index) => {
  const line = Math.floor(((index * 7919) % (LINES - 40)) / 10) * 10 + 6;
  return { line, column: (lineTexts[line] ?? '').length, text: 'strcpy(a, b);'.charAt(index % 13) };
});

const recorded: number[] = [];
const analysed: number[] = [];
const workspace = createWorkspace({ languages, rules, config: DEFAULT_CONFIG });
workspace.applyChange({ kind: 'open', path: PATH, text: source });
workspace.snapshot().report(PATH);
for (const { line, column, text } of places) {
  const at = { line, column };
  const started = performance.now();
  workspace.applyChange({ kind: 'edit', path: PATH, edits: [{ range: { start: at, end: at }, text }] });
  const applied = performance.now();
  workspace.snapshot().report(PATH);
  recorded.push(applied - started);
  analysed.push(performance.now() - applied);
}
workspace.dispose();

const bare: number[] = [];
let text = source;
if (c.runtime === undefined) throw new Error('C has no parser');
const { parser } = c.runtime;
let tree: Tree | null = parser.parse(text);
for (const place of places) {
  const started = performance.now();
  const starts = offsetOf(text, place.line) + place.column;
  text = text.slice(0, starts) + place.text + text.slice(starts);
  const from = { row: place.line, column: place.column };
  const to = { row: place.line, column: place.column + 1 };
  const old = tree;
  old?.edit(
    new Edit({
      startIndex: starts,
      oldEndIndex: starts,
      newEndIndex: starts + 1,
      startPosition: from,
      oldEndPosition: from,
      newEndPosition: to,
    }),
  );
  tree = parser.parse(text, old);
  old?.delete();
  bare.push(performance.now() - started);
}
tree?.delete();

print(`edit: ${LINES} lines of C, ${rules.rules.length} rules, ${EDITS} edits`);
print('                              p50 ms   p95 ms   x parse p50   x parse p95');
row('record the edit (didChange)', recorded);
row('bare incremental parse', bare);
row('edit to findings', analysed);

function row(name: string, times: number[]): void {
  const [p50, p95] = [percentile(times, 0.5), percentile(times, 0.95)];
  const ratio = (value: number, floor: number): string => (value / floor).toFixed(2).padStart(13);
  print(
    name.padEnd(30) +
      p50.toFixed(3).padStart(6) +
      p95.toFixed(3).padStart(9) +
      ratio(p50, percentile(bare, 0.5)) +
      ratio(p95, percentile(bare, 0.95)),
  );
}

function percentile(times: readonly number[], share: number): number {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length * share)] ?? Number.NaN;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

function offsetOf(code: string, line: number): number {
  let at = 0;
  for (let each = 0; each < line; each++) at = code.indexOf('\n', at) + 1;
  return at;
}

/** Functions of ten lines each, as device code has them. */
function sourceOf(lines: number): string {
  const parts: string[] = [];
  for (let index = 0; index < lines / 10; index++) {
    parts.push(
      `/* Reads channel ${index}. [SR-DOSE-${index}] */\nstatic int read_channel_${index}(const uint8_t *frame, size_t length)\n{\n    uint16_t value = 0;\n    if (frame == NULL || length < ${index % 9}) {\n        return PUMP_ERROR_LENGTH;\n    }\n    value = (uint16_t)((frame[0] << 8) | frame[1]); memcpy(state.channel[${index % 8}].raw, frame, sizeof(value));\n    return channel_update(&state.channel[${index % 8}], value, clock_now());\n}\n`,
    );
  }
  return parts.join('');
}
