/**
 * Keystrokes in a 5,000-line C file: words are typed letter by letter, and erased again, in functions all over the file. Measured is what the server
 * does before the editor can go on (recording the edit), what it does when diagnostics are asked for (incremental parse, rules, tags,
 * suppressions, link status), and the bare incremental parse of the same edits as the floor.
 *
 * `--profile FILE` writes a CPU profile of the edits.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';

import { Edit, type Tree } from 'web-tree-sitter';

import { applyEdits, type TextEdit } from '../../server/src/core/base/textEdits.ts';
import { DEFAULT_CONFIG } from '../../server/src/core/config/projectConfig.ts';
import { readPreparedRules } from '../../server/src/core/rules/preparedRules.ts';
import { createWorkspace } from '../../server/src/core/workspace.ts';
import { grammar, loadLanguages } from '../support/engine.ts';

const LINES = 5000;
const PLACES = 20;
const WORDS = ['strcpy(a, b);', 'value += 1;', 'if (x) y();'];
const PATH = 'src/large.c';

const profile = process.argv.includes('--profile') ? process.argv.at(-1) : undefined;
const languages = await loadLanguages();
const c = await grammar('c');
const assets = new URL('../../dist/assets/', import.meta.url);
const rules = readPreparedRules(readFileSync(new URL('rules.json', assets), 'utf8'));
const source = sourceOf(LINES);
const lineTexts = source.split('\n');

/** Behind the last but one statement of functions all over the file. */
const edits = Array.from({ length: PLACES }, (_, place) => {
  const line = Math.floor(((place * 7919) % (LINES - 40)) / 10) * 10 + 6;
  const column = lineTexts[line]?.length ?? 0;
  return keystrokes(line, column, ` ${WORDS[place % WORDS.length] ?? ''}`);
}).flat();

const recorded: number[] = [];
const analysed: number[] = [];
const analysedCpu: number[] = [];
const workspace = createWorkspace({ languages, rules, config: DEFAULT_CONFIG });
workspace.applyChange({ kind: 'open', path: PATH, text: source });
workspace.snapshot().report(PATH);
const session = new Session();
if (profile !== undefined) {
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.setSamplingInterval', { interval: 500 });
  await session.post('Profiler.start');
}
for (const edit of edits) {
  const started = performance.now();
  workspace.applyChange({ kind: 'edit', path: PATH, edits: [edit] });
  const applied = performance.now();
  const cpu = process.cpuUsage();
  workspace.snapshot().report(PATH);
  analysed.push(performance.now() - applied);
  analysedCpu.push(process.cpuUsage(cpu).user / 1000);
  recorded.push(applied - started);
}
if (profile !== undefined)
  writeFileSync(profile, JSON.stringify((await session.post('Profiler.stop')).profile));
workspace.dispose();

const bare: number[] = [];
let text = source;
if (c.runtime === undefined) throw new Error('C has no parser');
const { parser } = c.runtime;
let tree: Tree | null = parser.parse(text);
for (const edit of edits) {
  const { start, end } = edit.range;
  const startIndex = offsetOf(text, start.line) + start.column;
  const removed = end.column - start.column;
  text = applyEdits(text, [edit]);
  const old = tree;
  const started = performance.now();
  old?.edit(
    new Edit({
      startIndex,
      oldEndIndex: startIndex + removed,
      newEndIndex: startIndex + edit.text.length,
      startPosition: { row: start.line, column: start.column },
      oldEndPosition: { row: end.line, column: end.column },
      newEndPosition: { row: start.line, column: start.column + edit.text.length },
    }),
  );
  tree = parser.parse(text, old);
  bare.push(performance.now() - started);
  old?.delete();
}
tree?.delete();

print(`edit: ${LINES} lines of C, ${rules.rules.length} rules, ${edits.length} edits`);
print('                              p50 ms   p95 ms   x parse p50   x parse p95');
row('record the edit (didChange)', recorded);
row('bare incremental parse', bare);
row('edit to findings', analysed);
row('  CPU time of its own thread', analysedCpu);

/** A word typed letter by letter, and erased again from its end. */
function keystrokes(line: number, column: number, word: string): TextEdit[] {
  const typed = Array.from(word, (letter, index) => {
    const at = { line, column: column + index };
    return { range: { start: at, end: at }, text: letter };
  });
  const erased = typed.map(({ range: { start } }) => ({
    range: { start, end: { line, column: start.column + 1 } },
    text: '',
  }));
  return [...typed, ...erased.reverse()];
}

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
