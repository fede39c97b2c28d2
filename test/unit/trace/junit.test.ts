import assert from 'node:assert/strict';
import { describe, it } from 'mocha';

import { junitResults } from '../../../server/src/core/trace/formats/junit.ts';
import { NO_SETTINGS } from '../../../server/src/core/trace/sources.ts';
import { traceGraph } from '../../../server/src/core/trace/tracer.ts';
import type { TraceSettings } from '../../../server/src/core/trace/tracer.ts';
import { itemsOf, tagsOf, verdicts, WHOLE, WHOLE_CODE } from './trace.ts';

const read = (text: string) => junitResults.read('junit.xml', text, NO_SETTINGS);
const suite = (cases: string, attributes = '') =>
  `<testsuites><testsuite name="s" ${attributes}>${cases}</testsuite></testsuites>`;
const COMMIT = '0123456789abcdef0123456789abcdef01234567';

describe('JUnit XML', () => {
  const verdictsOf: readonly (readonly [tool: string, testcase: string, verdict: string])[] = [
    ['gtest, run', '<testcase name="A" classname="S" status="run" time="0"/>', 'passed'],
    ['gtest, not run', '<testcase name="A" classname="S" status="notrun"/>', 'skipped'],
    ['gtest, suppressed', '<testcase name="A" status="run" result="suppressed"/>', 'skipped'],
    [
      'CTest, failed',
      '<testcase name="A" classname="A" status="fail"><failure message=""/></testcase>',
      'failed',
    ],
    ['CTest, disabled', '<testcase name="A" status="disabled"/>', 'skipped'],
    ['pytest, error in a fixture', '<testcase name="A"><error message="no"/></testcase>', 'error'],
    ['pytest, skipped', '<testcase name="A"><skipped type="pytest.skip"/></testcase>', 'skipped'],
    ['twister, blocked', '<testcase name="A" status="blocked"/>', 'skipped'],
    ['mocha, passed', '<testcase name="A" classname="A" time="0.01"></testcase>', 'passed'],
  ];
  for (const [tool, testcase, verdict] of verdictsOf) {
    it(`of ${tool} says ${verdict}`, () => {
      assert.equal(read(suite(testcase)).value.items[0]?.result?.verdict, verdict);
    });
  }

  it('is read with one suite as its root, and suites within suites', () => {
    const { value, problems } = read(
      '<testsuite name="a"><testsuite name="b"><testcase name="t"/></testsuite></testsuite>',
    );
    assert.deepEqual(problems, []);
    assert.deepEqual(
      value.items.map(({ id, attributes }) => [id, attributes['suite']]),
      [['junit.xml:b.t', 'a / b']],
    );
  });

  it('keeps each run of a test', () => {
    const { value } = read(suite('<testcase name="t"/><testcase name="t"><failure/></testcase>'));
    assert.deepEqual(
      value.items.map(({ id }) => id),
      ['junit.xml:s.t', 'junit.xml:s.t#2'],
    );
  });

  it('links by properties, with revisions', () => {
    const { value } = read(
      suite(
        '<testcase name="t"><properties><property name="requirement" value="SR-A-1@2, SR-A-2"/>' +
          '<property name="FullyVerifies" value="REQ[version==3]"/><property name="other" value="SR-A-9"/></properties></testcase>',
      ),
    );
    assert.deepEqual(
      value.items[0]?.links.map(({ to, revision, role }) => [to, revision, role]),
      [
        ['SR-A-1', 2, 'requirement'],
        ['SR-A-2', undefined, 'requirement'],
        ['REQ', 3, 'FullyVerifies'],
      ],
    );
  });

  it('takes the commit of a suite or a test', () => {
    const property = `<properties><property name="commit" value="${COMMIT}"/></properties>`;
    assert.equal(read(suite(`${property}<testcase name="t"/>`)).value.items[0]?.result?.commit, COMMIT);
    assert.equal(
      read(suite(`<testcase name="t">${property}</testcase>`)).value.items[0]?.result?.commit,
      COMMIT,
    );
  });

  it('refuses what is no result, and document types', () => {
    assert.match(
      read('<coverage/>').problems[0]?.message ?? '',
      /This is no JUnit XML: its root is `coverage`/,
    );
    assert.match(read('<!DOCTYPE x><testsuites/>').problems[0]?.message ?? '', /A document type is not read/);
  });
});

describe('results of tests', () => {
  const items = itemsOf({ 'items.yaml': WHOLE });
  const traced = (xml: string, settings: TraceSettings = {}) =>
    verdicts(
      traceGraph([...items, ...(xml === '' ? [] : read(xml).value.items)], tagsOf(WHOLE_CODE), {
        expectsResults: true,
        head: COMMIT,
        ...settings,
      }),
    );
  const of = (line: string) => (each: string) => each.startsWith(line);

  it('that passed close the chain: by the test function that carries the tag', () => {
    assert.deepEqual(traced(suite('<testcase name="wrong_pin" file="test/auth_test.c"/>')), []);
  });

  it('that passed close the chain: by an id in the name, or a property', () => {
    assert.deepEqual(traced(suite('<testcase name="test_TC_AUTH_001_wrong"/>')), []);
    const property = '<properties><property name="verifies" value="TC-AUTH-001"/></properties>';
    assert.deepEqual(traced(suite(`<testcase name="t">${property}</testcase>`)), []);
  });

  const pulled: readonly (readonly [name: string, xml: string, reason: string])[] = [
    ['failed', suite('<testcase name="wrong_pin"><failure/></testcase>'), 'Its test `wrong_pin` failed.'],
    [
      'were not run',
      suite('<testcase name="wrong_pin"><skipped/></testcase>'),
      'Its test `wrong_pin` was not run.',
    ],
    [
      'failed once and passed once',
      suite('<testcase name="wrong_pin[1]"/><testcase name="wrong_pin[2]"><error/></testcase>'),
      'Its test `wrong_pin[2]` ended with an error.',
    ],
    [
      'are of another commit',
      suite(
        `<properties><property name="commit" value="${'f'.repeat(40)}"/></properties><testcase name="wrong_pin"/>`,
      ),
      'The result of its test `wrong_pin` is of commit ffffffffff, not of the present one.',
    ],
    [
      'are of a function in another file',
      suite('<testcase name="wrong_pin" file="test/other.c"/>'),
      'There is no result of its test.',
    ],
    ['are missing', '', 'There is no result of its test.'],
  ];
  for (const [name, xml, reason] of pulled) {
    it(`that ${name} pull down everything above`, () => {
      const lines = traced(xml);
      assert.ok(lines.includes(`TC-AUTH-001 uncovered: ${reason}`), lines.join('\n'));
      assert.ok(lines.some(of('SR-AUTH-001 transitively uncovered')));
      assert.ok(lines.some(of('T-001 transitively uncovered')));
    });
  }

  it('are not asked for where no source of results is configured', () => {
    assert.deepEqual(traced('', { expectsResults: false }), []);
  });
});
