import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import ts from 'typescript';

import { ROOT } from './imports.ts';

const CORE = join(ROOT, 'server/src/core');
/** The preprocessor has dialects of these names. */
const DIALECTS = ['c', 'cpp'];
const LANGUAGES = readdirSync(join(ROOT, 'grammars')).filter((id) => !DIALECTS.includes(id));
/** Spellings of older rule files; formats of other tools. */
const ABOUT_OTHER_THINGS = /^(?:rules\/readLanguages\.ts$|trace\/)/;

/** Texts and keys of a program that name a language. */
function languagesNamedIn(text: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const isKey = ts.isPropertyAssignment(node) && ts.isIdentifier(node.name);
    const word = isKey ? node.name.text : ts.isStringLiteralLike(node) ? node.text : '';
    if (LANGUAGES.includes(word)) found.push(word);
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(ts.createSourceFile('a.ts', text, ts.ScriptTarget.Latest, true), visit);
  return found;
}

describe('languages', () => {
  it('are data: the core names none of them', () => {
    const files = readdirSync(CORE, { recursive: true, encoding: 'utf8' })
      .map((path) => path.replaceAll('\\', '/'))
      .filter((path) => path.endsWith('.ts') && !ABOUT_OTHER_THINGS.test(path));
    assert.ok(files.length > 100);
    const named = files.flatMap((path) =>
      languagesNamedIn(readFileSync(join(CORE, path), 'utf8')).map((language) => `${path} names ${language}`),
    );
    assert.deepEqual(named, []);
  });

  it('would be noticed in a comparison, a set or a table', () => {
    assert.deepEqual(
      languagesNamedIn(`if (id === 'go') new Set(['java']); const t = { rust: 1 }; /* swift */`),
      ['go', 'java', 'rust'],
    );
  });
});
