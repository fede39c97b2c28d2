import { Dice } from './dice.ts';

/**
 * A piece of C in two forms: as it is analysed, and as it is run. The second one notes what it uses; it has the same lines. Where the
 * analysed form would do what C leaves undefined, the second one notes that, and goes on in some way or ends the run.
 */
interface Code {
  readonly plain: string;
  readonly run: string;
}

function code(texts: TemplateStringsArray, ...parts: readonly (Code | string | number)[]): Code {
  const text = (form: 'plain' | 'run'): string =>
    texts.raw
      .map((each, index) => {
        const part = parts[index] ?? '';
        return each + (typeof part === 'object' ? part[form] : String(part));
      })
      .join('');
  return { plain: text('plain'), run: text('run') };
}

/** What a variable or a field holds is used. */
function read(place: Code | string): Code {
  const { plain, run } = typeof place === 'string' ? code`${place}` : place;
  return { plain, run: `R(${run})` };
}

/** A field behind a pointer: what is to be written, or read. */
function field(pointer: Code | string, name: string): Code {
  const { plain, run } = read(pointer);
  return { plain: `${plain}->${name}`, run: `U(${run})->${name}` };
}

const only = (plain: string, run: string): Code => ({ plain, run });

/** Notes that a function was entered. */
const ENTERED = only('', ' E();');

/** What the program works on, in both forms. */
const POINTERS = ['p', 'q', 'r'];
const NUMBERS = ['a', 'b'];
const INPUTS = ['x', 'y', 'z'];
/** Numbers that inputs are compared with: some run has each of them, and one below and above all of them. */
const LIMITS = [0, 1, 2, 3];

/** A generated program: `main` gives three numbers from outside to one function, which calls a few others. */
export interface MemoryProgram {
  readonly plain: string;
  /** Lines of the second form, without `main`: `run_<name>(x, y, z)` runs it. */
  readonly run: string;
}

