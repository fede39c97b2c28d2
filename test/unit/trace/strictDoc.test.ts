import assert from 'node:assert/strict';

import fc from 'fast-check';

import { strictDoc } from '../../../server/src/core/trace/formats/strictDoc.ts';
import {
  brief,
  problemLines,
  readComments,
  readFiles,
  sameWithOtherLineEnds,
  survives,
  tagLines,
} from './reading.ts';

const DOCUMENT = `[DOCUMENT]
MID: 1f2e
TITLE: Pump
OPTIONS:
  MARKUP: Text

[GRAMMAR]
ELEMENTS:
- TAG: REQUIREMENT
  FIELDS:
  - TITLE: UID
    TYPE: String
    REQUIRED: True

[[SECTION]]
UID: SEC-1
TITLE: Access

[TEXT]
STATEMENT: Why.

[REQUIREMENT]
UID: SR-AUTH-003
STATUS: Draft
TAGS: pin, lock
TITLE: PIN lock
STATEMENT: >>>
Lock after three
wrong PINs.

UID: not one
<<<
COMMENT: one
COMMENT: two
RELATIONS:
- TYPE: Parent
  VALUE: TH-SPOOF-1
  ROLE: Mitigates
- TYPE: Parent
  VALUE: SYS 1 (a)
- TYPE: Child
  VALUE: TC-1
  ROLE: Verifies
- TYPE: File
  ROLE: Implements
  PATH: src/pin.c
  LINE_RANGE: 2, 4
  FUNCTION: pin_check

[[COMPOSITE_REQUIREMENT]]
UID: SYS 1 (a)
STATEMENT: Whole.

[TEST_CASE]
UID: TC-1
STATEMENT: Try.
RELATIONS:
- TYPE: File
  VALUE: src/pin.c

[[/COMPOSITE_REQUIREMENT]]

[[/SECTION]]

[DOCUMENT_FROM_FILE]
FILE: other.sdoc
`;

describe('StrictDoc documents', () => {
  it('have nodes of all forms with their relations', () => {
    const { items, links, problems, graph } = readFiles(strictDoc, { 'a.sdoc': DOCUMENT });
    assert.deepEqual(problems, []);
    assert.deepEqual(items.map(brief), [
      'SR-AUTH-003 "PIN lock" mitigates/Mitigates TH-SPOOF-1 derives SYS 1 (a)',
      'SYS 1 (a)',
      'TC-1',
      'src/pin.c#pin_check implements/Implements SR-AUTH-003',
      'src/pin.c implements TC-1',
    ]);
    const [requirement] = items;
    assert.equal(requirement?.text, 'Lock after three\nwrong PINs.\n\nUID: not one');
    assert.deepEqual(requirement.attributes, { COMMENT: ['one', 'two'] });
    assert.deepEqual(
      [requirement.approval, requirement.origin.status, requirement.tags],
      ['draft', 'Draft', ['pin', 'lock']],
    );
    assert.deepEqual(requirement.location.range, {
      start: { line: 22, column: 5 },
      end: { line: 22, column: 16 },
    });
    assert.deepEqual(
      links.map(({ from, to, type, role }) => `${from} ${type}/${role ?? ''} ${to}`),
      ['TC-1 verifies/Verifies SR-AUTH-003'],
    );
    assert.deepEqual(items[3]?.unit, { path: 'src/pin.c', name: 'pin_check', kind: 'function' });
    assert.deepEqual(
      graph.links.filter(({ status }) => status !== 'covered').map(({ to, status }) => `${to} ${status}`),
      ['TH-SPOOF-1 orphaned'],
    );
    sameWithOtherLineEnds(strictDoc, 'a.sdoc', DOCUMENT);
  });

  it('in the old form', () => {
    const text =
      '[DOCUMENT]\nTITLE: T\n\n[FREETEXT]\nUID: x\n[REQUIREMENT]\n[/FREETEXT]\n\n[SECTION]\nTITLE: S\n\n[REQUIREMENT]\nUID: R-1\nREFS:\n- TYPE: Parent\n  VALUE: R-0\n\n[/SECTION]\n';
    const { items, problems } = readFiles(strictDoc, { 'a.sdoc': text });
    assert.deepEqual(problems, []);
    assert.deepEqual(items.map(brief), ['R-1 derives R-0']);
  });

  it('name a file once, whichever nodes do', () => {
    const node = (uid: string) =>
      `[DOCUMENT]\nTITLE: T\n\n[REQUIREMENT]\nUID: ${uid}\nRELATIONS:\n- TYPE: File\n  VALUE: a.c\n`;
    const { items, graph } = readFiles(strictDoc, { 'a.sdoc': node('R-1'), 'b.sdoc': node('R-2') });
    assert.deepEqual(items.map(brief), ['R-1', 'R-2', 'a.c implements R-1 implements R-2']);
    assert.ok(graph.items.every(({ status }) => status === 'covered'));
  });

  it('with mistakes', () => {
    const CASES: readonly [text: string, expected: readonly string[]][] = [
      ['[REQUIREMENT]\nSTATEMENT: a', ['a.sdoc:1 information strictdoc-no-uid']],
      ['[REQUIREMENT]\nUID: A-1\nSTATEMENT:', ['a.sdoc:3 warning strictdoc-syntax']],
      ['[REQUIREMENT]\nUID: A-1\nSTATEMENT: >>>\na', ['a.sdoc:3 warning strictdoc-syntax']],
      ['[REQUIREMENT]\nUID: A-1\nlost', ['a.sdoc:3 warning strictdoc-syntax']],
      ['[REQUIREMENT]\nUID: A-1\n\nlost', ['a.sdoc:4 warning strictdoc-syntax']],
      ['[[SECTION]]\nTITLE: A', ['a.sdoc:1 warning strictdoc-syntax']],
      ['[[/SECTION]]', ['a.sdoc:1 warning strictdoc-syntax']],
      ['[REQUIREMENT]\nUID: A-1\nRELATIONS:\n- TYPE: Parent', ['a.sdoc:4 warning strictdoc-syntax']],
      ['[GIZMO]\nUID: A-1\n\n[GIZMO]\nUID: A-2', ['a.sdoc:1 information trace-word']],
      [
        '[REQUIREMENT]\nUID: A-1\nRELATIONS:\n- TYPE: Parent\n  VALUE: B\n  ROLE: Odd',
        ['a.sdoc:4 information trace-word'],
      ],
      ['', []],
    ];
    for (const [text, expected] of CASES)
      assert.deepEqual(problemLines(readFiles(strictDoc, { 'a.sdoc': text }).problems), expected, text);
    const twice = readFiles(strictDoc, { 'a.sdoc': '[REQUIREMENT]\nUID: A-1\n\n[REQUIREMENT]\nUID: A-1\n' });
    assert.deepEqual(
      twice.graph.items.map(({ status }) => status),
      ['duplicate', 'duplicate'],
    );
  });

  it('survive any text', () => {
    survives(strictDoc, 'a.sdoc', [DOCUMENT]);
  });
});

