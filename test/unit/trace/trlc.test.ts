import assert from 'node:assert/strict';

import { describe, it } from 'mocha';

import { trlc } from '../../../server/src/core/trace/formats/trlc.ts';
import { brief, problemLines, readFiles, sameWithOtherLineEnds, survives } from './reading.ts';

const SAMPLE = `// a comment
package pump
import base

section "Access" {
  section "PIN" {
    Requirement lock {
      description = '''Lock after
        three wrong PINs.'''
      status = Status.Draft
      version = 0x2
      derived_from = [base.Access, top @ 3]
      limits = 1_000 .. 
    }
  }
}
`.replace(
  '      limits = 1_000 .. \n',
  '      limit = 1_000\n      range = 1 to 5\n      rate = -2.5\n      safe = true\n      pair = (1, "a")\n',
);
const TOP = `/* over
lines */ package pump
base.Requirement top {
  description = "Say \\"no\\"."
  version = 3
  owner = people.Anna
  just_up = ["It is the top."]
}
Test_Case t1 { verifies = lock @ 1 }
`;

describe('TRLC', () => {
  const read = (files: Readonly<Record<string, string>>, settings = {}) => {
    const { items, problems, graph } = readFiles(trlc, files, settings);
    return {
      items,
      graph,
      problems: problemLines(problems),
      shown: items.map((item) => `${item.kind} ${brief(item)}`),
    };
  };

  it('has objects with their package, references and versions', () => {
    const { shown, items, graph, problems } = read({ 'a.trlc': SAMPLE, 'b.trlc': TOP });
    assert.deepEqual(shown, [
      'requirement pump.lock "lock" derives/derived_from base.Access derives/derived_from pump.top',
      'requirement pump.top "top"',
      'test pump.t1 "t1" verifies/verifies pump.lock',
    ]);
    assert.deepEqual(problems, []);
    assert.deepEqual(
      items.map(({ revision, approval, location }) => [revision, approval, location.range.start.line + 1]),
      [
        [2, 'draft', 7],
        [3, 'approved', 3],
        [1, 'approved', 9],
      ],
    );
    assert.equal(items[0]?.text, 'Lock after\nthree wrong PINs.');
    assert.deepEqual(items[0].attributes, {
      section: 'Access / PIN',
      limit: 1000,
      range: '1 to 5',
      rate: -2.5,
      safe: true,
      pair: [1, 'a'],
    });
    assert.equal(items[1]?.text, 'Say "no".');
    assert.equal(items[1].justification, 'It is the top.');
    assert.deepEqual(items[1].attributes, { owner: 'people.Anna' }, 'a name in another field is no link');
    assert.deepEqual(
      graph.links.map(({ to, status }) => `${to} ${status}`),
      ['base.Access orphaned', 'pump.top covered', 'pump.lock outdated'],
    );
  });

  it('as settings say', () => {
    const settings = {
      roles: { owner: 'relates' as const },
      kinds: { Requirement: 'design' as const },
      fields: { title: 'description' },
    };
    assert.deepEqual(
      read({ 'b.trlc': TOP }, settings).shown[0],
      'design pump.top "Say "no"." relates/owner people.Anna',
    );
  });

  const broken: readonly (readonly [name: string, text: string, items: number, ...problems: string[]])[] = [
    ['nothing', '', 0, 'a.trlc:1 error trlc'],
    ['no package', 'Requirement a { }', 0, 'a.trlc:1 error trlc'],
    [
      'an object that does not end',
      'package p\nRequirement a { }\nRequirement b {\n x = 1',
      1,
      'a.trlc:4 error trlc',
    ],
    ['a sign of no meaning', 'package p\nRequirement a { }\n?', 1, 'a.trlc:3 error trlc'],
    ['a text without end', 'package p\nRequirement a { x = "y\n}', 0, 'a.trlc:2 error trlc'],
    ['deep nesting', `package p\nRequirement a { x = ${'['.repeat(5000)} }`, 0, 'a.trlc:2 error trlc'],
    ['a type that is not known', 'package p\nGizmo a { }', 1, 'a.trlc:2 information trace-word'],
  ];
  for (const [name, text, count, ...problems] of broken) {
    it(`reports ${name}`, () => {
      const found = read({ 'a.trlc': text });
      assert.deepEqual([found.items.length, ...found.problems], [count, ...problems]);
    });
  }

  it('survives any text and other line ends', function () {
    this.timeout(20_000);
    survives(trlc, 'a.trlc', [SAMPLE, TOP]);
    sameWithOtherLineEnds(trlc, 'a.trlc', SAMPLE);
  });
});
