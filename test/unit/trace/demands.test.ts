import assert from 'node:assert/strict';
import { describe, it } from 'mocha';

import type { TagRequirement } from '../../../server/src/core/rules/rule.ts';
import { enclosingUnits, judgeDemand } from '../../../server/src/core/trace/demands.ts';
import type { Unit } from '../../../server/src/core/trace/unit.ts';
import { readTags } from '../../../server/src/core/trace/tags.ts';
import { PREFIXES, traceOf, WHOLE } from './trace.ts';

const lines = (start: number, end: number) => ({
  start: { line: start, column: 0 },
  end: { line: end, column: 0 },
});
const unit = (kind: Unit['kind'], name: string, start: number, end: number): Unit => ({
  kind,
  name,
  range: lines(start, end),
  nameRange: lines(start, start),
});

/** A file with a class that holds a method, and a function after it. */
const UNITS = [
  unit('file', 'a.cpp', 0, 100),
  unit('type', 'Vault', 10, 50),
  unit('function', 'Vault::open', 20, 30),
  unit('function', 'main', 60, 70),
];
const [FILE, TYPE, METHOD, FUNCTION] = [0, 1, 2, 3];

const graph =
  traceOf(`${WHOLE.replace(/tests:[^]*/, '')}  - {id: SR-CRY-001, title: x, text: x, category: cryptography, revision: 2}
  - {id: SR-OLD-001, title: x, text: x, category: cryptography, status: rejected}
tests:
  - {id: TC-CRY-001, title: x, verifies: [SR-CRY-001]}
`);

const CRYPTO: TagRequirement = { link: 'implements', to: 'requirement', categories: ['cryptography'] };

/** The verdict on the method, given tags as `unit index: comment`. */
function verdict(comments: readonly (readonly [at: number, comment: string])[], require = CRYPTO): string {
  const tags = comments.flatMap(
    ([at, text], line) => readTags({ text, range: lines(line, line), unit: at }, PREFIXES).tags,
  );
  const found = judgeDemand({ units: UNITS, unit: METHOD, tags, require, graph });
  return found.kind === 'wrong-category' ? `${found.id} is ${found.category}` : found.kind;
}

describe('demands for tags', () => {
  const cases: readonly (readonly [
    name: string,
    comments: Parameters<typeof verdict>[0],
    expected: string,
  ])[] = [
    ['no tag', [], 'missing'],
    ['a tag of the unit', [[METHOD, '[SR-CRY-001]']], 'met'],
    ['a tag of the class around it', [[TYPE, '[SR-CRY-001]']], 'met'],
    ['a tag of the file', [[FILE, '[SR-CRY-001]']], 'met'],
    ['a tag of another function', [[FUNCTION, '[SR-CRY-001]']], 'missing'],
    ['a tag of another category', [[METHOD, '[SR-AUTH-001]']], 'SR-AUTH-001 is authentication'],
    [
      'one of each',
      [
        [METHOD, '[SR-AUTH-001]'],
        [FILE, '[SR-CRY-001]'],
      ],
      'met',
    ],
    ['an old revision', [[METHOD, '[SR-CRY-001@1]']], 'met'],
    ['an id that does not exist', [[METHOD, '[SR-CRY-009]']], 'missing'],
    ['a rejected requirement', [[METHOD, '[SR-OLD-001]']], 'missing'],
    ['a tag that verifies', [[METHOD, '[verifies SR-CRY-001]']], 'missing'],
    ['a test case', [[METHOD, '[TC-CRY-001]']], 'missing'],
  ];
  for (const [name, comments, expected] of cases) {
    it(`${name}: ${expected}`, () => {
      assert.equal(verdict(comments), expected);
    });
  }

  it('may ask for no category, a verification, a control, a threat or a test case', () => {
    const ask = (require: TagRequirement, comment: string) => verdict([[METHOD, comment]], require);
    assert.equal(ask({ ...CRYPTO, categories: [] }, '[SR-AUTH-001]'), 'met');
    assert.equal(ask({ ...CRYPTO, link: 'verifies' }, '[verifies SR-CRY-001]'), 'met');
    assert.equal(ask({ ...CRYPTO, link: 'verifies' }, '[TC-CRY-001]'), 'met');
    assert.equal(ask({ ...CRYPTO, to: 'control', categories: ['authentication'] }, '[SR-AUTH-001]'), 'met');
    assert.equal(ask({ ...CRYPTO, to: 'control' }, '[SR-AUTH-001]'), 'SR-AUTH-001 is authentication');
    assert.equal(ask({ ...CRYPTO, to: 'threat', categories: ['tampering'] }, '[SR-AUTH-001]'), 'met');
    assert.equal(ask({ ...CRYPTO, to: 'threat', categories: [] }, '[SR-CRY-001]'), 'missing');
    assert.equal(ask({ ...CRYPTO, to: 'test', categories: [] }, '[TC-CRY-001]'), 'met');
  });

  it('look outwards from the unit', () => {
    assert.deepEqual(enclosingUnits(UNITS, METHOD), [METHOD, TYPE, FILE]);
    assert.deepEqual(enclosingUnits(UNITS, FUNCTION), [FUNCTION, FILE]);
    assert.deepEqual(enclosingUnits(UNITS, FILE), [FILE]);
    assert.deepEqual(enclosingUnits(UNITS, 99), [FILE]);
    assert.deepEqual(enclosingUnits([], 0), []);
  });
});
