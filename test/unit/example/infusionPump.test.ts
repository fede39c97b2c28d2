import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

import { parse } from 'yaml';

import { loadProject, type Project } from '../../../server/src/host/projectLoader.ts';
import { nodeHost } from '../../../server/src/host/nodeHost.ts';

const FOLDER = new URL('../../../examples/infusion-pump/', import.meta.url);

/** `seeded.yaml`: what was put into the example on purpose. */
interface Key {
  readonly weaknesses: readonly { rule: string; file: string; line: number }[];
  readonly gaps: readonly {
    kind: 'item' | 'link';
    id: string;
    status: string;
    file: string;
    line: number;
  }[];
  readonly transitive: readonly { id: string; status: string }[];
}

describe('the infusion pump example', () => {
  const key = parse(readFileSync(new URL('seeded.yaml', FOLDER), 'utf8')) as Key;
  let project: Project;

  before(async () => {
    const outcome = await loadProject(nodeHost(), { folder: FOLDER.href });
    if (!outcome.ok) throw new Error(outcome.problems.map((problem) => problem.message).join('\n'));
    project = outcome.project;
  });

  it('has exactly the seeded weaknesses, at their lines', () => {
    const { snapshot } = project;
    const found = [...snapshot.files.keys()].flatMap((path) =>
      (snapshot.report(path)?.findings ?? []).map(
        ({ ruleId, range }) => `${path}:${range.start.line + 1} ${ruleId}`,
      ),
    );
    const seeded = key.weaknesses.map(({ rule, file, line }) => `${file}:${line} ${rule}`);
    assert.deepEqual(found.sort(), seeded.sort());
  });

  it('has exactly the seeded gaps of items', () => {
    const found = project.snapshot.trace.items
      .filter(({ status, transitive }) => status !== 'covered' && status !== 'justified' && !transitive)
      .map(
        ({ item, status }) =>
          `${item.location.path}:${item.location.range.start.line + 1} ${item.id} ${status}`,
      );
    const seeded = key.gaps
      .filter((gap) => gap.kind === 'item')
      .map(({ id, status, file, line }) => `${file}:${line} ${id} ${status}`);
    assert.deepEqual(found.sort(), seeded.sort());
  });

  it('has exactly the seeded broken links', () => {
    const found = project.snapshot.trace.links
      .filter(({ status }) => status !== 'covered' && status !== 'ambiguous')
      .map(({ to, status, location }) => `${location.path}:${location.range.start.line + 1} ${to} ${status}`);
    const seeded = key.gaps
      .filter((gap) => gap.kind === 'link')
      .map(({ id, status, file, line }) => `${file}:${line} ${id} ${status}`);
    assert.deepEqual(found.sort(), seeded.sort());
  });

  it('has gaps further up exactly where the seeded ones lead', () => {
    const found = project.snapshot.trace.items
      .filter(({ transitive }) => transitive)
      .map(({ item, status }) => `${item.id} ${status}`);
    assert.deepEqual(found.sort(), key.transitive.map(({ id, status }) => `${id} ${status}`).sort());
  });

  it('is seeded with enough to learn from', () => {
    assert.ok(key.weaknesses.length >= 25);
    assert.ok(new Set(key.weaknesses.map(({ rule }) => rule)).size >= 24);
    assert.ok(key.gaps.length >= 8);
  });

  it('is read without a problem', () => {
    assert.deepEqual(
      [
        project.snapshot.problems,
        project.snapshot.skipped,
        [...project.snapshot.files.values()].flatMap((facts) => facts.problems),
      ],
      [[], [], []],
    );
  });
});
