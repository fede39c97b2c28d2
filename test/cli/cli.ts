import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import type { CliIo, Sink } from '../../server/src/cli/io.ts';
import { run } from '../../server/src/cli/run.ts';
import type { Host } from '../../server/src/host/host.ts';
import { nodeHost } from '../../server/src/host/nodeHost.ts';

/** What a user sees of one run. */
export interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly colour?: boolean;
  readonly columns?: number;
  readonly host?: Host;
  readonly signal?: AbortSignal;
}

let folder: string | undefined;

/** Makes the temporary workspace of a test, with these files; call it again to add some. Its path. */
export function workspace(files: Readonly<Record<string, string | Uint8Array>> = {}): string {
  folder ??= mkdtempSync(join(tmpdir(), 'traceward-cli-'));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

/** Removes the workspace; for `afterEach`. */
export function removeWorkspace(): void {
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  folder = undefined;
}

/** Runs the command line in this process, in the workspace. */
export async function traceward(args: readonly string[], options: RunOptions = {}): Promise<Outcome> {
  const out = sink(options);
  const err = sink(options);
  const io: CliIo = {
    host: options.host ?? nodeHost(),
    cwd: options.cwd ?? workspace(),
    out: out.sink,
    err: err.sink,
    signal: options.signal ?? new AbortController().signal,
  };
  const code = await run(args, io);
  return { code, out: out.text(), err: err.text() };
}

function sink({ colour = false, columns = 100 }: RunOptions): { sink: Sink; text: () => string } {
  const parts: string[] = [];
  return {
    sink: {
      write: (text) => {
        parts.push(text);
        return Promise.resolve();
      },
      isTerminal: colour,
      colour,
      columns,
    },
    text: () => parts.join(''),
  };
}

/** Rules for tests: three severities. */
export const RULES = `rules:
  - id: string-copy
    languages: [c, cpp]
    severity: ERROR
    message: "$DST may overflow"
    metadata:
      cwe: ["CWE-120: Buffer Copy without Checking Size of Input"]
      cert: [STR31-C]
      fix-guidance: Use a copy that knows the size.
    pattern: strcpy($DST, $SRC)
  - id: weak-random
    languages: [c, cpp]
    severity: WARNING
    message: rand is predictable
    pattern: rand()
  - id: note-only
    languages: [c, cpp]
    severity: INFO
    message: a note
    pattern: note()
`;

export const ERROR_C = 'void f(char *a, char *b) {\n  strcpy(a, b);\n}\n';
/** An error of a built-in rule. */
export const LINE_INPUT_C = 'void f(char *a) {\n  gets(a);\n}\n';
export const WARNING_C = 'int f(void) {\n  return rand();\n}\n';
export const CLEAN_C = 'int f(void) {\n  return 0;\n}\n';

/** A rule file and these sources; scan it with `--rules rules.yaml`. */
export function project(files: Readonly<Record<string, string | Uint8Array>>): string {
  return workspace({ 'rules.yaml': RULES, ...files });
}

/** Scans with the rules of `project`. */
export function scan(...args: readonly string[]): Promise<Outcome> {
  return traceward(['scan', '--rules', 'rules.yaml', ...args]);
}

/** The `file:line` places and rules of a JSON scan. */
export function foundIn({ out }: Outcome): string[] {
  const { findings } = JSON.parse(out) as ScanJson;
  return findings.map(({ file, line, ruleId }) => `${file}:${line} ${ruleId}`);
}

export interface ScanJson {
  readonly summary: {
    readonly files: number;
    readonly findings: Readonly<Record<'error' | 'warning' | 'info', number>>;
    readonly bytes: number;
    readonly bytesNotParsed: number;
  };
  readonly findings: readonly {
    readonly ruleId: string;
    readonly severity: string;
    readonly file: string;
    readonly line: number;
    readonly column: number;
    readonly endLine: number;
    readonly endColumn: number;
    readonly cwe: readonly string[];
    readonly unit?: string;
  }[];
  readonly suppressed: readonly { readonly ruleId: string; readonly reason: string | null }[];
  readonly brokenLinks: readonly { readonly code: string; readonly file: string; readonly line: number }[];
  readonly files: readonly {
    readonly file: string;
    readonly language: string;
    readonly bytes: number;
    readonly bytesNotParsed: number;
  }[];
  readonly skipped: readonly { readonly file: string; readonly reason: string; readonly bytes?: number }[];
  readonly problems: readonly { readonly code: string; readonly file?: string; readonly line?: number }[];
  readonly rules: readonly { readonly id: string }[];
}

export function scanJson({ out }: Outcome): ScanJson {
  return JSON.parse(out) as ScanJson;
}
