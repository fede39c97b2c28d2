import assert from 'node:assert/strict';

import { createAnalyst, type Analysis } from '../../../server/src/core/analyst.ts';
import { DEFAULT_CONFIG } from '../../../server/src/core/config/projectConfig.ts';
import { FunctionFinder } from '../../../server/src/core/flow/functionFinder.ts';
import { HeaderIndex } from '../../../server/src/core/headers/headerIndex.ts';
import { declarationsIn } from '../../../server/src/core/headers/declarations.ts';
import { grammar, loadLanguages, rulesOf, ruleWith } from '../../support/engine.ts';

/** Analyses a file as a scan does, beside a header. */
async function analyse(
  formula: string,
  text: string,
  { path = 'a.c', language = 'c', header = '' } = {},
): Promise<Extract<Analysis, { kind: 'facts' }>['facts']> {
  const languages = await loadLanguages();
  await grammar('c');
  const headers = new HeaderIndex(DEFAULT_CONFIG.c, languages.certainOf);
  headers.set('a.h', declarationsIn(header));
  const analyst = createAnalyst({
    languages,
    rules: await rulesOf(ruleWith(formula, language)),
    config: DEFAULT_CONFIG,
    includeTests: false,
    headers,
    functions: new FunctionFinder(),
  });
  const analysis = analyst.analyse(path, text, 'findings');
  assert.equal(analysis.kind, 'facts');
  return analysis.facts;
}

/** What no grammar reads says whether one has tried. */
const UNREADABLE = 'int x = ) ];\n';

describe('a file that is scanned', () => {
  const parsed: readonly (readonly [
    what: string,
    formula: string,
    text: string,
    options?: { readonly path?: string; readonly language?: string; readonly header?: string },
  ])[] = [
    ['has the word of a rule', 'pattern: gets($X)', 'int gets;'],
    ['is asked by a rule without words', 'pattern: $X + $X', 'int y;'],
    ['has the text of a regular expression', 'pattern-regex: strcpy\\s*\\(', '// strcpy'],
    ['is asked for values', 'pattern-fact: double-free', 'int y;'],
    ['has a tag', 'pattern: gets($X)', '// [SR-A-1]'],
    ['has a suppression', 'pattern: gets($X)', '// nosemgrep'],
    [
      'has a macro for the word',
      'pattern: gets($X)',
      '#include "a.h"\nint y = READ(y);',
      { header: '#define READ gets\n' },
    ],
    [
      'has the text of a regular expression for any text',
      'pattern-regex: strcpy',
      '// strcpy',
      { language: 'regex' },
    ],
    ['is asked by a pattern for any text', 'pattern: strcpy', 'int y;', { language: 'generic' }],
  ];
  for (const [what, formula, text, options] of parsed) {
    it(`is parsed when it ${what}`, async () => {
      const { unparsed } = await analyse(formula, `${text}\n${UNREADABLE}`, options);
      assert.ok(unparsed.bytes > 0);
    });
  }

  const passedOver: typeof parsed = [
    ['has no word of a rule', 'pattern: gets($X)', 'int forgets;'],
    ['has one of two words', 'pattern: wifi->gets($X)', 'int gets;'],
    ['has no text of a regular expression', 'pattern-regex: strcpy\\s*\\(', 'int strcat;'],
    [
      'has no text of a regular expression for any text',
      'pattern-regex: strcpy',
      'int y;',
      { language: 'regex' },
    ],
    ['is none of those that the rule is for', 'pattern: $X + $X\npaths: {include: [b.c]}', 'int y;'],
    ['is test code without tags', 'pattern: gets($X)', 'int gets;', { path: 'tests/a.c' }],
  ];
  for (const [what, formula, text, options] of passedOver) {
    it(`is not parsed when it ${what}`, async () => {
      const facts = await analyse(formula, `${text}\n${UNREADABLE}`, options);
      assert.deepEqual([facts.unparsed.bytes, facts.lines, facts.findings], [0, 2, []]);
      assert.match(facts.hash ?? '', /^[0-9a-f]{64}$/);
    });
  }
});
