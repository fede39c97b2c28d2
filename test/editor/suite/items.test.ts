// Requirement files are judged as they are written: broken YAML, wrong ids and gaps are underlined at their lines.
import { strict as assert } from 'node:assert';

import {
  closeEverything,
  command,
  diagnosticsOf,
  open,
  placeOf,
  remove,
  replace,
  traceward,
  waitFor,
  writeText,
} from '../api.ts';

describe('item files in the editor', () => {
  before(traceward);
  afterEach(closeEverything);

  it('underlines broken YAML at its line while it is typed', async () => {
    const path = 'security/scratch_broken.yaml';
    await writeText(path, 'requirements:\n  - id: SR-NEW-001\n    title: "never closed\n    text: One.\n');
    await open(path);
    const [first] = await waitForProblems(path, (found) => found.length > 0);
    assert.ok(first);
    assert.ok(first.range.start.line >= 2, `underlined at line ${first.range.start.line + 1}`);
    await remove(path);
  });

  it('underlines an unknown key at its line', async () => {
    const path = 'security/scratch_key.yaml';
    await writeText(
      path,
      'threats:\n  - id: T-901\n    title: New\n    stride: [spoofing]\n    colour: red\n',
    );
    await open(path);
    await waitForProblems(path, (found) => found.some(({ range }) => range.start.line === 4));
    await remove(path);
  });

  it('reports a requirement without code and test as a gap, and takes it back', async () => {
    const path = 'security/scratch_gap.yaml';
    await writeText(
      path,
      'requirements:\n  - id: SR-NEW-001\n    title: New\n    text: The pump shall.\n    category: logging\n    derives: [C-AUTH-02]\n',
    );
    const editor = await open(path);
    await waitForProblems(path, (found) => found.some(({ range }) => range.start.line === 1));
    await replace(editor, 'category: logging', 'category: logging\n    needs: []');
    await waitForProblems(path, (found) => found.length === 0);
    await command('workbench.action.files.revert');
    await remove(path);
  });

  it('follows unsaved changes of a requirement in the code', async () => {
    const editor = await open('security/requirements.yaml');
    const at = placeOf(editor.document, 'id: SR-AUTH-004');
    await replace(editor, 'id: SR-AUTH-004', 'id: SR-AUTH-944');
    await waitFor(
      'the tag in the code to lead nowhere',
      () => diagnosticsOf('src/access.c').find(({ message }) => message.includes('SR-AUTH-004')),
      () => diagnosticsOf('src/access.c').map(({ message }) => message),
    );
    assert.ok(at.line > 0);
    await command('undo');
    await waitFor('the tag to lead to the requirement again', () =>
      diagnosticsOf('src/access.c').every(({ message }) => !message.includes('SR-AUTH-004'))
        ? true
        : undefined,
    );
  });
});

type Problems = ReturnType<typeof diagnosticsOf>;

function waitForProblems(path: string, fits: (found: Problems) => boolean): Promise<Problems> {
  return waitFor(
    `problems in ${path}`,
    () => {
      const found = diagnosticsOf(path);
      return fits(found) ? found : undefined;
    },
    () => diagnosticsOf(path).map(({ message, range }) => `${range.start.line + 1} ${message}`),
  );
}
