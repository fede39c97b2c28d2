import assert from 'node:assert/strict';

import { complaints, fileWith, load } from './reading.ts';

interface Case { readonly keys: string; readonly languages?: string; readonly said: readonly string[] }

const SUBJECT = 'Rule r does not load: ';

/** Keys of a rule (the first stands in line 6), and all that is said of them: the line, then the sentence without its subject. */
const REFUSED: readonly Case[] = [
{ keys: "patern: f()", said: ["6: `patern` is not a key of a rule: did you mean `pattern`?"] },
{ keys: "join: {}", said: ["6: `join` is not supported by this version: results of rules are not joined."] },
{ keys: "pattern: f()\nvalidators: []", said: ["7: `validators` is not supported by this version: nothing is ever sent over a network."] },
{ keys: "pattern: f()\nwhere: []", said: ["7: `where` belongs under `match`."] },
{ keys: "pattern: f()\nmetavariable-regex: {}", said: ["7: `metavariable-regex` belongs under `patterns`, beside a positive operator."] },
{ keys: "pattern: f()\npattern-not: g()", said: ["7: `pattern-not` belongs under `patterns`, beside a positive operator."] },
{ keys: "pattern: f()\nall: []", said: ["7: `all` belongs under `match`."] },
{ keys: "match: {patern: f()}", said: ["6: `patern` is not a key of a formula: did you mean `pattern`?"] },
{ keys: "match: {not: f()}", said: ["6: `not` cannot stand alone here: put it under `patterns` beside a positive operator."] },
{ keys: "match: {anywhere: f()}", said: ["6: `anywhere` belongs under `not`: a file is searched for it as a whole."] },
{ keys: "match: {pattern: f(), as: $X}", said: ["6: `as` is not supported by this version: write the metavariable into the pattern."] },
{ keys: "pattern-either: [{pattern-not: f()}, {metavariable-regex: {metavariable: $X, regex: a}}]", said: ["6: `pattern-not` cannot stand alone here: put it under `patterns` beside a positive operator.","6: `metavariable-regex` cannot stand alone here: put it under `patterns` beside a positive operator."] },
{ keys: "pattern-either: [{pattern-not-inside: f()}]", said: ["6: `pattern-not-inside` cannot stand alone here: put it under `patterns` beside a positive operator."] },
{ keys: "pattern-either: [{focus-metavariable: $X}]", said: ["6: `focus-metavariable` cannot stand alone here: put it under `patterns` beside a positive operator."] },
{ keys: "patterns: [f()]", said: ["6: entry 1 of `patterns` must be a mapping such as `pattern: ...`."] },
{ keys: "match: {all: [\"pattern:f()\"]}", said: ["6: entry 1 of `all` is the plain text `pattern:...`: put a blank after the colon."] },
{ keys: "patterns: [{pattern-not: f()}]", said: ["6: `patterns` needs at least one positive operator, such as `pattern`."] },
{ keys: "patterns: [{pattern: f()}, {pattern: g(), pattern-not: h()}]", said: ["6: `pattern-not` stands beside `pattern`: put both under `patterns`."] },
{ keys: "patterns: [{pattern: f()}, {pattern-where-python: \"1\"}]", said: ["6: `pattern-where-python` is not supported by this version: no code of a rule is ever run; use `metavariable-comparison`."] },
{ keys: "patterns: [{pattern: f()}, {patterns: [{pattern-not: g()}]}]", said: ["6: `patterns` needs at least one positive operator, such as `pattern`."] },
{ keys: "patterns:\n  - pattern: f($X)\n  - metavariable-regex:\n    metavariable: $X\n    regex: a", said: ["8: `metavariable-regex` is empty: indent the keys below it."] },
{ keys: "patterns: [{pattern: f()}, {metavariable-regex: {metavariable: $X}}]", said: ["6: `regex` is missing: add it."] },
{ keys: "patterns: [{pattern: f()}, {metavariable-regex: {metavariable: X, regex: \"(\", flags: i}}]", said: ["6: `flags` is not a key of `metavariable-regex`.","6: `metavariable` must be a metavariable such as `$X`.","6: `regex` is not a regular expression that can run: a `(` has no `)`."] },
{ keys: "patterns: [{pattern: f()}, {metavariable-regex: {metavariable: $_, regex: a}}]", said: ["6: `metavariable` cannot be `$_`, which is never bound: give it a name."] },
{ keys: "patterns: [{pattern: f()}, {metavariable-pattern: {metavariable: $X}}]", said: ["6: `metavariable-pattern` needs one of `pattern`, `patterns`, `pattern-either`, `pattern-regex`, `pattern-fact`, `pattern-possible-fact` or `tree-sitter`."] },
{ keys: "patterns: [{pattern: f()}, {metavariable-pattern: {metavariable: $X, language: php, pattern: a}}]", said: ["6: `php` is not a language that this version reads."] },
{ keys: "patterns: [{pattern: f()}, {metavariable-pattern: {metavariable: $X, language: regex, pattern: a}}]", said: ["6: `pattern` cannot be a pattern in a rule for `regex`, which has no code: use `pattern-regex`."] },
{ keys: "patterns: [{pattern: f()}, {metavariable-comparison: {metavariable: $X, comparison: \"$X >\"}}]", said: ["6: `$X >` cannot be compared: it ends too early."] },
{ keys: "patterns: [{pattern: f()}, {metavariable-comparison: {comparison: \"$X > 1\", base: 7, strip: 1}}]", said: ["6: `base` must be one of 2, 8, 10, 16.","6: `strip` must be true or false."] },
{ keys: "patterns: [{pattern: f()}, {metavariable-type: {metavariable: $X}}]", said: ["6: `metavariable-type` needs either `type` or `types`."] },
{ keys: "patterns: [{pattern: f()}, {metavariable-analysis: {metavariable: $X, analyzer: entropy_v2}}]", said: ["6: `analyzer` must be one of entropy, redos."] },
{ keys: "patterns: [{pattern: f()}, {metavariable-analysis: {metavariable: $X, analyzer: entropy, options: {}}}]", said: ["6: `options` is not a key of `metavariable-analysis`."] },
{ keys: "patterns: [{pattern: f()}, {metavariable-name: {}}]", said: ["6: `metavariable-name` is not supported by this version: names are not resolved across modules."] },
{ keys: "patterns: [{pattern: f()}, {focus-metavariable: x}]", said: ["6: `focus-metavariable` must be a metavariable such as `$X`."] },
{ keys: "match: {pattern: f(), where: [{metavariable: $X, regex: a, type: int}]}", said: ["6: `regex` cannot stand beside `type`: make it an entry of its own."] },
{ keys: "match: {pattern: f(), where: [{regex: a}]}", said: ["6: `metavariable` is missing: add it."] },
{ keys: "match: {pattern: f(), where: {focus: $X}}", said: ["6: `where` must be a list with at least one condition."] },
{ keys: "match: {pattern: f(), where: [{metavariable: $X}]}", said: ["6: entry 1 of `where` needs one of `pattern`, `patterns`, `pattern-either`, `pattern-regex`, `pattern-fact`, `pattern-possible-fact` or `tree-sitter`."] },
{ keys: "match: {all: [f(), {not: f(), where: [{focus: $X}]}]}", said: ["6: `where` cannot stand beside `not`: put it into a positive formula."] },
{ keys: "match: {pattern: f(), regex: a}", said: ["6: `regex` stands beside `pattern`: put both under `patterns`."] },
{ keys: "pattern: f()\nmatch: f()", said: ["7: `match` stands beside `pattern`: put both under `patterns`."] },
{ keys: "mode: taint\npattern-sources: [{pattern: f()}]", said: ["2: it needs `pattern-sinks`, as every taint rule does."] },
{ keys: "mode: taint\npattern-sources: []\npattern-sinks: [{pattern: f()}]", said: ["7: `pattern-sources` must be a list with at least one entry."] },
{ keys: "mode: taint\npattern-sources: [f()]\npattern-sinks: [{pattern: f(), requires: [{$X: A}]}]", said: ["7: entry 1 of `pattern-sources` must be a mapping such as `pattern: ...`.","8: `requires` is a list, which is not supported by this version: write one expression over labels."] },
{ keys: "mode: taint\npattern-sources: [{pattern: f(), by-side-effect: yes, label: a-b}]\npattern-sinks: [{pattern: f(), requires: A and}]", said: ["7: `by-side-effect` must be one of true, false, only.","7: `label` must be a word of letters, digits and `_`.","8: `requires` must be an expression over labels, such as `A and not B`; this one ends where a label should stand."] },
{ keys: "taint: {sources: [a], sinks: [b], propagators: [c]}", said: ["6: entry 1 of `propagators` must be a mapping such as `pattern: ...` with `from`."] },
{ keys: "taint: {sources: [a], sinks: [b], sanitizer: [c]}", said: ["6: `sanitizer` is not a key of `taint`: did you mean `sanitizers`?"] },
{ keys: "mode: search\ntaint: {sources: [a], sinks: [b]}", said: ["7: `taint` belongs to `mode: taint`."] },
{ keys: "mode: taint\npattern: f()\npattern-sources: [{pattern: f()}]\npattern-sinks: [{pattern: f()}]", said: ["7: `pattern` does not belong to a taint rule: use sources and sinks."] },
{ keys: "taint: {sources: [a], sinks: [b]}\npattern-sinks: [{pattern: f()}]", said: ["7: `pattern-sinks` stands beside `taint`: put it there."] },
{ keys: "pattern-sinks: [{pattern: f()}]", said: ["6: `pattern-sinks` belongs to `mode: taint`."] },
{ keys: "mode: join\njoin: {}", said: ["7: `join` is not supported by this version: results of rules are not joined.","6: `mode` must be one of search, taint, require-tag."] },
{ keys: "mode: tain\npattern: f()", said: ["6: `mode` must be one of search, taint, require-tag: did you mean `taint`?"] },
{ keys: "pattern: f()", languages: "[php]", said: ["3: `php` cannot be read by this version, which has `c`, `cpp`, `python`, `javascript`, `typescript`, `tsx`, `java`, `go`, `generic` and `regex`."] },
{ keys: "pattern: f()", languages: "[pyhton]", said: ["3: `pyhton` is not the name of a language: did you mean `python`?"] },
{ keys: "pattern: f()\noptions: {ac_matchin: true}", said: ["7: `ac_matchin` is not a key of `options`: did you mean `ac_matching`?"] },
{ keys: "pattern: f()\noptions: {ac_matching: \"yes\", generic_ellipsis_max_span: -1, generic_braces: [[a]], generic_engine: x}", said: ["7: `ac_matching` must be true or false.","7: `generic_engine` must be one of spacegrep, aliengrep.","7: `generic_ellipsis_max_span` must be a whole number from 0 to 1000000.","7: entry 1 of `generic_braces` must be a list of at least 2 entries."] },
{ keys: "pattern: f()\nfix: a\nfix-regex: {regex: a, replacement: b}", said: ["8: `fix-regex` stands beside `fix`: a rule has one fix."] },
{ keys: "pattern: f()\nfix-regex: {regex: a}", said: ["7: `replacement` is missing: add it."] },
{ keys: "pattern: f()\nfix-regex: {regex: a, replacement: b, count: 0}", said: ["7: `count` must be a whole number from 1 to 1000000."] },
{ keys: "pattern: f()\nmin-version: newest", said: ["7: `min-version` must be a version such as `1.50.0`."] },
{ keys: "pattern: f()\npaths: {include: a}", said: ["7: `include` must be a list."] },
{ keys: "pattern: f()\npaths: {include: [\" \"]}", said: ["7: entry 1 of `include` must be a text that is not empty.","7: ` ` is not a glob that can be used."] },
{ keys: "pattern: f()\nrequire: {}", said: ["7: `require` belongs to `mode: require-tag`."] },
{ keys: "mode: require-tag\npattern: f()\nrequire: {link: implement, to: test, category: []}", said: ["8: `link` must be one of implements, verifies: did you mean `implements`?"] },
{ keys: "pattern: [f()]", said: ["6: `pattern` must be a text."] },
{ keys: "pattern:", said: ["6: `pattern` must be a text."] },
{ keys: "pattern: f()\n<<: {a: 1}", said: ["2: `a` is not a key of a rule."] },
{ keys: "pattern: f()\nconstructor: 1", said: ["7: `constructor` is not a key of a rule."] },
{ keys: "patterns: [{pattern: f()}, {pattern-inside: {pattern-not: g()}}]", said: ["6: `pattern-not` cannot stand alone here: put it under `patterns` beside a positive operator."] },
{ keys: "patterns: [{pattern: f()}, {pattern-not: {not: g()}}]", said: ["6: `not` cannot stand alone here: put it under `patterns` beside a positive operator."] },
{ keys: "patterns: [{pattern: f()}, {}]", said: ["6: entry 2 of `patterns` needs one of `pattern`, `patterns`, `pattern-either`, `pattern-regex`, `pattern-fact`, `pattern-possible-fact` or `tree-sitter`."] },
{ keys: "patterns: []", said: ["6: `patterns` must be a list with at least one entry."] }
];

