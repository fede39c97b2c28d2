import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { readingsOf } from '../../../server/src/core/ast/readAst.ts';
import { initParser, languageSet } from '../../../server/src/core/syntax/loadLanguages.ts';
import type { LanguageDefinition, LanguageFile } from '../../../server/src/core/syntax/language.ts';
import { wholeDefinitions } from '../../../server/src/core/syntax/wholeDefinitions.ts';
import { grammar, patternError } from '../../support/engine.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const IDS = readdirSync(`${ROOT}grammars`).sort();

const FILES = IDS.map(
  (id) => JSON.parse(readFileSync(`${ROOT}grammars/${id}/language.json`, 'utf8')) as LanguageFile,
);
const DEFINITIONS = wholeDefinitions(FILES);

/** The grammar's wasm as its package has it. */
function wasmOf({ grammar }: LanguageDefinition): Uint8Array {
  return new Uint8Array(readFileSync(`${ROOT}node_modules/${grammar.package}/${grammar.file}`));
}

/** What goes wrong when a definition is used with its grammar. */
async function problemsOf(language: LanguageDefinition): Promise<string[]> {
  await initParser(new Uint8Array(readFileSync(`${ROOT}node_modules/web-tree-sitter/web-tree-sitter.wasm`)));
  const problems = await languageSet([language]).load(language.id, wasmOf(language));
  return problems.map(({ message }) => message);
}

/** Keys of a profile by the form of their value; `undefined` for one that the product would not find. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return 'list';
  if (typeof value === 'object' && value !== null) return 'mapping';
  return typeof value;
}

const PROFILE_SHAPE = {
  metavariablePrefix: 'string',
  comments: 'list',
  lineComment: 'string',
  units: 'mapping',
  nameFields: 'list',
  nodes: 'mapping',
  declarators: 'mapping',
  ellipsisForms: 'list',
  ellipsisBehind: 'list',
  patternContexts: 'list',
  scope: 'string',
  topLevelStatements: 'boolean',
  tailReturns: 'boolean',
  reservedWords: 'list',
  wordsNameMembers: 'boolean',
  impliedType: 'string',
  madeUp: 'list',
  valueTokens: 'list',
  quotedKeys: 'boolean',
  caseFalls: 'boolean',
  memberEnds: 'mapping',
  interpolatedNames: 'string',
  implicitImports: 'list',
  notInPatterns: 'mapping',
  commutativeOperators: 'list',
  operatorOrder: 'list',
  tokenFrames: 'list',
  keywordAttributes: 'list',
  designatedEntries: 'boolean',
  unread: 'list',
  attributesBeside: 'boolean',
  receiverFunctions: 'list',
  unevaluated: 'list',
  implicitReturn: 'string',
  formatMacros: 'list',
  loneArgument: 'string',
  names: 'mapping',
  types: 'mapping',
  functionsAreObjects: 'boolean',
  constructedDeclarations: 'boolean',
  tuplesAreLists: 'boolean',
  initialisersAssign: 'boolean',
  endsProgram: 'string',
} satisfies Record<keyof LanguageDefinition['profile'], string>;
/** Keys that a language may do without. */
const OPTIONAL = [
  'ellipsisBehind',
  'declarators',
  'topLevelStatements',
  'tailReturns',
  'receiverFunctions',
  'unevaluated',
  'implicitReturn',
  'formatMacros',
  'loneArgument',
  'reservedWords',
  'wordsNameMembers',
  'impliedType',
  'madeUp',
  'valueTokens',
  'quotedKeys',
  'caseFalls',
  'memberEnds',
  'interpolatedNames',
  'implicitImports',
  'notInPatterns',
  'commutativeOperators',
  'operatorOrder',
  'tokenFrames',
  'keywordAttributes',
  'designatedEntries',
  'unread',
  'attributesBeside',
  'names',
  'types',
  'functionsAreObjects',
  'constructedDeclarations',
  'tuplesAreLists',
  'initialisersAssign',
  'endsProgram',
];

