import assert from 'node:assert/strict';

import { removeWorkspace, traceward, workspace } from './cli.ts';

afterEach(removeWorkspace);

const ITEMS = `threats:
  - {id: T-001, title: Spoofed commands, stride: [spoofing]}
requirements:
  - {id: SR-A-1, title: Authenticate, text: Authenticate commands., category: authentication, mitigates: [T-001]}
`;
const CONVERTED = {
  traceward: ['security/out.yaml', ''],
  'needs.json': ['out.json', '{format: needs, files: [out.json]}'],
  reqif: ['out.reqif', '{format: reqif, files: [out.reqif]}'],
  csv: ['out.csv', '{format: csv, files: [out.csv]}'],
  oft: ['out.md', '{format: oft, files: [out.md]}'],
} as const;

describe('traceward trace convert', () => {
  for (const [format, [file, source]] of Object.entries(CONVERTED)) {
    it(`--to ${format} writes what can be read in place of it`, async () => {
      workspace({ 'security/items.yaml': ITEMS });
      const written = await traceward(['trace', 'convert', '--to', format, '--output', `new/${file}`]);
      assert.equal(written.code, 0);
      workspace({ 'new/traceward.yaml': source === '' ? '' : `trace: {sources: [${source}]}\n` });
      const { out } = await traceward(['trace', 'new', '--format', 'json']);
      const { items, links } = JSON.parse(out) as {
        items: { id: string; kind: string }[];
        links: { from: string; to: string; status: string }[];
      };
      const plain = (id: string) => id.replace(/^[a-z]+~/, '');
      assert.deepEqual(items.map(({ id, kind }) => `${plain(id)} ${kind}`).sort(), [
        'SR-A-1 requirement',
        'T-001 threat',
      ]);
      assert.deepEqual(
        links.map(({ from, to, status }) => `${plain(from)} ${plain(to)} ${status}`),
        ['SR-A-1 T-001 covered'],
      );
    });
  }

  it('names what the format cannot hold, with its place', async () => {
    workspace({ 'security/items.yaml': ITEMS });
    const { code, err } = await traceward(['trace', 'convert', '--to', 'oft', '--kind', 'threat']);
    assert.equal(code, 0);
    assert.match(err, /^security\/items\.yaml:2:10: warning: `T-001`: `stride` is not written/);
  });

  it('needs a format', async () => {
    const { code, err } = await traceward(['trace', 'convert']);
    assert.equal(code, 2);
    assert.match(err, /required option '--to <format>' not specified/);
  });
});