describe('StrictDoc markers', () => {
  const LANGUAGE: readonly [comment: string, tags: readonly string[]][] = [
    [
      '/// @relation(SR-AUTH-003, scope=function, role=Implements)',
      ['SR-AUTH-003 implements/Implements 1:15'],
    ],
    ['/** @relation(R1, R.2, scope=file) */', ['R1 implements 1:15', 'R.2 implements 1:19']],
    [
      '/**\n * @relation(R1,\n *           R2,\n * scope=line, role=Verifies)\n */',
      ['R1 verifies/Verifies 2:14', 'R2 verifies/Verifies 3:14'],
    ],
    ['# @relation{R1, scope=class}', ['R1 implements 1:13']],
    ['// @relation(R1,scope=line)', []],
    ['// @relation(R1, role=X, scope=line)', []],
    ['// @relation(R, scope=line)', []],
    ['// @relation(REQ:1, scope=line)', []],
    ['// @relation(R1, scope=line, role=My-Role)', []],
    ['// @relation(R1)', []],
    ['// see @relation(R1, scope=line)', []],
    ['// @relation(R1, scope=line', []],
  ];
  for (const [comment, expected] of LANGUAGE) {
    it(`in C: ${comment.replaceAll('\n', ' ')}`, () => {
      const reading = readComments('strictdoc', [comment]);
      assert.deepEqual(tagLines(reading), expected);
      assert.equal(reading.problems.length, expected.length === 0 ? 1 : 0);
    });
  }

  const GENERAL: readonly [comment: string, tags: readonly string[]][] = [
    ['// see @relation(R1, R2, scope=line)', ['R1 implements 1:18', 'R2 implements 1:22']],
    ['// @relation(R1, scope=file, role=My-Role x)', ['R1 implements/My-Role x 1:14']],
    ['// @relation(R1,scope=line)', []],
    ['// @relation(R1,  scope=line)', []],
    ['// @relation(R1, scope=function)', []],
    ['// @relation(REQ:1, scope=line)', []],
  ];
  for (const [comment, expected] of GENERAL) {
    it(`in other files: ${comment}`, () => {
      const reading = readComments('strictdoc', [comment], { path: 'a.js', language: 'javascript' });
      assert.deepEqual(tagLines(reading), expected);
      assert.equal(reading.problems.length, expected.length === 0 ? 1 : 0);
    });
  }

  it('go on in the next comment of a line', () => {
    const reading = readComments('strictdoc', ['// @relation(R1,', '//           R2, scope=line)']);
    assert.deepEqual(tagLines(reading), ['R1 implements 1:14', 'R2 implements 2:14']);
  });

  it('need no scope in Rust', () => {
    assert.deepEqual(tagLines(readComments('strictdoc', ['/// @relation(R1)'], { path: 'a.rs' })), [
      'R1 implements 1:15',
    ]);
  });

  it('are masked by a region that says skip', () => {
    const reading = readComments('strictdoc', [
      '// @relation(skip, scope=range_start)',
      '// @relation(R1, scope=line)',
      '// x @relation(R2, scope=line)',
      '// @relation(skip, scope=range_end)',
      '// @relation(R3, scope=line)',
    ]);
    assert.deepEqual(tagLines(reading), ['R3 implements 5:14']);
    assert.deepEqual(reading.problems, []);
  });

  it('of ranges come in pairs with the same ids', () => {
    const pair = (start: string, end: string) =>
      readComments('strictdoc', [
        `// @relation(${start}, scope=range_start)`,
        `// @relation(${end}, scope=range_end)`,
      ]);
    assert.deepEqual(tagLines(pair('R1', 'R1')), ['R1 implements 1:14']);
    assert.deepEqual(pair('R1', 'R1').problems, []);
    assert.equal(pair('R1', 'R2').problems.length, 2);
    assert.equal(readComments('strictdoc', ['// @relation(R1, R1, scope=file)']).problems.length, 1);
  });

  it('are read from any text', () => {
    const words = [
      '@relation',
      '(',
      ')',
      '{',
      '}',
      'R1',
      ', ',
      ',',
      'scope=',
      'file',
      'role=',
      'range_start',
      'skip',
      '\n',
      '//',
      ' ',
      '*',
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...words)), fc.constantFrom('a.c', 'a.js'), (parts, path) => {
        readComments('strictdoc', [parts.join(''), '// x'], { path });
      }),
    );
  });
});
