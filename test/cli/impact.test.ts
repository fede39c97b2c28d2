import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';

import { removeWorkspace, traceward, workspace } from './cli.ts';

afterEach(removeWorkspace);

const ITEMS = `threats:
  - {id: T-001, title: Spoofed commands, stride: [spoofing]}
requirements:
  - {id: SR-A-1, title: Authenticate, text: Authenticate commands., category: authentication, mitigates: [T-001]}
  - {id: SR-A-2, title: Log, text: Log commands., category: logging, mitigates: [T-001]}
tests:
  - {id: TC-1, title: Refuses a wrong code, verifies: [SR-A-1], method: manual}
`;
const RECEIVE = '/* [SR-A-1] */\nint receive(int a) { return a; }\n';
const LOG = '/* [SR-A-2] */\nvoid log_it(void) { put(1); }\n';

function git(...args: readonly string[]): void {
  const identity = ['-c', 'user.name=t', '-c', 'user.email=t@example.com', '-c', 'commit.gpgsign=false'];
  execFileSync('git', ['-C', workspace(), ...identity, ...args], { stdio: 'pipe' });
}

function commit(files: Readonly<Record<string, string>>): void {
  workspace(files);
  git('add', '-A');
  git('commit', '-qm', 'x');
}

interface ImpactJson {
  readonly files: { path: string; change: string }[];
  readonly units: { name: string; change: string; from?: string }[];
  readonly items: { id: string; change: string; what: string[] }[];
  readonly touched: { id: string; because: string[] }[];
  readonly above: { id: string }[];
  readonly below: { id: string }[];
  readonly code: { from: string; to: string }[];
  readonly statuses: { id: string; before: string; after: string }[];
}

async function impact(revisions: string, ...more: readonly string[]): Promise<ImpactJson> {
  const { code, out, err } = await traceward(['trace', 'impact', revisions, '--format', 'json', ...more]);
  assert.deepEqual([code, err], [0, '']);
  return JSON.parse(out) as ImpactJson;
}

const ids = (items: readonly { id: string }[]) => items.map(({ id }) => id);

describe('traceward trace impact', () => {
  beforeEach(() => {
    workspace({ 'security/items.yaml': ITEMS, 'src/a.c': RECEIVE, 'src/b.c': LOG });
    git('init', '-q');
    git('add', '-A');
    git('commit', '-qm', 'first');
  });

  it('goes from a changed function up to threats and down to tests', async () => {
    commit({ 'src/a.c': RECEIVE.replace('return a', 'return a + 1') });
    const found = await impact('HEAD~1..HEAD');
    assert.deepEqual(found.units, [
      { name: 'src/a.c', change: 'changed' },
      { name: 'src/a.c#receive', change: 'changed' },
    ]);
    assert.deepEqual(
      found.touched.map(({ id, because }) => [id, because]),
      [['SR-A-1', ['src/a.c#receive was changed']]],
    );
    assert.deepEqual([ids(found.above), ids(found.below)], [['T-001'], ['TC-1']]);
    assert.deepEqual(
      found.code.map(({ from, to }) => [from, to]),
      [['src/a.c#receive', 'SR-A-1']],
    );
  });

  it('passes over layout and comments, but not over tags', async () => {
    commit({ 'src/a.c': `/* more */\n${RECEIVE.replace('{ return', '{\n  return')}` });
    const layout = await impact('HEAD~1..HEAD');
    assert.deepEqual(
      [layout.files, layout.units, layout.touched],
      [[{ path: 'src/a.c', change: 'layout' }], [], []],
    );
    commit({ 'src/a.c': RECEIVE.replace('SR-A-1', 'SR-A-2') });
    const tags = await impact('HEAD~1..HEAD');
    assert.deepEqual(
      tags.touched.map(({ id, because }) => [id, because]),
      [
        ['SR-A-1', ['src/a.c#receive no longer implements it']],
        ['SR-A-2', ['src/a.c#receive now implements it']],
      ],
    );
    assert.deepEqual(tags.statuses, [{ id: 'SR-A-1', before: 'covered', after: 'uncovered' }]);
  });

  it('says what of an item changed', async () => {
    commit({
      'security/items.yaml': ITEMS.replace('Log commands.', 'Log all commands.').replace(
        'text: Auth',
        'revision: 2, text: Auth',
      ),
    });
    const { items, touched, code } = await impact('HEAD~1..HEAD');
    assert.deepEqual(
      items.map(({ id, what }) => [id, what]),
      [
        ['SR-A-1', ['revision']],
        ['SR-A-2', ['meaning']],
      ],
    );
    assert.deepEqual(ids(touched), ['SR-A-1', 'SR-A-2']);
    assert.deepEqual(
      code.map(({ from }) => from),
      ['src/a.c#receive', 'src/b.c#log_it'],
    );
  });

  it('knows what was moved, added and removed', async () => {
    rmSync(join(workspace(), 'src/b.c'));
    commit({ 'src/c.c': LOG, 'security/items.yaml': ITEMS.replace(/tests:[^]*/, '') });
    const { units, items, touched } = await impact('HEAD~1..HEAD');
    assert.deepEqual(units, [
      { name: 'src/c.c', change: 'moved', from: 'src/b.c' },
      { name: 'src/c.c#log_it', change: 'moved', from: 'src/b.c#log_it' },
    ]);
    assert.deepEqual(
      items.map(({ id, change }) => `${id} ${change}`),
      ['TC-1 removed'],
    );
    assert.deepEqual(touched.find(({ id }) => id === 'SR-A-1')?.because, ['TC-1 was removed']);
  });

  it('compares with the files as they are when one revision is named', async () => {
    workspace({ 'src/b.c': LOG.replace('1', '2') });
    assert.deepEqual(ids((await impact('HEAD')).touched), ['SR-A-2']);
    assert.deepEqual((await impact('HEAD..HEAD')).touched, []);
  });

  it('reads each revision with its own configuration, below a folder of the repository too', async () => {
    commit({
      'fw/traceward.yaml': 'prefixes: [SR]\n',
      'fw/security/items.yaml': ITEMS,
      'fw/src/a.c': RECEIVE,
    });
    commit({ 'fw/traceward.yaml': 'prefixes: [XX]\n' });
    const { touched, files } = await impact('HEAD~1..HEAD', '--path', 'fw');
    assert.deepEqual(files, []);
    assert.deepEqual(ids(touched), ['SR-A-1']);
  });

  it('tells people', async () => {
    commit({ 'src/a.c': RECEIVE.replace('return a', 'return a + 1') });
    const { out } = await traceward(['trace', 'impact', 'HEAD~1..HEAD']);
    assert.match(
      out,
      /Touched items\n\n {2}requirement SR-A-1 {2}covered .*\n {4}src\/a\.c#receive was changed\n/,
    );
    assert.match(out, /What they exist for\n\n {2}threat T-001 /);
    assert.match(out, /2 units of code and 0 items changed in meaning; 1 item touched, 1 above, 1 below\./);
  });

  for (const revisions of ['gone..HEAD', '--help..HEAD', 'HEAD:src..HEAD', 'HEAD..gone']) {
    it(`says that there is no revision in ${revisions}`, async () => {
      const { code, err } = await traceward(['trace', 'impact', '--', revisions]);
      assert.equal(code, 2);
      assert.match(err, /^error: There is no revision /);
    });
  }
});
