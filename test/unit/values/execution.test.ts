import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import fc from 'fast-check';

import { Dice } from '../../support/dice.ts';
import { factsOfCode } from '../../support/facts.ts';

/** Functions of one generated program, and numbers that it is run with. */
const FUNCTIONS = 5;
/** Programs of one run: the same each time, or others with each seed of `npm run fuzz`. */
const SEEDS = process.env['TRACEWARD_SEED'] === undefined ? [1, 4, 5] : [...new Set(fc.sample(fc.nat(), 30))];
/** Steps that are spent closely on one program: the fewer, the more of its paths are put together, and the fewer calls are followed. */
const CLOSE_STEPS = [20_000, 4_000, 1_000, 200, 50];
const INPUTS = ['0', '1', '3', '7', '-5', '100', '2147483647'];

/** Writes a C program without undefined behaviour that shows values with `obs(number of the place, value)`. */
class Writer {
  readonly #dice: Dice;
  readonly #name: string;
  #places = 0;
  #loops = 0;

  constructor(dice: Dice, name: string) {
    this.#dice = dice;
    this.#name = name;
  }

  /** Its functions, and the statements of `main` that call them. */
  parts(): { readonly functions: string; readonly calls: string } {
    const functions = Array.from({ length: FUNCTIONS }, (_, index) => this.#function(index));
    const calls = functions.map((_, index) => `  ${this.#name}${index}(n, ${this.#dice.below(20)});`);
    return { functions: functions.join('\n'), calls: calls.join('\n') };
  }

  #function(index: number): string {
    const body = this.#statements(5, 2);
    return [
      `static void ${this.#name}${index}(int in, int k) {`,
      '  int a = in % 1000, b = k, c = 0; unsigned u = (unsigned)in; unsigned char h = 1; int t[8] = {1, 2, 3}; char s[12] = "ab";',
      '  int *p = &b; int *q = NULL;',
      ...body,
      `  ${this.#observe('a')} ${this.#observe('b')} ${this.#observe('c')} ${this.#observe('h')} ${this.#observe('t[2]')}`,
      `  ${this.#observe('*p')} ${this.#observe('q == NULL')} ${this.#observe('strlen(s)')} ${this.#observe('u')}`,
      '}',
    ].join('\n');
  }

  #observe(value: string): string {
    return `obs(${this.#places++}, ${value});`;
  }

  #number(): string {
    return this.#dice.of([
      'a',
      'b',
      'c',
      'h',
      't[c & 7]',
      '*p',
      `${this.#dice.below(12)}`,
      't[3]',
      'clamp(a, 9)',
      '(int)strlen(s)',
    ]);
  }

  #expression(): string {
    const [x, y] = [this.#number(), this.#number()];
    const plain = this.#dice.of([
      `${x} + ${y}`,
      `${x} - ${y}`,
      `(${x}) % 7 * 3`,
      `(${x}) / 3`,
      `(${x}) & 15`,
      `(${x} > ${y} ? ${x} : ${y})`,
      `(${x} < ${y})`,
      `!(${x})`,
      `((${x}) & 31) << 2`,
      x,
    ]);
    return `(${plain}) % 997`;
  }

  #condition(): string {
    const [x, y] = [this.#number(), this.#number()];
    const one = `${x} ${this.#dice.of(['<', '<=', '>', '>=', '==', '!='])} ${y}`;
    return this.#dice.of([
      one,
      `${one} && ${this.#number()} > 1`,
      `${one} || q != NULL`,
      `!(${one})`,
      'q',
      'u > 5',
    ]);
  }

  #statements(count: number, depth: number): string[] {
    return Array.from({ length: count }, () => this.#statement(depth));
  }

  #statement(depth: number): string {
    const inner = (): string => `{ ${this.#statements(2, depth - 1).join(' ')} }`;
    const name = `i${this.#loops++}`;
    const kind = this.#dice.below(depth > 0 ? 15 : 9);
    switch (kind) {
      case 0:
        return `a = ${this.#expression()};`;
      case 1:
        return `b = ${this.#expression()};`;
      case 2:
        return `c = ${this.#expression()}; ${this.#observe('c')}`;
      case 3:
        return `t[(${this.#number()}) & 7] = ${this.#expression()};`;
      case 4:
        return `*p = ${this.#expression()}; ${this.#observe('b')}`;
      case 5:
        return this.#dice.of([
          'p = &a;',
          'p = &t[1];',
          'p = &b;',
          'q = p;',
          'q = NULL;',
          'put(&a, b);',
          'put(p, c);',
        ]);
      case 6:
        return this.#dice.of([
          's[1] = 0;',
          'strcpy(s, "hello");',
          's[c & 3] = 65;',
          'strncpy(s, "xyz", 11);',
          'memset(s, 0, sizeof s);',
        ]);
      case 7:
        return `h = (unsigned char)(${this.#expression()}); ${this.#observe('h')}`;
      case 8:
        return `u = u * 3 + (unsigned)(${this.#number()}); ${this.#observe('u')}`;
      case 9:
      case 10:
        return `if (${this.#condition()}) ${inner()} else ${inner()}`;
      case 11:
        return `for (int ${name} = 0; ${name} < ${this.#dice.of(['3', '9', 'clamp(b, 20)', 'clamp(in, 6)'])}; ${name}++) { ${this.#observe(name)} ${this.#statements(2, depth - 1).join(' ')} }`;
      case 12:
        return `{ int ${name} = clamp(in, 40); while (${name} > 0) { ${name} -= ${1 + this.#dice.below(3)}; ${this.#observe(name)} if (${this.#condition()}) break; ${this.#statement(0)} } }`;
      case 13:
        return `switch (${this.#number()}) { case 1: ${this.#statement(0)} case 2: ${this.#statement(0)} break; default: ${this.#statement(0)} }`;
      default:
        return `{ int ${name} = 0; do { ${name}++; ${this.#statement(0)} } while (${name} < clamp(k, 5)); ${this.#observe(name)} }`;
    }
  }
}

