import assert from 'node:assert/strict';

import fc from 'fast-check';
import { describe, it } from 'mocha';

import { cvssScore, exploitabilityLevel } from '../../../server/src/core/threats/cvss.ts';

describe('CVSS vectors', () => {
  const cases: readonly (readonly [vector: string, expected: number, level: string])[] = [
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
  for (const [vector, expected, level] of cases) {
    it(`${vector} is ${expected}, ${level}`, () => {
      const score = cvssScore(vector);
      assert.ok(typeof score !== 'string');
      assert.equal(score.score, expected);
      assert.equal(exploitabilityLevel(score), level);
    });
  }

  /** Scores that others published: test vectors of a calculator by authors of the specification, and the documentation of another library. */
  const published: readonly (readonly [vector: string, score: number])[] = [
    ['AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H', 10],
    ['AV:N/AC:L/AT:N/PR:N/UI:N/VC:L/VI:L/VA:L/SC:N/SI:N/SA:N', 6.9],
    ['AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:N/SC:N/SI:N/SA:N/E:A', 0],
    ['AV:N/AC:L/AT:N/PR:N/UI:N/VC:L/VI:H/VA:L/SC:N/SI:H/SA:L', 9.2],
    ['AV:N/AC:L/AT:N/PR:N/UI:N/VC:L/VI:L/VA:L/SC:H/SI:N/SA:L', 7.8],
    ['AV:N/AC:L/AT:N/PR:N/UI:A/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N', 8.6],
    ['AV:N/AC:L/AT:N/PR:L/UI:N/VC:H/VI:N/VA:L/SC:N/SI:L/SA:N', 7.1],
    ['AV:N/AC:L/AT:N/PR:H/UI:P/VC:L/VI:L/VA:N/SC:L/SI:N/SA:N', 4.8],
    ['AV:N/AC:L/AT:P/PR:N/UI:N/VC:H/VI:N/VA:N/SC:L/SI:L/SA:L', 8.2],
    ['AV:N/AC:L/AT:P/PR:N/UI:A/VC:N/VI:N/VA:N/SC:L/SI:N/SA:N', 2.1],
    ['AV:N/AC:L/AT:P/PR:H/UI:A/VC:N/VI:L/VA:N/SC:N/SI:L/SA:N', 1.8],
    ['AV:N/AC:L/AT:P/PR:H/UI:A/VC:N/VI:H/VA:L/SC:N/SI:N/SA:L', 5.7],
    ['AV:N/AC:H/AT:N/PR:N/UI:N/VC:H/VI:H/VA:N/SC:L/SI:H/SA:L', 9.4],
    ['AV:N/AC:H/AT:N/PR:H/UI:A/VC:N/VI:N/VA:N/SC:N/SI:H/SA:N', 4],
    ['AV:N/AC:H/AT:P/PR:N/UI:N/VC:L/VI:L/VA:H/SC:L/SI:N/SA:N', 8.3],
    ['AV:P/AC:H/AT:P/PR:H/UI:A/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H/E:A', 7.3],
    ['AV:P/AC:H/AT:P/PR:H/UI:A/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H/E:P', 5.9],
    ['AV:P/AC:H/AT:P/PR:H/UI:A/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H/E:U', 4.1],
    ['AV:P/AC:H/AT:P/PR:H/UI:A/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H/CR:H/IR:M/AR:L', 7.1],
    ['AV:P/AC:H/AT:P/PR:H/UI:A/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H/CR:M/IR:M/AR:M', 5.5],
    ['AV:P/AC:H/AT:P/PR:H/UI:A/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H/CR:L/IR:L/AR:L', 5.4],
  ];
  for (const [vector, expected] of published) {
    it(`CVSS:4.0/${vector} is ${expected}`, () => {
      const score = cvssScore(`CVSS:4.0/${vector}`);
      assert.ok(typeof score !== 'string', JSON.stringify(score));
      assert.equal(score.score, expected);
    });
  }

  it('of version 4 give the exploitability of the metrics that version 3 has too; environment and threat change the score', () => {
    const base = 'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N';
    const of = (vector: string) => {
      const score = cvssScore(vector);
      assert.ok(typeof score !== 'string', JSON.stringify(score));
      return [score.score, exploitabilityLevel(score)];
    };
    assert.deepEqual(of(base), [9.3, 'very-high']);
    assert.deepEqual(of(`${base}/MAV:P`), of(base.replace('AV:N', 'AV:P')));
    assert.deepEqual(of(base.replace('AT:N', 'AT:P'))[1], 'medium');
    assert.deepEqual(of(`${base}/S:P/AU:Y/U:Amber/E:X/MSI:X`), of(base));
    assert.deepEqual(of(`${base}/MSI:S`), [10, 'very-high']);
  });

  it('say why they are not scored', () => {
    const reasons = [
      'CVSS:4.0/AV:N',
      'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N/MSC:S',
      'CVSS:4.0/AV:N/AV:N',
      'CVSS:4.0/toString:N',
      'CVSS:5.0/AV:N',
      'AV:N/AC:L/Au:N/C:C/I:C/A:C',
      'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H',
      'CVSS:3.1/AV:X/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H',
      'CVSS:3.1/AV:N/AV:N',
      'CVSS:3.1/AV:N/AC:L',
      'CVSS:3.1/AV:constructor/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H',
    ].map(cvssScore);
    assert.deepEqual(reasons, [
      'the metric `AC` is missing or unknown',
      'the metric `MSC` is missing or unknown',
      'the metric `AV` stands twice',
      'the metric `toString` is missing or unknown',
      'only vectors of CVSS 3.0, 3.1 and 4.0 are scored (`CVSS:3.1/AV:N/...`)',
      'only vectors of CVSS 3.0, 3.1 and 4.0 are scored (`CVSS:3.1/AV:N/...`)',
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
        assert.ok(score.score >= 0 && score.score <= 10);
        assert.equal(Number(score.score.toFixed(1)), score.score);
      }),
    );
    fc.assert(fc.property(fc.string(), (text) => void cvssScore(text)));
    fc.assert(fc.property(fc.string(), (text) => void cvssScore(`CVSS:4.0/${text}`)));
  });
});
