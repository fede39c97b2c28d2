/** Code of each language in parts that make files, and rules that look over the borders of functions or through them. */
export interface MovedCode {
  readonly language: string;
  readonly parts: readonly string[];
  /** Formulas in YAML. */
  readonly formulas: readonly string[];
}

/** Makes a function long enough for the reader of trees to take it over as it is. */
const LONG =
  'pad("some text to make it long enough to be taken over by what reads tables, and a little more")';

const patterns = (...entries: readonly string[]): string =>
  ['patterns:', ...entries.map((entry) => `  - ${entry}`)].join('\n');

const CALLS = patterns(
  'pattern: $F($X, ...)',
  'metavariable-regex: {metavariable: $F, regex: "^(exec|set[ug]id|str)"}',
);
/** Through a constant of the file. */
const CONSTANT = 'pattern: h("md5")';
/** Through a declaration of the file, a class or a function. */
const TYPED = patterns('pattern: $X.run($F)', 'metavariable-type: {metavariable: $X, type: Motor}');
const FOLLOWED = [
  'mode: taint',
  'pattern-sources: [{pattern: input(...)}]',
  'pattern-sinks: [{pattern: exec(...)}]',
].join('\n');

const OF_C: readonly string[] = [
  `static int f(int a)\n{\n  strcpy(a, b); int global = 1; globule = a == b;\n  /* [SR-B-1] */ free(a); use(a); h(KK);\n  three(a->b[3], "x"); exec(input(1)); ${LONG}; return 0;\n}\n`,
  `/* [SR-A-1] */\nvoid g(void) {\n#define copy strcpy\n  copy(x, y); free(globx); use(globx); globx = 1; exec(helper(input()));\n  ${LONG}; }\n`,
  'char *globx;\n',
  'int globule = 3; /* [SR-C-2] */ int yy;\n',
  'static int helper(int a) { return a; }\n',
  '#ifdef T\n',
  '#endif\n',
  '#define KK "md5"\n',
  '// [SR-D-4]\n',
  'struct s { int a; int (*fp)(int); };\n',
];
const RULES_OF_C: readonly string[] = [
  CALLS,
  CONSTANT,
  FOLLOWED,
  'pattern: $X == $F',
  patterns(
    'pattern: $X = $F;',
    'pattern-not: "$X = 0;"',
    'metavariable-regex: {metavariable: $X, regex: "^glob"}',
  ),
  patterns('pattern: use($X)', 'pattern-inside: "free($X); ..."'),
  patterns('pattern: use((char *$X))'),
];
const RULES: readonly string[] = [CALLS, CONSTANT, TYPED, FOLLOWED];

const OF_SCRIPTS: readonly string[] = [
  "import { exec as rr } from 'child_process';\n",
  "import * as child_process from 'child_process';\n",
  `function g() { const { exec: zz } = require('child_process'); zz(1); function exec() {} exec(input()); ${LONG}; }\n`,
  'var hh = new Motor();\n',
  'hh.run(3);\n',
  'const kk = "md5";\n',
  `function q1() { h(kk); exec(1); ${LONG}; }\n`,
  `const q2 = (a) => { h(kk); setuid(a); exec(pass(input())); ${LONG}; };\n`,
  'function pass(a) { return a; }\n',
  '// [SR-A-1]\n',
];
const RULES_OF_SCRIPTS: readonly string[] = [...RULES, 'pattern: child_process.$F($X)'];

const OF_JAVA: readonly string[] = [
  'class A {\n',
  'Motor m;\n',
  'static final String kk = "md5";\n',
  `void f(Motor q) { q.run(1); m.run(2); exec(input()); h(kk); ${LONG}; }\n`,
  '}\n',
  `void g() { this.z = new Motor(); this.z.run(1); var w = new Motor(); w.run(1); setuid(1); ${LONG}; }\n`,
  `A() { h(kk); m = new Motor(); ${LONG}; }\n`,
  'import a.b.exec;\n',
  '// [SR-A-1]\n',
  'enum E { X, Y }\n',
];

