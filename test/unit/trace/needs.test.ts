import assert from 'node:assert/strict';
import { describe, it } from 'mocha';

import { newItem } from '../../../server/src/core/trace/item.ts';
import type { DeclaredLink, Item, ItemSeed } from '../../../server/src/core/trace/item.ts';
import type { NeedRule } from '../../../server/src/core/trace/needRules.ts';
import { traceGraph } from '../../../server/src/core/trace/tracer.ts';
import type { TraceSettings } from '../../../server/src/core/trace/tracer.ts';
import { itemsOf, problemLines, tagsOf, verdicts, WHOLE, WHOLE_CODE } from './trace.ts';

const place = (line: number) => ({
  path: 'foreign.txt',
  range: { start: { line, column: 0 }, end: { line, column: 5 } },
});

/** An item of a foreign format; links are written `type id`, `type id@revision`. */
function foreign(id: string, line: number, links: readonly string[], seed: Partial<ItemSeed> = {}): Item {
  return newItem({
    id,
    kind: 'requirement',
    origin: { format: 'foreign' },
    location: place(line),
    links: links.map((text): DeclaredLink => {
      const [type, to = '', revision] = text.split(/[ @]/);
      assert.ok(type === 'derives' || type === 'implements' || type === 'verifies' || type === 'relates');
      return {
        type,
        to,
        location: place(line),
        ...(revision !== undefined && { revision: Number(revision) }),
      };
    }),
    ...seed,
  });
}

const typed = (type: string, seed: Partial<ItemSeed> = {}): Partial<ItemSeed> => ({
  asks: 'needs',
  revisioned: true,
  origin: { format: 'foreign', type },
  ...seed,
});

const statuses = (items: readonly Item[], settings?: TraceSettings): string[] =>
  traceGraph(items, [], settings).links.map(
    ({ from, to, status }) => `${typeof from === 'string' ? from : from.name} > ${to} ${status}`,
  );

describe('what foreign items need', () => {
  const feature = foreign('feat~a', 1, [], typed('feat', { revision: 2, needs: [{ anyOf: ['req'] }] }));

  it('is met by the foreign word alone', () => {
    const good = foreign('req~a', 2, ['derives feat~a@2'], typed('req'));
    const other = foreign('dsn~a', 3, ['derives feat~a@2'], typed('dsn'));
    assert.deepEqual(verdicts(traceGraph([feature, good], [])), []);
    assert.deepEqual(verdicts(traceGraph([feature, other], [])), ['feat~a uncovered: No req leads to it.']);
    assert.deepEqual(statuses([feature, good, other]), ['req~a > feat~a covered', 'dsn~a > feat~a unwanted']);
  });

  it('is not met by another revision, which is outdated or predated', () => {
    const old = foreign('req~a', 2, ['derives feat~a@1'], typed('req'));
    const early = foreign('req~b', 3, ['derives feat~a@3'], typed('req'));
    assert.deepEqual(statuses([feature, old, early]), ['req~a > feat~a outdated', 'req~b > feat~a predated']);
    const missing = verdicts(traceGraph([feature, old], []));
    assert.deepEqual(missing, ['feat~a uncovered: No req leads to it at revision 2.']);
  });

  it('holds for each revision where revisions are items of their own', () => {
    const first = { ...feature, revision: 1 };
    const old = foreign('req~a', 2, ['derives feat~a@1'], typed('req'));
    assert.deepEqual(verdicts(traceGraph([first, feature, old], [])), [
      'feat~a uncovered: No req leads to it.',
    ]);
    assert.deepEqual(
      traceGraph([feature, { ...feature, location: place(9) }], []).items.map(({ status }) => status),
      ['duplicate', 'duplicate'],
    );
  });

  it('is nothing where the format does not say, and every link is welcome', () => {
    const parent = foreign('REQ1', 1, []);
    const child = foreign('REQ2', 2, ['implements REQ1', 'derives REQ1']);
    assert.deepEqual(verdicts(traceGraph([parent, child], [])), []);
  });

  it('is gone through also along links that are in no order', () => {
    const gap = foreign('req~a', 2, ['derives feat~a@1'], typed('req', { needs: [{ anyOf: ['impl'] }] }));
    const good = foreign('req~b', 3, ['derives feat~a@2'], typed('req'));
    const [traced] = traceGraph([feature, gap, good], []).byId.get('feat~a') ?? [];
    assert.deepEqual([traced?.status, traced?.shallow, traced?.transitive], ['uncovered', true, true]);
  });
});

describe('links that give no coverage', () => {
  it('make no circle', () => {
    const items = [foreign('A', 1, ['relates B']), foreign('B', 2, ['relates A'])];
    assert.deepEqual(verdicts(traceGraph(items, [])), []);
  });

  it('may lead from an item that is named apart from it', () => {
    const items = [foreign('A', 1, []), foreign('B', 2, [])];
    const link = (from: string) => ({ from, to: 'A', type: 'derives' as const, location: place(7) });
    assert.deepEqual(statuses(items, { links: [link('B'), link('C')] }), ['B > A covered', 'C > A orphaned']);
  });
});

