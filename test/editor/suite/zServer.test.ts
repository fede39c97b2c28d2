// A language server that dies comes back. The file is named so that it runs last.
import { strict as assert } from 'node:assert';

import {
  closeEverything,
  command,
  open,
  replace,
  traceward,
  waitFor,
  waitForNoFinding,
  waitForUnderlined,
} from '../api.ts';

describe('the language server', () => {
  afterEach(closeEverything);

  it('is started again when it dies, and works on', async () => {
    const api = await traceward();
    const editor = await open('src/access.c');
    await waitForUnderlined('src/access.c', ['156 warning timing-unsafe-comparison']);
    const first = api.serverProcessId();
    assert.ok(first, 'the server has no process');
    process.kill(first, 'SIGKILL');
    await waitFor(
      'the status bar to tell',
      () => (api.status().alarming ? true : undefined),
      () => api.status(),
    );
    const second = await waitFor('another process', () => {
      const id = api.serverProcessId();
      return api.serverLife() === 'running' && id !== first ? id : undefined;
    });
    assert.notEqual(second, first);
    await waitFor(
      'a calm status bar',
      () => (api.status().alarming ? undefined : true),
      () => api.status(),
    );
    await replace(
      editor,
      'memcmp(digest, user->pin_digest, sizeof(digest)) != 0',
      '!pump_crypto_equal(digest)',
    );
    await waitForNoFinding('src/access.c', 'timing-unsafe-comparison');
  });

  it('is started again on command', async () => {
    const api = await traceward();
    const first = api.serverProcessId();
    await command('traceward.restartServer');
    assert.equal(api.serverLife(), 'running');
    assert.notEqual(api.serverProcessId(), first);
    await open('src/access.c');
    await waitForUnderlined('src/access.c', ['156 warning timing-unsafe-comparison']);
  });

  it('stays off after too many deaths, says so, and comes back on command', async () => {
    const api = await traceward();
    for (let deaths = 0; deaths < 6; deaths++) {
      const id = await waitFor(
        'a server to kill',
        () => (api.serverLife() === 'running' ? api.serverProcessId() : undefined),
        () => api.serverLife(),
      );
      process.kill(id, 'SIGKILL');
      await waitFor('its end', () => (api.serverProcessId() === id ? undefined : true));
    }
    await waitFor(
      'the server to stay off',
      () => (api.serverLife() === 'failed' ? true : undefined),
      () => api.serverLife(),
    );
    assert.match(api.status().text, /stopped/);
    assert.equal(api.status().alarming, true);
    await command('traceward.restartServer');
    await traceward();
    assert.equal(api.status().alarming, false);
  });
});
