import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

import fc from 'fast-check';

import { changeBetween } from '../../../server/src/core/base/textChange.ts';
import { NO_MACROS, conditionMacros, tableOfShapes } from '../../../server/src/core/preprocess/macros.ts';
import { viewsAfter, viewsOf, type ViewSettings } from '../../../server/src/core/preprocess/view.ts';
import { editedViews } from '../../../server/src/core/preprocess/viewEdit.ts';
import type { Dialect } from '../../../server/src/core/preprocess/words.ts';
import { filesBelow, ROOT } from '../architecture/imports.ts';

const SAMPLES = filesBelow('rules/c', ['.c', '.cpp'])
  .map((path) => readFileSync(ROOT + path, 'utf8'))
  .filter((text) => text.length < 6000);

/** What a file is made of, whole and in parts. */
const PARTS = [
  'static int f(API char *p, size_t n)\n{\n    if (n) { use(p); }\n    return 0;\n}\n',
  'void g(void) {\n    LOCK()\n    h(int, x, );\n    UNLOCK return;\n}\n',
  'API(int) m(void) { FOREACH(a, b) { f(a); } return 0; }\n',
  'static void s(int x) {\n#if A\n    if (x) { use(x); }\n#endif\n    do { g(); } while (x);\n}\n\n',
  'int q(int x) {\n#ifdef B\n    if (x)\n#elif C\n    while (x)\n#endif\n        r();\n    switch (x) {\n#if A\n    case 1: break;\n#else\n    case 2:\n#endif\n    default: return 1;\n    }\n}\n',
  '#if C\nint w(void) { return 1; }\n#else\nint w(void) { return 2; }\n#endif\n\n',
  '#ifdef D\nint v(int a)\n#else\nint v(void)\n#endif\n{\n    return 2;\n}\n',
  'static int after_it(void) { return 4; }\n',
  '/* The h. */\nstatic void\nh(int x)\n{\n    for (x = 0; x < 9; x++) { k(x, (x)); }\n}\n',
  'int old(a, b) int a; char *b; { return a; }\n',
  'extern "C" {\n',
  'namespace n {\n',
  'class A : public B { Q_OBJECT public: A() : x(1) {} void m(); int x; };\n',
  'struct s { int a; } PACKED name;\n',
  'enum e { ONE, TWO X(3) };\n',
  'int t[] = { 1, 2, N(3) };\n',
  'PROCESS_THREAD(p, ev, data) {\n    PROCESS_BEGIN();\n    PROCESS_END();\n}\n',
  'DECLARE(a)\n',
  'LIST(\n',
  '#if A\n',
  '#else\n',
  '#endif\n',
  '#define API __attribute__((x))\n',
  '#define LOCK() do { lock()\n',
  '}\n',
  '/* f( { */\n',
  '"a string" ',
];
const TYPED = [
  ...[
    '(',
    ')',
    '{',
    '}',
    '[',
    ']',
    ';',
    ',',
    ':',
    '"',
    "'",
    '#',
    '/',
    '*',
    '\\',
    '\n',
    ' ',
    '<',
    '>',
    '=',
    '@',
    'x',
    '1',
  ],
  ...[
    '/*',
    '*/',
    '//',
    'if (x) ',
    'API ',
    'LOCK()',
    'int ',
    'struct ',
    'case 1:',
    ' return',
    '\n#if B\n',
    '\n#endif\n',
  ],
  ...[' f(a, b);', ' }\nvoid q(void) { return; }\n', 'R"(', 'asm { ', 'else', 'extern "C" {', '@ 0x4'],
  ...['do ', ' do {', 'while (x);', 'static int q(int a)', '\n\n', '\n/* c */\n', ' if (x', ' a = b[', ');'],
];

interface Typed {
  readonly place: number;
  readonly removed: number;
  readonly text: string;
}

const SOURCE = fc.oneof(
  fc.constantFrom(...SAMPLES),
  fc.array(fc.constantFrom(...PARTS), { minLength: 3, maxLength: 12 }).map((parts) => parts.join('')),
);
const EDITS = fc.array(
  fc.record({
    place: fc.nat(9999),
    removed: fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, fc.nat(3), fc.nat(60)),
    text: fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...TYPED) }, fc.constantFrom(...PARTS, '')),
  }),
  { minLength: 1, maxLength: 8 },
);

function edited(text: string, { place, removed, text: typed }: Typed): string {
  const at = Math.floor((place * (text.length + 1)) / 10000);
  return text.slice(0, at) + typed + text.slice(at + removed);
}

function settingsFor(dialect: Dialect): ViewSettings {
  const shared = tableOfShapes({
    FOREACH: 'loop',
    UNLOCK: 'statement',
    Q_OBJECT: 'statement',
    PACKED: 'attribute',
  });
  return { dialect, macros: NO_MACROS, shared, known: conditionMacros([], []) };
}

describe('views after an edit', () => {
  it('are those of the new text, whatever is typed where', () => {
    let quick = 0;
    fc.assert(
      fc.property(SOURCE, EDITS, fc.constantFrom<Dialect>('c', 'cpp'), (source, edits, dialect) => {
        const settings = settingsFor(dialect);
        let text = source;
        let views = viewsOf(text, settings);
        for (const each of edits) {
          text = edited(text, each);
          if (editedViews(views, text, changeBetween(views.text, text), settings)) quick++;
          views = viewsAfter(views, text, settings);
          const fresh = viewsOf(text, settings);
          assert.deepEqual(
            [views.views, views.left, views.strays, views.isSettled, views.conditionals],
            [fresh.views, fresh.left, fresh.strays, fresh.isSettled, fresh.conditionals],
          );
        }
      }),
      { numRuns: 400 },
    );
    assert.ok(quick > 200, `only ${quick} edits were quick`);
  });

  it('read one function again, also while a word is typed in it', () => {
    const settings = settingsFor('c');
    const functions = [0, 1, 2].map(
      (index) => `int f${index}(int a)\n{\n    a = ${index};\n    return a;\n}\n`,
    );
    let text = functions.join('');
    let views = viewsOf(text, settings);
    assert.equal(views.stops.length, 3);
    for (const letter of ' strcpy(a, b);') {
      const at = text.indexOf('return a', text.indexOf('f1'));
      text = text.slice(0, at) + letter + text.slice(at);
      const next = editedViews(views, text, changeBetween(views.text, text), settings);
      assert.ok(next, `at ${letter}`);
      assert.deepEqual(next.views, viewsOf(text, settings).views);
      views = next;
    }
  });
});
