// The views and the status bar say what the workspace amounts to.
import { strict as assert } from 'node:assert';

import type { TracewardApi, ViewRow } from '../../../client/src/api.ts';
import {
  closeEverything,
  command,
  findRow,
  open,
  outline,
  remove,
  replace,
  rowOf,
  traceward,
  waitFor,
  writeText,
} from '../api.ts';

describe('the traceability view', () => {
  let api: TracewardApi;
  before(async () => {
    api = await traceward();
  });
  afterEach(async () => {
    await command('traceward.showAllItems');
    await closeEverything();
  });

  it('shows a requirement with its threats, controls, code and tests', async () => {
    const row = rowOf(await api.traceRows(), 'SR-AUTH-003');
    assert.equal(row.description, 'Lock after wrong PINs');
    assert.equal(row.icon, 'pass');
    assert.equal(row.context, 'requirement.covered');
    const text = outline(row).join('\n');
    assert.match(text, /Threats[^\n]*\n +T-004/);
    assert.match(text, /Controls[^\n]*\n +C-AUTH-02/);
    assert.match(text, /Code[^\n]*\n +pump_access_login {2}src\/access\.c:\d+/);
    assert.match(text, /Tests[^\n]*\n +TC-AUTH-003/);
  });

  it('puts requirements with gaps first', async () => {
    const requirements = (await api.traceRows()).filter((row) => row.context.startsWith('requirement.'));
    const wrong = requirements.map((row) => row.icon === 'warning' || row.icon === 'error');
    assert.ok(wrong.includes(true) && wrong.includes(false));
    assert.equal(wrong.lastIndexOf(true) < wrong.indexOf(false), true);
  });

  it('says in the tooltip why a requirement is not covered', async () => {
    const row = rowOf(await api.traceRows(), 'SR-RES-006');
    assert.equal(row.context, 'requirement.gap');
    assert.match(row.tooltip, /code/);
  });

  it('shows gaps only when asked', async () => {
    await command('traceward.showGapsOnly');
    const rows = await api.traceRows();
    assert.equal(findRow(rows, 'SR-AUTH-003'), undefined);
    assert.ok(findRow(rows, 'SR-RES-006'));
    await command('traceward.showAllItems');
    assert.ok(findRow(await api.traceRows(), 'SR-AUTH-003'));
  });

  it('lists links that lead nowhere', async () => {
    const broken = rowOf(await api.traceRows(), 'Broken links');
    assert.equal(broken.icon, undefined, 'a heading has no icon');
    assert.ok(findRow(broken.children, 'SR-AUTH-019'));
  });

  it('escapes what files say: no markup of theirs reaches a tooltip', async () => {
    const path = 'security/scratch_markup.yaml';
    await writeText(
      path,
      'threats:\n  - id: T-902\n    title: "<img src=x> [click](command:workbench.action.quit)"\n    stride: [spoofing]\n',
    );
    try {
      const row = await waitFor('the new threat', async () => findRow(await api.traceRows(), 'T-902'));
      assert.doesNotMatch(row.tooltip, /\[click\]\(command:/);
      assert.doesNotMatch(row.tooltip, /(?<!\\)<img/);
    } finally {
      await remove(path);
    }
  });

  it('follows a change of a requirement', async () => {
    const editor = await open('security/requirements.yaml');
    await replace(editor, 'Lock after wrong PINs', 'Lock after many PINs');
    await waitFor('the new title', async () =>
      findRow(await api.traceRows(), 'SR-AUTH-003')?.description === 'Lock after many PINs'
        ? true
        : undefined,
    );
  });
});

describe('the findings view', () => {
  it('groups findings by rule, worst first', async () => {
    const api = await traceward();
    const rows = await waitFor('findings', async () => {
      const found = await api.findingsRows();
      return findRow(found, 'unbounded-string-copy') === undefined ? undefined : found;
    });
    const group = rowOf(rows, 'unbounded-string-copy');
    assert.equal(group.description, String(group.children.length));
    assert.match(group.children[0]?.label ?? '', /^src\/\w+\.c:\d+$/);
    const order = rows.map((row: ViewRow) => ['error', 'warning', 'info'].indexOf(row.icon ?? ''));
    assert.deepEqual(order, [...order].sort());
  });
});

describe('the status bar', () => {
  it('counts errors, warnings and gaps', async () => {
    const api = await traceward();
    const { text, alarming, tooltip } = api.status();
    assert.match(text, /^\$\(shield\) \d+ errors?, \d+ warnings? · \d+ gaps?$/);
    assert.equal(alarming, false);
    assert.match(tooltip, /files analysed/);
  });

  it('counts one more when a weakness is written', async () => {
    const api = await traceward();
    const errors = () => api.summary()?.folders.reduce((sum, folder) => sum + folder.errors, 0) ?? 0;
    const before = errors();
    const path = 'src/scratch_status.c';
    await writeText(path, '#include <stdio.h>\nchar *read_line(char *line)\n{\n    return gets(line);\n}\n');
    try {
      await waitFor(
        'one error more',
        () => (errors() === before + 1 ? true : undefined),
        () => [before, errors()],
      );
    } finally {
      await remove(path);
    }
    await waitFor(
      'the count to return',
      () => (errors() === before ? true : undefined),
      () => [before, errors()],
    );
  });
});
