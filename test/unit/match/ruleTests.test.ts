import assert from 'node:assert/strict';

import { runRuleTests } from '../../../server/src/core/match/ruleTests.ts';
import { loadLanguages } from '../../support/engine.ts';

const RULE = (id: string, pattern: string, rest = ''): string =>
  `  - {id: ${id}, languages: [c], severity: ERROR, message: m, pattern: '${pattern}'${rest}}\n`;
const ONE = `rules:\n${RULE('copy', 'strcpy($A, $B)', ", fix: 'copy($A, $B)'")}`;
const TWO = `${ONE}${RULE('rand', 'rand()')}`;

/** `pass rule file` or `FAIL rule file: line message; ...` of each test. */
async function outcome(files: Readonly<Record<string, string>>): Promise<string[]> {
  const all = Object.entries(files).map(([path, text]) => ({ path, text }));
  const { results } = runRuleTests(
    {
      rules: all.filter(({ path }) => path.endsWith('.yaml')),
      tests: all.filter(({ path }) => !path.endsWith('.yaml')),
    },
    await loadLanguages(),
  );
  return results.map(
    ({ passed, ruleId, testFile, failures, known }) =>
      `${passed ? 'pass' : 'FAIL'} ${ruleId} ${testFile}${failures.map((each) => `; ${each.line} ${each.message}`).join('')}${known > 0 ? ` (${known} known)` : ''}`,
  );
}

/** A function of these lines. */
const code = (...lines: readonly string[]): string => ['void f(void) {', ...lines, '}', ''].join('\n');

