import assert from 'node:assert/strict';

import type { ChainNode } from '../../server/src/protocol/chain.ts';
import type { Matrix, TraceGraphPart } from '../../server/src/protocol/panels.ts';
import { closeEditors, openEditor } from './fakeEditor.ts';
import { CODE, ITEMS, TEST_CODE } from './rules.ts';

const FILES = { 'security/items.yaml': ITEMS, 'src/pin.c': CODE, 'tests/test_pin.c': TEST_CODE };

describe('the matrix', () => {
  afterEach(closeEditors);

  it('has a row for each requirement, gaps first, with places to go to', async () => {
    const editor = await openEditor({ files: { ...FILES } });
    const { columns, rows } = await editor.request<Matrix>('traceward/matrix', {});
    const cell = (row: number, column: string) => rows[row]?.cells[columns.indexOf(column)];
    assert.deepEqual(
      rows.map(({ status }, index) => [cell(index, 'id'), status]),
      [
        ['SR-CRYPTO-001', 'gap'],
        ['SR-AUTH-003', 'covered'],
      ],
    );
    assert.equal(cell(1, 'threats'), 'T-004');
    assert.equal(cell(1, 'code'), 'src/pin.c#pin_check');
    assert.deepEqual(
      [rows[1]?.location.uri, rows[1]?.location.range.start.line],
      ['file:///ws/security/items.yaml', 14],
    );
  });

  it('is written as the command line writes it, and no cell is a formula', async () => {
    const hostile = ITEMS.replace('Lock after wrong PINs', '"=cmd|calc!A1"');
    const editor = await openEditor({ files: { ...FILES, 'security/items.yaml': hostile } });
    const { text } = await editor.request<{ text: string }>('traceward/matrixCsv', {});
    assert.match(text, /^kind,id,revision,title,/);
    assert.match(text, /,'=cmd\|calc!A1,/);
  });
});

describe('the graph', () => {
  afterEach(closeEditors);

  it('has the whole chain', async () => {
    const editor = await openEditor({ files: { ...FILES } });
    const { boxes, lines, left } = await editor.request<TraceGraphPart>('traceward/graph', {});
    assert.equal(left, 0);
    const at = (label: string) => boxes.find((box) => box.label === label);
    assert.deepEqual(boxes.map(({ label }) => label).sort(), [
      ...['A-01', 'C-AUTH-02', 'SR-AUTH-003', 'SR-CRYPTO-001', 'T-004', 'TC-AUTH-003'],
      ...['pin_check', 'test_pin_lock'],
    ]);
    assert.equal(lines.length, 7);
    assert.ok(lines.every(({ isSound }) => isSound));
    assert.equal(at('SR-CRYPTO-001')?.status, 'gap');
    assert.equal(at('pin_check')?.location?.uri, 'file:///ws/src/pin.c');
  });

  it('is about the chains through one end alone', async () => {
    const editor = await openEditor({ files: { ...FILES } });
    const file = editor.open('src/pin.c');
    const start = await editor.request<ChainNode>('traceward/chainAt', {
      textDocument: { uri: file.uri },
      position: file.at('pin_check'),
    });
    const drawing = await editor.request<TraceGraphPart>('traceward/graph', {
      start: { folder: start.folder, end: start.end },
    });
    assert.equal(drawing.start, start.key);
    assert.deepEqual(
      drawing.boxes.map(({ label }) => label),
      ['pin_check', 'SR-AUTH-003', 'C-AUTH-02', 'T-004', 'A-01'],
      'not the tests of the requirement, and not the other requirement of the threat',
    );
  });

  it('has every item, however many there are', async () => {
    const many = Array.from(
      { length: 400 },
      (_, n) => `  - {id: SR-X-${n}, title: t, text: t, category: update, mitigates: [T-1]}\n`,
    ).join('');
    const items = `threats:\n  - {id: T-1, title: t, stride: [spoofing]}\nrequirements:\n${many}`;
    const editor = await openEditor({ files: { 'security/items.yaml': items } });
    const whole = await editor.request<TraceGraphPart>('traceward/graph', {});
    assert.deepEqual([whole.boxes.length, whole.left], [401, 0]);
    const around = await editor.request<TraceGraphPart>('traceward/graph', {
      start: { folder: 'file:///ws', end: { kind: 'item', id: 'T-1' } },
    });
    assert.deepEqual([around.boxes.length, around.left], [401, 0]);
    assert.equal(around.lines.length, 400);
  });

  it('shows links that are wrong, and survives circles and ids that do not exist', async () => {
    const items = `requirements:
  - {id: SR-A-1, title: a, text: a, category: update, derives: [SR-A-2]}
  - {id: SR-A-2, title: b, text: b, category: update, derives: [SR-A-1, SR-A-1, SR-A-2, C-NO-1]}
`;
    const editor = await openEditor({ files: { 'security/items.yaml': items } });
    const around = await editor.request<TraceGraphPart>('traceward/graph', {
      start: { folder: 'file:///ws', end: { kind: 'item', id: 'SR-A-1' } },
    });
    assert.deepEqual(
      around.boxes.map(({ label, status }) => `${label} ${status}`),
      ['SR-A-1 broken', 'SR-A-2 broken', 'C-NO-1 broken'],
    );
    const none = await editor.request<TraceGraphPart>('traceward/graph', {
      start: { folder: 'file:///ws', end: { kind: 'item', id: 'SR-GONE' } },
    });
    assert.deepEqual(
      none.boxes.map(({ label, status }) => `${label} ${status}`),
      ['SR-GONE broken'],
    );
  });
});
