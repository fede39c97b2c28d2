/** The page of the graph in a real browser. */
import assert from 'node:assert/strict';

import type { Browser, Page } from 'playwright-core';

import type { GraphBox, GraphLine, TraceGraphPart } from '../../server/src/protocol/panels.ts';
import { launchBrowser } from './browser.mjs';
import { HOSTILE, openPage, waitUntil, type OpenPage } from './openPage.ts';

const START = { line: 0, character: 0 };

function box(key: string, more: Partial<GraphBox> = {}): GraphBox {
  return {
    ...{ key, folder: 'file:///ws', end: { kind: 'item', id: key } },
    ...{ kind: 'requirement', label: key, description: 'd', status: 'covered', reasons: [] },
    location: { uri: 'file:///ws/a.yaml', range: { start: START, end: START } },
    ...more,
  };
}

const line = (from: string, to: string, more: Partial<GraphLine> = {}): GraphLine => ({
  ...{ from, to, type: 'derives', isSound: true },
  ...more,
});

const PART: TraceGraphPart = {
  start: 'B',
  boxes: [
    box('A', { kind: 'threat' }),
    box('B'),
    box('C'),
    box('D', { kind: 'unit', status: 'gap', reasons: ['No test.'] }),
  ],
  lines: [line('B', 'A', { isSound: false }), line('C', 'A'), line('D', 'B'), line('D', 'gone')],
  left: 7,
};

/** Of each kind, how many in a hundred. */
const KINDS = [
  { kind: 'threat', share: 2 },
  { kind: 'control', share: 8 },
  { kind: 'requirement', share: 30 },
  { kind: 'unit', share: 40 },
  { kind: 'test', share: 20 },
] as const;

/** Hundreds of boxes, with 240 links for each. */
function large(hundreds = 50): TraceGraphPart {
  const kinds = KINDS.flatMap(({ kind, share }) => Array<GraphBox['kind']>(share * hundreds).fill(kind));
  const [threats, count] = [2 * hundreds, 100 * hundreds];
  const keyOf = (index: number) => `K-${index}`;
  const lines = Array.from({ length: 240 * hundreds }, (_, n) => {
    const from = threats + ((n * 7919) % (count - threats));
    return line(keyOf(from), keyOf((n * 104_729) % Math.max(threats, Math.min(from, 40 * hundreds))));
  });
  const statuses = ['covered', 'gap', 'below', 'broken'] as const;
  return {
    boxes: kinds.map((kind, index) =>
      box(keyOf(index), {
        ...{ kind, description: `what number ${index} is about` },
        status: statuses[index % 4] ?? 'covered',
      }),
    ),
    lines,
    left: 0,
  };
}

