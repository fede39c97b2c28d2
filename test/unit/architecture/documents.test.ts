import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';

import { DEFAULT_CONFIG, projectConfigSchema } from '../../../server/src/core/config/projectConfig.ts';
import { FORMULA_KEYS } from '../../../server/src/core/rules/readFormula.ts';
import { LINK_PATTERN } from '../../../server/src/core/trace/itemFields.ts';
import { readItemFile } from '../../../server/src/core/trace/itemFile.ts';
import { readConfig } from '../../../server/src/core/config/readConfig.ts';
import { loadRules } from '../../../server/src/core/rules/loadRules.ts';
import { compileRule } from '../../../server/src/core/match/compileRule.ts';
import { grammar, loadLanguages } from '../../support/engine.ts';
import { filesBelow, ROOT } from './imports.ts';

const PAGES = [
  ...readdirSync(ROOT).filter((name) => name.endsWith('.md')),
  ...filesBelow('docs', ['.md']),
  ...filesBelow('media', ['.md']),
];
const MANIFEST = JSON.parse(readFileSync(`${ROOT}package.json`, 'utf8')) as {
  devDependencies: Record<string, string>;
  scripts: Record<string, string>;
};

function page(path: string): string {
  return readFileSync(ROOT + path, 'utf8');
}

/** A page's cells: one list a row, without the marks around code. */
function tableRows(text: string): string[][] {
  return text
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) =>
      line
        .split(/(?<!\\)\|/)
        .slice(1, -1)
        .map((cell) => cell.trim().replace(/^`(.*)`$/, '$1')),
    );
}

/** Fenced code of a language. */
function fences(text: string, language: string): string[] {
  return [...text.matchAll(/^```(\w*)\n([^]*?)^```/gm)].flatMap(([, name, code]) =>
    name === language && code !== undefined ? [code] : [],
  );
}

