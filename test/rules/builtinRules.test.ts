import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, extname } from 'node:path';
import { fileURLToPath } from 'node:url';

import { grammar, loadLanguages, run } from '../support/engine.ts';
import { applyFixes } from '../../server/src/core/match/applyFixes.ts';
import { compileRule } from '../../server/src/core/match/compileRule.ts';
import { runRuleTests, type RuleTestResult } from '../../server/src/core/match/ruleTests.ts';
import { loadRules, type RuleFile } from '../../server/src/core/rules/loadRules.ts';
import type { RuleSet } from '../../server/src/core/rules/ruleSet.ts';

const root = new URL('../../', import.meta.url);
const folder = new URL('rules/', root);

const files: readonly RuleFile[] = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => extname(path) !== '')
  .sort()
  .map((path) => ({ path, text: readFileSync(new URL(path, folder), 'utf8') }));
const ruleFiles = files.filter(({ path }) => path.endsWith('.yaml'));
const testFiles = files.filter(({ path }) => !path.endsWith('.yaml'));

/** What each quick fix makes of a line. */
const FIXES: readonly [rule: string, before: string, after: string][] = [
  [
    'unbounded-line-input',
    'char line[8]; gets(line);',
    'char line[8]; fgets(line, sizeof(line), stdin);',
  ],
  [
    'concatenation-bound-is-destination-size',
    'strncat(topic, name, sizeof topic);',
    'strncat(topic, name, sizeof(topic) - strlen(topic) - 1);',
  ],
  ['swapped-memset-arguments', 'memset(&frame, sizeof(frame), 0);', 'memset(&frame, 0, sizeof(frame));'],
  ['nonliteral-format-string', 'printf(text);', 'printf("%s", text);'],
  ['nonliteral-format-string', 'syslog(LOG_INFO, event->text);', 'syslog(LOG_INFO, "%s", event->text);'],
  ['allocation-size-product', 'p = malloc(rows * columns);', 'p = calloc(rows, columns);'],
  [
    'secret-cleared-with-memset',
    'memset(key, 0, sizeof(key));',
    'mbedtls_platform_zeroize(key, sizeof(key));',
  ],
];

function textOf(path: string): string {
  return ruleFiles.find((file) => file.path === path)?.text ?? '';
}

describe('built-in rules', () => {
  let set: RuleSet;
  let results: readonly RuleTestResult[];

  before(async function () {
    this.timeout(60_000);
    const languages = await loadLanguages();
    set = loadRules(ruleFiles, languages);
    const outcome = runRuleTests({ rules: ruleFiles, tests: testFiles }, languages);
    assert.deepEqual([...set.problems, ...outcome.problems], []);
    results = outcome.results;
  });

  for (const { path } of ruleFiles) {
    const id = basename(path, '.yaml');

    describe(id, () => {
      it('reports what its test file says', () => {
        const own = results.filter(({ ruleFile }) => ruleFile === path);
        assert.notEqual(own.length, 0, 'the rule has no test file beside it');
        const failures = own.flatMap(({ testFile, failures: found }) =>
          found.map(({ line, message }) => `${testFile}:${line} ${message}`),
        );
        assert.deepEqual(failures, []);
      });

      it('is tested with bad and good code', () => {
        const text = testFiles
          .filter((file) => file.path.startsWith(path.replace(/yaml$/, '')))
          .map((file) => file.text)
          .join('\n');
        assert.ok(count(text, `ruleid: ${id}`) >= 4, 'fewer than 4 lines that must be reported');
        assert.ok(count(text, `ok: ${id}`) >= 6, 'fewer than 6 lines that must not');
      });

      it('says what, why, how to repair it and what it is known as', () => {
        const rule = set.byId.get(id);
        assert.ok(rule, `${path} holds no rule ${id}`);
        const { metadata, message } = rule;
        assert.ok(message.length < 200, 'the message is too long for a line');
        assert.ok((metadata.why ?? '').length > 100, 'no why');
        assert.match(metadata.fixGuidance ?? '', /```(c|csharp|kotlin|rust|swift)\n/, 'no code to write instead');
        for (const entry of metadata.cwe) assert.match(entry, /^CWE-\d+: [A-Z]/);
        for (const name of metadata.cert) assert.match(name, /^[A-Z]{3}\d\d-C$/);
        for (const letter of metadata.fda) assert.match(letter, /^[A-H]$/);
        for (const clause of metadata.iec81001) assert.match(clause, /^\d(\.\d+)*$/);
        assert.match(metadata.confidence ?? '', /^(HIGH|MEDIUM|LOW)$/);
        assert.notDeepEqual(metadata.references, []);
        assert.equal(metadata.cwe.length > 0, rule.mode !== 'require-tag', 'a weakness has a CWE');
      });

      it('compiles for each of its languages and looks at one function at a time', async () => {
        const rule = set.byId.get(id);
        assert.ok(rule);
        for (const language of rule.languages) {
          const { compiled, problems } = compileRule(rule, await grammar(language));
          assert.deepEqual(problems, []);
          // What a function does to memory shows in those that call it.
          const asksFacts = /\b(pattern-(possible-)?fact|metavariable-facts):/.test(textOf(path));
          const crosses = asksFacts || rule.mode === 'taint';
          assert.ok(compiled?.piecewise === true || crosses, `${id} for ${language} runs on the whole file at each edit`);
        }
      });
    });
  }

  it('have an official name for each CWE, the same everywhere', () => {
    const names = new Map<string, string>();
    for (const entry of set.rules.flatMap((rule) => rule.metadata.cwe)) {
      const [number = ''] = entry.split(':');
      assert.equal(names.get(number) ?? entry, entry);
      names.set(number, entry);
    }
  });

  for (const [id, source, expected] of FIXES) {
    it(`${id} turns ${source} into ${expected}`, async () => {
      const file = ruleFiles.find(({ path }) => basename(path, '.yaml') === id);
      const before = `void f(void)\n{\n    ${source}\n}\n`;
      const { findings } = await run(file?.text ?? '', before);
      assert.equal(applyFixes(before, findings, undefined).text, before.replace(source, expected));
    });
  }

  it('have a fix that is tested here', () => {
    const tested = new Set(FIXES.map(([id]) => id));
    const untested = set.rules.filter(({ id, fix }) => fix !== undefined && !tested.has(id));
    assert.deepEqual(untested, []);
  });

  it('are described in docs/rules.md as they are', () => {
    execFileSync(process.execPath, [fileURLToPath(new URL('scripts/rule-docs.mjs', root)), '--check'], {
      stdio: 'pipe',
    });
  });
});

function count(text: string, part: string): number {
  return text.split('\n').filter((line) => line.trim().replace(/^\/\/ /, '') === part).length;
}
