// One headless browser page that shows the editor. Shared by the test launcher and by the screenshots.
import { chromium } from 'playwright-core';

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * @typedef {object} Session
 * @property {import('playwright-core').Page} page
 * @property {Promise<string>} broken resolves with a reason when the page or the browser is lost
 * @property {() => Promise<void>} close
 */

/**
 * @param {import('./chromium.mjs').Browser} browser
 * @param {{ width?: number, height?: number, deviceScaleFactor?: number }} [screen]
 * @returns {Promise<Session>}
 */
export async function openSession(browser, screen = {}) {
  const running = await chromium.launch({
    executablePath: browser.executablePath,
    env: /** @type {Record<string, string>} */ ({ ...process.env, ...browser.env }),
    args: flags,
  });
  const page = await running.newPage({
    viewport: { width: screen.width ?? 1440, height: screen.height ?? 900 },
    deviceScaleFactor: screen.deviceScaleFactor ?? 1,
  });
  const broken = new Promise((resolve) => {
    page.once('crash', () => resolve('the page crashed'));
    running.once('disconnected', () => resolve('the browser ended'));
  });
  return { page, broken, close: () => running.close() };
}
