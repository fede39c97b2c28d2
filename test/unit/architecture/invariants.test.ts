import assert from 'node:assert/strict';

import fc from 'fast-check';

import { DEFAULT_CONFIG } from '../../../server/src/core/config/projectConfig.ts';
import { evidenceBundle } from '../../../server/src/core/evidence/bundle.ts';
import type { Snapshot } from '../../../server/src/core/facts/snapshot.ts';
import { createWorkspace } from '../../../server/src/core/workspace.ts';
import { loadLanguages, rulesOf } from '../../support/engine.ts';
import { CODE, FILES, RULES, snapshotOf, workspace } from './samples.ts';

/** All that a snapshot says, as data. */
function told(snapshot: Snapshot): unknown {
  const { files, skipped, trace, problems } = snapshot;
  return {
    files: [...files],
    reports: [...files.keys()].map((path) => snapshot.report(path)),
    skipped,
    problems,
    // The index of reviews answers through functions; what it says shows in links and items.
    trace: { ...trace, reviews: undefined, byId: [...trace.byId], linksByPath: [...trace.linksByPath] },
  };
}

/** What is typed into a file, at the beginning of a line, and whether it rests after that. */
const TYPED = fc.array(fc.record({ text: CODE, line: fc.nat(3), settles: fc.boolean() }), {
  minLength: 1,
  maxLength: 4,
});

describe('invariant: a file’s facts depend on nothing but the file', () => {
  it('so the order of the files changes nothing, not even a byte of the evidence', async () => {
    const entries = Object.entries(FILES);
    const expected = await snapshotOf(entries);
    const evidenceOf = (snapshot: Snapshot): unknown =>
      evidenceBundle(snapshot, {
        tool: { name: 'Traceward', version: '0' },
        inputs: [],
        problems: [],
        leftOut: { testFiles: [], exclude: [], disabledRules: [] },
        texts: new Map(entries),
      });
    assert.ok([...expected.files.keys()].some((path) => (expected.report(path)?.findings.length ?? 0) > 0));
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(entries, { minLength: entries.length }), async (shuffled) => {
        const snapshot = await snapshotOf(shuffled);
        assert.deepEqual(told(snapshot), told(expected));
        assert.deepEqual(evidenceOf(snapshot), evidenceOf(expected));
      }),
      { numRuns: 30 },
    );
  });

  it('so a file alone has the facts that it has among others', async () => {
    const all = await snapshotOf(Object.entries(FILES));
    assert.equal(all.files.size, 6);
    for (const [path, facts] of all.files) {
      const alone = await snapshotOf([[path, FILES[path] ?? '']]);
      assert.deepEqual(alone.files.get(path), facts, path);
    }
  });

  it('so typing in one file leaves the facts of the others as they are, and the trace while no tag changes', async () => {
    const ws = await workspace();
    for (const [path, text] of Object.entries(FILES)) ws.applyChange({ kind: 'file', path, text });
    ws.applyChange({ kind: 'open', path: 'src/a.c', text: FILES['src/a.c'] ?? '' });
    const before = ws.snapshot();
    const place = { line: 2, column: 0 };
    ws.applyChange({
      kind: 'edit',
      path: 'src/a.c',
      edits: [{ range: { start: place, end: place }, text: 'int more;\n' }],
    });
    const after = ws.snapshot();
    assert.notEqual(after.files.get('src/a.c'), before.files.get('src/a.c'));
    assert.equal(after.trace, before.trace);
    for (const [path, facts] of before.files) {
      if (path !== 'src/a.c') assert.equal(after.files.get(path), facts, path);
    }
    ws.dispose();
  });

  it('so a file that was typed ends, when it settles, as the file that is read', async () => {
    const ws = await workspace();
    fc.assert(
      fc.property(CODE, TYPED, (text, typed) => {
        ws.applyChange({ kind: 'open', path: 'a.c', text });
        ws.snapshot();
        for (const each of typed) {
          const place = { line: each.line, column: 0 };
          ws.applyChange({
            kind: 'edit',
            path: 'a.c',
            edits: [{ range: { start: place, end: place }, text: each.text }],
          });
          ws.snapshot();
          if (each.settles) ws.applyChange({ kind: 'settle', path: 'a.c' });
        }
        ws.applyChange({ kind: 'settle', path: 'a.c' });
        const settled = ws.snapshot().files.get('a.c');
        const written = ws.textOf('a.c') ?? '';
        ws.applyChange({ kind: 'close', path: 'a.c' });
        ws.applyChange({ kind: 'file', path: 'a.c', text: written });
        // Only a file that is not open has a hash: nothing asks for it while somebody types.
        const { hash, ...read } = ws.snapshot().files.get('a.c') ?? { hash: '' };
        assert.equal(hash?.length, 64);
        assert.deepEqual(settled, read);
      }),
      { numRuns: 200 },
    );
    ws.dispose();
  });
});

