import assert from 'node:assert/strict';

import { SaxesParser } from 'saxes';

import { graphSvg } from '../../../client/src/views/graphSvg.ts';
import { escaped, newNonce, panelHtml } from '../../../client/src/views/panelHtml.ts';
import type { GraphBox } from '../../../server/src/protocol/panels.ts';

const HOSTILE = `</text></svg><script>alert(1)</script><img src=x onerror="a()">&lt;\u0000\u001b'"`;

describe('the page of a panel', () => {
  const page = { title: 'T', script: 's.js', style: 's.css', styleSource: 'vs:', nonce: 'n0' };

  it('allows one script and one style, and nothing else', () => {
    const html = panelHtml(page);
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1];
    assert.equal(
      policy?.replaceAll('&#39;', "'"),
      "default-src 'none'; style-src vs:; script-src 'nonce-n0'; base-uri 'none'; form-action 'none'",
    );
    assert.deepEqual(html.match(/<script[^>]*>/g), ['<script nonce="n0" src="s.js">']);
    assert.doesNotMatch(html, / on\w+=| style=|unsafe/);
  });

  it('escapes what it is given', () => {
    const html = panelHtml({ ...page, title: HOSTILE, script: '"><b>' });
    assert.doesNotMatch(html, /<b>|<img|alert\(1\)<\/script>/);
  });

  it('has another nonce each time', () => {
    const some = new Set(Array.from({ length: 50 }, newNonce));
    assert.equal(some.size, 50);
    for (const nonce of some) assert.match(nonce, /^[0-9a-f]{48}$/);
  });
});

describe('the picture of a graph', () => {
  const box: GraphBox = {
    key: 'k',
    folder: 'f',
    end: { kind: 'item', id: 'x' },
    kind: 'requirement',
    label: HOSTILE,
    description: HOSTILE,
    status: 'gap',
    reasons: [HOSTILE],
  };

  it('is well-formed, with every text as text', () => {
    const svg = graphSvg({
      boxes: [box],
      lines: [{ from: 'k', to: 'k', type: HOSTILE, isSound: false }],
      left: 0,
    });
    const names: string[] = [];
    let text = '';
    const parser = new SaxesParser();
    parser.on('opentag', ({ name }) => names.push(name));
    parser.on('text', (each) => (text += each));
    parser.on('error', (error) => assert.fail(error));
    parser.write(svg).close();
    assert.deepEqual([...new Set(names)].sort(), ['g', 'path', 'rect', 'svg', 'text', 'title']);
    assert.ok(text.includes('<script>alert(1)</script><img src=x onerror="a()">'));
  });

  it('escapes for elements and attributes alike', () => {
    assert.equal(escaped(`<&>"'x`), '&#60;&#38;&#62;&#34;&#39;x');
  });
});
