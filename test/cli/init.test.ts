import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { readConfig } from '../../server/src/core/config/readConfig.ts';
import { removeWorkspace, traceward, workspace } from './cli.ts';

afterEach(removeWorkspace);

const OFT = '## Lock\n\n`req~lock~1`\n\nNeeds: impl\n\n## Log\n\n`dsn~log~1`\n\nCovers:\n* req~gone~1\n';
const ITEMS = 'requirements:\n  - {id: REQ-A-1, title: A, text: A., category: logging}\n';
const FILES = {
  'doc/spec.md': OFT,
  'doc/[a] b.reqif': '<REQ-IF></REQ-IF>',
  'README.md': '# Read me\n',
  'security/items.yaml': ITEMS,
  'src/a.c': '// [impl->req~lock~1]\nint f(void) { return 0; }\n',
  'src/b.py': 'x = 1\n',
  'unittests/c.c': 'int g(void) { return 0; }\n',
  'ci.yaml': 'jobs: {}\n',
};

describe('traceward init', () => {
  it('says what it found and writes a configuration that works', async () => {
    const root = workspace(FILES);
    const { code, out, err } = await traceward(['init']);
    assert.deepEqual([code, err], [0, '']);
    assert.match(out, /^Languages:\n {2}C: 2 files\n {2}Python: 1 file\n/);
    assert.match(out, /OpenFastTrace.*: 1 file with 2 items, 1 link, 1 defect/);
    assert.match(out, /Tags in code:\n {2}OpenFastTrace.*: 1 file\n/);
    const text = readFileSync(join(root, 'traceward.yaml'), 'utf8');
    const { value, problems } = readConfig('traceward.yaml', text);
    assert.deepEqual(problems, []);
    assert.deepEqual(
      value.trace.sources.map(({ format, files }) => [format, files]),
      [
        ['oft', ['doc/spec.md']],
        ['reqif', ['doc/\\[a\\] b.reqif']],
      ],
    );
    assert.deepEqual(value.trace.tags, ['traceward', 'oft']);
    assert.deepEqual(value.prefixes, ['REQ']);
    assert.ok(value.tests.includes('**/unittests/**'));
    const trace = await traceward(['trace', '--format', 'json', '--status', 'covered', '--kind', 'code']);
    const { links } = JSON.parse(trace.out) as { links: { from: string; to: string }[] };
    assert.deepEqual(
      links.map(({ from, to }) => `${from} ${to}`),
      ['src/a.c#f req~lock'],
    );
  });

  it('writes over nothing unless told to, and prints with --dry-run', async () => {
    const root = workspace({ ...FILES, 'traceward.yaml': '# mine\n' });
    const refused = await traceward(['init']);
    assert.deepEqual([refused.code, refused.out], [2, '']);
    assert.match(refused.err, /There is a traceward\.yaml already: --force writes over it/);
    const dry = await traceward(['init', '--dry-run']);
    assert.deepEqual(readConfig('traceward.yaml', dry.out).problems, []);
    assert.match(dry.err, /^Languages:/);
    assert.equal(readFileSync(join(root, 'traceward.yaml'), 'utf8'), '# mine\n');
    assert.equal((await traceward(['init', '--force'])).code, 0);
    assert.equal(readFileSync(join(root, 'traceward.yaml'), 'utf8'), dry.out);
  });

  it('writes only defaults, as comments, where there is nothing', async () => {
    const root = workspace({ 'src/a.c': 'int x;\n' });
    assert.equal((await traceward(['init', '.'])).code, 0);
    const text = readFileSync(join(root, 'traceward.yaml'), 'utf8');
    assert.ok(
      text.split('\n').every((line) => line === '' || line.startsWith('#')),
      text,
    );
    assert.deepEqual(
      readConfig('t', text.replaceAll(/^# (?=\w+:| {2})/gm, '')).problems,
      [],
      'all of it can be switched on',
    );
    assert.equal((await traceward(['init', 'gone'])).code, 2);
    assert.equal(existsSync(join(root, 'gone')), false);
  });

  it('names many files of a format by a glob', async () => {
    workspace(
      Object.fromEntries(
        Array.from({ length: 9 }, (_, index) => [`spec/p${index}/r.sdoc`, '[DOCUMENT]\nTITLE: T\n']),
      ),
    );
    const { out } = await traceward(['init', '--dry-run']);
    assert.match(out, /format: strictdoc\n {6}files: \["spec\/\*\*\/\*\.sdoc"\]/);
  });
});

describe('traceward init and Markdown', () => {
  it('names the items of a Doorstop document, not its settings alone', async () => {
    for (const count of [2, 40]) {
      const item =
        'active: true\nlevel: 1.1\nnormative: true\nreviewed: null\nlinks: []\ntext: |\n  It works.\n';
      const ids = Array.from({ length: count }, (_, at) => `reqs/REQ${String(at + 1).padStart(3, '0')}.yml`);
      workspace({
        'reqs/.doorstop.yml': "settings:\n  digits: 3\n  prefix: REQ\n  sep: ''\n",
        ...Object.fromEntries(ids.map((path) => [path, item])),
        'ci1.yml': 'jobs: {}\n',
      });
      const { out } = await traceward(['init']);
      assert.match(out, new RegExp(`Doorstop .*: ${count + 1} files with ${count} items`));
      const shown = await traceward(['trace', '--fail-on', 'never']);
      assert.match(shown.out, new RegExp(`requirements +${count} `));
      removeWorkspace();
    }
  });

  it('tells its own items from OpenFastTrace and from plain text, and finds their prefixes', async () => {
    const own = '# Log\n\n## SYS-LOG-1: Keep\n\n- Category: logging\n\nKeep it.\n';
    workspace({
      'doc/own.md': own,
      'doc/both.md': `${own}\n\`req~lock~1\`\n`,
      'doc/plain.md': '# ISO-14971 and us\n\nText.\n',
    });
    const { out } = await traceward(['init', '--dry-run']);
    const { value } = readConfig('traceward.yaml', out);
    assert.deepEqual(value.items, ['security/**/*.{yaml,yml,md}', 'doc/own.md']);
    assert.deepEqual(
      value.trace.sources.map(({ format, files }) => [format, files]),
      [['oft', ['doc/both.md']]],
    );
    assert.deepEqual(value.prefixes, ['SYS']);
    const checked = await traceward(['import', 'check', 'doc/own.md']);
    assert.match(checked.out, /markdown +1 +1 +0 +0/);
  });
});

describe('traceward import check', () => {
  it('counts files, items, links and defects of each format, and shows the defects with their places', async () => {
    workspace(FILES);
    const { code, out, err } = await traceward(['import', 'check']);
    assert.equal(code, 1);
    assert.match(out, /oft +1 +2 +1 +1 +OpenFastTrace/);
    assert.match(out, /traceward +1 +1 +0 +0 /);
    assert.match(err, /doc\/spec\.md:12:3: error: There is no item `req~gone`/);
  });

  it('takes a file whatever it is called, and knows what is none', async () => {
    workspace({ 'export.dat': 'id,title,parent\nA,T,\nB,U,A\n', 'x.bin': Uint8Array.of(0, 1, 2) });
    const { code, out } = await traceward(['import', 'check', 'export.dat', '--format', 'json']);
    assert.equal(code, 0);
    assert.deepEqual((JSON.parse(out) as { formats: unknown[] }).formats, [
      { format: 'csv', files: 1, items: 2, kinds: { requirement: 2 }, links: 1, defects: 0 },
    ]);
    assert.match((await traceward(['import', 'check', 'x.bin'])).out, /No file of items/);
    assert.equal((await traceward(['import', 'check', 'gone'])).code, 2);
  });
});
