/** The pages of the panels in a real browser, under the policy that they have in the editor; what VS Code does is stood in for. */
import assert from 'node:assert/strict';

import type { Browser, Page } from 'playwright-core';

import type { ToPage } from '../../client/webview/messages.ts';
import type { Matrix } from '../../server/src/protocol/panels.ts';
import { launchBrowser } from './browser.mjs';
import { HOSTILE, openPage, type OpenPage } from './openPage.ts';

const START = { line: 0, character: 0 };
const PLACE = { uri: 'file:///ws/a.yaml', range: { start: START, end: START } };

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

  async function open(name: 'matrix', message: ToPage): Promise<OpenPage> {
    opened = await openPage(browser, name, message);
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
});

async function rowsShown(page: Page): Promise<number> {
  return Number(/^(\d+)/.exec(await page.locator('.count').innerText())?.[1]);
}
