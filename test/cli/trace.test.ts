import assert from 'node:assert/strict';

import { removeWorkspace, traceward, workspace, type Outcome } from './cli.ts';

afterEach(removeWorkspace);

const ITEMS = `threats:
  - {id: T-001, title: Spoofed commands, stride: [spoofing]}
requirements:
  - id: SR-A-1
    title: Authenticate
    text: Authenticate commands.
    category: authentication
    mitigates: [T-001]
  - id: SR-A-2
    title: Log
    text: Log commands.
    category: logging
    mitigates: [T-001]
tests:
  - {id: TC-1, title: Refuses a wrong code, verifies: [SR-A-1], method: manual}
`;
const LINKED = '/* [SR-A-1] */\nvoid receive(void) {}\n';

function trace(...args: readonly string[]): Promise<Outcome> {
  return traceward(['trace', ...args]);
}

describe('traceward trace', () => {
  it('shows gaps and counts', async () => {
    workspace({ 'security/items.yaml': ITEMS, 'src/a.c': LINKED });
    const { code, out, err } = await trace();
    assert.deepEqual([code, err], [0, ''], 'gaps are warnings');
    assert.match(out, /Gaps\n\nuncovered {2}SR-A-2 {2}Log\n {2}security\/items\.yaml:9\n {2}\S.*code.*test/i);
    assert.match(out, /requirements +2 +1 +0 +1 +0 +0\n/);
    assert.match(out, /\n1 gap, 1 gap further down\n$/);
  });

  it('fails for gaps when asked to', async () => {
    workspace({ 'security/items.yaml': ITEMS, 'src/a.c': LINKED });
    assert.equal((await trace('--fail-on', 'warning')).code, 1);
  });

  it('shows broken links with their place, and fails', async () => {
    workspace({ 'security/items.yaml': ITEMS, 'src/a.c': `${LINKED}/* [SR-A-3] */\nvoid other(void) {}\n` });
    const { code, out } = await trace();
    assert.equal(code, 1);
    assert.match(out, /Broken links\n\norphaned {2}other implements SR-A-3\n {2}src\/a\.c:3:5\n/);
    assert.equal((await trace('--fail-on', 'never')).code, 0);
  });

  it('says so when everything is in order', async () => {
    const [good = ''] = ITEMS.split('  - id: SR-A-2');
    workspace({ 'security/items.yaml': `${good}${ITEMS.slice(ITEMS.indexOf('tests:'))}`, 'src/a.c': LINKED });
    const { code, out } = await trace('--fail-on', 'info');
    assert.equal(code, 0);
    assert.match(out, /Every link leads where it should/);
  });

  it('says where it looked when there is nothing', async () => {
    workspace({ 'a.c': 'int x;\n' });
    const { code, out } = await trace();
    assert.equal(code, 0);
    assert.match(out, /no items and no tags here.*security\/\*\*\/\*\.\{yaml,yml\}/);
  });

  it('takes the whole workspace that a path lies in', async () => {
    workspace({ 'fw/traceward.yaml': '', 'fw/security/items.yaml': ITEMS, 'fw/src/a.c': LINKED });
    const { out } = await trace('fw/src', '--format', 'json');
    assert.equal((JSON.parse(out) as { links: { status: string }[] }).links.length, 4);
  });

  it('--format json lists items, links and a summary', async () => {
    workspace({
      'security/items.yaml': ITEMS,
      'src/a.c': `${LINKED}/* [SR-A-3@2] */\nvoid other(void) {}\n`,
    });
    const json = JSON.parse((await trace('--format', 'json')).out) as {
      items: Record<string, unknown>[];
      links: Record<string, unknown>[];
      summary: {
        items: Record<string, { total: number; status: Record<string, number> }>;
        links: Record<string, number>;
      };
    };
    assert.deepEqual(
      json.items.map(({ id, kind, status, file, line }) => [id, kind, status, file, line]),
      [
        ['SR-A-1', 'requirement', 'covered', 'security/items.yaml', 4],
        ['SR-A-2', 'requirement', 'uncovered', 'security/items.yaml', 9],
        ['T-001', 'threat', 'uncovered', 'security/items.yaml', 2],
        ['TC-1', 'test', 'covered', 'security/items.yaml', 15],
      ],
    );
    assert.deepEqual(
      json.links.map(({ from, to, type, status, file, line }) => [from, to, type, status, file, line]),
      [
        ['SR-A-1', 'T-001', 'mitigates', 'covered', 'security/items.yaml', 8],
        ['SR-A-2', 'T-001', 'mitigates', 'covered', 'security/items.yaml', 13],
        ['TC-1', 'SR-A-1', 'verifies', 'covered', 'security/items.yaml', 15],
        ['src/a.c#receive', 'SR-A-1', 'implements', 'covered', 'src/a.c', 1],
        ['src/a.c#other', 'SR-A-3', 'implements', 'orphaned', 'src/a.c', 3],
      ],
    );
    assert.equal(json.summary.items['requirement']?.total, 2);
    assert.equal(json.summary.links['orphaned'], 1);
  });

  it('--format csv is a table with a line for each requirement', async () => {
    workspace({ 'security/items.yaml': ITEMS, 'src/a.c': LINKED });
    const lines = (await trace('--format', 'csv')).out.split('\r\n');
    assert.match(lines[0] ?? '', /^kind,id,/);
    assert.deepEqual(
      lines.slice(1, -1).map((line) => line.split(',')[1]),
      ['SR-A-2', 'SR-A-1'],
    );
  });

  it('needs no rules', async () => {
    workspace({ 'security/items.yaml': ITEMS, 'traceward.yaml': 'rules: [gone.yaml]\n' });
    assert.equal((await trace()).err, '');
  });
});
