/** The pages of the panels in a real browser, under the policy that they have in the editor; what VS Code does is stood in for. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { Browser, Page } from 'playwright-core';

import { panelHtml } from '../../client/src/views/panelHtml.ts';
import type { FromPage, PageShown, ToPage } from '../../client/webview/messages.ts';
import type { GraphBox, Matrix, TraceGraphDrawing } from '../../server/src/protocol/panels.ts';
import { launchBrowser } from './browser.mjs';

const HOSTILE = [
  '<img src=x onerror="window.evil=1">',
  '"><script>window.evil=2</script>',
  '</script><svg onload=window.evil=3>',
  "javascript:window.evil=4//'",
  '\u202e<a href="https://evil.example">click</a>',
];
const START = { line: 0, character: 0 };
const PLACE = { uri: 'file:///ws/a.yaml', range: { start: START, end: START } };

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

interface OpenPage {
  readonly page: Page;
  /** Messages of the page but `shown`, in their order. */
  readonly sent: () => readonly FromPage[];
  readonly shown: () => PageShown | undefined;
  close(): Promise<void>;
}

describe('pages of the panels', () => {
  let browser: Browser;
  let opened: OpenPage | undefined;

  before(async function () {
    this.timeout(120_000);
    browser = await launchBrowser();
  });
  afterEach(async () => {
    await opened?.close();
    opened = undefined;
  });
  after(() => browser.close());

  async function open(name: 'matrix' | 'graph', message: ToPage): Promise<OpenPage> {
    const server = await serve(name);
    const page = await browser.newPage({ viewport: { width: 1200, height: 600 } });
    const sent: FromPage[] = [];
    await page.exposeFunction('hostTold', (told: FromPage) => void sent.push(told));
    await page.addInitScript(
      'globalThis.acquireVsCodeApi = () => ({ postMessage: (told) => globalThis.hostTold(told) });',
    );
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    await page.waitForFunction('document.body.children.length > 1');
    await page.evaluate(`window.postMessage(${JSON.stringify(message)})`);
    opened = {
      page,
      sent: () => sent.filter(({ type }) => type !== 'shown' && type !== 'ready'),
      shown: () => sent.flatMap((each) => (each.type === 'shown' ? [each.shown] : [])).at(-1),
      close: async () => {
        await page.close();
        await new Promise((done) => server.close(done));
      },
    };
    await page.waitForFunction(`document.querySelector('[role=row].row, [role=button]') !== null`);
    return opened;
  }

  const evil = (page: Page) => page.evaluate('globalThis.evil');

  function matrixOf(count: number): Matrix {
    return {
      columns: ['kind', 'id', 'title', 'threats'],
      rows: Array.from({ length: count }, (_, n) => ({
        cells: ['requirement', `SR-${n}`, n % 2 === 0 ? 'even' : 'odd', 'T-1; T-2'],
        status: n % 3 === 0 ? 'gap' : 'covered',
        location: PLACE,
      })),
    };
  }

  it('show ids with markup as text, and run nothing of them', async () => {
    const rows = HOSTILE.map((text) => ({
      cells: ['requirement', text, text, text],
      status: 'gap' as const,
      location: PLACE,
    }));
    const { page } = await open('matrix', {
      type: 'matrix',
      matrix: { columns: ['kind', 'id', 'title', 'threats'], rows },
    });
    const cells = await page.locator('.row > div:nth-child(2)').allTextContents();
    assert.deepEqual(cells, HOSTILE);
    assert.equal(await page.locator('img, a, svg, iframe').count(), 0);
    assert.equal(await page.locator('script').count(), 1);
    assert.equal(await evil(page), undefined);
  });

  it('run no script but their own, whatever is put into them', async () => {
    const { page } = await open('matrix', { type: 'matrix', matrix: matrixOf(1) });
    await page.evaluate(`{
      const script = document.createElement('script');
      script.textContent = 'window.evil = 5';
      const holder = document.createElement('div');
      holder.innerHTML = '<button onclick="window.evil = 6">x</button>';
      document.body.append(script, holder);
      holder.firstChild.click();
    }`);
    assert.equal(await evil(page), undefined);
  });

  it('have elements only for rows on the screen: ten thousand rows scroll and filter', async () => {
    const { page, sent } = await open('matrix', { type: 'matrix', matrix: matrixOf(10_000) });
    assert.ok((await page.locator('.row').count()) < 60);
    await page.locator('.grid').focus();
    await page.keyboard.press('End');
    assert.match(await page.locator('.row.active').innerText(), /SR-9999/);
    assert.ok((await page.locator('.row').count()) < 60);
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await page.locator('input[type=search]').fill('sr-77 odd');
    assert.equal(await page.locator('.count').innerText(), '56 of 10000 rows');
    await page.locator('#gaps').check();
    assert.equal(
      await page.locator('.grid').getAttribute('aria-rowcount'),
      String((await rowsShown(page)) + 1),
    );
    await page.locator('.row .id').first().click();
    await page.locator('.row > div:nth-child(2)').first().click();
    await page.getByRole('button', { name: 'Export CSV' }).click();
    const [first, second, third, fourth] = sent();
    assert.deepEqual(first, { type: 'open', index: 9998 });
    assert.deepEqual(second, { type: 'openId', id: 'T-1' });
    // The first row that has the words, is odd and has a gap.
    assert.deepEqual(third, { type: 'open', index: 771 });
    assert.deepEqual(fourth, { type: 'export' });
  });

  it('sort by a column, both ways, and say so', async () => {
    const { page } = await open('matrix', { type: 'matrix', matrix: matrixOf(30) });
    await page.getByRole('button', { name: 'Sort by title' }).click();
    assert.equal(await page.locator('[role=columnheader]').nth(2).getAttribute('aria-sort'), 'ascending');
    assert.match(await page.locator('.row').first().innerText(), /even/);
    await page.getByRole('button', { name: 'Sort by title' }).click();
    assert.match(await page.locator('.row').first().innerText(), /odd/);
  });

  it('say what they show', async () => {
    const { page, shown } = await open('matrix', { type: 'matrix', matrix: matrixOf(3) });
    await page.waitForTimeout(100);
    assert.equal(shown()?.count, 3);
    assert.match(shown()?.texts[0] ?? '', /SR-0/);
    assert.equal(shown()?.elements['script'], 1);
  });

  const box = (key: string, x: number, y: number, more: Partial<GraphBox> = {}): GraphBox => ({
    key,
    folder: 'file:///ws',
    end: { kind: 'item', id: key },
    kind: 'requirement',
    label: key,
    description: 'd',
    status: 'covered',
    reasons: [],
    location: PLACE,
    width: 120,
    height: 40,
    x,
    y,
    ...more,
  });
  const DRAWING: TraceGraphDrawing = {
    width: 600,
    height: 200,
    start: 'B',
    boxes: [box('A', 80, 40), box('B', 300, 40), box('C', 300, 120), box('D', 520, 40)],
    lines: [
      {
        from: 'B',
        to: 'A',
        type: 'mitigates',
        isSound: false,
        points: [
          { x: 240, y: 40 },
          { x: 140, y: 40 },
        ],
      },
    ],
    left: 7,
  };

  it('draw a graph that is walked with the arrow keys', async () => {
    const { page, sent } = await open('graph', { type: 'graph', drawing: DRAWING });
    assert.match(await page.locator('.count').innerText(), /^4 boxes, 7 more are not drawn/);
    assert.equal(await page.locator('.line.broken').count(), 1);
    assert.equal(
      await page.locator('.box[tabindex="0"]').getAttribute('aria-label'),
      'B, requirement, covered, d',
    );
    await page.locator('.box.start').focus();
    for (const key of ['ArrowDown', 'ArrowUp', 'ArrowRight', 'Enter', 'ArrowLeft', 'ArrowLeft', ' ']) {
      await page.keyboard.press(key);
    }
    await page.locator('.box').nth(2).click();
    await page.getByRole('button', { name: 'Whole trace' }).click();
    await page.getByRole('button', { name: 'Zoom in' }).click();
    assert.equal(await page.locator('svg').getAttribute('width'), '750');
    assert.deepEqual(sent(), [
      { type: 'open', index: 3 },
      { type: 'centre', index: 0 },
      { type: 'open', index: 2 },
      { type: 'whole' },
    ]);
  });

  it('draw labels with markup as text', async () => {
    const boxes = HOSTILE.map((text, n) =>
      box(`k${n}`, 120, 40 + 60 * n, { label: text, description: text, reasons: [text], width: 1000 }),
    );
    const { page } = await open('graph', {
      type: 'graph',
      drawing: { ...DRAWING, boxes, lines: [], left: 0 },
    });
    assert.deepEqual(await page.locator('.label').allTextContents(), HOSTILE);
    assert.equal(await page.locator('img, a, script:not([nonce]), foreignObject').count(), 0);
    assert.equal(await evil(page), undefined);
  });
});

async function rowsShown(page: Page): Promise<number> {
  return Number(/^(\d+)/.exec(await page.locator('.count').innerText())?.[1]);
}