/** Rules that load all the same, or that are passed over without being wrong. */
const REMARKS: readonly (Case & { readonly loads: boolean })[] = [
{ keys: "taint: {sources: [a], sinks: [{pattern: b, requires: NET}]}", said: ["2: Rule r asks for the label `NET`, which no source gives."], loads: true },
{ keys: "pattern: f()", languages: "[php, python, ruby]", said: ["3: Rule r does not run on `php` and `ruby`, which this version cannot read."], loads: true },
{ keys: "pattern: f()\nmin-version: 2.0.0\nnonsense: 1", said: ["7: Rule r is passed over: it is written for versions from 2.0.0 of the rule language, and this is 1.150.0."], loads: false },
{ keys: "pattern: f()\nmax-version: 1.10", said: ["7: Rule r is passed over: it is written for versions up to 1.10 of the rule language, and this is 1.150.0."], loads: false },
{ keys: "pattern: f()\nmetadata: {cwe: {a: 1}}", said: ["7: Rule r has metadata `cwe` that is neither a text nor a list of texts: it is not shown."], loads: true }
];


describe('a rule is refused by name, key and line:', () => {
  for (const { keys, languages, said } of REFUSED) {
    it(keys.replace(/\s+/g, ' ').slice(0, 100) + (languages ?? ''), () => {
      assert.deepEqual(load(fileWith(keys, languages)).rules, []);
      const sentences = complaints(keys, languages);
      assert.ok(sentences.every((each) => each.includes(SUBJECT)));
      assert.deepEqual(
        sentences.map((each) => each.replace(SUBJECT, '')),
        said,
      );
    });
  }
});

