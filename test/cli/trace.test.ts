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
    assert.match(out, /no items and no tags here.*security\/\*\*\/\*\.\{yaml,yml,md\}/);
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

  const MIXED = {
    'security/items.yaml': ITEMS,
    'src/a.c': `${LINKED}/* [SR-A-3, SR-A-1@2] */\nvoid other(void) {}\n`,
  };

  for (const [words, code] of [
    ['orphaned', 1],
    ['predated', 1],
    ['outdated', 0],
    ['outdated,uncovered', 1],
    ['duplicate,cycle,suspect,ambiguous,unreviewed,justified,unwanted', 0],
    ['never', 0],
    ['info', 1],
  ] as const) {
    it(`--fail-on ${words} ends with ${code}`, async () => {
      workspace(MIXED);
      assert.equal((await trace('--fail-on', words)).code, code);
    });
  }

  it('counts gaps further down and accepted ones as such', async () => {
    const tests = ITEMS.slice(ITEMS.indexOf('tests:'));
    const good = ITEMS.replace('title: Log\n', 'title: Log\n    justification: Later.\n');
    workspace({ 'security/items.yaml': good, 'src/a.c': LINKED });
    assert.equal((await trace('--fail-on', 'justified')).code, 1);
    assert.equal((await trace('--fail-on', 'uncovered')).code, 0);
    workspace({ 'security/items.yaml': ITEMS.replace(tests, '') });
    assert.equal((await trace('--kind', 'threat', '--fail-on', 'uncovered')).code, 1, 'transitive');
  });

  for (const [args, items, links] of [
    [['--kind', 'threat,test'], ['T-001', 'TC-1'], ['TC-1']],
    [['--kind', 'code'], [], ['src/a.c#receive', 'src/a.c#other', 'src/a.c#other']],
    [['--status', 'orphaned'], [], ['src/a.c#other']],
    [['--status', 'uncovered', '--kind', 'requirement'], ['SR-A-2'], []],
    [['--id', 'SR-*-2'], ['SR-A-2'], ['SR-A-2']],
    [['--id', 'TC-*, *01', '--kind', 'test'], ['TC-1'], ['TC-1']],
  ] as const) {
    it(`${args.join(' ')} shows only these`, async () => {
      workspace(MIXED);
      const { out } = await trace('--format', 'json', ...args);
      const json = JSON.parse(out) as { items: { id: string }[]; links: { from: string }[] };
      assert.deepEqual(
        json.items.map(({ id }) => id),
        items,
      );
      assert.deepEqual(
        json.links.map(({ from }) => from),
        links,
      );
    });
  }

  it('does not fail for what a filter leaves out', async () => {
    workspace(MIXED);
    assert.equal((await trace('--kind', 'threat')).code, 0);
    assert.equal((await trace('--kind', 'code')).code, 1);
    assert.match((await trace('--id', 'X')).out, /No item and no link is as asked for/);
  });

  it('lists what is in order when its status is asked for', async () => {
    workspace(MIXED);
    const { out } = await trace('--status', 'covered', '--kind', 'requirement');
    assert.match(out, /^In order\n\ncovered {2}SR-A-1 {2}Authenticate\n/);
    assert.doesNotMatch(out, /threats/);
  });

  it('--format html is a page that needs nothing else', async () => {
    workspace({ 'security/items.yaml': ITEMS.replace('Log\n', '"<b>Log</b>"\n'), 'src/a.c': LINKED });
    const { out } = await trace('--format', 'html');
    assert.match(out, /^<!doctype html>/);
    assert.match(out, /SR-A-2.*&lt;b&gt;Log/s);
    assert.doesNotMatch(out, /<a href|<b>|<script/);
    const { out: part } = await trace('--format', 'html', '--kind', 'test');
    assert.doesNotMatch(part, /SR-A-2<\/strong>/);
  });

  it('--format dot is a graph of items, code and links', async () => {
    workspace({ ...MIXED, 'security/items.yaml': ITEMS.replace('title: Log\n', `title: 'a "b" \\n'\n`) });
    const { out } = await trace('--format', 'dot');
    assert.match(out, /^digraph trace \{\n/);
    assert.match(out, / {2}"SR-A-2" \[label="SR-A-2\\na \\"b\\" \\\\n", fillcolor=/);
    assert.match(out, / {2}"SR-A-1" -> "src\/a\.c#receive" \[dir=back, label="implements"\];\n/);
    assert.match(out, / {2}"SR-A-3" \[label="SR-A-3", style=dashed\];\n/);
    assert.match(out, /label="implements, orphaned", color=/);
  });

  it('--format csv has only the lines that are asked for', async () => {
    workspace(MIXED);
    const lines = (await trace('--format', 'csv', '--status', 'orphaned')).out.split('\r\n');
    assert.deepEqual(
      lines.slice(1, -1).map((line) => line.split(',').slice(0, 2)),
      [['tag', 'SR-A-3']],
    );
  });
});

