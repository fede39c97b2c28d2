import fc from 'fast-check';

import { DEFAULT_CONFIG } from '../../../server/src/core/config/projectConfig.ts';
import type { Snapshot } from '../../../server/src/core/facts/snapshot.ts';
import type { RuleSet } from '../../../server/src/core/rules/ruleSet.ts';
import { createWorkspace, type Workspace } from '../../../server/src/core/workspace.ts';
import { loadLanguages, rulesOf } from '../../support/engine.ts';

export const RULES = `rules:
  - id: unbounded-copy
    languages: [c, cpp]
    severity: ERROR
    message: copies $S to $D
    pattern: strcpy($D, $S)
    fix: strlcpy($D, $S, sizeof($D))
  - id: use-after-free
    languages: [c, cpp]
    severity: WARNING
    message: $P
    patterns:
      - pattern: free($P); ... <... $P->$F ...>;
      - pattern-not-inside: if ($C) { ... }
      - metavariable-regex: { metavariable: $P, regex: "[a-z]" }
  - id: untraced-crypto
    languages: [c]
    severity: WARNING
    message: "\`$UNIT\`"
    mode: require-tag
    require: { link: implements, to: requirement, category: [cryptography] }
    pattern: aes($X)
  - id: word
    languages: [c]
    severity: INFO
    message: $1
    pattern-regex: (TODO|FIXME)
  - id: loop
    languages: [c]
    severity: INFO
    message: $B
    tree-sitter: (for_statement body: (_) @B) @match
`;

/** A workspace's files: code, headers of both languages, items, and some that are wrong. */
export const FILES: Readonly<Record<string, string>> = {
  'src/a.c': '/* [SR-CRYPTO-001] */\nvoid f(void) { aes(1); strcpy(a, b); }\n',
  'src/b.c': 'void g(void) { free(p); x = p->y; aes(2); } // [SR-GONE-001]\n',
  'src/c.h': 'class A { public: int x; };\nvoid h() { strcpy(a, b); }\n',
  'src/d.cpp': '// traceward-ignore: unbounded-copy -- bounded\nvoid k() { strcpy(a, b); }\n',
  'src/broken.c': 'void l(void) { if (x { } strcpy(a, b); /* TODO */\n',
  'test/t.c': '/* [TC-CRYPTO-001] */\nvoid t(void) { strcpy(a, b); }\n',
  'security/r.yaml':
    'requirements:\n  - {id: SR-CRYPTO-001, title: T, text: T, category: cryptography, derives: [C-X-01]}\n',
  'security/t.yaml': 'tests:\n  - {id: TC-CRYPTO-001, title: T, verifies: [SR-CRYPTO-001]}\n',
  'security/twice.yaml': 'tests:\n  - {id: TC-CRYPTO-001, title: Again, verifies: [SR-NONE-001]}\n',
  'security/wrong.yaml': 'requirements:\n  - {id: lower, title: [}\n',
};

export async function workspace(rules?: RuleSet): Promise<Workspace> {
  return createWorkspace({
    languages: await loadLanguages(),
    rules: rules ?? (await rulesOf(RULES)),
    config: DEFAULT_CONFIG,
  });
}

export async function snapshotOf(entries: readonly (readonly [string, string])[]): Promise<Snapshot> {
  const ws = await workspace();
  for (const [path, text] of entries) ws.applyChange({ kind: 'file', path, text });
  return ws.snapshot();
}

/** Text of any kind, and text made of pieces of the right kind in the wrong order. */
export function textOf(pieces: readonly string[]): fc.Arbitrary<string> {
  const mixed = fc
    .array(fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...pieces) }, fc.string({ maxLength: 4 })), {
      maxLength: 40,
    })
    .map((parts) => parts.join(''));
  const bytes = fc.uint8Array({ maxLength: 200 }).map((each) => String.fromCharCode(...each));
  return fc.oneof(
    { weight: 4, arbitrary: mixed },
    bytes,
    fc.string({ unit: 'binary', maxLength: 100 }),
    fc.string({ unit: 'grapheme', maxLength: 100 }),
  );
}

/** Source code, more or less. */
export const CODE = textOf([
  ...['strcpy(a, b);', 'free(p);', 'p->x', 'aes(1);', 'void f(void) {', '}', '{', '(', ')', ';', '\n', ' '],
  ...['/*', '*/', '//', '"', "'", '\\', '#if X\n', '#endif\n', 'for (;;)', 'if (x)', 'struct s', '\0', '\r'],
  ...[
    '[SR-A-1]',
    '[verifies SR-A-1@2',
    'traceward-ignore: unbounded-copy -- why',
    'nosemgrep',
    'TODO',
    '\ud800',
  ],
]);
