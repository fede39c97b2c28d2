import assert from 'node:assert/strict';

import type { TraceGrouping, TraceNode, TraceTree } from '../../server/src/protocol/messages.ts';
import { closeEditors, openEditor } from './fakeEditor.ts';
import { CODE, ITEMS, TEST_CODE } from './rules.ts';

const MODEL = `elements:
  - {id: E-APP, title: Phone, type: external}
  - {id: E-PUMP, title: Pump, type: process}
flows:
  - {id: F-BLE, title: Commands, from: E-APP, to: E-PUMP}
threats:
  - {id: T-010, title: Replay, stride: [spoofing, tampering], on: [F-BLE]}
  - {id: T-011, title: Old, stride: [tampering], on: [F-BLE], status: rejected}
`;
const FILES = {
  'security/items.yaml': ITEMS,
  'security/model.yaml': MODEL,
  'src/pin.c': CODE,
  'tests/test_pin.c': TEST_CODE,
};

/** The two upper levels of the tree, one line a row. */
async function drawn(by: TraceGrouping, files: Record<string, string> = FILES): Promise<string[]> {
  const editor = await openEditor({ files: { ...files } });
  const { folders } = await editor.request<TraceTree>('traceward/traceTree', { by });
  const lines = (nodes: readonly TraceNode[], depth: number, indent: string): string[] =>
    nodes.flatMap(({ label, description, status, children }) => [
      `${indent}${label} ${description} [${status}]`,
      ...(depth === 0 ? [] : lines(children, depth - 1, `${indent}  `)),
    ]);
  return lines(folders[0]?.nodes ?? [], 1, '');
}

describe('the traceability view', () => {
  afterEach(closeEditors);

  it('lists requirements by status', async () => {
    assert.deepEqual(await drawn('status'), [
      'Something is missing 1 [below]',
      '  SR-CRYPTO-001 Encrypt records [gap]',
      'Covered 1 [none]',
      '  SR-AUTH-003 Lock after wrong PINs [covered]',
    ]);
  });

  it('lists threats by STRIDE class, without rejected ones', async () => {
    assert.deepEqual(await drawn('stride'), [
      'Spoofing 2 [below]',
      '  T-010 Replay [gap]',
      '  T-004 Guessing the PIN [below]',
      'Tampering 1 [below]',
      '  T-010 Replay [gap]',
    ]);
  });

  it('lists elements and data flows with their threats, and threats that are nowhere', async () => {
    assert.deepEqual(await drawn('element'), [
      'E-APP Phone · no threat [covered]',
      'E-PUMP Pump · no threat [covered]',
      'F-BLE Commands [below]',
      '  T-010 Replay [gap]',
      'On no element 1 [none]',
      '  T-004 Guessing the PIN [below]',
    ]);
  });

  it('shows below a threat what stands against it', async () => {
    const editor = await openEditor({ files: { ...FILES } });
    const { folders } = await editor.request<TraceTree>('traceward/traceTree', { by: 'stride' });
    const threat = folders[0]?.nodes[0]?.children.find(({ label }) => label === 'T-004');
    assert.deepEqual(
      threat?.children.map(({ label }) => label),
      ['C-AUTH-02', 'SR-AUTH-003', 'SR-CRYPTO-001'],
    );
  });

  it('has keys that are unique where one threat stands in several groups', async () => {
    const editor = await openEditor({ files: { ...FILES } });
    for (const by of ['status', 'stride', 'element']) {
      const { folders } = await editor.request<TraceTree>('traceward/traceTree', { by });
      const keys = (nodes: readonly TraceNode[]): string[] =>
        nodes.flatMap((node) => [node.key, ...keys(node.children)]);
      const all = keys(folders[0]?.nodes ?? []);
      assert.equal(new Set(all).size, all.length, by);
    }
  });
});
