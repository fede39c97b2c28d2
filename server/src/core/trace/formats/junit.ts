import type { Problem } from '../../base/problem.ts';
import { childNamed, childrenNamed, readXml, type XmlElement } from '../../base/xml.ts';
import type { TextFormat } from '../formats.ts';
import { newItem } from '../item.ts';
import type { DeclaredLink, Item } from '../item.ts';
import { resultIds, type TestResult, type Verdict } from '../results.ts';
import type { SourceSettings } from '../sources.ts';

/** Properties of a test case that name what it verifies, and how each tool calls them. */
const REQUIREMENT_PROPERTIES = new Set([
  ...['requirement', 'requirements', 'verifies', 'testcase', 'test-case'],
  ...['partiallyverifies', 'fullyverifies', 'lobster-tracing'],
]);
const COMMIT_PROPERTIES = new Set(['commit', 'git.commit', 'git-commit', 'git_commit', 'revision', 'sha']);

/** `ID`, `ID@2` and `ID[version==2]`. */
const REFERENCE = /^([^\s,;[\]@]+)(?:@(\d{1,9})|\[version==(\d{1,9})\])?$/;

/**
 * JUnit XML as gtest, CTest, Unity, twister, pytest, cargo-nextest and mocha write it. What is neither passed nor failed nor an error is
 * skipped: not run is not passed.
 */
export const junitResults: TextFormat = {
  title: 'JUnit XML results',
  input: 'text',
  candidates: ['**/*.xml'],
  holdsResults: true,
  detect: (_, text) => /<testsuites?[\s>/]/.test(text.slice(0, 5000)),
  read: (path, text, settings) => {
    const { value: root, problems } = readXml(path, text);
    if (root === undefined) return { value: { items: [] }, problems };
    if (root.name !== 'testsuites' && root.name !== 'testsuite') {
      const message = `This is no JUnit XML: its root is \`${root.name.slice(0, 60)}\`, not \`testsuites\` or \`testsuite\`.`;
      const problem: Problem = { code: 'junit', severity: 'error', message, path, range: root.range };
      return { value: { items: [] }, problems: [...problems, problem] };
    }
    const idOf = resultIds(path);
    const items: Item[] = [];
    const suites = (suite: XmlElement, above: readonly string[], commitAbove: string | undefined): void => {
      const commit = commitOf(suite) ?? commitAbove;
      const name = suite.attributes.get('name') ?? '';
      const names = name === '' || name === above.at(-1) ? above : [...above, name];
      for (const child of suite.children) {
        if (child.name === 'testsuite') suites(child, names, commit);
        else if (child.name === 'testcase') items.push(resultOf(path, child, names, commit, idOf, settings));
      }
    };
    suites(root, [], typeof settings.options['commit'] === 'string' ? settings.options['commit'] : undefined);
    return { value: { items }, problems };
  },
};

function resultOf(
  path: string,
  element: XmlElement,
  suites: readonly string[],
  commitAbove: string | undefined,
  idOf: (name: string) => string,
  { roles }: SourceSettings,
): Item {
  const test = element.attributes.get('name') ?? '';
  const group = element.attributes.get('classname') ?? suites.at(-1) ?? '';
  const file = element.attributes.get('file');
  const line = Number(element.attributes.get('line'));
  const commit = commitOf(element) ?? commitAbove;
  const wrong = childNamed(element, 'failure') ?? childNamed(element, 'error');
  const message = wrong?.attributes.get('message') ?? wrong?.text.trim().split('\n')[0];
  const location = { path, range: element.range };
  const result: TestResult = {
    verdict: verdictOf(element),
    test,
    group,
    ...(file !== undefined && { file }),
    ...(file !== undefined && Number.isInteger(line) && line > 0 && { line }),
    ...(commit !== undefined && { commit }),
    ...(message !== undefined && message !== '' && { message: message.slice(0, 500) }),
  };
  const links = properties(element).flatMap(({ name, value }): DeclaredLink[] => {
    const known = REQUIREMENT_PROPERTIES.has(name.toLowerCase()) || Object.hasOwn(roles, name);
    return known
      ? references(value).map((each) => ({ ...each, type: roles[name] ?? 'verifies', role: name, location }))
      : [];
  });
  const time = Number(element.attributes.get('time'));
  return newItem({
    id: idOf(group === '' || test.startsWith(group) ? test : `${group}.${test}`),
    kind: 'result',
    title: test,
    origin: { format: 'junit', id: test },
    location,
    links,
    result,
    attributes: {
      ...(suites.length > 0 && { suite: suites.join(' / ') }),
      ...(element.attributes.has('time') && Number.isFinite(time) && { seconds: time }),
    },
  });
}

function verdictOf(element: XmlElement): Verdict {
  if (childNamed(element, 'failure') !== undefined) return 'failed';
  if (childNamed(element, 'error') !== undefined) return 'error';
  if (childNamed(element, 'skipped') !== undefined || childNamed(element, 'disabled') !== undefined)
    return 'skipped';
  const status = element.attributes.get('status')?.toLowerCase();
  const result = element.attributes.get('result')?.toLowerCase();
  const words = [status, result];
  if (
    words.some(
      (word) =>
        word !== undefined &&
        /^(?:notrun|not run|skipped|suppressed|disabled|ignored|filtered|blocked)$/.test(word),
    )
  )
    return 'skipped';
  if (words.some((word) => word !== undefined && /^(?:fail|failed|failure)$/.test(word))) return 'failed';
  if (words.some((word) => word !== undefined && /^(?:error|timeout|crashed)$/.test(word))) return 'error';
  return 'passed';
}

function properties(element: XmlElement): readonly { readonly name: string; readonly value: string }[] {
  const lists = childrenNamed(element, 'properties').flatMap((list) => childrenNamed(list, 'property'));
  const written = lists.map(({ attributes, text }) => ({
    name: attributes.get('name') ?? '',
    value: attributes.get('value') ?? text.trim(),
  }));
  // Older gtest writes recorded properties as attributes of the test case.
  const own = [...element.attributes]
    .filter(
      ([name]) => REQUIREMENT_PROPERTIES.has(name.toLowerCase()) || COMMIT_PROPERTIES.has(name.toLowerCase()),
    )
    .map(([name, value]) => ({ name, value }));
  return [...written, ...own];
}

function commitOf(element: XmlElement): string | undefined {
  const found = properties(element).find(
    ({ name, value }) => COMMIT_PROPERTIES.has(name.toLowerCase()) && /^[0-9a-f]{7,64}$/i.test(value),
  );
  return found?.value.toLowerCase();
}

function references(value: string): readonly { readonly to: string; readonly revision?: number }[] {
  return value.split(/[\s,;]+/).flatMap((word) => {
    const [, to, at, version] = REFERENCE.exec(word) ?? [];
    if (to === undefined) return [];
    const revision = at ?? version;
    return [{ to, ...(revision !== undefined && { revision: Number(revision) }) }];
  });
}