describe('the pages', () => {
  it('link to what exists', () => {
    const dead = PAGES.flatMap((path) =>
      [...page(path).matchAll(/\]\((?!https?:|mailto:|command:|#)([^)#\s]+)/g)].flatMap(([, to = '']) => {
        const target = posix.join(posix.dirname(path), to);
        return existsSync(ROOT + target) ? [] : [`${path}: ${to}`];
      }),
    );
    assert.deepEqual(dead, []);
  });

  it('name files of the repository that exist', () => {
    const named =
      /`((?:server|client|test|scripts|grammars|rules|schemas|examples|media|docs)\/[\w./-]*\w\.\w+|[\w-]+\.test\.ts)`/g;
    const tests = filesBelow('test', ['.test.ts']).map((path) => posix.basename(path));
    const gone = PAGES.flatMap((path) =>
      [...page(path).matchAll(named)].flatMap(([, name = '']) =>
        existsSync(ROOT + name) || tests.includes(name) ? [] : [`${path}: ${name}`],
      ),
    );
    assert.deepEqual(gone, []);
  });

  it('name scripts that exist', () => {
    const gone = PAGES.flatMap((path) =>
      [...page(path).matchAll(/\bnpm run ([\w:-]+)|\bnpm (start|test)\b/g)].flatMap(([, script, own]) =>
        (script ?? own ?? '') in MANIFEST.scripts ? [] : [`${path}: npm run ${script ?? own ?? ''}`],
      ),
    );
    assert.deepEqual(gone, []);
  });

  it('claim no conformity', () => {
    const claims = PAGES.flatMap((path) =>
      page(path)
        .split(/(?<=[.!?])\s/)
        .filter((sentence) => /\b(complian(t|ce)|conform(s|ity)?|certified)\b/i.test(sentence))
        .filter((sentence) => !/\b(not|never|no)\b/i.test(sentence))
        .map((sentence) => `${path}: ${sentence.trim()}`),
    );
    assert.deepEqual(claims, []);
  });
});

describe('README.md', () => {
  it('has each setting of traceward.yaml with its default', () => {
    const rows = new Map(tableRows(page('README.md')).map(([key = '', value]) => [key, value]));
    for (const [key, value] of Object.entries(DEFAULT_CONFIG)) {
      // What lies within a group has defaults of its own.
      const written = typeof value === 'object' && !Array.isArray(value) ? {} : value;
      assert.equal(rows.get(key), JSON.stringify(written).replaceAll('","', '", "'), key);
    }
    assert.deepEqual(Object.keys(projectConfigSchema.shape), Object.keys(DEFAULT_CONFIG));
  });
});

describe('examples in the pages', () => {
  it('of item files and of the configuration are right', () => {
    let items = 0;
    for (const path of PAGES) {
      for (const text of fences(page(path), 'yaml')) {
        if (/^rules:\s*$/m.test(text)) continue;
        const isItems = /^(assets|threats|risks|controls|requirements|tests):\s*\n\s*- /m.test(text);
        const { problems } = isItems ? readItemFile('x.yaml', text) : readConfig('x.yaml', text);
        assert.deepEqual(problems, [], path);
        if (isItems) items++;
      }
    }
    assert.ok(items >= 2);
  });

  it('of rules load and compile', async () => {
    const languages = await loadLanguages();
    let count = 0;
    for (const path of PAGES) {
      for (const text of fences(page(path), 'yaml').filter((each) => /^rules:\s*$/m.test(each))) {
        const { rules, problems } = loadRules([{ path, text }], languages);
        assert.deepEqual(problems, [], path);
        for (const rule of rules) {
          for (const id of rule.languages) {
            assert.deepEqual(compileRule(rule, await grammar(id)).problems, [], path);
            count++;
          }
        }
      }
    }
    assert.ok(count >= 3);
  });

  it('of tags are tags', () => {
    const tags = PAGES.flatMap((path) => [
      ...page(path).matchAll(/\[(?:verifies )?((?:SR|TC)-[^\]]*)\](?!\()/g),
    ]);
    assert.ok(tags.length > 10);
    for (const [, ids = ''] of tags) {
      for (const id of ids.split(', ')) assert.match(id, LINK_PATTERN);
    }
  });
});

describe('docs/rule-language.md', () => {
  it('has every operator, and names what is refused as refused', async () => {
    const text = page('docs/rule-language.md');
    for (const key of FORMULA_KEYS) assert.ok(text.includes(`\`${key}`), key);
    const languages = await loadLanguages();
    const [, refused = ''] = /^Refused by name([^]*?)\n\n(?=[A-Z])/m.exec(text) ?? [];
    const names = [...refused.matchAll(/`([a-z-]+)`/g)].map(([, name = '']) => name);
    assert.ok(names.length > 15);
    for (const name of names.filter((each) => !['language', 'metavariable-pattern'].includes(each))) {
      const frame = 'rules:\n  - id: a\n    languages: [c]\n    severity: ERROR\n    message: m\n';
      const forms = [
        `${frame}    pattern: f()\n    ${name}: x\n`,
        `${frame}    patterns:\n      - pattern: f()\n      - ${name}: x\n`,
      ];
      const messages = forms.flatMap((rule) =>
        loadRules([{ path: 'r.yaml', text: rule }], languages).problems.map(({ message }) => message),
      );
      assert.ok(
        messages.some((message) => message.includes(`\`${name}\` is not supported by this version`)),
        name,
      );
    }
  });
});

describe('ARCHITECTURE.md', () => {
  it('gives a reason for each dependency, and for none that is gone', () => {
    const [, table = ''] = /^## Dependencies([^]*?)^## /m.exec(page('ARCHITECTURE.md')) ?? [];
    const named = tableRows(table)
      .slice(2)
      .flatMap(([cell = '']) => cell.replace(/\\/g, '').split(', '))
      .map((name) => (name === '-textdocument' ? 'vscode-languageserver-textdocument' : name));
    const known = Object.keys(MANIFEST.devDependencies);
    assert.deepEqual(
      named.filter((name) => !known.includes(name) && name !== '@types/*'),
      [],
    );
    const without = known.filter((name) => !named.includes(name) && !name.startsWith('@types/'));
    assert.deepEqual(without, []);
  });
});

describe('docs/third-party.md', () => {
  it('lists what the last build has bundled', function () {
    if (!existsSync(`${ROOT}dist/bundled.json`)) this.skip();
    const { status, stderr } = spawnSync(process.execPath, ['scripts/third-party.mjs', '--check'], {
      cwd: ROOT,
      encoding: 'utf8',
    });
    assert.equal(status, 0, stderr);
  });
});