describe('grammars', () => {
  it('have ids, names and endings of their own', () => {
    for (const words of [
      DEFINITIONS.flatMap(({ id, aliases }) => [id, ...aliases]),
      DEFINITIONS.flatMap(({ extensions }) => extensions),
    ]) {
      assert.equal(new Set(words).size, words.length, words.join(' '));
    }
  });

  it('extend a profile kind by kind, whatever their order', () => {
    const [base] = DEFINITIONS;
    assert.ok(base);
    const nodes = { comment: { is: 'skip' }, gone: { is: 'raw' } } as const;
    const whole = { ...base, id: 'base', profile: { ...base.profile, nodes } };
    const more = {
      ...base,
      id: 'more',
      profile: { extends: 'base', lineComment: '#', nodes: { gone: null, extra: { is: 'raw' } } },
    };
    const [first] = wholeDefinitions([more, whole]);
    assert.deepEqual(first?.profile, {
      ...whole.profile,
      lineComment: '#',
      nodes: { comment: { is: 'skip' }, extra: { is: 'raw' } },
    });
    assert.throws(() => wholeDefinitions([more]), /extends base, which is no language/);
    const circle = { ...base, id: 'base', profile: { extends: 'more' } };
    assert.throws(() => wholeDefinitions([more, circle]), /extends itself/);
  });

  it('start the extension when a file of their language is opened (node scripts/settings.mjs writes it)', () => {
    const { activationEvents } = JSON.parse(readFileSync(`${ROOT}package.json`, 'utf8')) as {
      activationEvents: string[];
    };
    const events = DEFINITIONS.flatMap(({ editorIds }) => editorIds.map((id) => `onLanguage:${id}`));
    assert.deepEqual(
      events.filter((event) => !activationEvents.includes(event)),
      [],
    );
  });

  it('cover a part of a language with its rules', () => {
    for (const { id, partOf } of DEFINITIONS) if (partOf !== undefined) assert.ok(IDS.includes(partOf), id);
  });

  for (const language of DEFINITIONS) {
    const { id } = language;
    describe(id, () => {
      it('is named as its folder', () => {
        assert.ok(IDS.includes(id));
      });

      it('records the package, version and licence that are installed', () => {
        const manifest = JSON.parse(
          readFileSync(`${ROOT}node_modules/${language.grammar.package}/package.json`, 'utf8'),
        ) as { version: string; license: string };
        const { version, licence } = language.grammar;
        assert.deepEqual({ version, licence }, { version: manifest.version, licence: manifest.license });
      });

      it('records the bytes of the wasm', () => {
        assert.equal(createHash('sha256').update(wasmOf(language)).digest('hex'), language.grammar.sha256);
      });

      it('has every key of a profile in its form', () => {
        const profile = Object.fromEntries(
          Object.entries(language.profile).map(([key, value]) => [key, shapeOf(value)]),
        );
        for (const [key, shape] of Object.entries(PROFILE_SHAPE)) {
          if (profile[key] !== undefined || !OPTIONAL.includes(key)) assert.equal(profile[key], shape, key);
        }
        assert.deepEqual(
          Object.keys(profile).filter((key) => !(key in PROFILE_SHAPE)),
          [],
        );
      });

      it('has a profile that names only what the grammar has', async () => {
        assert.deepEqual(await problemsOf(language), []);
        assert.deepEqual(readingsOf(await grammar(id)).unknown, []);
      });

      it('is refused when its profile names a kind or field that the grammar lacks', async () => {
        const { profile } = language;
        const mistakes: readonly LanguageDefinition['profile'][] = [
          { ...profile, comments: ['wrong'] },
          { ...profile, nameFields: ['wrong'] },
          { ...profile, units: { wrong: 'function' } },
        ];
        for (const wrong of mistakes) {
          const [problem] = await problemsOf({ ...language, profile: wrong });
          assert.match(problem ?? '', /its profile names kinds it does not have: wrong/);
        }
      });

      it('reads the commonest pattern', async () => {
        assert.equal(await patternError('f($X)', id), undefined);
      });
    });
  }
});
