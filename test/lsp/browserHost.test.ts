import assert from 'node:assert/strict';

import { browserHost } from '../../server/src/host/browserHost.ts';
import type { ReadFileResult } from '../../server/src/protocol/messages.ts';

const FILES: Record<string, string> = {
  '.gitignore': 'build/\n*.log\n',
  'a.c': 'int a;\n',
  'build/out.c': '',
  'src/.gitignore': '!keep.log\nlocal.c\n',
  'src/keep.log': '',
  'src/local.c': '',
  'src/ä b.c': 'int ä;\n',
  'node_modules/x/y.c': '',
  '.git/config': '',
};

/** A client that serves `FILES` and the asset `x.json`. */
const client = {
  sendRequest<R>(method: string, params: unknown): Promise<R> {
    const { uri, name } = params as { uri?: string; name?: string };
    if (method === 'traceward/host/list') return Promise.resolve(Object.keys(FILES).reverse() as R);
    const text =
      name === undefined
        ? FILES[decodeURIComponent((uri ?? '').replace('vfs://x/ws/', ''))]
        : name === 'x.json'
          ? '{}'
          : undefined;
    const result: ReadFileResult =
      text === undefined
        ? { ok: false, reason: 'missing', detail: 'no such file' }
        : { ok: true, base64: Buffer.from(text).toString('base64') };
    return Promise.resolve(result as R);
  },
};

describe('the host in a browser', () => {
  const host = browserHost(client);
  const folder = host.openFolder('vfs://x/ws');

  it('lists through the client, in order, without what .gitignore files name', async () => {
    assert.deepEqual(await folder.list({}), [
      '.gitignore',
      'a.c',
      'src/.gitignore',
      'src/keep.log',
      'src/ä b.c',
    ]);
    assert.deepEqual((await folder.list({ noIgnore: true })).length, 8);
  });

  it('reads bytes, also of files with unusual names, up to a limit', async () => {
    const text = await folder.read('src/ä b.c');
    assert.equal(text.ok && new TextDecoder().decode(text.bytes), 'int ä;\n');
    assert.deepEqual(await folder.read('none.c'), { ok: false, reason: 'missing', detail: 'no such file' });
    const large = await folder.read('a.c', { maxBytes: 3 });
    assert.deepEqual(large.ok ? '' : large.reason, 'too-large');
  });

  it('reads what ships with the extension', async () => {
    assert.equal(new TextDecoder().decode(await host.readAsset('x.json')), '{}');
    await assert.rejects(host.readAsset('y.wasm'), /y\.wasm cannot be read: no such file/);
  });
});