export const MOVED: readonly MovedCode[] = [
  { language: 'c', formulas: RULES_OF_C, parts: OF_C },
  {
    language: 'cpp',
    formulas: [...RULES_OF_C, TYPED],
    parts: [
      ...OF_C,
      'class K { Motor m; void go(); static const int k = 3;\n',
      '};\n',
      `void K::go() { m.run(1); strcpy(a, b); auto l = [&](Motor m2) { m2.run(2); }; ${LONG}; }\n`,
      'namespace n {\n',
      '}\n',
    ],
  },
  {
    language: 'python',
    formulas: [
      ...RULES,
      'pattern: os.$F($X)',
      patterns('pattern: os.$F($X)', 'metavariable-regex: {metavariable: $F, regex: "^system$"}'),
    ],
    parts: [
      'import os\n',
      'from os import system as sysx\n',
      'from os import system\n',
      `def f(a):\n    system(a)\n    sysx(a)\n    os.system(a)\n    # [SR-A-1]\n    global shared\n    shared = Motor()\n    shared.run(2)\n    ${LONG}\n`,
      `class A:\n    def __init__(self):\n        self.m = Motor()\n        ${LONG}\n    def go(self):\n        self.m.run(5)\n        from os import popen as pp\n        pp(input())\n        ${LONG}\n`,
      'shared = 1\n',
      'shared.run(1)\n',
      `def g():\n    def inner():\n        shared.run(1)\n        system(2)\n    import os as o2\n    o2.popen(3)\n    exec(inner(input()))\n    ${LONG}\n`,
      'kk = "md5"\n',
      `def q1():\n    h(kk)\n    ${LONG}\n`,
      'class B:\n    kk = "md5"\n    shared = Motor()\n',
      '# [SR-B-2]\n',
    ],
  },
  { language: 'javascript', formulas: RULES_OF_SCRIPTS, parts: OF_SCRIPTS },
  {
    language: 'typescript',
    formulas: RULES_OF_SCRIPTS,
    parts: [
      ...OF_SCRIPTS,
      `function f(a: Motor) { rr(a); a.run(1); exec(a); child_process.exec(2); /* [SR-A-1] */ ${LONG}; }\n`,
      `class A { m: Motor; constructor(private q: Motor) { this.z = new Motor(); this.z.run(1); this.q.run(2); ${LONG}; } go() { this.m.run(3); this.z.run(4); var hh = new Motor(); ${LONG}; hh.run(4); } }\n`,
      'namespace n {\n',
      '}\n',
    ],
  },
  { language: 'java', formulas: RULES, parts: OF_JAVA },
  {
    language: 'csharp',
    formulas: RULES,
    parts: [
      'namespace N {\n',
      'using a.b;\n',
      ...OF_JAVA.map((part) => part.replace('static final String', 'const string')),
    ],
  },
  {
    language: 'go',
    formulas: RULES,
    parts: [
      'package a\n',
      'var m Motor\n',
      'const kk = "md5"\n',
      'import "os/exec"\n',
      `func f(q Motor) { q.run(1); m.run(2); exec(input()); h(kk); z := 1; ${LONG} }\n`,
      `func (a A) g() { a.z.run(1); w := Motor{}; w.run(1); setuid(2); ${LONG} }\n`,
      'type A struct {\n z Motor\n}\n',
      '// [SR-A-1]\n',
      'var (\n',
      ')\n',
    ],
  },
  {
    language: 'rust',
    formulas: RULES,
    parts: [
      'mod n {\n',
      '}\n',
      'const kk: &str = "md5";\n',
      'use a::exec as rr;\n',
      `fn f(q: Motor) { rr(1); q.run(1); exec(input()); h(kk); let z = 1; ${LONG}; }\n`,
      `fn g() { let w: Motor = x(); w.run(1); exec(pass(input())); ${LONG}; }\n`,
      'fn pass(a: u8) -> u8 { a }\n',
      'impl A {\n',
      'struct A { z: i32 }\n',
      '// [SR-A-1]\n',
    ],
  },
  {
    language: 'kotlin',
    formulas: RULES,
    parts: [
      'import a.b.exec as rr\n',
      'class A(val m: Motor) {\n',
      '}\n',
      `fun f(a: Motor) { rr(1); a.run(2); m.run(3); exec(input()); /* [SR-A-1] */ ${LONG} }\n`,
      'enum class E { A(1) { override fun f() = 1 }, B }\n',
      `fun A.ext() { m.run(1); val q = Motor(); q.run(3); h(kk); ${LONG} }\n`,
      'val m = Motor()\n',
      'const val kk = "md5"\n',
      '// [SR-B-2]\n',
    ],
  },
  {
    language: 'swift',
    formulas: RULES,
    parts: [
      'class A {\n',
      '}\n',
      'let kk = "md5"\n',
      'let m = Motor()\n',
      `func f(q: Motor) { exec(input()); h(kk); q.run(1); m.run(2); let z = 1; ${LONG} }\n`,
      'extension A {\n',
      '// [SR-A-1]\n',
      'import B\n',
    ],
  },
];
