import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';

import { NOTHING_LEFT_OUT } from '../../../server/src/core/evidence/evidence.ts';
import { writeIndexHtml } from '../../../server/src/core/evidence/indexHtml.ts';
import { writeMatrixHtml } from '../../../server/src/core/evidence/matrixHtml.ts';
import { CONTEXT, SKIPPED, snapshotOf, SOURCES } from './evidence.ts';

let index: string;
let matrix: string;

before(async () => {
  const snapshot = await snapshotOf(SOURCES, SKIPPED);
  index = writeIndexHtml(snapshot, CONTEXT).text;
  matrix = writeMatrixHtml(snapshot, CONTEXT).text;
});

/** Text of a page or of a part of it, as a reader sees it. */
function shown(page: string, section?: string): string {
  const part =
    section === undefined
      ? page
      : (new RegExp(`<section id="${section}">(.*?)</section>`, 's').exec(page)?.[1] ?? '');
  return part
    .replaceAll(/<(style|title)>.*?<\/\1>/gs, '')
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ');
}

for (const name of ['index', 'matrix'] as const) {
  describe(`the ${name} page`, () => {
    const page = () => (name === 'index' ? index : matrix);

    it('loads nothing and runs nothing: its policy allows one style sheet by hash', () => {
      const style = /<style>(.*?)<\/style>/s.exec(page())?.[1] ?? '';
      const hash = createHash('sha256').update(style).digest('base64');
      const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page())?.[1] ?? '';
      assert.match(policy, /^default-src &#39;none&#39;; /);
      assert.ok(policy.includes(`style-src &#39;sha256-${hash}&#39;`), 'the hash is that of the style sheet');
      assert.doesNotMatch(page(), /<script|<img|<link|<iframe|\sstyle="|\son\w+="/i);
      assert.equal(page().match(/<style>/g)?.length, 1);
    });

    it('escapes what the workspace says', () => {
      assert.doesNotMatch(page(), /<b>else|<script>/);
      assert.ok(
        page().includes('Somebody &lt;b&gt;else&lt;/b&gt;') || page().includes('Says &lt;script&gt; why'),
      );
    });

    it('names tool, version and commit on every printed page', () => {
      assert.match(shown(page()), new RegExp(`Traceward 1\\.2\\.3 · commit ${CONTEXT.commit?.id ?? ''}`));
    });

    it('has elements that are closed in order', () => {
      const open: string[] = [];
      for (const [, slash, element = '', rest = ''] of page().matchAll(/<(\/?)([a-z][a-z0-9]*)([^>]*)>/g)) {
        if (['meta', 'br', 'wbr'].includes(element) || rest.endsWith('/')) continue;
        if (slash === '/') assert.equal(open.pop(), element);
        else open.push(element);
      }
      assert.deepEqual(open, []);
    });

    it('claims no conformity', () => {
      assert.doesNotMatch(shown(page()), /complian|complies|conforms|certified|approved by/i);
    });
  });
}

describe('the index page', () => {
  it('says that it supports evidence', () => assert.match(shown(index), /supports evidence for a review/));

  it('shows what was analysed', () => {
    assert.match(shown(index, 'analysed'), /c 3 \d+ \d+ \d/);
    assert.match(shown(index, 'analysed'), /3 rules in force/);
  });

  it('shows each finding with its place, function and code', () => {
    const findings = shown(index, 'findings');
    assert.match(findings, /error Unbounded|error String copy string-copy/);
    assert.match(findings, /src\/ble link\.c:3 in receive name may overflow/);
    assert.match(index, /<mark>strcpy\(name, text\)<\/mark>;/);
  });

  it('shows suppressions with their reasons, those without first', () => {
    const suppressions = shown(index, 'suppressions');
    assert.match(
      suppressions,
      /2 findings hidden by comments in the code and by reviews; 1 without a reason/,
    );
    assert.match(suppressions, /no reason.*only for the screen saver/);
  });

  it('shows gaps, broken links and justified gaps', () => {
    const trace = shown(index, 'trace');
    assert.match(trace, /Requirements 2 \d \d/);
    assert.match(trace, /other implements SR-AUTH-999 orphaned src\/tag\.c:1/);
    assert.match(trace, /Justified gaps .* The gateway logs instead/);
  });

  it('shows what was not analysed', () => {
    const limits = shown(index, 'limits');
    assert.match(limits, /Rules switched off off .*Files excluded third\/\*\* .*tags only test\/t\.c/);
    assert.match(limits, /src\/big\.c too large the file has 9 bytes/);
    assert.match(limits, /src\/broken\.c \d+ \d+ 2/);
    assert.match(limits, /src\/tag\.c : Not UTF-8 &lt;here&gt;\./);
  });

  it('says which files are not as in the commit', async () => {
    const commit = { id: 'f'.repeat(40), folder: '', changed: ['src/tag.c'] };
    const page = writeIndexHtml(await snapshotOf(), { ...CONTEXT, commit }).text;
    assert.match(shown(page), /1 file of the working folder differs from it/);
    assert.match(shown(page, 'analysed'), /Not as in the commit: src\/tag\.c/);
  });

  it('can be read when there is nothing in the workspace', async () => {
    const { tool } = CONTEXT;
    const page = writeIndexHtml(await snapshotOf({}), {
      tool,
      inputs: [],
      problems: [],
      leftOut: NOTHING_LEFT_OUT,
      texts: new Map(),
    }).text;
    assert.match(shown(page), /without a known commit/);
    assert.match(shown(page, 'findings'), /No rule found anything/);
    assert.match(shown(page, 'trace'), /no assets, threats, requirements or tests/);
  });
});

describe('the matrix page', () => {
  it('has gaps first', () => {
    const text = shown(matrix);
    assert.ok(text.indexOf('SR-AUTH-999') < text.indexOf('SR-LOG-001'));
  });

  it('leads from each threat down to its tests', () => {
    assert.match(
      shown(matrix),
      /T-001 Somebody .* spoofing .* SR-AUTH-001 SR-LOG-001 src\/ ble link\.c# receive TC-AUTH-001/,
    );
  });
});
