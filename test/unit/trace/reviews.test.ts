import assert from 'node:assert/strict';
import { describe, it } from 'mocha';

import { reviewRecords } from '../../../server/src/core/trace/formats/reviewRecords.ts';
import type { Item } from '../../../server/src/core/trace/item.ts';
import { indexReviews, itemFingerprint } from '../../../server/src/core/trace/reviews.ts';
import type { ReviewRecord, ReviewSubject } from '../../../server/src/core/trace/reviews.ts';
import { reviewFile } from '../../../server/src/core/trace/reviewText.ts';
import { NO_SETTINGS } from '../../../server/src/core/trace/sources.ts';
import { traceGraph } from '../../../server/src/core/trace/tracer.ts';
import type { FileLinks } from '../../../server/src/core/trace/traceGraph.ts';
import { itemsOf, tagsOf, verdicts, WHOLE, WHOLE_CODE } from './trace.ts';

const HASH = 'abcdef0123456789abcdef0123456789';
const items = itemsOf({ 'items.yaml': WHOLE });
const find = (id: string, among: readonly Item[] = items): Item => {
  const item = among.find((each) => each.id === id);
  assert.ok(item);
  return item;
};

/** Writes a record and reads it back, as a repository does. */
function recorded(subject: ReviewSubject, more: object = {}): ReviewRecord {
  const { path, text } = reviewFile({ subject, by: 'R. Viewer', at: '2026-01-02', ...more });
  const { value, problems } = reviewRecords.read(path, text, NO_SETTINGS);
  assert.deepEqual(problems, []);
  const [record] = value.reviews ?? [];
  assert.ok(record);
  return record;
}

/** Tags of code whose units all have one fingerprint. */
const code = (fingerprint: string): FileLinks[] =>
  tagsOf(WHOLE_CODE).map((file) => ({
    ...file,
    links: file.links.map((link) => ({ ...link, fingerprint })),
  }));

const suspects = (among: readonly Item[], files: FileLinks[], records: readonly ReviewRecord[]): string[] =>
  traceGraph(among, files, { reviews: indexReviews(records) })
    .links.filter(({ status }) => status !== 'covered')
    .map(({ to, status, reason }) => `${to} ${status}: ${reason ?? ''}`);

describe('review records', () => {
  const subjects: readonly ReviewSubject[] = [
    { kind: 'item', id: 'SR-AUTH-001', fingerprint: HASH },
    { kind: 'unit', unit: 'src/auth.c#check_pin', fingerprint: HASH },
    { kind: 'finding', rule: 'unbounded-string-copy', unit: 'src/auth.c', fingerprint: HASH },
    {
      kind: 'link',
      from: 'src/a.c#f: "x"',
      type: 'implements',
      to: 'SR-1',
      fingerprints: { from: HASH, to: HASH },
    },
  ];
  for (const subject of subjects) {
    it(`of a ${subject.kind} are written and read alike`, () => {
      const record = recorded(subject, { commit: HASH, reason: 'Looked at: it "holds".' });
      assert.deepEqual(
        [record.subject, record.commit, record.reason],
        [subject, HASH, 'Looked at: it "holds".'],
      );
    });
  }

  it('have names of their own, so that branches merge', () => {
    const [subject] = subjects;
    assert.ok(subject);
    const name = (by: string) => reviewFile({ subject, by, at: '2026-01-02' }).path;
    assert.match(name('A'), /^\.traceward\/reviews\/SR-AUTH-001-[0-9a-f]{12}\.yaml$/);
    assert.notEqual(name('A'), name('B'));
    assert.equal(name('A'), name('A'));
  });

  const wrong: readonly (readonly [name: string, text: string, message: RegExp])[] = [
    [
      'in conflict',
      '<<<<<<< ours\nitem: A\n=======\nitem: B\n>>>>>>> theirs\n',
      /has a merge conflict: keep one side/,
    ],
    ['about nothing', 'by: A\nat: today\n', /is about one thing/],
    ['about two things', `item: A\nunit: B\nfingerprint: ${HASH}\nby: A\nat: now\n`, /is about one thing/],
    ['without fingerprint', 'item: A\nby: A\nat: now\n', /`fingerprint` is missing/],
    ['without a name', `item: A\nfingerprint: ${HASH}\nat: now\n`, /key `by` is missing/],
    ['that is no YAML', 'item: [\n', /./],
  ];
  for (const [name, text, message] of wrong) {
    it(`${name} are named and count for nothing`, () => {
      const { value, problems } = reviewRecords.read('r.yaml', text, NO_SETTINGS);
      assert.deepEqual(value.reviews ?? [], []);
      assert.match(problems.map((problem) => problem.message).join('\n'), message);
      assert.equal(problems[0]?.path, 'r.yaml');
    });
  }
});

