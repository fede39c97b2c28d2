// The headless browser of the editor tests, without an editor in it.
import { chromium } from 'playwright-core';
import { ensureChromium } from '../../scripts/editor/chromium.mjs';

export async function launchBrowser() {
  const found = await ensureChromium(() => undefined);
  return chromium.launch({
    executablePath: found.executablePath,
    env: /** @type {Record<string, string>} */ ({ ...process.env, ...found.env }),
    args: ['--no-sandbox', '--disable-gpu'],
  });
}
