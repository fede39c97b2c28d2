import { DEFAULT_CONFIG } from '../../../server/src/core/config/projectConfig.ts';
import type { EvidenceContext } from '../../../server/src/core/evidence/evidence.ts';
import type { SkippedFile } from '../../../server/src/core/facts/fileFacts.ts';
import type { Snapshot } from '../../../server/src/core/facts/snapshot.ts';
import { createWorkspace } from '../../../server/src/core/workspace.ts';
import { loadLanguages, rulesOf } from '../../support/engine.ts';

export const RULES = `rules:
  - id: string-copy
    languages: [c]
    severity: ERROR
    message: "\`$DST\` may overflow"
    metadata:
      cwe: ["CWE-120: Buffer Copy without Checking Size of Input", "CWE-787"]
      cert: [STR31-C]
      stride: [tampering]
      why: |
        Says <script> why.

        - one \`reason\`
      fix-guidance: "Use:\\n\\n\`\`\`c\\nsnprintf(a, b);\\n\`\`\`\\n"
      references: ["https://example.org/a?b=1&c=2"]
    pattern: strcpy($DST, $SRC)
    fix: strlcpy($DST, $SRC, sizeof($DST))
  - id: weak-random
    languages: [c]
    severity: WARNING
    message: rand is predictable
    metadata: { cwe: ["CWE-338"] }
    pattern: rand()
  - id: never-found
    languages: [c]
    severity: INFO
    message: not here
    pattern: never_called()
`;

export const ITEMS = `threats:
  - id: T-001
    title: Somebody <b>else</b> sends commands
    stride: [spoofing]
requirements:
  - id: SR-AUTH-001
    title: Commands are authenticated
    text: The pump shall authenticate commands.
    category: authentication
    mitigates: [T-001]
  - id: SR-LOG-001
    title: "=cmd|' /C calc'!A0"
    text: Log.
    category: logging
    mitigates: [T-001]
    justification: The gateway logs instead.
tests:
  - id: TC-AUTH-001
    title: Wrong code is refused
    verifies: [SR-AUTH-001]
    method: inspection
`;

export const SOURCES: Readonly<Record<string, string>> = {
  'security/items.yaml': ITEMS,
  'src/ble link.c': `/* [SR-AUTH-001] */
void receive(char *name, const char *text) {
  strcpy(name, text);
}

int f(void) {
  return rand(); // traceward-ignore: weak-random -- only for the screen saver
}

int g(void) {
  return rand(); // traceward-ignore: weak-random
}
`,
  'src/broken.c': 'int h(void) { return 1; }\nint x = ) ] ((( \nint k;\n',
  'src/tag.c': '/* [SR-AUTH-999] */\nvoid other(void) {}\n',
};

/** A snapshot of these files, made by the real engine. */
export async function snapshotOf(
  files: Readonly<Record<string, string>> = SOURCES,
  skipped: readonly SkippedFile[] = [],
): Promise<Snapshot> {
  const workspace = createWorkspace({
    languages: await loadLanguages(),
    rules: await rulesOf(RULES),
    config: DEFAULT_CONFIG,
  });
  for (const [path, text] of Object.entries(files)) workspace.applyChange({ kind: 'file', path, text });
  for (const file of skipped) workspace.applyChange({ kind: 'skip', file });
  return workspace.snapshot();
}

export const SKIPPED: readonly SkippedFile[] = [
  { path: 'src/big.c', reason: 'too-large', detail: 'the file has 9 bytes', bytes: 9 },
];

export const CONTEXT: EvidenceContext = {
  tool: { name: 'Traceward', version: '1.2.3' },
  commit: { id: 'c0ffee'.padEnd(40, '0'), time: '2026-01-02T03:04:05+00:00', folder: 'fw/', changed: [] },
  inputs: Object.keys(SOURCES).map((path) => ({
    path,
    role: path.endsWith('.c') ? 'source' : 'items',
    bytes: 7,
    sha256: 'ab'.repeat(32),
  })),
  problems: [{ code: 'encoding', severity: 'information', message: 'Not UTF-8 <here>.', path: 'src/tag.c' }],
  leftOut: { testFiles: ['test/t.c'], exclude: ['third/**'], disabledRules: ['off'] },
  texts: new Map(Object.entries(SOURCES)),
};
