import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import type { FolderHost, ListOptions } from '../../../server/src/host/host.ts';
import { nodeFolder } from '../../../server/src/host/nodeFolder.ts';

let base: string;

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'traceward-folder-'));
});
afterEach(() => rmSync(base, { recursive: true, force: true }));

/** Writes files below the base folder, and opens `root` of it. */
function folderOf(files: Readonly<Record<string, string>>, root = '.'): FolderHost {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(base, path)), { recursive: true });
    writeFileSync(join(base, path), text);
  }
  return nodeFolder(join(base, root));
}

async function listOf(folder: FolderHost, options: ListOptions = {}): Promise<readonly string[]> {
  return (await folder.list(options)).filter((path) => !path.endsWith('.gitignore'));
}

describe('the files of a folder', () => {
  it('come in path order, whatever the order on the disk', async () => {
    const folder = folderOf({ 'b.c': '', 'a/z.c': '', 'a.c': '', 'a/b/c.c': '', 'B.c': '' });
    assert.deepEqual(await listOf(folder), ['B.c', 'a.c', 'a/b/c.c', 'a/z.c', 'b.c']);
  });

  it('leave out .git and node_modules', async () => {
    const folder = folderOf({
      'a.c': '',
      '.git/x.c': '',
      'node_modules/m/x.c': '',
      'd/node_modules/x.c': '',
    });
    assert.deepEqual(await listOf(folder), ['a.c']);
    assert.deepEqual(await listOf(folder, { noIgnore: true }), [
      'a.c',
      'd/node_modules/x.c',
      'node_modules/m/x.c',
    ]);
  });

  it('leave out what .gitignore files name, the nearest one deciding', async () => {
    const folder = folderOf({
      '.gitignore': 'build/\n*.gen.c\n/top.c\n',
      'build/x.c': '',
      'a.gen.c': '',
      'top.c': '',
      'sub/top.c': '',
      'sub/.gitignore': '!keep.gen.c\nlocal.c\n',
      'sub/keep.gen.c': '',
      'sub/local.c': '',
      'local.c': '',
    });
    assert.deepEqual(await listOf(folder), ['local.c', 'sub/keep.gen.c', 'sub/top.c']);
    assert.equal((await listOf(folder, { noIgnore: true })).length, 7);
  });

  it('heed the .gitignore files above, up to the repository', async () => {
    const files = { '.gitignore': '*.gen.c\nfw/out/\n', 'fw/a.gen.c': '', 'fw/b.c': '', 'fw/out/c.c': '' };
    assert.deepEqual(
      await listOf(folderOf(files, 'fw')),
      ['a.gen.c', 'b.c', 'out/c.c'],
      'no repository, no say',
    );
    mkdirSync(join(base, '.git'));
    assert.deepEqual(await listOf(folderOf(files, 'fw')), ['b.c']);
    assert.deepEqual(await listOf(folderOf(files, 'fw/out')), ['c.c'], 'an ignored folder that is named');
  });

  it('never go through a link, so that cycles and ways out do not matter', async () => {
    const folder = folderOf({ 'in/a.c': '', 'in/d/b.c': '', 'out/secret.c': '' }, 'in');
    symlinkSync('..', join(base, 'in/d/up'));
    symlinkSync(join(base, 'out'), join(base, 'in/away'));
    symlinkSync('a.c', join(base, 'in/again.c'));
    assert.deepEqual(await listOf(folder), ['a.c', 'away', 'd/b.c']);
  });

  it('name a link that leads out or nowhere, so that reading it tells why', async () => {
    const folder = folderOf({ 'in/a.c': '', 'out/secret.c': 'secret' }, 'in');
    symlinkSync(join(base, 'out/secret.c'), join(base, 'in/leak.c'));
    symlinkSync('nothing.c', join(base, 'in/dangling.c'));
    assert.deepEqual(await listOf(folder), ['a.c', 'dangling.c', 'leak.c']);
    assert.deepEqual(await folder.read('leak.c'), {
      ok: false,
      reason: 'unreadable',
      detail: 'the link leads out of the folder',
    });
    assert.deepEqual(await folder.read('dangling.c'), {
      ok: false,
      reason: 'missing',
      detail: 'no such file, or a link to nothing',
    });
  });

  it('are not listed further once the signal is aborted', async () => {
    const folder = folderOf({ 'a.c': '' });
    await assert.rejects(folder.list({ signal: AbortSignal.abort() }), { name: 'AbortError' });
  });

  it('of a folder that is not there: it is told', async () => {
    const told: string[] = [];
    const folder = nodeFolder(join(base, 'gone'));
    const files = await folder.list({ onUnreadable: (path, detail) => told.push(`${path}: ${detail}`) });
    assert.deepEqual([files, told], [[], ['.: the folder cannot be read (ENOENT)']]);
  });
});

