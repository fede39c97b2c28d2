import assert from 'node:assert/strict';

import fc from 'fast-check';
import { describe, it } from 'mocha';

import { cvssScore, exploitabilityLevel } from '../../../server/src/core/threats/cvss.ts';

describe('CVSS vectors', () => {
  const cases: readonly (readonly [vector: string, base: number, level: string])[] = [
    ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H', 9.8, 'very-high'],
    ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H', 10, 'very-high'],
    ['CVSS:3.0/AV:L/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H', 7.8, 'medium'],
    ['CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:C/C:L/I:L/A:N', 6.4, 'very-high'],
    ['CVSS:3.1/AV:N/AC:H/PR:N/UI:R/S:U/C:L/I:N/A:N', 3.1, 'medium'],
    ['CVSS:3.1/AV:P/AC:L/PR:N/UI:N/S:U/C:N/I:H/A:N', 4.6, 'low'],
    ['CVSS:3.1/AV:A/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N', 0, 'high'],
    ['CVSS:3.1/AV:P/AC:H/PR:H/UI:R/S:U/C:L/I:L/A:L', 3.5, 'very-low'],
    // Metrics of time and environment do not change the base score.
    ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/E:U/RL:O', 9.8, 'very-high'],
  ];
  for (const [vector, base, level] of cases) {
    it(`${vector} is ${base}, ${level}`, () => {
      const score = cvssScore(vector);
      assert.ok(typeof score !== 'string');
      assert.equal(score.base, base);
      assert.equal(exploitabilityLevel(score), level);
    });
  }

  it('say why they are not scored', () => {
    const reasons = [
      'CVSS:4.0/AV:N',
      'AV:N/AC:L/Au:N/C:C/I:C/A:C',
      'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H',
      'CVSS:3.1/AV:X/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H',
      'CVSS:3.1/AV:N/AV:N',
      'CVSS:3.1/AV:N/AC:L',
      'CVSS:3.1/AV:constructor/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H',
    ].map(cvssScore);
    assert.deepEqual(reasons, [
      'only vectors of CVSS 3.0 and 3.1 are scored (`CVSS:3.1/AV:N/...`)',
      'only vectors of CVSS 3.0 and 3.1 are scored (`CVSS:3.1/AV:N/...`)',
      'the metric `A` is missing or unknown',
      'the metric `AV` is missing or unknown',
      'the metric `AV` stands twice',
      'the metric `S` is missing or unknown',
      'the metric `AV` is missing or unknown',
    ]);
  });

  it('have scores from 0.0 to 10.0 in tenths, and never throw', () => {
    const of = (...values: string[]) => fc.constantFrom(...values);
    const vectors = fc
      .tuple(of('N', 'A', 'L', 'P'), of('L', 'H'), of('N', 'L', 'H'), of('N', 'R'), of('U', 'C'))
      .chain(([av, ac, pr, ui, s]) =>
        fc
          .tuple(of('H', 'L', 'N'), of('H', 'L', 'N'), of('H', 'L', 'N'))
          .map(([c, i, a]) => `CVSS:3.1/AV:${av}/AC:${ac}/PR:${pr}/UI:${ui}/S:${s}/C:${c}/I:${i}/A:${a}`),
      );
    fc.assert(
      fc.property(vectors, (vector) => {
        const score = cvssScore(vector);
        assert.ok(typeof score !== 'string');
        assert.ok(score.base >= 0 && score.base <= 10);
        assert.equal(Number(score.base.toFixed(1)), score.base);
      }),
    );
    fc.assert(fc.property(fc.string(), (text) => void cvssScore(text)));
  });
});