/** Writes a program about pointers, blocks and what is initialised. */
export function memoryProgram(seed: number): MemoryProgram {
  const dice = new Dice(seed);
  const name = `m${seed}`;
  const lines: Code[] = [];
  const add = (...more: readonly Code[]): void => {
    lines.push(...more);
  };
  const maybe = (each: Code): readonly Code[] => (dice.below(3) > 0 ? [each] : []);
  const called = new Set<string>();
  const call = (helper: string): string => {
    called.add(helper);
    return `${helper}_${name}`;
  };

  /** An allocation: as a value. */
  const block = (): Code => code`malloc(sizeof(struct node))`;
  const number = (): Code =>
    dice.below(3) === 0
      ? read(dice.of(NUMBERS))
      : dice.below(4) === 0
        ? read(field(dice.of(POINTERS), 'v'))
        : code`${dice.below(4)}`;
  const outside = (): Code => code`${dice.of(INPUTS)} ${dice.of(['>', '==', '<=', '!='])} ${dice.of(LIMITS)}`;
  const condition = (): Code => {
    const [p, q] = [dice.of(POINTERS), dice.of(POINTERS)];
    switch (dice.below(10)) {
      case 0:
        return read(p);
      case 1:
        return code`!${read(p)}`;
      case 2:
        return code`${read(p)} ${dice.of(['==', '!='])} NULL`;
      case 3:
        return code`${read(p)} && ${read(field(p, 'v'))} > 1`;
      case 4:
        return code`!${read(p)} || ${outside()}`;
      case 5:
        return code`${read(p)} == ${read(q)}`;
      case 6:
        return code`${read(dice.of(NUMBERS))} > ${dice.of(LIMITS)}`;
      default:
        return outside();
    }
  };

  /** The functions that it may call; only those that it does call are part of it. */
  const HELPERS: Readonly<Record<string, () => readonly Code[]>> = {
    make: () => [
      code`static int ${call('make')}(struct node **to, int n) {${ENTERED}`,
      ...maybe(code`if (n > 2) return -1;`),
      code`*to = ${block()};`,
      ...maybe(code`if (${read('*to')} == NULL) return -1;`),
      ...maybe(code`${only('(*to)', 'U(R(*to))')}->v = n;`),
      ...maybe(code`${only('(*to)', 'U(R(*to))')}->next = NULL;`),
      code`return 0;`,
      code`}`,
    ],
    drop: () => [
      code`static void ${call('drop')}(struct node *n) {${ENTERED}`,
      ...maybe(code`if (${read('n')} && ${read(field('n', 'v'))} == 3) return;`),
      code`free(${read('n')});`,
      code`}`,
    ],
    clear: () => [
      code`static void ${call('clear')}(struct node **n) {${ENTERED}`,
      code`free(${read('*n')});`,
      ...maybe(code`*n = NULL;`),
      code`}`,
    ],
    push: () => [
      code`static struct node *${call('push')}(struct node *list, int v) {${ENTERED}`,
      code`struct node *n = ${block()};`,
      ...maybe(code`if (!${read('n')}) return NULL;`),
      code`${field('n', 'v')} = v;`,
      ...maybe(code`${field('n', 'next')} = list;`),
      code`return n;`,
      code`}`,
    ],
    get: () => [
      code`static int ${call('get')}(struct node *n, int *out) {${ENTERED}`,
      ...maybe(code`if (!${read('n')}) return -1;`),
      ...maybe(code`*out = ${read(field('n', 'v'))};`),
      code`return 0;`,
      code`}`,
    ],
    pick: () => [
      code`static struct node *${call('pick')}(struct node *one, struct node *other, int n) {${ENTERED}`,
      code`if (n > 1) return ${read('one')};`,
      code`return ${dice.below(2) === 0 ? read('other') : 'NULL'};`,
      code`}`,
    ],
  };

  const calling = (): readonly Code[] => {
    const [p, q] = [dice.of(POINTERS), dice.of(POINTERS)];
    const input = dice.of(INPUTS);
    switch (dice.below(7)) {
      case 0:
        return [code`${call('make')}(&${p}, ${input});`];
      case 1:
        return [code`if (${call('make')}(&${p}, ${input}) != 0) return;`];
      case 2:
        return [code`${call('drop')}(${read(p)});`];
      case 3:
        return [code`${call('clear')}(&${p});`];
      case 4:
        return [code`${p} = ${call('push')}(${read(q)}, ${dice.below(4)});`];
      case 5: {
        const a = dice.of(NUMBERS);
        return dice.below(2) === 0
          ? [code`${call('get')}(${read(p)}, &${a});`]
          : [code`if (${call('get')}(${read(p)}, &${a}) == 0 && ${read(a)} > 1) ${p} = NULL;`];
      }
      default:
        return [code`${p} = ${call('pick')}(${read(p)}, ${read(q)}, ${input});`];
    }
  };

  const statements = (count: number, depth: number): readonly Code[] =>
    Array.from({ length: count }, () => statement(depth)).flat();

  let loops = 0;
  const statement = (depth: number): readonly Code[] => {
    const [p, q] = [dice.of(POINTERS), dice.of(POINTERS)];
    const a = dice.of(NUMBERS);
    const inner = (): readonly Code[] => statements(1 + dice.below(2), depth - 1);
    switch (dice.below(depth > 0 ? 27 : 20)) {
      case 0:
        return [code`${p} = ${block()};`];
      case 1:
        return [code`${p} = ${block()};`, code`if (${read(p)} == NULL) return;`];
      case 2:
        return [code`free(${read(p)});`];
      case 3:
        return [code`free(${read(p)});`, code`${p} = NULL;`];
      case 4:
        return [code`${p} = ${read(q)};`];
      case 5:
        return [code`${p} = ${dice.of(['NULL', '&loc'])};`];
      case 6:
        return [code`${field(p, 'v')} = ${dice.below(4)};`];
      case 7:
        return [code`${field(p, 'next')} = ${dice.below(2) === 0 ? 'NULL' : read(q)};`];
      case 8:
        return [code`${p} = ${read(field(q, 'next'))};`];
      case 9:
        return [code`${a} = ${read(field(p, 'v'))};`];
      case 10:
        return [code`${a} = ${number()};`];
      case 11:
        return dice.below(2) === 0
          ? [code`loc.v = ${number()};`, code`loc.next = NULL;`]
          : [code`${a} = ${read('loc.v')};`];
      case 12:
        return [code`if (!${read(p)}) ${dice.of(['return;', 'goto out;', `${p} = &loc;`])}`];
      case 13:
        return [code`${p} = ${outside()} ? ${read(q)} : ${dice.of(['&loc', 'NULL'])};`];
      case 14:
        return dice.below(2) === 0 ? [code`shared = ${read(p)};`] : [code`${p} = ${read('shared')};`];
      case 15:
        return dice.below(2) === 0
          ? [code`t[${dice.below(2)}] = ${read(p)};`]
          : [code`${p} = ${read(`t[${dice.below(2)}]`)};`];
      case 16:
        return [code`if (${read(p)} && ${read(p)} != &loc) ${field(p, 'v')} = ${dice.below(3)};`];
      case 17:
      case 18:
      case 19:
        return calling();
      case 20:
      case 21:
        return [code`if (${condition()}) {`, ...inner(), code`}`];
      case 22:
      case 23:
        return [code`if (${condition()}) {`, ...inner(), code`} else {`, ...inner(), code`}`];
      case 24: {
        const i = `i${loops++}`;
        return [
          code`for (int ${i} = 0; ${i} < ${dice.of(['2', '3', 'x', 'y'])}; ${i}++) {`,
          ...inner(),
          code`}`,
        ];
      }
      case 25: {
        const i = `i${loops++}`;
        return [
          code`struct node *${i} = ${read(p)};`,
          code`while (${read(i)}) {`,
          code`struct node *after = ${read(field(i, 'next'))};`,
          dice.below(2) === 0 ? code`free(${read(i)});` : code`${a} = ${read(field(i, 'v'))};`,
          code`${only('', 'T(); ')}${i} = ${read('after')};`,
          code`}`,
        ];
      }
      default:
        return [
          code`switch (${dice.of(INPUTS)}) {`,
          code`case 1: {`,
          ...inner(),
          dice.below(2) === 0 ? code`} break;` : code`}`,
          code`case 2: {`,
          ...inner(),
          code`} break;`,
          code`default: {`,
          ...inner(),
          code`} }`,
        ];
    }
  };

  add(only('#include <stdlib.h>', ''));
  add(only('struct node { int v; struct node *next; };', ''));
  add(only('static struct node *shared;', ''));
  const body = statements(8, 2);
  for (const [helper, text] of Object.entries(HELPERS)) if (called.has(helper)) add(...text());
  add(code`static void ${call('work')}(int x, int y, int z) {${ENTERED}`);
  for (const each of NUMBERS)
    add(
      dice.below(2) === 0
        ? code`int ${each} = ${dice.below(4)};`
        : only(`int ${each};`, `int ${each} = SOME;`),
    );
  add(only('struct node loc;', 'struct node loc = {SOME, NOWHERE};'));
  add(only('struct node *t[2];', 'struct node *t[2] = {NOWHERE, NOWHERE};'));
  for (const each of POINTERS)
    add(
      dice.below(4) === 0
        ? only(`struct node *${each};`, `struct node *${each} = NOWHERE;`)
        : code`struct node *${each} = ${dice.of([code`NULL`, block(), block()])};`,
    );
  add(...body);
  add(code`out:`, code`free(${read('p')});`, code`}`);
  const main = [
    'int main(int argc, char **argv) {',
    'if (argc < 4) return 1;',
    `${call('work')}(atoi(argv[1]), atoi(argv[2]), atoi(argv[3]));`,
    'return 0;',
    '}',
  ];
  return {
    plain: [...lines.map(({ plain }) => plain), ...main].join('\n'),
    run: [
      ...lines.map(({ run }) => run),
      `void run_${name}(int x, int y, int z) { ${call('work')}(x, y, z); }`,
    ].join('\n'),
  };
}
