import assert from 'node:assert/strict';

import { describe, it } from 'mocha';

import { mlx } from '../../../server/src/core/trace/formats/mlx.ts';
import { brief, problemLines, readFiles, sameWithOtherLineEnds, survives } from './reading.ts';

const SAMPLE = `Title
=====

.. item:: SR-1 Lock after
    wrong PINs
    :fulfills: SYS-1 SYS-2
    :validated_by:
        UT-1
        UT-2
    :status: Draft
    :asil: B
    :hidetype:
    :ext_polarion: X-1

    Body text
      more.

    Second.

.. item:: UT-1 Try
   :validates: SR-1

Text with an example::

    .. item:: EX-1 Not an item

.. code-block:: rst

   .. item:: EX-2 Neither

..
   .. item:: EX-3 A comment

.. only:: html

   .. item:: UT-2

.. item-link::
    :sources: SYS-1 SYS-2
    :targets: GONE
    :type: trace

.. item-link::
    :source: UT-\\d
    :target: SR-
    :type: validates
    :nooverwrite:

.. attribute-link::
    :filter: SR-1
    :asil: C
    :owner: me

.. item:: SR-11
.. item:: SYS-1 One
.. item:: SYS-2
`;

describe('mlx.traceability', () => {
  const read = (text: string, settings = {}) => {
    const { items, links, problems, graph } = readFiles(mlx, { 'a.rst': text }, settings);
    return {
      items,
      graph,
      problems: problemLines(problems),
      shown: items.map((item) => `${item.kind} ${brief(item)}`),
      links: links.map(
        ({ from, type, role, to, location }) =>
          `${from} ${type}/${role ?? ''} ${to} ${location.range.start.line + 1}`,
      ),
    };
  };

  it('has items outside of examples and comments, with their places', () => {
    const { shown, items, problems } = read(SAMPLE);
    assert.deepEqual(shown, [
      'requirement SR-1 "Lock after wrong PINs"',
      'test UT-1 "Try"',
      'test UT-2',
      'requirement SR-11',
      'requirement SYS-1 "One"',
      'requirement SYS-2',
    ]);
    assert.deepEqual(problems, []);
    assert.equal(items[0]?.text, 'Body text\n  more.\n\nSecond.');
    assert.equal(items[0].approval, 'draft');
    assert.deepEqual(items[0].location.range, {
      start: { line: 3, column: 10 },
      end: { line: 3, column: 14 },
    });
  });

  it('has each link once, in the direction of coverage, and regular expressions from the start of ids', () => {
    const { links, graph } = read(SAMPLE);
    assert.deepEqual(links, [
      'SR-1 derives/fulfills SYS-1 6',
      'SR-1 derives/fulfills SYS-2 6',
      'UT-1 verifies/validates SR-1 8',
      'UT-2 verifies/validates SR-1 9',
      'SYS-1 relates/trace GONE 40',
      'SYS-2 relates/trace GONE 40',
      'UT-1 verifies/validates SR-11 43',
      'UT-2 verifies/validates SR-11 43',
    ]);
    assert.deepEqual(
      graph.links.filter(({ status }) => status !== 'covered').map(({ to, status }) => `${to} ${status}`),
      ['GONE orphaned', 'GONE orphaned'],
    );
  });

  it('has attributes, also by a filter that means all ids that begin so', () => {
    const { items } = read(SAMPLE);
    assert.deepEqual(items[0]?.attributes, { asil: 'B', owner: 'me', ext_polarion: 'X-1' });
    assert.deepEqual(items.find(({ id }) => id === 'SR-11')?.attributes, { asil: 'C', owner: 'me' });
  });

  it('as settings say', () => {
    const text = '.. item:: HZ-1 H\n   :covers: A-1\n   :checked_by: T-1\n.. item:: A-1\n';
    assert.deepEqual(read(text).links, ['T-1 relates/checked_by HZ-1 3']);
    const settings = { kinds: { HZ: 'risk' }, roles: { covers: 'derives', checked_by: 'verifies' } };
    assert.deepEqual(read(text, settings).links, [
      'HZ-1 derives/covers A-1 2',
      'T-1 verifies/checked_by HZ-1 3',
    ]);
    assert.equal(read(text, settings).items[0]?.kind, 'risk');
  });

  it('says what cannot be read', () => {
    assert.deepEqual(read('.. item::\n').problems, ['a.rst:1 warning mlx']);
    assert.deepEqual(read('\n.. item-link::\n   :sources: A\n').problems, ['a.rst:2 warning mlx']);
    assert.deepEqual(read('.. item-link::\n   :source: (\n   :target: A\n   :type: trace\n').problems, [
      'a.rst:1 warning mlx',
    ]);
    assert.deepEqual(read('.. item-link::\n   :type: trace\n   :targets: A\n').problems, [
      'a.rst:1 warning mlx',
    ]);
    const both = '.. item-link::\n   :type: trace\n   :source: A\n   :sources: A\n   :targets: A\n';
    assert.deepEqual(read(both).problems, ['a.rst:1 warning mlx']);
    const twice = read('.. item:: A\n.. item:: A\n').graph.items;
    assert.deepEqual(
      twice.map(({ status }) => status),
      ['duplicate', 'duplicate'],
    );
  });

  it('survives any text and other line ends', function () {
    this.timeout(20_000);
    survives(mlx, 'a.rst', [SAMPLE]);
    sameWithOtherLineEnds(mlx, 'a.rst', SAMPLE);
  });
});