describe('a rule that is not wrong is spoken of:', () => {
  for (const { keys, languages, said, loads } of REMARKS) {
    it(keys.replace(/\s+/g, ' ').slice(0, 100) + (languages ?? ''), () => {
      assert.equal(load(fileWith(keys, languages)).rules.length, loads ? 1 : 0);
      assert.deepEqual(complaints(keys, languages), said);
      assert.ok(load(fileWith(keys, languages)).problems.every(({ severity }) => severity !== 'error'));
    });
  }
});

describe('a mistake in the YAML of a rule', () => {
  const second = '  - {id: s, languages: [c], severity: INFO, message: m, pattern: f()}\n';

  it('keeps this rule from loading, as a part of it may be lost, and no other', () => {
    const { rules, problems } = load(fileWith('pattern: f()\npattern: g()') + second);
    assert.deepEqual(
      rules.map(({ id }) => id),
      ['s'],
    );
    assert.deepEqual(
      problems.map(({ message }) => message),
      [
        'The key `pattern` stands twice in this mapping: keep one.',
        'Rule r does not load: its YAML has a mistake in line 7.',
      ],
    );
  });

  it('in the rule after it is no matter of this one', () => {
    const { rules } = load(fileWith('pattern: f()') + second.replace('id: s', 'id: s, id: t'));
    assert.deepEqual(
      rules.map(({ id }) => id),
      ['r'],
    );
  });
});
