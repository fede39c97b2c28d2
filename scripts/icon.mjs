// Draws media/icon.png, which the manifest needs, from media/icon.svg. Run it after changing the drawing.
import { readFile, writeFile } from 'node:fs/promises';
import { chromium } from 'playwright-core';
import { ensureChromium } from './editor/chromium.mjs';

const size = 128;
const svg = await readFile(new URL('../media/icon.svg', import.meta.url), 'utf8');
const browser = await ensureChromium(console.log);
const running = await chromium.launch({
  executablePath: browser.executablePath,
  env: /** @type {Record<string, string>} */ ({ ...process.env, ...browser.env }),
  args: ['--no-sandbox', '--disable-gpu'],
});
try {
  const page = await running.newPage({ viewport: { width: size, height: size } });
  await page.setContent(`<body style="margin: 0">${svg}</body>`);
  const png = await page.screenshot({
    omitBackground: true,
    clip: { x: 0, y: 0, width: size, height: size },
  });
  await writeFile(new URL('../media/icon.png', import.meta.url), png);
} finally {
  await running.close();
}
