// npm run screenshots: opens a copy of examples/infusion-pump in the real editor and writes docs/screenshots/*.png.
// Which lines are shown comes from the example's own key, so the pictures follow the example.
import { cpSync, mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { ensureChromium } from './editor/chromium.mjs';
import { ensureCodeServer } from './editor/codeServer.mjs';
import { extensionsFolderWith } from './editor/extensionsFolder.mjs';
import { pageUrl, startCodeServer } from './editor/serve.mjs';
import { exitOnSignals, temporaryFolder } from './processes.mjs';
import { ensureBuilt, ensureInstalled, root } from './setup.mjs';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {{ file: string, line: number, column: number }} Place lines and columns count from 1 */

const target = join(root, 'docs', 'screenshots');
const patience = 30_000;
const settings = {
  'workbench.colorTheme': 'Default Dark Modern',
  'editor.minimap.enabled': false,
  'editor.fontSize': 13,
  'editor.hover.delay': 100,
  'breadcrumbs.enabled': false,
  'explorer.compactFolders': false,
  'window.title': 'infusion-pump',
  'workbench.layoutControl.enabled': false,
};

/**
 * What to show, by the example's key.
 * @param {string} workspace
 */
async function chooseScenes(workspace) {
  const { parse } = await import('yaml');
  const key = parse(readFileSync(join(workspace, 'seeded.yaml'), 'utf8'));
  const weakness = key.weaknesses.find(({ rule }) => rule === 'unbounded-string-copy') ?? key.weaknesses[0];
  const fixable = key.weaknesses.find(({ rule }) => rulesWithFix().has(rule)) ?? weakness;
  const gapIds = new Set([...key.gaps, ...(key.transitive ?? [])].map(({ id }) => id));
  return {
    weakness: startOfLine(workspace, weakness),
    fixable: startOfLine(workspace, fixable),
    tag: firstSoundTag(workspace, gapIds),
  };
}

/** Ids of the built-in rules that can mend what they find: a rule's file is named after it. */
function rulesWithFix() {
  const files = readdirSync(join(root, 'rules'), { recursive: true, encoding: 'utf8' });
  const fixing = files
    .filter((file) => file.endsWith('.yaml'))
    .filter((file) => /^ +fix(-regex)?:/m.test(readFileSync(join(root, 'rules', file), 'utf8')));
  return new Set(fixing.map((file) => basename(file, '.yaml')));
}

/** @param {string} workspace @param {{ file: string, line: number }} place @returns {Place} */
function startOfLine(workspace, { file, line }) {
  const text = readFileSync(join(workspace, file), 'utf8').split('\n')[line - 1] ?? '';
  return { file, line, column: text.search(/\S/) + 1 };
}

/**
 * The first tag of a requirement that lacks nothing, in the source file with the most of them.
 * @param {string} workspace
 * @param {ReadonlySet<string>} gapIds
 * @returns {Place & { id: string }}
 */
function firstSoundTag(workspace, gapIds) {
  const perFile = readdirSync(join(workspace, 'src'))
    .filter((name) => name.endsWith('.c'))
    .map((name) => {
      const file = `src/${name}`;
      const lines = readFileSync(join(workspace, file), 'utf8').split('\n');
      return lines.flatMap((text, index) => {
        const tag = /^ \* \[((?:SR|REQ)-[\w-]+)\]/.exec(text);
        return tag?.[1] === undefined || gapIds.has(tag[1])
          ? []
          : [{ id: tag[1], file, line: index + 1, column: 6 }];
      });
    })
    .sort((a, b) => b.length - a.length);
  const [tag] = perFile[0] ?? [];
  if (tag === undefined) throw new Error('The example has no function with a tag.');
  return tag;
}

/** @param {Page} page @param {Place} place */
async function goTo(page, { file, line, column }) {
  await page.keyboard.press('Control+P');
  await page.locator('.quick-input-widget input').first().fill(`${file}:${line}:${column}`);
  const name = file.split('/').at(-1) ?? file;
  // The list starts with what was opened last: wait for the answer to what was typed.
  await page.locator('.quick-input-list .monaco-list-row.focused', { hasText: name }).waitFor();
  await page.keyboard.press('Enter');
  await page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
  await page.locator('.tab.active', { hasText: name }).waitFor({ timeout: patience });
}

/** @param {Page} page */
async function showHover(page) {
  await page.keyboard.press('Control+K');
  await page.keyboard.press('Control+I');
  await page.locator('.monaco-hover:visible').first().waitFor({ timeout: patience });
}

/** @param {Page} page @param {string} command title in the command palette */
async function runCommand(page, command) {
  await page.keyboard.press('F1');
  await page.locator('.quick-input-widget input').first().fill(`>${command}`);
  await page.locator('.quick-input-list .monaco-list-row', { hasText: command }).first().waitFor();
  await page.keyboard.press('Enter');
  await page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
}

/** @param {Page} page @param {number} by pixels */
async function widenSideBar(page, by) {
  const box = await page.locator('.part.sidebar').boundingBox();
  if (box === null) throw new Error('The side bar is not open.');
  const edge = { x: box.x + box.width, y: box.y + box.height / 2 };
  await page.mouse.move(edge.x, edge.y);
  await page.mouse.down();
  await page.mouse.move(edge.x + by, edge.y, { steps: 4 });
  await page.mouse.up();
  await page.mouse.move(edge.x, 4); // otherwise the edge stays lit
}

/**
 * Shows an item of the traceability tree with all that belongs to it. By keyboard: a click would open its file.
 * @param {Page} page
 * @param {string} id
 */
async function expandItem(page, id) {
  await runCommand(page, 'Traceward: Focus on Traceability View');
  const tree = page.locator('.tree-explorer-viewlet-tree-view').first();
  const focused = tree.locator('.monaco-list-row.focused');
  await page.keyboard.press('Home');
  for (let row = 0; row < 200; row++) {
    if (((await focused.textContent()) ?? '').includes(id)) break;
    await page.keyboard.press('ArrowDown');
  }
  await page.keyboard.press('ArrowRight');
  const groups = tree.locator('.monaco-list-row[aria-level="2"]');
  await groups.first().waitFor();
  const count = await groups.count();
  for (let down = 0; down < count; down++) await page.keyboard.press('ArrowDown');
  // From the last one up, since what is opened pushes down what follows.
  for (let up = 0; up < count; up++) {
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowUp');
  }
}

/** Animations, late hovers and progress bars settle. @param {Page} page @param {string} name */
async function shoot(page, name) {
  await page.waitForTimeout(1200);
  await page.screenshot({ path: join(target, `${name}.png`) });
  console.log(`docs/screenshots/${name}.png`);
}

/** @param {Page} page @param {Awaited<ReturnType<typeof chooseScenes>>} scenes */
async function takeAll(page, { weakness, fixable, tag }) {
  await page.locator('.monaco-workbench').waitFor({ timeout: patience });
  await page.locator('.explorer-folders-view .monaco-list-row').first().waitFor({ timeout: patience });

  await goTo(page, weakness);
  await page.locator('.squiggly-error, .squiggly-warning').first().waitFor({ timeout: patience });
  await showHover(page);
  await shoot(page, 'findings');

  await page.keyboard.press('Escape');
  await goTo(page, fixable);
  await page.locator('.squiggly-error, .squiggly-warning').first().waitFor({ timeout: patience });
  await page.keyboard.press('Control+.');
  await page.locator('.action-widget .monaco-list-row').first().waitFor({ timeout: patience });
  await shoot(page, 'quickfix');

  await page.keyboard.press('Escape');
  await goTo(page, weakness);
  await page.keyboard.press('Control+Shift+M');
  await page.locator('.markers-panel .monaco-list-row').first().waitFor({ timeout: patience });
  await shoot(page, 'problems');

  await page.keyboard.press('Control+J');
  await runCommand(page, 'View: Show Traceward');
  const rows = page.locator('.tree-explorer-viewlet-tree-view .monaco-list-row');
  await rows.first().waitFor({ timeout: patience });
  await widenSideBar(page, 120);
  await goTo(page, tag);
  await page.locator('.codelens-decoration').first().waitFor({ timeout: patience });
  await expandItem(page, tag.id);
  await goTo(page, tag);
  await showHover(page);
  await shoot(page, 'trace');

  await page.keyboard.press('Escape');
  await showPanel(page, 'Show traceability matrix', '.row');
  await shoot(page, 'matrix');

  await closeEditors(page);
  await goTo(page, tag);
  await showPanel(page, 'Show trace graph', '.box');
  await shoot(page, 'graph');

  await closeEditors(page);
  await runCommand(page, 'Traceward: Start review');
  // The view takes the focus when it is filled, which would close a list that is open.
  await page.locator('.monaco-list-row', { hasText: 'Not reviewed' }).waitFor({ timeout: patience });
  await page.waitForTimeout(500);
  await goTo(page, tag);
  await page.locator('.comment-range-glyph, .comment-thread').first().waitFor({ timeout: patience });
  await shoot(page, 'review');
}

/**
 * Opens a panel and waits until its page shows something.
 * @param {Page} page
 * @param {string} command
 * @param {string} selector
 */
async function showPanel(page, command, selector) {
  await runCommand(page, `Traceward: ${command}`);
  const frame = page.frameLocator('iframe.webview').frameLocator('#active-frame');
  await frame.locator(selector).first().waitFor({ timeout: patience });
}

/** @param {Page} page */
async function closeEditors(page) {
  await runCommand(page, 'View: Close All Editors');
}

async function main() {
  exitOnSignals();
  await ensureInstalled();
  await ensureBuilt();
  const log = (/** @type {string} */ line) => console.log(line);
  // Only now: it needs a package that has just been installed.
  const { openSession } = await import('./editor/session.mjs');
  const workspace = join(temporaryFolder('shots'), 'infusion-pump');
  cpSync(join(root, 'examples', 'infusion-pump'), workspace, { recursive: true });
  mkdirSync(target, { recursive: true });
  const scenes = await chooseScenes(workspace);
  const serverMain = await ensureCodeServer(log);
  const browser = await ensureChromium(log);
  const server = await startCodeServer({
    serverMain,
    dataDir: temporaryFolder('data'),
    extensionsDir: extensionsFolderWith(root),
    userSettings: settings,
    trustAll: true,
  });
  const session = await openSession(browser, { width: 1440, height: 900, deviceScaleFactor: 1.5 });
  session.page.setDefaultTimeout(patience);
  try {
    await session.page.goto(pageUrl(server, { folder: workspace }));
    await takeAll(session.page, scenes);
  } catch (error) {
    await session.page.screenshot({ path: join(root, 'out', 'screenshots-failed.png') });
    console.error('What the page showed is in out/screenshots-failed.png');
    throw error;
  } finally {
    await session.close();
    await server.stop();
  }
}

main().then(
  () => process.exit(0),
  (error) => {
    console.error(error);
    process.exit(1);
  },
);