describe('tests of rules', () => {
  it('pass when every line is as annotated', async () => {
    const test = code('// ruleid: copy', 'strcpy(a, b);', '// ok: copy', 'g(a, b);');
    assert.deepEqual(await outcome({ 'r/x.yaml': ONE, 'r/x.c': test }), ['pass copy r/x.c']);
  });

  it('fail for a line that is missed, one that is wrong and one without annotation', async () => {
    const test = code('// ruleid: copy', 'g(a, b);', '// ok: copy', 'strcpy(a, b);', 'strcpy(c, d);');
    assert.deepEqual(await outcome({ 'x.yaml': ONE, 'x.c': test }), [
      'FAIL copy x.c; 3 copy should report this line and does not.; 5 copy reports this line, which is marked as right.; 6 copy reports this line, which has no annotation.',
    ]);
  });

  it('know what is missed and wrong, and tell when it no longer is', async () => {
    const still = code('// todoruleid: copy', 'g(a, b);', '// todook: copy', 'strcpy(a, b);');
    assert.deepEqual(await outcome({ 'x.yaml': ONE, 'x.c': still }), ['pass copy x.c (2 known)']);
    const changed = code('// todook: copy', 'g(a, b);', '// todoruleid: copy', 'strcpy(a, b);');
    assert.deepEqual(await outcome({ 'x.yaml': ONE, 'x.c': changed }), [
      'FAIL copy x.c; 3 copy no longer reports this line: change todook to ok.; 5 copy now reports this line: change todoruleid to ruleid.',
    ]);
  });

  it('take an annotation for another engine as it comes', async () => {
    const test = code('// proruleid: copy', 'g(a, b);', '// deepok: copy', 'strcpy(a, b);');
    assert.deepEqual(await outcome({ 'x.yaml': ONE, 'x.c': test }), ['pass copy x.c']);
  });

  it('test every rule of a file by itself', async () => {
    const test = code(
      '// ruleid: copy, rand',
      'strcpy(a, rand());',
      '// ruleid: lang.c.rand',
      '// ok: copy',
      'rand();',
    );
    assert.deepEqual(await outcome({ 'x.yaml': TWO, 'x.c': test }), ['pass copy x.c', 'pass rand x.c']);
  });

  it('find their files beside the rule: x.c, x.test.c, but no YAML and nothing of x.y.yaml', async () => {
    const test = code('// ruleid: copy', 'strcpy(a, b);');
    const found = await outcome({
      'r/x.yaml': ONE,
      'r/x.y.yaml': ONE.replace('copy', 'other'),
      'r/x.c': test,
      'r/x.test.c': test,
      'r/x.y.c': test.replace('copy', 'other'),
      'r/xx.c': test,
      'r/x.d/x.c': test,
      'x.c': test,
    });
    assert.deepEqual(found, ['pass other r/x.y.c', 'pass copy r/x.c', 'pass copy r/x.test.c']);
  });

  it('look at YAML that is code for a rule', async () => {
    const rule = `rules:
  - id: open
    languages: [generic]
    severity: ERROR
    message: x
    pattern: 'open: true'
`;
    const test = '# ruleid: open\nopen: true\n# ok: open\nopen: false\n';
    const found = await outcome({ 'x.yaml': rule, 'x.test.yml': test });
    assert.deepEqual(found, ['pass open x.test.yml']);
  });

  it('run a rule only on languages that it lists', async () => {
    assert.deepEqual(
      await outcome({ 'x.yaml': ONE, 'x.cpp': code('strcpy(a, b);'), 'x.txt': 'strcpy(a, b);' }),
      [],
    );
  });

  it('fail by name and line for a rule that is refused, does not load, is not for the language or does not exist', async () => {
    const files = {
      'x.yaml': `${ONE}${RULE('broken', 'f((((')}${RULE('shell', 'f()').replace('[c]', '[python]')}${RULE('half', 'f()').replace('pattern', 'patern')}`,
      'x.c': code(
        '// ruleid: copy',
        'strcpy(a, b);',
        '// ruleid: broken, a.shell, half, cpoy',
        '// ok: shell',
        'f();',
      ),
    };
    assert.deepEqual(await outcome(files), [
      'FAIL broken x.c; 1 Rule broken does not run on C: `f((((` is no C expression, statement or declaration.; 6 broken should report this line and does not: it was refused.',
      'pass copy x.c',
      'FAIL shell x.c; 6 shell should report this line and does not: it does not run on files like this one.',
      'FAIL half x.c; 6 half should report this line and does not: no rule of x.yaml that loads is called so.',
      'FAIL cpoy x.c; 6 cpoy should report this line and does not: no rule of x.yaml that loads is called so.',
    ]);
  });

  it('tell names that may be those of rules of other files, and do not fail for them', async () => {
    const test = code('// ruleid: copy, another, beside', 'strcpy(a, b);', '// ok: a.third', 'g();');
    assert.deepEqual(await outcome({ 'x.yaml': ONE, 'x.c': test }), ['pass copy x.c']);
    const { problems } = runRuleTests(
      {
        rules: [
          { path: 'x.yaml', text: ONE },
          { path: 'y.yaml', text: `rules:\n${RULE('beside', 'g()')}` },
        ],
        tests: [{ path: 'x.c', text: test }],
      },
      await loadLanguages(),
    );
    assert.deepEqual(
      problems.map(({ severity, message, range }) => `${severity} ${range?.start.line ?? '?'} ${message}`),
      ['warning 2 No rule of x.yaml or another file is called another: its `ruleid` lines test nothing.'],
    );
  });

  it('look at annotations in code that does not parse', async () => {
    const test = code('// ruleid: copy', 'strcpy(a, b);', '@@ // nothing', '// ok: copy', 'g(;');
    assert.deepEqual(await outcome({ 'x.yaml': ONE, 'x.c': test }), ['pass copy x.c']);
  });

  describe('with a .fixed file', () => {
    const test = code('// ruleid: copy', 'strcpy(a, b);', '// ok: copy', 'g(a, b);');

    it('pass when the fixes make that text, however its lines end', async () => {
      const fixed = test.replace('strcpy', 'copy');
      assert.deepEqual(await outcome({ 'x.yaml': ONE, 'x.c': test, 'x.fixed.c': fixed }), [
        'pass copy x.c',
        'pass copy x.fixed.c',
      ]);
      assert.deepEqual(
        (await outcome({ 'x.yaml': ONE, 'x.c': test, 'x.fixed.c': fixed.replaceAll('\n', '\r\n') }))[1],
        'pass copy x.fixed.c',
      );
    });

    it('fail with the first line that differs', async () => {
      const [, fixes] = await outcome({
        'x.yaml': ONE,
        'x.c': test,
        'x.fixed.c': test.replace('strcpy', 'kopy'),
      });
      assert.equal(
        fixes,
        'FAIL copy x.fixed.c; 3 The fixes make this line `copy(a, b);`; this file says `kopy(a, b);`.',
      );
      const [, longer] = await outcome({
        'x.yaml': ONE,
        'x.c': test,
        'x.fixed.c': `${test.replace('strcpy', 'copy')}more`,
      });
      assert.match(longer ?? '', /; 7 The fixes make this line ``; this file says `more`\./);
      const [, shorter] = await outcome({
        'x.yaml': ONE,
        'x.c': test,
        'x.fixed.c': 'void f(void) {\n// ruleid: copy',
      });
      assert.match(
        shorter ?? '',
        /; 3 The fixes make this line `copy\(a, b\);`; this file says the end of the file\./,
      );
    });

    it('fail when no rule repairs anything', async () => {
      const bare = `rules:\n${RULE('copy', 'strcpy($A, $B)')}`;
      const [, fixes] = await outcome({
        'x.yaml': bare,
        'x.c': test,
        'x.fixed.c': test.replace('strcpy', 'copy'),
      });
      assert.match(fixes ?? '', /^FAIL no fix x\.fixed\.c; 3 /);
    });

    it('may stand beside x.test.c as well', async () => {
      const fixed = test.replace('strcpy', 'copy');
      for (const name of ['x.test.fixed.c', 'x.fixed.test.c', 'x.fixed.c']) {
        assert.deepEqual(
          await outcome({ 'x.yaml': ONE, 'x.test.c': test, [name]: fixed }),
          name < 'x.test.c'
            ? [`pass copy ${name}`, 'pass copy x.test.c']
            : ['pass copy x.test.c', `pass copy ${name}`].sort(),
          name,
        );
      }
    });

    it('says what was left out because two fixes overlap', async () => {
      const nested = code('// ruleid: copy', 'strcpy(a, strcpy(b, c));');
      const [, fixes] = await outcome({ 'x.yaml': ONE, 'x.c': nested, 'x.fixed.c': nested });
      assert.match(fixes ?? '', /left out: it overlaps another one\./);
    });
  });
});
