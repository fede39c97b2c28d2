import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

import { compilePattern } from '../../../server/src/core/match/compilePattern.ts';
import { compileRule } from '../../../server/src/core/match/compileRule.ts';
import { namesAmong, wordsOfPattern } from '../../../server/src/core/match/plainWords.ts';
import { requirementsOf } from '../../../server/src/core/match/requirement.ts';
import { indexRules } from '../../../server/src/core/match/ruleIndex.ts';
import { runRules } from '../../../server/src/core/match/runRules.ts';
import { freeTree, parseText } from '../../../server/src/core/syntax/syntaxTree.ts';
import { filesBelow, ROOT } from '../architecture/imports.ts';
import { grammar, loadLanguages, matches, rulesOf, ruleWith } from '../../support/engine.ts';

/** What a text must have for a formula: the words of each entry with `|` between them. */
async function required(formula: string, language = 'c'): Promise<string[]> {
  const { rules } = await rulesOf(ruleWith(formula, language));
  const [requirement] = requirementsOf(rules, await grammar(language));
  return (requirement ?? []).map((either) =>
    either
      .map((each) => ('word' in each ? each.word : `${each.ignoreCase ? '(?i)' : ''}*${each.text}*`))
      .join('|'),
  );
}

describe('what a text must have for a rule, told without compiling it', () => {
  const cases: readonly (readonly [formula: string, language: string, required: readonly string[]])[] = [
    ['pattern: strcpy($A, $B)', 'c', ['strcpy']],
    ['pattern: wifi->connect($SSID)', 'c', ['connect', 'wifi']],
    ['pattern: return $X;', 'c', []],
    ['pattern: (size_t $X) == other', 'c', ['other']],
    ['pattern: uint32_t $X = (int)read_it();', 'c', ['int', 'read_it', 'uint32_t']],
    ['pattern: f("strcpy", $X)', 'c', []],
    ['pattern: log_it("strcpy", $X) // memcpy', 'c', ['log_it']],
    ['pattern: if (<... check_it($X) ...>) { ... }', 'c', ['check_it']],
    ['pattern-either: [{pattern: "gets($X)"}, {pattern: "io->getpass($X)"}]', 'c', ['gets|getpass']],
    ['pattern-either: [{pattern: "gets($X)"}, {pattern: $X + 1}]', 'c', []],
    [
      'patterns: [{pattern: "free($X)"}, {pattern-inside: "$T cleanup(...) { ... }"}]',
      'c',
      ['cleanup', 'free'],
    ],
    [
      'patterns: [{pattern: "free($X)"}, {pattern-not: "free(NULL)"}, {pattern-not-inside: "guard(...)"}]',
      'c',
      ['free'],
    ],
    ['pattern-regex: "strcpy\\\\s*\\\\("', 'c', ['*strcpy*']],
    // What has few forms is written out.
    [
      'pattern-regex: "(?i)(get|put)_?pass"',
      'c',
      ['(?i)*getpass*|(?i)*get_pass*|(?i)*putpass*|(?i)*put_pass*'],
    ],
    ['pattern-regex: "sete?[ug]id|chroot"', 'c', ['*setgid*|*setuid*|*setegid*|*seteuid*|*chroot*']],
    ['pattern-regex: "(get|put)[0-9a-f]*(?:pass)?x"', 'c', ['*get*|*put*']],
    [
      "patterns: [{pattern: $LOG($X)}, {metavariable-regex: {metavariable: $LOG, regex: '\\\\w*(log|trace)f?'}}]",
      'c',
      ['*log*|*trace*'],
    ],
    [
      'patterns: [{pattern: $LOG($X)}, {metavariable-regex: {metavariable: $LOG, regex: log, constant-propagation: true}}]',
      'c',
      [],
    ],
    [
      'pattern-either: [{pattern: gets($X)}, {patterns: [{pattern: $LOG($X)}, {metavariable-regex: {metavariable: $LOG, regex: (log|trace)}}]}]',
      'c',
      ['gets|*log*|*trace*'],
    ],
    [
      'mode: taint\npattern-sources: [{pattern: "read(...)"}, {pattern: "recv(...)"}]\npattern-sinks: [{pattern: "system(...)"}]',
      'c',
      ['system', 'read|recv'],
    ],
    ['pattern: os.system($X)', 'python', ['system']],
    ['pattern: var $X = use(self.name)', 'javascript', ['self', 'name', 'use']],
    ['pattern: "`hello ${name}`"', 'javascript', []],
  ];
  for (const [formula, language, expected] of cases) {
    it(formula.split('\n')[0] ?? '', async () => {
      assert.deepEqual((await required(formula, language)).sort(), [...expected].sort());
    });
  }

  it('is never more than what the compiled pattern asks for', async () => {
    const builtIn = filesBelow('rules/c', ['.yaml']).map((path) => readFileSync(ROOT + path, 'utf8'));
    let compared = 0;
    for (const { id } of (await loadLanguages()).definitions) {
      const target = await grammar(id);
      const tables = filesBelow('test/unit/patterns', [`/${id}.test.ts`]);
      const texts = [
        ...tables.map((path) => readFileSync(ROOT + path, 'utf8')),
        ...(id === 'c' || id === 'cpp' ? builtIn : []),
      ];
      for (const pattern of texts.flatMap(patternsIn)) {
        const outcome = compilePattern(pattern, target);
        if ('error' in outcome) continue;
        const words = namesAmong(wordsOfPattern(pattern, target), target);
        const more = [...words].filter((word) => !outcome.pattern.words.includes(word));
        assert.deepEqual(more, [], `${id}: ${pattern}`);
        compared++;
      }
    }
    assert.ok(compared > 200, String(compared));
  });
});

