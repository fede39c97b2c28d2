import assert from 'node:assert/strict';
import fc from 'fast-check';

import { isHighEntropy } from '../../../server/src/core/analysis/entropy.ts';
import { isRedosProne } from '../../../server/src/core/analysis/redos.ts';

/** Made up for this test. */
const SECRETS: readonly string[] = [
  'wJ9kQ2vXz7LpR4tNc8Yb',
  'AKIAQ3ZJ7XWPV2NB5TKL',
  'ghp_x7Kq2mZr9Vt4Wc8Nb1Ly6Jd3Fg5Hs0PaQe',
  '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  '3b241101-e2bb-4255-8caf-4136c566a962',
  'dGhpc2lzbm90YXJlYWxrZXk5ODc2NTQzMjEwWlhR',
  'Zk8/xQ+3vLr7YtWp2Nc9BhJm5Gd1Sf4=',
  'sk_live_4eC39HqLyjWDarjtT1zdp7dc',
  'kR7$wq!9Zx@2Lm',
  'xoxb-8312047561-QwZrTyPlKmNb83Jd',
];
const ORDINARY: readonly string[] = [
  '',
  'a',
  'password',
  'hello world, this is a message',
  'configuration.properties',
  'application/x-www-form-urlencoded',
  'https://internal.host/path?x=Zk8xQ3vLr7YtWp2Nc9Bh',
  '/usr/local/share/ca-certificates',
  'C:\\Program Files\\Vendor',
  '00000000-0000-0000-0000-000000000000',
  '0000000000000000000000000000000000000000',
  'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
  'abcdefghijklmnopqrstuvwxyz0123456789',
  '1234567890123456',
  '0123456789abcdef',
  'qwertyuiop1234',
  'changeme-please-1234',
  'YOUR_API_KEY_HERE_123',
  'xxxxxxxxxxxxxxxxxxxx',
  '<insert-token-here-1>',
  '${SECRET_TOKEN_FROM_ENV}',
  'getUserNameFromRequestContext',
  'SECRET_KEY_ENVIRONMENT_VARIABLE',
  'org.apache.commons.lang3.StringUtils',
  '2024-01-31T12:34:56Z',
  '12.34.56-rc.1',
  'someone@mail.host.org',
  'utf8mb4_unicode_ci',
  'PBKDF2WithHmacSHA256',
  'text/html; charset=utf-8',
];

const PRONE: readonly string[] = [
  '(a+)+$',
  '^(a+)+$',
  '(a*)*b',
  '([a-zA-Z]+)*$',
  '(a|aa)+$',
  '(a|a?)+$',
  '(.*a){12}',
  '(x+x+)+y',
  '^(([a-z])+.)+[A-Z]([a-z])+$',
  '(\\w+\\s?)+!',
  '(\\w|\\d)*!',
  '^(\\d+,?)+$',
  '(.*,)+x',
  '([^"]|\\w)*"',
  '(?:(?:a|b)*c*)*d',
  '(?i)(a|A)+z',
  '((ab)*)*c',
  '\\s*\\s*x',
  '^.*.*=',
  '\\w+\\d+-',
  '(\\w{1,50}){1,50}!',
  '(?=(a+)+b)c',
  '^(\\w+\\.?)+@',
  '(a+){10,}b',
];
const HARMLESS: readonly string[] = [
  '',
  'abc',
  'a+b+c',
  '^\\w+$',
  '^[a-z0-9]+(-[a-z0-9]+)*$',
  '([a-z]+\\.)*[a-z]+',
  '^\\d{1,3}(\\.\\d{1,3}){3}$',
  '(?:a|b)*c',
  '(foo|bar)+',
  '^(\\w+,)*\\w+$',
  '"[^"]*"',
  '"(?:[^"\\\\]|\\\\.)*"',
  '\\s*=\\s*',
  '.*foo.*',
  '(ab|cd)*e',
  '(?>a+)+b',
  '(a++)+b',
  '[a-z]+[0-9]+x',
  '(a{2}){3}b',
  '(unclosed',
  '^[\\w.+-]+@[\\w-]+\\.[a-z]{2,}$',
];

describe('the entropy of a string', () => {
  for (const text of SECRETS) it(`is high: ${text}`, () => assert.equal(isHighEntropy(text), true));
  for (const text of ORDINARY) it(`is not high: ${text}`, () => assert.equal(isHighEntropy(text), false));

  it('is high for nearly all random keys and for hardly any words', () => {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
    let state = 7;
    const draw = (): string => alphabet.charAt((state = (state * 48_271) % 2_147_483_647) % alphabet.length);
    const keys = Array.from({ length: 500 }, () => Array.from({ length: 24 }, draw).join(''));
    assert.ok(keys.filter(isHighEntropy).length > 475, `${keys.filter(isHighEntropy).length}`);
    const words =
      'device patient alarm infusion setting value handler update network security update counter message'.split(
        ' ',
      );
    const names = fc.sample(fc.array(fc.constantFrom(...words), { minLength: 2, maxLength: 5 }), {
      numRuns: 500,
      seed: 1,
    });
    for (const name of names)
      assert.equal(isHighEntropy(name.join('_')) || isHighEntropy(`${name.join('')}2`), false, name.join());
  });

  it('is told for anything', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => void isHighEntropy(text)));
  });
});

describe('a regular expression open to catastrophic backtracking', () => {
  for (const source of PRONE) it(`is found: ${source}`, () => assert.equal(isRedosProne(source), true));
  for (const source of HARMLESS)
    it(`is not seen in ${source}`, () => assert.equal(isRedosProne(source), false));

  it('is told in bounded time for anything', () => {
    const pieces = fc.constantFrom(
      '(',
      ')',
      '(?:',
      '(?=',
      '|',
      '*',
      '+',
      '?',
      '{2,9}',
      '{50}',
      'a',
      'b',
      '.',
      '\\w',
      '[^a]',
      '\\1',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 40 }), (parts) => void isRedosProne(parts.join(''))),
      { numRuns: 1000 },
    );
    const started = performance.now();
    isRedosProne('(?:(?:\\w*.*\\d*){8}){8}'.repeat(20));
    isRedosProne('(\\w|.|a|b|c|\\d|[^x])*'.repeat(15));
    assert.ok(performance.now() - started < 2000);
  });
});