describe('invariant: one bad input is named and the rest goes on', () => {
  const EXPLODING = `rules:
  - id: exploding
    languages: [c]
    severity: ERROR
    message: m
    pattern: f(..., $A, ..., $B, ..., $C, ..., $D, ..., $D)
  - id: simple
    languages: [c]
    severity: ERROR
    message: m
    pattern: g($X)
`;
  const HUGE = `void h(void) { g(1); f(${Array.from({ length: 400 }, (_, index) => `a${index}`).join(', ')}); }`;

  it('a rule that takes too long on one file', async () => {
    const ws = await workspace(await rulesOf(EXPLODING));
    ws.applyChange({ kind: 'file', path: 'huge.c', text: HUGE });
    ws.applyChange({ kind: 'file', path: 'small.c', text: 'void h(void) { g(1); f(1, 2, 3, 4, 4); }' });
    const snapshot = ws.snapshot();
    const found = (path: string): unknown => snapshot.report(path)?.findings.map(({ ruleId }) => ruleId);
    assert.deepEqual(found('huge.c'), ['simple']);
    assert.deepEqual(found('small.c'), ['simple', 'exploding']);
    const [problem, ...others] = snapshot.files.get('huge.c')?.problems ?? [];
    assert.deepEqual(others, []);
    assert.equal(problem?.path, 'huge.c');
    assert.match(problem.message, /^Rule exploding was not applied to all of this file: it takes too long/);
  });

  it('a rule whose pattern is no code of the language', async () => {
    const rules = await rulesOf(EXPLODING.replace('f(..., $A, ..., $B, ..., $C, ..., $D, ..., $D)', '"f("'));
    const ws = await workspace(rules);
    ws.applyChange({ kind: 'file', path: 'a.c', text: 'void h(void) { g(1); }' });
    const snapshot = ws.snapshot();
    assert.equal(snapshot.report('a.c')?.findings.length, 1);
    assert.match(snapshot.problems[0]?.message ?? '', /^Rule exploding does not run on C/);
  });

  it('a language whose grammar is not there', async () => {
    const languages = await loadLanguages();
    const withoutC = {
      ...languages,
      grammar: (id: string) => (id === 'c' ? undefined : languages.grammar(id)),
    };
    const ws = createWorkspace({
      languages: withoutC,
      rules: await rulesOf(RULES),
      config: DEFAULT_CONFIG,
    });
    ws.applyChange({ kind: 'file', path: 'a.c', text: 'int x;' });
    ws.applyChange({ kind: 'file', path: 'a.cpp', text: 'void f() { strcpy(a, b); }' });
    const snapshot = ws.snapshot();
    assert.deepEqual(
      snapshot.skipped.map(({ path, reason }) => `${path} ${reason}`),
      ['a.c no-grammar'],
    );
    assert.equal(snapshot.report('a.cpp')?.findings.length, 1);
  });

  it('one item file of several', async () => {
    const snapshot = await snapshotOf(Object.entries(FILES));
    assert.ok(snapshot.problems.some(({ path }) => path === 'security/wrong.yaml'));
    assert.ok(snapshot.trace.byId.has('SR-CRYPTO-001'));
  });
});

describe('invariant: every tree is freed', () => {
  it('when a workspace is disposed of, whatever happened in it', async () => {
    const languages = await loadLanguages();
    const before = languages.liveTrees();
    const step = fc.record({
      kind: fc.constantFrom('open', 'edit', 'settle', 'close', 'file', 'remove', 'rules', 'snapshot'),
      path: fc.constantFrom('a.c', 'b.h', 'c.cpp'),
      text: CODE,
    });
    const rules = await rulesOf(RULES);
    fc.assert(
      fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
        const ws = createWorkspace({ languages, rules, config: DEFAULT_CONFIG });
        const start = { line: 0, column: 0 };
        for (const { kind, path, text } of steps) {
          if (kind === 'snapshot') ws.snapshot();
          else if (kind === 'rules') ws.applyChange({ kind, rules });
          else if (kind === 'edit')
            ws.applyChange({ kind, path, edits: [{ range: { start, end: start }, text }] });
          else if (kind === 'open' || kind === 'file') ws.applyChange({ kind, path, text });
          else ws.applyChange({ kind, path });
        }
        ws.dispose();
        assert.equal(languages.liveTrees(), before);
      }),
      { numRuns: 150 },
    );
  });
});
