import assert from 'node:assert/strict';

import { csv } from '../../../server/src/core/trace/formats/csv.ts';
import { brief, problemLines, readFiles, sameWithOtherLineEnds, survives } from './reading.ts';

const TABLE = `Req ID,Name,Description,Type,State,Parent,Owner
SR-1,PIN lock,"Lock,
after three",Requirement,Draft,"TH-1; SYS-1
SYS-2",=cmd|' /C calc'!A0
TC-1,Try,Try it,test case,,SR-1,
,lost,,,,,
`;

describe('tables', () => {
  it('are read by the names of their columns', () => {
    const { items, problems } = readFiles(csv, { 'r.csv': TABLE });
    assert.deepEqual(items.map(brief), [
      'SR-1 "PIN lock" derives TH-1 derives SYS-1 derives SYS-2',
      'TC-1 "Try" verifies SR-1',
    ]);
    assert.deepEqual(problemLines(problems), ['r.csv:6 information table-no-id']);
    assert.deepEqual(
      items.map(({ text, approval, location }) => [text, approval, location.range.start.line]),
      [
        ['Lock,\nafter three', 'draft', 1],
        ['Try it', 'approved', 4],
      ],
    );
    assert.deepEqual(items[0]?.attributes, { Owner: "=cmd|' /C calc'!A0" }, 'a formula is a text');
  });

  it('with other separators, line ends and a byte order mark', () => {
    const expected = ['A-1 "T" derives B-1'];
    for (const text of [
      'id;title;parent\nA-1;T;B-1\n',
      '\uFEFFid\ttitle\tparent\r\nA-1\tT\tB-1',
      '"id";"title";"parent"\nA-1;T;B-1',
    ])
      assert.deepEqual(readFiles(csv, { 'r.csv': text }).items.map(brief), expected);
    sameWithOtherLineEnds(csv, 'r.csv', 'uid,title,links\nA-1,T,B-1\n');
  });

  it('with columns that the settings name', () => {
    const settings = { fields: { id: 'Nummer', verifies: 'Prüft' }, kinds: { Fall: 'test' as const } };
    const { items } = readFiles(csv, { 'r.csv': 'Nummer;Type;Prüft\nT1;Fall;S1,S2\n' }, settings);
    assert.deepEqual(items.map(brief), ['T1 verifies S1 verifies S2']);
    assert.equal(items[0]?.kind, 'test');
  });

  it('that cannot be read say why', () => {
    const problemsOf = (text: string) => problemLines(readFiles(csv, { 'r.csv': text }).problems);
    assert.deepEqual(problemsOf('a,b\n1,2\n'), ['r.csv:1 error table-no-id']);
    assert.deepEqual(problemsOf('id,b\n1,2\n2,"x\n'), ['r.csv:3 error csv']);
    assert.deepEqual(readFiles(csv, { 'r.csv': 'id,b\n1,2\n2,"x\n' }).items.map(brief), ['1']);
    assert.deepEqual(problemsOf(''), []);
    const twice = readFiles(csv, { 'r.csv': 'id\nA\nA\n' });
    assert.deepEqual(
      twice.graph.items.map(({ status }) => status),
      ['duplicate', 'duplicate'],
    );
  });

  it('survive any text', () => {
    survives(csv, 'r.csv', [TABLE]);
  });
});