describe('what reviews say', () => {
  const requirement = find('SR-AUTH-001');
  const link: ReviewSubject = {
    kind: 'link',
    from: 'src/auth.c#check_pin',
    type: 'implements',
    to: 'SR-AUTH-001',
    fingerprints: { from: HASH, to: itemFingerprint(requirement) },
  };
  const changed = itemsOf({ 'items.yaml': WHOLE.replace('shall ask.', 'shall ask twice.') });
  const laidOut = itemsOf({
    'items.yaml': WHOLE.replace('shall ask.', '"shall   ask."').replace(
      'text: The pump "',
      'text: "The  pump ',
    ),
  });

  it('a link is in order while both ends mean the same', () => {
    assert.deepEqual(suspects(items, code(HASH), [recorded(link)]), []);
    assert.deepEqual(suspects(laidOut, code(HASH), [recorded(link)]), []);
  });

  it('a link is suspect when one of its ends has changed, and is cleared by a new record', () => {
    const after = 'The pump shall ask twice.';
    assert.equal(find('SR-AUTH-001', changed).text, after);
    assert.match(
      suspects(changed, code(HASH), [recorded(link)])[0] ?? '',
      /suspect: `SR-AUTH-001` has changed/,
    );
    assert.match(
      suspects(items, code('0'.repeat(32)), [recorded(link)])[0] ?? '',
      /suspect: `src\/auth.c#check_pin` has changed/,
    );
    const fingerprints = { from: HASH, to: itemFingerprint(find('SR-AUTH-001', changed)) };
    assert.deepEqual(
      suspects(changed, code(HASH), [recorded(link), recorded({ ...link, fingerprints })]),
      [],
    );
  });

  it('a suspect link gives no coverage', () => {
    const graph = traceGraph(changed, code(HASH), { reviews: indexReviews([recorded(link)]) });
    assert.ok(
      verdicts(graph).some((line) => line.startsWith('SR-AUTH-001 uncovered: No code implements it.')),
    );
  });

  it('an item is to be reviewed again when it has changed', () => {
    const record = recorded({ kind: 'item', id: 'SR-AUTH-001', fingerprint: itemFingerprint(requirement) });
    const all = (among: readonly Item[]) =>
      verdicts(traceGraph(among, tagsOf(WHOLE_CODE), { reviews: indexReviews([record]) }));
    assert.deepEqual(all(items), []);
    assert.deepEqual(all(changed), ['SR-AUTH-001 unreviewed: It has changed since its review.']);
  });

  it('needs of a review are met as long as nothing changes', () => {
    const rule = { of: 'requirement', where: {}, leadsTo: [], severity: 'warning' as const };
    const gaps = (require: string[], records: ReviewRecord[], print = HASH) =>
      traceGraph(items, code(print), {
        needs: [{ ...rule, require }],
        reviews: indexReviews(records),
      }).byId.get('SR-AUTH-001')?.[0]?.reasons;
    const own = recorded({ kind: 'item', id: 'SR-AUTH-001', fingerprint: itemFingerprint(requirement) });
    const unit = recorded({ kind: 'unit', unit: 'src/auth.c#check_pin', fingerprint: HASH });
    assert.deepEqual(gaps(['review'], []), ['No review of it is on record.']);
    assert.deepEqual(gaps(['review'], [own]), []);
    assert.deepEqual(gaps(['code-review'], [unit]), []);
    assert.deepEqual(gaps(['code-review'], [unit], '1'.repeat(32)), [
      'Not all of its code is signed off as it is now.',
    ]);
  });
});