describe('fingerprints of a format', () => {
  const stamps = { link: 'abc', review: 'xyz' };
  const confirmed = (stamp: string) => [{ type: 'derives' as const, to: 'P', stamp, location: place(2) }];

  it('make a link suspect when it carries another one, or none', () => {
    const parent = foreign('P', 1, [], { stamps: { ...stamps, reviewed: 'xyz' } });
    const child = (stamp: string) => foreign('C', 2, [], { links: confirmed(stamp) });
    assert.deepEqual(statuses([parent, child('abc')]), ['C > P covered']);
    assert.deepEqual(statuses([parent, child('old')]), ['C > P suspect']);
    assert.deepEqual(problemLines(traceGraph([parent, child('')], [])), [
      'foreign.txt:3 warning trace-suspect',
    ]);
  });

  it('make an item unreviewed when it changed since its review, or never had one', () => {
    const reviewed = (seed: object) =>
      verdicts(traceGraph([foreign('P', 1, [], { stamps: { ...stamps, ...seed } })], []));
    assert.deepEqual(reviewed({ reviewed: 'xyz' }), []);
    assert.deepEqual(reviewed({ reviewed: 'old' }), ['P unreviewed: It has changed since its review.']);
    assert.deepEqual(reviewed({}), ['P unreviewed: It has never been reviewed.']);
  });
});

describe('rules on what items need', () => {
  const rule = (more: Partial<NeedRule>): NeedRule => ({
    of: 'requirement',
    where: {},
    require: [],
    leadsTo: [],
    severity: 'warning',
    ...more,
  });
  const traced = (
    items: string,
    needs: readonly NeedRule[],
    code: Readonly<Record<string, string>> = WHOLE_CODE,
  ) => traceGraph(itemsOf({ 'items.yaml': items }), tagsOf(code), { needs });
  const classC = WHOLE.replace('derives: [C-AUTH-01]', 'derives: [C-AUTH-01], class: C');

  it('ask for all of what they name, with their severity', () => {
    const graph = traced(classC, [
      rule({ where: { class: 'C' }, require: ['code', 'unit-test', 'review'], severity: 'error' }),
    ]);
    const gap = verdicts(graph).filter((line) => line.startsWith('SR-'));
    assert.deepEqual(gap, ['SR-AUTH-001 uncovered: No unit test leads to it. No review of it is on record.']);
    assert.ok(problemLines(graph).includes('items.yaml:11 error trace-uncovered'));
  });

  it('hold only where the values fit', () => {
    for (const where of [{ class: 'B' }, { class: ['A', 'B'] }, { level: 'system' }, { nothing: true }]) {
      assert.deepEqual(verdicts(traced(classC, [rule({ where, require: ['review'] })])), []);
    }
  });

  it('take any of several words', () => {
    const words = [rule({ require: [['analysis', 'unit-test']] })];
    const analysed = WHOLE.replace('verifies: [SR-AUTH-001]', 'verifies: [SR-AUTH-001], method: analysis');
    assert.deepEqual(verdicts(traced(analysed, words, { 'a.c': '// [SR-AUTH-001] f()' })), []);
    const direct = { 'a.c': '// [SR-AUTH-001] f()\n// [verifies SR-AUTH-001] t()\n// [TC-AUTH-001] t()' };
    assert.deepEqual(verdicts(traced(WHOLE, words, direct)), []);
    assert.ok(
      verdicts(traced(WHOLE, words)).some((line) => line.includes('No analysis or unit test leads to it.')),
    );
  });

  it('may ask what an item must lead to', () => {
    assert.deepEqual(verdicts(traced(WHOLE, [rule({ leadsTo: ['control'] })])), []);
    const lines = verdicts(traced(WHOLE, [rule({ leadsTo: [['design', 'system-requirement']] })]));
    assert.match(lines.join('\n'), /SR-AUTH-001 uncovered: It leads to no design or system requirement\./);
  });

  it('are named by types of another tool too', () => {
    const item = foreign('REQ1', 1, [], { origin: { format: 'foreign', type: 'SYS_REQ' } });
    const needs = [rule({ of: ['SYS_REQ'], require: ['test'] })];
    assert.deepEqual(verdicts(traceGraph([item], [], { needs })), ['REQ1 uncovered: No test verifies it.']);
  });
});

describe('the system model in item files', () => {
  const MODEL = `${WHOLE}
zones:
  - {id: Z-BODY, title: Bedside}
elements:
  - {id: E-PUMP, title: Pump, type: process, zone: Z-BODY}
  - {id: E-APP, title: App, type: external}
flows:
  - {id: F-BLE, title: Commands, from: E-APP, to: E-PUMP, data: [A-01], protocol: BLE, encryption: none}
components:
  - {id: SOUP-TLS, title: TLS library, version: "3.1"}
vulnerabilities:
  - {id: V-01, title: Known flaw, on: [SOUP-TLS], cve: CVE-2099-1}
designs:
  - {id: D-01, title: Lock module, derives: [SR-AUTH-001], needs: []}
justifications:
  - {id: J-01, title: Later, text: Fixed with the next release., justifies: [V-01]}
`;

  it('is read with roles, attributes and links', () => {
    const items = itemsOf({ 'items.yaml': MODEL });
    const flow = items.find(({ id }) => id === 'F-BLE');
    assert.deepEqual(
      flow?.links.map(({ type, role, to }) => [type, role, to]),
      [
        ['relates', 'from', 'E-APP'],
        ['relates', 'to', 'E-PUMP'],
        ['relates', 'data', 'A-01'],
      ],
    );
    assert.deepEqual(flow.attributes, { protocol: 'BLE', encryption: 'none' });
  });

  it('is traced: a flaw without a control is a gap that a justification accepts', () => {
    const graph = traceGraph(itemsOf({ 'items.yaml': MODEL }), tagsOf(WHOLE_CODE));
    assert.deepEqual(verdicts(graph), ['V-01 justified: No control or requirement mitigates it.']);
  });
});
