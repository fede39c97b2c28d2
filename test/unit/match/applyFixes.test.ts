import assert from 'node:assert/strict';

import fc from 'fast-check';

import { LineIndex } from '../../../server/src/core/base/lineIndex.ts';
import { applyFixes } from '../../../server/src/core/match/applyFixes.ts';
import type { Finding } from '../../../server/src/core/match/finding.ts';
import { grammar } from '../../support/engine.ts';

/** A finding that replaces the first `old` in the text. */
function fix(text: string, old: string, newText: string, ruleId = 'r'): Finding {
  const start = text.indexOf(old);
  assert.notEqual(start, -1, old);
  return finding(text, start, start + old.length, newText, ruleId);
}

function finding(text: string, start: number, end: number, newText: string, ruleId = 'r'): Finding {
  const range = new LineIndex(text).rangeOf({ start, end });
  return {
    ruleId,
    severity: 'error',
    message: '',
    range,
    bindings: {},
    fix: [{ range, newText }],
    related: [],
  };
}

describe('the fixes of a file', () => {
  it('are applied together, in whatever order they come', () => {
    const text = 'aa bb\ncc dd\n';
    const findings = [fix(text, 'dd', 'D'), fix(text, 'aa', 'AAAA'), fix(text, 'cc', '')];
    const done = applyFixes(text, findings, undefined);
    assert.equal(done.text, 'AAAA bb\n D\n');
    assert.equal(done.applied.length, 3);
    assert.deepEqual(done.leftOut, []);
  });

  it('of two that overlap the first in the text wins, of two that begin together the longer', () => {
    const text = 'f(g(x), y)';
    const outer = fix(text, 'f(g(x), y)', 'F', 'outer');
    const inner = fix(text, 'g(x)', 'G', 'inner');
    const callee = fix(text, 'f', 'h', 'callee');
    const done = applyFixes(text, [callee, inner, outer], undefined);
    assert.equal(done.text, 'F');
    assert.deepEqual(
      done.leftOut.map(({ finding: { ruleId }, reason }) => [ruleId, reason]),
      [
        ['callee', 'overlap'],
        ['inner', 'overlap'],
      ],
    );
  });

  it('that touch do not overlap', () => {
    const text = 'abcd';
    assert.equal(applyFixes(text, [fix(text, 'ab', '1'), fix(text, 'cd', '2')], undefined).text, '12');
  });

  it('that are the same are made once, and both count', () => {
    const text = 'abcd';
    const done = applyFixes(text, [fix(text, 'bc', 'x', 'one'), fix(text, 'bc', 'x', 'two')], undefined);
    assert.deepEqual([done.text, done.applied.length, done.edits.length], ['axd', 2, 1]);
  });

  it('that insert at one place are not mixed', () => {
    const text = 'ab';
    const done = applyFixes(
      text,
      [finding(text, 1, 1, 'x', 'one'), finding(text, 1, 1, 'y', 'two')],
      undefined,
    );
    assert.deepEqual([done.text, done.leftOut.length], ['axb', 1]);
  });

  it('end their lines as the text does', () => {
    const text = 'a\r\nb\r\n';
    assert.equal(applyFixes(text, [fix(text, 'b', 'x\ny')], undefined).text, 'a\r\nx\r\ny\r\n');
    assert.equal(applyFixes('a\nb', [fix('a\nb', 'b', 'x\ny')], undefined).text, 'a\nx\ny');
  });

  it('are all left out when together they break the syntax', async () => {
    const text = 'void f(void) {\n  a(1);\n  b(2);\n}\n';
    const c = await grammar('c');
    const done = applyFixes(text, [fix(text, 'a(1)', 'a(1'), fix(text, 'b(2)', 'c(2)')], c);
    assert.equal(done.text, text);
    assert.deepEqual(done.applied, []);
    assert.deepEqual(
      done.leftOut.map(({ reason }) => reason),
      ['syntax', 'syntax'],
    );
    const broken = 'void f(void) {\n  a(1;\n  b(2);\n}\n';
    assert.equal(
      applyFixes(broken, [fix(broken, 'b(2)', 'c(2)')], c).applied.length,
      1,
      'errors from before do not count',
    );
  });

  it('nobody has, change nothing', () => {
    const none: Finding = { ...finding('a', 0, 1, ''), fix: [] };
    assert.deepEqual(applyFixes('a', [none], undefined), { text: 'a', edits: [], applied: [], leftOut: [] });
  });

  it('do what making them one by one from the end does, and lose none (property)', () => {
    const edit = fc.tuple(fc.nat(30), fc.nat(6), fc.string({ maxLength: 4 }));
    fc.assert(
      fc.property(
        fc.string({ minLength: 30, maxLength: 30, unit: 'grapheme-ascii' }),
        fc.array(edit),
        (text, edits) => {
          const findings = edits.map(([start, length, newText]) =>
            finding(text, start, Math.min(30, start + length), newText),
          );
          const done = applyFixes(text, findings, undefined);
          assert.equal(done.applied.length + done.leftOut.length, findings.length);
          const lines = new LineIndex(text);
          let expected = text;
          for (const { range, newText } of [...done.edits].reverse()) {
            expected =
              expected.slice(0, lines.offsetAt(range.start)) +
              newText +
              expected.slice(lines.offsetAt(range.end));
          }
          assert.equal(done.text, expected);
        },
      ),
    );
  });
});