/** Patterns of tables in tests, and those on one line of rule files. */
function patternsIn(text: string): string[] {
  const quoted = [...text.matchAll(/^\s*\[\s*(?:'([^'\\]+)'|"([^"\\]+)")/gm)].map(([, a, b]) => a ?? b ?? '');
  return [
    ...quoted,
    ...[...text.matchAll(/pattern: ([^"'|>{[\s].*)$/gm)].map(([, pattern]) => pattern ?? ''),
  ];
}

describe('a text that a condition asks for', () => {
  const conditions: Readonly<Record<string, string>> = {
    'bound by a pattern of text': '{metavariable: $X, language: generic, pattern: http $Y}',
    'bound by a group': "{metavariable: $X, language: regex, pattern-regex: 'http (?P<Y>\\w+)'}",
    'bound by a pattern in it': '{metavariable: $X, language: generic, patterns: [{pattern: http $Y}]}',
  };
  const sources: readonly (readonly [language: string, source: string])[] = [
    ['c', 'void g(void) { f("http sec" "ret"); }'],
    ['python', 'f("http sec" "ret")\n'],
    ['javascript', 'f("http sec" + "ret");'],
    ['java', 'class A { void g() { f("http sec" + "ret"); } }'],
    ['go', 'package a\nfunc g() { f("http sec" + "ret") }\n'],
  ];
  for (const [name, condition] of Object.entries(conditions)) {
    for (const [language, source] of sources) {
      it(`may stand in no piece of a string that is joined, ${name}: ${language}`, async () => {
        const formula = `patterns: [{pattern: f($X)}, {metavariable-pattern: ${condition}}, {metavariable-regex: {metavariable: $Y, regex: secret}}]`;
        assert.equal(await foundByIndex(formula, source, language), 1);
      });
    }
  }
  it('is looked for where the condition is of another metavariable', async () => {
    const formula =
      'patterns: [{pattern: $F($X)}, {metavariable-pattern: {metavariable: $X, language: generic, pattern: http $Y}}, {metavariable-regex: {metavariable: $F, regex: secret}}]';
    assert.deepEqual(await required(formula), ['*secret*']);
  });
});

/** How often a rule is found where the words of the text decide whether it is looked for. */
async function foundByIndex(formula: string, source: string, language: string): Promise<number> {
  const languages = await loadLanguages();
  const target = await grammar(language);
  const { rules } = await rulesOf(ruleWith(formula, language));
  const index = indexRules(rules, target, (rule) => compileRule(rule, target, (id) => languages.grammar(id)));
  const syntax = parseText(target, source);
  try {
    return runRules(`file.${language}`, syntax, index, () => 'error').findings.length;
  } finally {
    freeTree(syntax);
  }
}

describe('a word that a function does not name', () => {
  it('may stand for what an import at the top of the file calls otherwise', async () => {
    const code = 'import os as o\ndef f(y):\n    o.system(y)\n';
    assert.deepEqual(await matches('pattern: os.system($X)', code, 'python'), ['o.system(y)']);
  });
  it('may be the value of a variable of the file', async () => {
    const formula = 'pattern: foo($X).bar()\noptions: {symbolic_propagation: true}';
    const code = 'a = foo(1)\ndef f():\n    a.bar()\n';
    assert.deepEqual(await matches(formula, code, 'python'), ['a.bar()']);
  });
});
