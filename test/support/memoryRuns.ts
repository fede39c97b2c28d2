import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { MemoryProgram } from './memoryPrograms.ts';

/** What some run of a program did. */
export interface SeenInRun {
  /** Counted from 1, in the form that is analysed. */
  readonly line: number;
  /** The expression that was used; empty for an event. */
  readonly name: string;
  /** `null`, `freed`, `live`, `other` (no block) or a number; of an event its kind. */
  readonly what: string;
}

/** Lines of one program are counted from here on in what is compiled. */
const LINES = 10_000;

/**
 * Notes what programs do, without doing anything that C leaves undefined: blocks that are freed stay where they are, what nothing
 * was written to holds one known pattern, and a null pointer ends the run.
 */
const RUNTIME = String.raw`
#include <setjmp.h>
#include <stdio.h>
#include <string.h>
#define SOME 0x5a5a5a5a
#define NOWHERE ((struct node *)0x5a5a5a5a5a5a5a5aL)
#define NULL ((void *)0)
#define BLOCKS 200
#define NOTES 65536
struct node { int v; struct node *next; };
static struct node *shared, blocks[BLOCKS];
static int lines[BLOCKS], freed[BLOCKS], count, asked, dirty, ticks;
static unsigned failing, noise;
static jmp_buf over;
static struct note { int line; const char *name; const char *what; long value; } notes[NOTES];
static void note(int line, const char *name, const char *what, long value) {
  unsigned at = (unsigned)(line * 31 + value * 7919 + (long)name * 13 + (long)what) % NOTES;
  for (; notes[at].line != 0; at = (at + 1) % NOTES) {
    struct note *n = &notes[at];
    if (n->line == line && n->name == name && n->what == what && n->value == value) return;
  }
  notes[at] = (struct note){line, name, what, value};
  printf("%d|%s|%s", line, name, what);
  if (strcmp(what, "") == 0) printf("%ld", value);
  printf("\n");
}
static unsigned random_number(void) { noise = noise * 1664525 + 1013904223; return noise >> 16; }
static int block_of(struct node *p) { return p >= blocks && p < blocks + BLOCKS ? (int)(p - blocks) : -1; }
/* What a pointer that nothing was written to happens to lead to. */
static struct node *any_pointer(void) {
  unsigned choice = random_number() % 3;
  if (choice == 0) return NULL;
  if (choice == 1 && count > 0) return &blocks[random_number() % count];
  if (count >= BLOCKS) longjmp(over, 1);
  blocks[count] = (struct node){random_number() % 5, random_number() % 2 ? &blocks[random_number() % (count + 1)] : NULL};
  lines[count] = freed[count] = 0;
  return &blocks[count++];
}
static void *rt_read(int line, const char *name, void *at, unsigned long size) {
  if (size == sizeof(int)) {
    int *a = at;
    if (*a == SOME) { note(line, "", "uninitialized-read", 0); *a = random_number() % 5; dirty = 1; }
    else if (!dirty) note(line, name, "", *a);
    return at;
  }
  struct node **p = at;
  if (*p == NOWHERE) {
    note(line, "", "uninitialized-read", 0);
    *p = any_pointer();
    dirty = 1;
  } else if (!dirty) {
    int b = *p == NULL ? -1 : block_of(*p);
    note(line, name, *p == NULL ? "null" : b < 0 ? "other" : freed[b] ? "freed" : "live", 0);
  }
  return at;
}
static struct node *rt_use(int line, struct node *p) {
  if (p == NULL) { note(line, "", "null-dereference", 0); longjmp(over, 1); }
  int b = block_of(p);
  if (b >= 0 && freed[b]) { note(line, "", "use-after-free", 0); dirty = 1; }
  return p;
}
static void *rt_malloc(int line) {
  note(line, "", "asked", 0);
  if (count >= BLOCKS) longjmp(over, 1);
  if (asked < 6 ? failing >> asked & 1 : random_number() % 4 == 0) { asked++; return NULL; }
  asked++;
  blocks[count] = (struct node){SOME, NOWHERE};
  lines[count] = line;
  freed[count] = 0;
  return &blocks[count++];
}
static void rt_free(int line, struct node *p) {
  if (p == NULL) return;
  int b = block_of(p);
  if (b < 0) { note(line, "", "invalid-free", 0); dirty = 1; }
  else if (freed[b]) { note(line, "", "double-free", 0); dirty = 1; }
  else freed[b] = 1;
}
static void tick(void) { if (++ticks > 1000) longjmp(over, 1); }
#define R(x) (*(__typeof__(x) *)rt_read(__LINE__, #x, &(x), sizeof(x)))
#define U(p) rt_use(__LINE__, p)
#define T() tick()
#define E() note(__LINE__, "", "entered", 0)
#define malloc(n) rt_malloc(__LINE__)
#define free(p) rt_free(__LINE__, p)
static void run(void (*program)(int, int, int)) {
  static const int inputs[] = {-1, 0, 1, 2, 3, 4, 7};
  for (int i = 0; i < 343; i++) {
    for (unsigned j = 0; j < 64; j++) {
      count = asked = dirty = ticks = 0;
      shared = NULL;
      failing = j;
      noise = i * 64 + j;
      if (!setjmp(over)) program(inputs[i % 7], inputs[i / 7 % 7], inputs[i / 49]);
      for (int b = 0; b < count; b++) if (!freed[b] && lines[b]) note(lines[b], "", "leak", 0);
    }
  }
}
`;

/** Compiles the programs, as one, and runs each with many inputs, and with allocations that fail. */
export function runsOf(programs: readonly MemoryProgram[], names: readonly string[]): SeenInRun[][] {
  const folder = mkdtempSync(join(tmpdir(), 'memory-'));
  try {
    const parts = programs.map(({ run }, index) => `#line ${(index + 1) * LINES + 1}\n${run}`);
    const calls = names.map((name) => `run(run_${name});`).join(' ');
    writeFileSync(
      join(folder, 'x.c'),
      `${RUNTIME}${parts.join('\n')}\nint main(void) { ${calls} return 0; }\n`,
    );
    execFileSync('gcc', ['-O0', '-w', '-o', join(folder, 'x'), join(folder, 'x.c')]);
    const output = execFileSync(join(folder, 'x'), { encoding: 'utf8', maxBuffer: 2 ** 28, timeout: 60_000 });
    const seen: SeenInRun[][] = programs.map(() => []);
    for (const text of output.trim().split('\n')) {
      const [line = '', name = '', what = ''] = text.split('|');
      const number = Number(line);
      seen[Math.floor(number / LINES) - 1]?.push({
        line: number % LINES,
        name: name.replace(/[RU]\(|\)/g, ''),
        what,
      });
    }
    return seen;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
