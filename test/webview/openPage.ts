/** Pages of the panels in a real browser, under the policy that they have in the editor; what VS Code does is stood in for. */
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { Browser, Page } from 'playwright-core';

import { panelHtml } from '../../client/src/views/panelHtml.ts';
import type { FromPage, PageShown, ToPage } from '../../client/webview/messages.ts';

export const HOSTILE = [
  '<img src=x onerror="window.evil=1">',
  '"><script>window.evil=2</script>',
  '</script><svg onload=window.evil=3>',
  "javascript:window.evil=4//'",
  '\u202e<a href="https://evil.example">click</a>',
];
function file(path: string): string {
  return readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
}

/** Serves the page as the editor makes it. */
function serve(page: 'matrix' | 'graph'): Promise<Server> {
  const server = createServer((request, response) => {
    const port = (server.address() as AddressInfo).port;
    const origin = `http://127.0.0.1:${port}`;
    if (request.url === '/script.js') {
      response.setHeader('content-type', 'text/javascript');
      response.end(file(`dist/client/${page}.js`));
    } else if (request.url === '/style.css') {
      response.setHeader('content-type', 'text/css');
      response.end(file('media/panel.css'));
    } else {
      response.setHeader('content-type', 'text/html');
      const script = `${origin}/script.js`;
      const style = `${origin}/style.css`;
      response.end(panelHtml({ title: 'Test', script, style, styleSource: origin, nonce: 'abc123' }));
    }
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

export interface OpenPage {
  readonly page: Page;
  /** Messages of the page but `shown`, in their order. */
  readonly sent: () => readonly FromPage[];
  readonly shown: () => PageShown | undefined;
  close(): Promise<void>;
}

/** Opens a page, and gives it its first message. */
export async function openPage(
  browser: Browser,
  name: 'matrix' | 'graph',
  message: ToPage,
): Promise<OpenPage> {
  const server = await serve(name);
  const page = await browser.newPage({ viewport: { width: 1200, height: 600 } });
  const sent: FromPage[] = [];
  await page.exposeFunction('hostTold', (told: FromPage) => void sent.push(told));
  await page.addInitScript(
    'globalThis.acquireVsCodeApi = () => ({ postMessage: (told) => globalThis.hostTold(told) });',
  );
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  await waitUntil(page, 'document.body.children.length > 1');
  await page.evaluate(`window.postMessage(${JSON.stringify(message)})`);
  const opened: OpenPage = {
    page,
    sent: () => sent.filter(({ type }) => type !== 'shown' && type !== 'ready'),
    shown: () => sent.flatMap((each) => (each.type === 'shown' ? [each.shown] : [])).at(-1),
    close: async () => {
      await page.close();
      await new Promise((done) => server.close(done));
    },
  };
  await waitUntil(page, `document.querySelector('[role=row].row, [role=button]') !== null`);
  return opened;
}

const PATIENCE_MS = 30_000;

/** Waits for an expression to hold. What the browser's driver offers for that asks a second time within the page, where its policy forbids to evaluate text. */
export async function waitUntil(page: Page, expression: string): Promise<void> {
  const last = Date.now() + PATIENCE_MS;
  while ((await page.evaluate(expression)) !== true) {
    if (Date.now() > last) throw new Error(`It does not come to hold: ${expression}`);
    await page.waitForTimeout(20);
  }
}