describe('reading a file', () => {
  it('gives its bytes', async () => {
    const content = await folderOf({ 'a/b c.c': 'int x;' }).read('a/b c.c');
    assert.ok(content.ok);
    assert.equal(new TextDecoder().decode(content.bytes), 'int x;');
  });

  it('refuses a path that leads out of the folder', async () => {
    const folder = folderOf({ 'in/a.c': '', 'out/secret.c': '' }, 'in');
    for (const path of ['../out/secret.c', 'x/../../out/secret.c']) {
      const content = await folder.read(path);
      assert.ok(!content.ok && content.detail === 'the path leads out of the folder', path);
    }
  });

  it('refuses what is not a file, and does not wait for a pipe', async () => {
    const folder = folderOf({ 'folder.c/x': '' });
    const content = await folder.read('folder.c');
    assert.ok(!content.ok && content.detail === 'not a file but a folder');
    execFileSync('mkfifo', [join(base, 'pipe.c')]);
    const pipe = await folder.read('pipe.c');
    assert.ok(!pipe.ok && pipe.detail === 'not a file but a device, pipe or socket');
  });

  it('does not read more than it is allowed', async () => {
    const content = await folderOf({ 'a.c': '12345' }).read('a.c', { maxBytes: 4 });
    assert.deepEqual(content, { ok: false, reason: 'too-large', detail: 'the file has 5 bytes', bytes: 5 });
  });
});

describe('git in a folder', () => {
  it('tells the commit', async () => {
    const folder = repository();
    assert.match((await folder.git(['rev-parse', 'HEAD'])) ?? '', /^[0-9a-f]{40}\n$/);
  });

  it('is silent without a repository, and for a wrong command', async () => {
    assert.equal(await folderOf({ 'a.c': '' }).git(['rev-parse', 'HEAD']), undefined);
    assert.equal(await repository().git(['rev-parse', '--verify', 'no-such-branch']), undefined);
  });

  it('runs only commands that read', async () => {
    const folder = repository();
    assert.equal(await folder.git(['commit', '--allow-empty', '-m', 'x']), undefined);
    assert.equal(await folder.git(['-c', 'alias.x=!true', 'x']), undefined);
  });

  it('starts nothing that the repository names', async () => {
    const folder = repository();
    const trap = join(base, 'trap');
    writeFileSync(join(base, 'trap.sh'), `#!/bin/sh\ntouch ${trap}\n`, { mode: 0o755 });
    for (const key of ['core.fsmonitor', 'core.pager', 'diff.external', 'gpg.program', 'core.sshCommand']) {
      execFileSync('git', ['-C', base, 'config', key, join(base, 'trap.sh')]);
    }
    execFileSync('git', ['-C', base, 'config', 'log.showSignature', 'true']);
    await folder.git(['rev-parse', 'HEAD']);
    await folder.git(['log', '-1', '--format=%cI']);
    await folder.git(['ls-tree', '-r', '-z', 'HEAD']);
    assert.equal(existsSync(trap), false);
  });
});

function repository(): FolderHost {
  const folder = folderOf({ 'a.c': '' });
  const git = (...args: string[]) =>
    execFileSync('git', ['-C', base, '-c', 'user.name=t', '-c', 'user.email=t@example.org', ...args]);
  git('init', '--quiet');
  git('add', 'a.c');
  git('commit', '--quiet', '--message', 'first');
  return folder;
}