describe('traceward trace show', () => {
  it('shows an item with both directions of its chain', async () => {
    workspace({ 'security/items.yaml': ITEMS, 'src/a.c': LINKED });
    const { code, out } = await trace('show', 'SR-A-1');
    assert.equal(code, 0);
    assert.match(
      out,
      /^covered {2}SR-A-1 {2}Authenticate\n {2}security\/items\.yaml:4 {2}requirement, revision 1, /,
    );
    assert.match(
      out,
      /Leads to\n\n {2}mitigates T-001 {2}uncovered {2}Spoofed commands {2}security\/items\.yaml:2\n/,
    );
    assert.match(
      out,
      /leads to it\n\n {2}implements src\/a\.c#receive {2}src\/a\.c:1\n {2}verifies TC-1 {2}covered/,
    );
  });

  it('says why, and shows broken links', async () => {
    workspace({
      'security/items.yaml': ITEMS.replace('mitigates: [T-001]\ntests', 'mitigates: [T-9]\ntests'),
    });
    const { out } = await trace('show', 'SR-A-2');
    assert.match(out, /No code implements it\.\n {2}No test verifies it\./);
    assert.match(out, / {2}mitigates orphaned T-9 .*\n {4}There is no item T-9/);
  });

  it('opens each item once, in circles too', async () => {
    const circle = ITEMS.replace('title: Log\n', 'title: Log\n    derives: [SR-A-1]\n').replace(
      'title: Authenticate\n',
      'title: Authenticate\n    derives: [SR-A-2]\n',
    );
    workspace({ 'security/items.yaml': circle });
    const { out } = await trace('show', 'SR-A-1');
    assert.match(out, /derives SR-A-2 {2}cycle.*\n {4}derives SR-A-1 .*\(shown above\)\n/);
  });

  it('--format json has the same for programs', async () => {
    workspace({ 'security/items.yaml': ITEMS, 'src/a.c': LINKED });
    const { out } = await trace('show', 'T-001', '--format', 'json');
    const { items } = JSON.parse(out) as {
      items: { id: string; down: { steps: { depth: number; link: { from: string } }[]; cut: boolean } }[];
    };
    assert.deepEqual(
      items[0]?.down.steps.map(({ depth, link }) => `${depth} ${link.from}`),
      ['0 SR-A-1', '1 src/a.c#receive', '1 TC-1', '0 SR-A-2'],
    );
  });

  it('says what was probably meant by an id that is not there', async () => {
    workspace({ 'security/items.yaml': ITEMS });
    const { code, err } = await trace('show', 'SR-A-11');
    assert.deepEqual([code, err], [2, 'error: There is no item SR-A-11. Did you mean SR-A-1?\n']);
  });

  it('takes a folder of this name as ./show', async () => {
    workspace({ 'show/security/items.yaml': ITEMS });
    assert.match((await trace('./show')).out, /SR-A-1/);
  });
});