const HEAD = [
  '#include <stdio.h>',
  '#include <stdlib.h>',
  '#include <string.h>',
  'static void obs(int place, long value) { printf("%d %ld\\n", place, value); }',
  'static int clamp(int x, int most) { if (x < 0) return 0; if (x > most) return most; return x; }',
  'static void put(int *to, int value) { *to = value % 50; }',
].join('\n');

function mainOf(statements: string): string {
  return `int main(int argc, char **argv) {\n  if (argc < 2) return 1;\n  int n = atoi(argv[1]);\n${statements}\n  return 0;\n}`;
}

/** What each place showed, in all runs of all programs, which are compiled as one. */
function runAll(programs: readonly { readonly functions: string; readonly calls: string }[]): Runs[] {
  const folder = mkdtempSync(join(tmpdir(), 'facts-'));
  try {
    const cases = programs.map(({ calls }, index) => `  case ${index}:\n${calls}\n  break;`);
    const choice = `  switch (atoi(argv[2])) {\n${cases.join('\n')}\n  }`;
    const code = [HEAD, ...programs.map(({ functions }) => functions), mainOf(choice)].join('\n');
    writeFileSync(join(folder, 'x.c'), code);
    execFileSync('gcc', ['-O0', '-w', '-fwrapv', '-o', join(folder, 'x'), join(folder, 'x.c')]);
    return programs.map((_, index) =>
      INPUTS.map((input) => {
        const output = execFileSync(join(folder, 'x'), [input, String(index)], {
          encoding: 'utf8',
          maxBuffer: 2 ** 28,
        });
        return { input, lines: new Set(output.trim().split('\n')) };
      }),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

type Runs = readonly { readonly input: string; readonly lines: ReadonlySet<string> }[];

describe('facts beside execution', () => {
  const programs = SEEDS.map((seed) => new Writer(new Dice(seed), `f${seed}_`).parts());
  let runs: Runs[] = [];

  before(function () {
    this.timeout(120_000);
    if (spawnSync('gcc', ['--version']).status !== 0) {
      process.stdout.write('    gcc is not there: facts are not compared with what programs do.\n');
      this.skip();
    }
    runs = runAll(programs);
  });

  const cases = programs.flatMap((program, index) =>
    CLOSE_STEPS.map((stepsForMain) => ({ program, index, stepsForMain })),
  );
  for (const { program, index, stepsForMain } of cases) {
    const { functions, calls } = program;
    it(`hold in every run of a generated program (${SEEDS[index] ?? 0}), ${stepsForMain} steps closely`, async function () {
      this.timeout(60_000);
      const code = [HEAD, functions, mainOf(calls)].join('\n');
      const facts = await factsOfCode(code, 'c', {}, { stepsForMain });
      const places = new Map<number, ReturnType<typeof facts.at>>();
      const partial = new Set<number>();
      for (const node of facts.nodes) {
        const call = node.parent;
        if (call?.kind !== 'call' || call.part('callee')?.text !== 'obs') continue;
        const [place, value] = call.parts('arguments');
        if (value !== node || place === undefined) continue;
        if (facts.isPartial(node)) partial.add(Number(place.text));
        else places.set(Number(place.text), facts.at(node));
      }
      // What a limit has left out says nothing.
      if (facts.incomplete) return;
      let compared = 0;
      for (const { input, lines } of runs[index] ?? []) {
        for (const line of lines) {
          const [place = -1, value = 0] = line.split(' ').map(Number);
          const seen = places.get(place);
          if (partial.has(place)) continue;
          compared++;
          const fits = (seen ?? []).some(({ is, lo, hi }) => is !== 'number' || (lo <= value && value <= hi));
          const at = code.indexOf(`obs(${place},`);
          assert.ok(
            fits,
            `obs(${place}) is ${value} with ${input}, facts: ${(seen ?? []).map(({ lo, hi }) => `${lo}..${hi}`).join(' ')}\n${code.slice(Math.max(0, at - 200), at + 20)}`,
          );
        }
      }
      assert.ok(compared > 0, 'nothing was compared');
    });
  }
});
