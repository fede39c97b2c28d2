import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

import { matches } from '../../support/engine.ts';

/** Values of a language, and places where a value may stand: for each pattern with `$X` there, code with `HOLE` there. */
interface Language {
  readonly values: readonly string[];
  readonly places: Readonly<Record<string, readonly string[]>>;
}

const languages = JSON.parse(readFileSync(new URL('places.json', import.meta.url), 'utf8')) as Readonly<
  Record<string, Language>
>;

describe('a metavariable in the place of a value', () => {
  for (const [language, { values, places }] of Object.entries(languages)) {
    describe(language, () => {
      for (const [pattern, codes] of Object.entries(places)) {
        it(`stands for any: ${pattern.replaceAll('\n', ' ')}`, async () => {
          const missed: string[] = [];
          const yaml = `pattern: ${JSON.stringify(pattern)}`;
          for (const code of codes) {
            for (const value of values) {
              const text = code.replace('HOLE', () => value);
              if ((await matches(yaml, `${text}\n`, language)).length === 0) missed.push(text);
            }
          }
          assert.deepEqual(missed, []);
        });
      }
    });
  }
});