describe('the page of the graph', () => {
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

  async function open(part: TraceGraphPart): Promise<OpenPage> {
    opened = await openPage(browser, 'graph', { type: 'graph', part });
    return opened;
  }

  const labels = (page: Page) => page.locator('.box .label').allTextContents();
  const countOf = (page: Page) => page.evaluate<number>('document.querySelectorAll("*").length');
  const active = (page: Page) => page.locator('.box[tabindex="0"] .label').textContent();

  it('is walked with the arrow keys, and opens and centres boxes', async () => {
    const { page, sent } = await open(PART);
    assert.match(await page.locator('.count').innerText(), /^4 boxes, 7 more are too many/);
    assert.equal(await page.locator('.line.broken:not(.own)').count(), 1);
    assert.equal(
      await page.locator('.box[tabindex="0"]').getAttribute('aria-label'),
      'B, requirement, covered, d',
    );
    await page.locator('.box.start').focus();
    for (const key of ['ArrowDown', 'ArrowUp', 'ArrowRight', 'Enter', 'ArrowLeft', 'ArrowLeft', ' ']) {
      await page.keyboard.press(key);
    }
    assert.equal(await page.locator('.at').innerText(), 'A, threat, covered, d');
    await page.getByRole('button', { name: 'C, requirement' }).click();
    await page.getByRole('button', { name: 'D, unit' }).click({ button: 'right' });
    await page.getByRole('button', { name: 'Whole trace' }).click();
    await page.getByRole('button', { name: 'Export SVG' }).click();
    assert.deepEqual(sent(), [
      { type: 'open', index: 3 },
      { type: 'centre', index: 0 },
      { type: 'open', index: 2 },
      { type: 'centre', index: 3 },
      { type: 'whole' },
      { type: 'export' },
    ]);
  });

  it('shows labels with markup as text', async () => {
    const boxes = HOSTILE.map((text, n) => box(`k${n}`, { label: text, description: text, reasons: [text] }));
    const { page } = await open({ boxes, lines: [], left: 0 });
    const cut = (text: string) => (text.length <= 30 ? text : `${text.slice(0, 29)}…`);
    assert.deepEqual((await labels(page)).sort(), HOSTILE.map(cut).sort());
    assert.equal(await page.locator('img, a, script:not([nonce]), foreignObject').count(), 0);
    assert.equal(await page.evaluate('globalThis.evil'), undefined);
  });

  it('has elements for what is in view alone: five thousand boxes are panned and zoomed', async () => {
    const { page, sent } = await open(large());
    assert.match(await page.locator('.count').innerText(), /^5000 boxes/);
    const first = new Set(await labels(page));
    assert.ok(first.size > 20 && first.size <= 500, String(first.size));
    assert.ok((await countOf(page)) < 4000);

    await page.evaluate('document.querySelector(".canvas").scrollLeft += 4000');
    await waitUntil(
      page,
      `document.querySelector('.box .label').textContent !== ${JSON.stringify([...first][0])}`,
    );
    const second = await labels(page);
    assert.ok(second.length > 20 && second.length <= 501);
    assert.ok(second.filter((label) => first.has(label)).length < 30, 'others are there now');

    await page.mouse.move(600, 300);
    await page.mouse.down();
    await page.mouse.move(300, 100, { steps: 3 });
    await page.mouse.up();
    assert.deepEqual(sent(), [], 'a drag is no click');

    await page.getByRole('button', { name: 'Show all of it' }).click();
    assert.ok((await countOf(page)) < 300, 'far out a few shapes stand for all');
    assert.equal(await page.locator('.shape').count(), 4);
    const svg = await page.locator('svg').boundingBox();
    assert.ok(svg !== null && svg.width <= 1200 && svg.height <= 600);
  });

  it('lets the keyboard reach every box', async () => {
    const { page } = await open(large(6));
    await page.locator('.canvas .box[tabindex="0"]').focus();
    const reached = await page.evaluate<number>(`(() => {
      const seen = new Set();
      const now = () => document.activeElement.getAttribute('data-index');
      const press = (key, ctrlKey = false) =>
        document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, ctrlKey }));
      // Far out few elements are drawn: many steps are quick.
      press('0');
      press('Home', true);
      for (let column = -1, last; column !== now(); ) {
        column = now();
        press('Home');
        for (last = undefined; now() !== last; press('ArrowDown')) seen.add((last = now()));
        press('Home');
        column = now();
        press('ArrowRight');
      }
      return seen.size;
    })()`);
    assert.equal(reached, 600);
  });

  it('finds boxes by words, also those that are out of view', async () => {
    const { page } = await open(large());
    await page.getByRole('searchbox').fill('number 4321');
    await page.getByRole('searchbox').press('Enter');
    assert.equal(await active(page), 'K-4321');
    assert.equal(await page.locator('.count').innerText(), '1 of 1 found');
    const [inside] = await page.locator('.box.match').all();
    const at = await inside?.boundingBox();
    assert.ok(at !== null && at !== undefined && at.x > 0 && at.x < 1200 && at.y > 0 && at.y < 600);
    await page.getByRole('searchbox').fill('about 432');
    await page.getByRole('searchbox').press('Shift+Enter');
    assert.match(await page.locator('.count').innerText(), /^5 of 15 found$/);
  });

  it('leaves out kinds and states, and keeps the box that the keyboard is on', async () => {
    const { page } = await open(PART);
    await page.getByRole('button', { name: 'threat 1' }).click();
    assert.match(await page.locator('.count').innerText(), /^3 boxes, 1 filtered out/);
    assert.equal(await active(page), 'B');
    await page.getByRole('button', { name: '! has a gap 1' }).click();
    assert.deepEqual((await labels(page)).sort(), ['B', 'C']);
    assert.equal(await page.getByRole('button', { name: 'threat 1' }).getAttribute('aria-pressed'), 'false');
    await page.getByRole('button', { name: 'threat 1' }).click();
    assert.deepEqual((await labels(page)).sort(), ['A', 'B', 'C']);
  });

  it('keeps zoom and place when the trace changes', async () => {
    const { page } = await open(large());
    await page.getByRole('button', { name: 'Zoom in' }).click();
    await page.evaluate('document.querySelector(".canvas").scrollLeft = 5000');
    const before = await page.evaluate('document.querySelector(".canvas").scrollLeft');
    await page.evaluate(`window.postMessage(${JSON.stringify({ type: 'graph', part: large() })})`);
    await page.waitForTimeout(100);
    assert.equal(await page.evaluate('document.querySelector(".canvas").scrollLeft'), before);
  });
});
