import type { Row } from './row.ts';

const taint = (
  source: unknown,
  sink: unknown,
  more: Record<string, unknown> = {},
): Record<string, unknown> => ({
  mode: 'taint',
  'pattern-sources': [source],
  'pattern-sinks': [sink],
  ...more,
});
const SOURCE = { pattern: 'source(...)' };
const SINK = { pattern: 'sink(...)' };

export const TAINT_ROWS: readonly Row[] = [
  // Taint
  {
    says: 'taint: through a variable and an operator',
    rule: taint(SOURCE, SINK),
    code: 'var a = source()\nvar b = a + 1\nsink(b) // !\nsink(1)',
  },
  {
    says: 'taint: not before, and not once overwritten',
    rule: taint(SOURCE, SINK),
    code: 'fn f(a) {\n  sink(a)\n  a = source()\n  sink(a) // !\n  a = 1\n  sink(a)\n  return 1\n}',
  },
  {
    says: 'taint: an unknown function passes it on',
    rule: taint(SOURCE, SINK),
    code: 'var a = g(source())\nsink(a) // !',
  },
  {
    says: 'taint: unless functions are assumed to be safe',
    rule: taint(SOURCE, SINK, { options: { taint_assume_safe_functions: true } }),
    code: 'var a = g(source())\nsink(a)\nsink(source()) // !',
  },
  {
    says: 'taint: a sanitizer',
    rule: taint(SOURCE, SINK, { 'pattern-sanitizers': [{ pattern: 'clean(...)' }] }),
    code: 'var a = source()\nvar b = clean(a)\nsink(b)\nsink(a) // !',
  },
  {
    says: 'taint: a sanitizer by side effect',
    rule: taint(SOURCE, SINK, {
      'pattern-sanitizers': [
        { patterns: [{ pattern: 'check($X)' }, { 'focus-metavariable': '$X' }], 'by-side-effect': true },
      ],
    }),
    code: 'var a = source()\nsink(a) // !\ncheck(a)\nsink(a)',
  },
  {
    says: 'taint: a source by side effect',
    rule: taint(
      { patterns: [{ pattern: 'fill($X)' }, { 'focus-metavariable': '$X' }], 'by-side-effect': true },
      SINK,
    ),
    code: 'var a = 1\nsink(a)\nfill(a)\nsink(a) // !',
  },
  {
    says: 'taint: a propagator',
    rule: taint(SOURCE, SINK, {
      'pattern-propagators': [{ pattern: 'copy($TO, $FROM)', from: '$FROM', to: '$TO' }],
    }),
    code: 'var a = source()\nvar b = 1\nsink(b)\ncopy(b, a)\nsink(b) // !',
  },
  {
    says: 'taint: where paths meet',
    rule: taint(SOURCE, SINK),
    code: 'fn f(a) {\n  if a == 1 {\n    a = source()\n  } else {\n    a = 2\n  }\n  sink(a) // !\n  return 1\n}',
  },
  {
    says: 'taint: round a loop',
    rule: taint(SOURCE, SINK),
    code: 'fn f(a, b) {\n  while a == 1 {\n    sink(b) // !\n    b = source()\n  }\n  return 1\n}',
  },
  {
    says: 'taint: fields',
    rule: taint(SOURCE, SINK),
    code: 'fn f(o) {\n  o.a = source()\n  sink(o.b)\n  sink(o.a) // !\n  return 1\n}',
  },
  {
    says: 'taint: elements',
    rule: taint(SOURCE, SINK),
    code: 'fn f(o, p) {\n  o[0] = source()\n  sink(o[1]) // !\n  sink(p[0])\n  return 1\n}',
  },
  {
    says: 'taint: a parameter as source',
    rule: taint(
      { patterns: [{ pattern: 'fn f(..., $P, ...) {\n  ...\n}' }, { 'focus-metavariable': '$P' }] },
      SINK,
    ),
    code: 'fn f(a) {\n  sink(a) // !\n  return 1\n}\nfn g(a) {\n  sink(a)\n  return 1\n}',
  },
  {
    says: 'taint: what a function returns',
    rule: taint(SOURCE, SINK),
    code: 'fn get(a) {\n  return source()\n}\nfn g(a) {\n  sink(get(1)) // !\n  sink(a)\n  return 1\n}',
  },
  {
    says: 'taint: an argument that a function passes on',
    rule: taint(SOURCE, SINK, { options: { taint_assume_safe_functions: true } }),
    code: 'fn same(a) {\n  return a\n}\nfn none(a) {\n  return 1\n}\nfn g(a) {\n  sink(same(source())) // !\n  sink(none(source()))\n  return 1\n}',
    without: {},
  },
  {
    says: 'taint: a sink in a function that is called',
    rule: taint(SOURCE, SINK),
    code: 'fn give(a) {\n  sink(a) // !\n  return 1\n}\nfn g(a) {\n  give(source())\n  return 1\n}',
  },
  {
    says: 'taint: labels',
    rule: {
      mode: 'taint',
      'pattern-sources': [
        { pattern: 'net()', label: 'NET' },
        { pattern: 'big()', label: 'BIG' },
      ],
      'pattern-sinks': [{ pattern: 'sink(...)', requires: 'NET and not BIG' }],
    },
    code: 'sink(net()) // !\nsink(big())\nsink(net() + big())',
  },
  {
    says: 'taint: an exact sink',
    rule: taint(SOURCE, { patterns: [{ pattern: 'sink($X, ...)' }, { 'focus-metavariable': '$X' }] }),
    code: 'var a = source()\nsink(a, 1) // !\nsink(1, a)',
  },
];
