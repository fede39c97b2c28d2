import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';

import { parse } from 'yaml';

import { readModels } from '../../../server/src/core/values/readModels.ts';
import { eventsIn } from '../../support/facts.ts';

const FOLDER = new URL('../../../models/c/', import.meta.url);

/** A library, code that misuses it, and what happens there. */
const CASES: readonly (readonly [library: string, code: string, expected: readonly string[]])[] = [
  [
    'freertos',
    'void f(void) { char *p = pvPortMalloc(8); if (p) { p[8] = 0; vPortFree(p); } }',
    ['out-of-bounds-write'],
  ],
  ['freertos', 'void f(void) { char *p = pvPortMalloc(8); free(p); }', ['mismatched-free']],
  ['freertos', 'void f(void *b) { char a[8]; xStreamBufferReceive(b, a, 16, 0); }', ['out-of-bounds-write']],
  ['freertos', 'void f(void *q) { int v; xQueueReceive(q, &v, 0); if (v == 1) v = 2; }', []],
  ['zephyr', 'void f(void) { char *p = k_malloc(8); k_free(p); k_free(p); }', ['double-free']],
  ['zephyr', 'void f(void *d) { char a[4]; i2c_burst_read(d, 1, 2, a, 8); }', ['out-of-bounds-write']],
  ['zephyr', 'int f(int a) { int v; if (a) { k_panic(); } else { v = 1; } return v; }', []],
  ['esp-idf', 'void f(void) { unsigned char m[4]; esp_efuse_mac_get_default(m); }', ['out-of-bounds-write']],
  [
    'esp-idf',
    'void f(void) { char a[8]; int n = uart_read_bytes(1, a, sizeof a, 10); a[n] = 0; }',
    ['out-of-bounds-write'],
  ],
  [
    'stm32-hal',
    'void f(void *h) { unsigned char a[8]; HAL_UART_Receive(h, a, 16, 100); }',
    ['out-of-bounds-write'],
  ],
  ['stm32-hal', 'void f(void *h) { unsigned char a[8]; HAL_UART_Receive(h, a, sizeof a, 100); }', []],
  [
    'mbedtls',
    'void f(const char *m, unsigned n) { unsigned char d[16]; mbedtls_sha256(m, n, d, 0); }',
    ['out-of-bounds-write'],
  ],
  ['mbedtls', 'void f(const char *m, unsigned n) { unsigned char d[32]; mbedtls_sha256(m, n, d, 0); }', []],
  ['psa', 'void f(void) { unsigned char k[16]; psa_generate_random(k, 32); }', ['out-of-bounds-write']],
  [
    'openssl',
    'void f(const char *m, unsigned n) { unsigned char d[16]; SHA256(m, n, d); }',
    ['out-of-bounds-write'],
  ],
  ['openssl', 'void f(void) { void *c = EVP_MD_CTX_new(); free(c); }', ['mismatched-free']],
  ['wolfssl', 'void f(void *h) { unsigned char d[16]; wc_Sha256Final(h, d); }', ['out-of-bounds-write']],
  [
    'zephyr',
    'int n; void count(void *a, void *b, void *c) { n++; } void f(void) { for (int i = 0; i < 2; i++) k_thread_create(&t[i], s[i], 512, count, 0, 0, 0, 5, 0, 0); }',
    ['data-race'],
  ],
  [
    'libc',
    'void f(unsigned short n) { unsigned m; if (__builtin_add_overflow(n, 4, &m)) return; char *p = malloc(m); if (p) { p[m] = 0; free(p); } }',
    ['out-of-bounds-write'],
  ],
  [
    'libc',
    'void f(unsigned short n) { unsigned m; if (__builtin_add_overflow(n, 4, &m)) return; char *p = malloc(m); if (p) { p[n + 3] = 0; free(p); } }',
    [],
  ],
  [
    'libc',
    'int f(void) { char a[4]; unsigned char m; if (__builtin_mul_overflow(64, 4, &m)) return 0; return a[9]; }',
    [],
  ],
  [
    'libc',
    'int f(int i) { int a[4] = {0}, m; if (ckd_sub(&m, 9, 5)) return 0; return a[m]; }',
    ['out-of-bounds-read'],
  ],
  ['lwip', 'void f(void *p) { char a[8]; pbuf_copy_partial(p, a, 64, 0); }', ['out-of-bounds-write']],
];

describe('models of libraries', () => {
  it('are read without a mistake', () => {
    const names = readdirSync(FOLDER).sort();
    const files = names.map((name): unknown => parse(readFileSync(new URL(name, FOLDER), 'utf8')));
    assert.deepEqual(readModels(files).mistakes, []);
    const libraries = new Set(names.map((name) => name.replace('.yaml', '')));
    assert.deepEqual(
      [...new Set(CASES.map(([library]) => library))].filter((each) => !libraries.has(each)),
      [],
    );
    // A function that two libraries describe would be the one that is read last.
    const seen = new Map<string, number>();
    for (const file of files)
      for (const name of readModels([file]).functions.keys()) seen.set(name, (seen.get(name) ?? 0) + 1);
    assert.deepEqual(
      [...seen].filter(([, count]) => count > 1),
      [],
    );
  });

  it('say which argument is the function of a thread', () => {
    const { startsThreads, mistakes } = readModels([
      { 'starts-threads': { thread_new: 'arg4', other_new: 3 } },
      { 'starts-threads': 'thread_new' },
    ]);
    assert.deepEqual([...startsThreads], [['thread_new', 3]]);
    assert.deepEqual(mistakes, [
      "`starts-threads` must say which argument of other_new is the thread's function: `arg1`, ...",
      '`starts-threads` must be a mapping.',
    ]);
  });

  for (const [library, code, expected] of CASES) {
    it(`say what ${library} does: ${code}`, async () => {
      const events = (await eventsIn(code)).map((event) => event.split(' ')[2]);
      assert.deepEqual(
        events.filter((event) => event !== 'unchecked-allocation'),
        expected,
      );
    });
  }
});
