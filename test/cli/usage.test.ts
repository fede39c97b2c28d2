import assert from 'node:assert/strict';

import { TOOL } from '../../server/src/core/evidence/tool.ts';
import { CLEAN_C, project, removeWorkspace, scan, traceward, workspace } from './cli.ts';

afterEach(removeWorkspace);

describe('the help', () => {
  for (const command of [
    [],
    ['scan'],
    ['trace'],
    ['trace', 'show'],
    ['trace', 'impact'],
    ['trace', 'convert'],
    ['init'],
    ['import'],
    ['import', 'check'],
    ['rules'],
    ['rules', 'test'],
    ['rules', 'explain'],
    ['rules', 'validate'],
    ['rules', 'list'],
    ['evidence'],
  ]) {
    it(`of ${['traceward', ...command].join(' ')} has examples, on the standard output`, async () => {
      const { code, out, err } = await traceward([...command, '--help']);
      assert.deepEqual([code, err], [0, '']);
      assert.match(out, new RegExp(`^Usage: ${['traceward', ...command].join(' ')} `));
      assert.match(out, /Examples?:\n {2}traceward /);
      assert.ok(
        out.split('\n').every((line) => line.length <= 118),
        'lines fit a terminal',
      );
    });
  }

  it('names every option of the scan', async () => {
    const { out } = await traceward(['scan', '--help']);
    for (const option of [
      'rules',
      'format',
      'output',
      'severity',
      'fail-on',
      'no-config',
      'no-ignore',
      'fix',
      'dry-run',
    ]) {
      assert.match(out, new RegExp(` --${option}\\b`));
    }
  });
});

describe('the version', () => {
  it('is told', async () => {
    assert.deepEqual(await traceward(['--version']), { code: 0, out: `${TOOL.version}\n`, err: '' });
  });
});

describe('wrong usage ends with 2 and says what is wrong:', () => {
  for (const [what, args, message] of [
    ['no command', [], /^Usage: traceward/],
    ['an unknown command', ['scna'], /unknown command 'scna'\s+\(Did you mean scan\?\)/],
    [
      'an unknown option',
      ['scan', '--formt', 'json'],
      /unknown option '--formt'\s+\(Did you mean --format\?\)/,
    ],
    [
      'an unknown format',
      ['scan', '--format', 'xml'],
      /argument 'xml' is invalid. Allowed choices are text, json, sarif/,
    ],
    ['an unknown severity', ['scan', '--severity', 'bad'], /Allowed choices are error, warning, info/],
    [
      'a format of another command',
      ['trace', '--format', 'sarif'],
      /Allowed choices are text, json, csv, html, dot/,
    ],
    [
      'a status that there is not',
      ['trace', '--fail-on', 'orphaned,gone'],
      /Allowed words, with commas between, are error, warning, info, never, orphaned, /,
    ],
    ['an option without its value', ['scan', '--output'], /argument missing/],
    ['a path that does not exist', ['scan', 'gone'], /^error: There is no file or folder gone\.\n$/],
    [
      'a path that does not exist, to trace',
      ['trace', 'gone'],
      /^error: There is no file or folder gone\.\n$/,
    ],
    [
      'rules that do not exist',
      ['scan', '--rules', 'gone.yaml'],
      /^error: There is no rule file or folder gone\.yaml\.\n$/,
    ],
    ['evidence without a place', ['evidence'], /required option '-o, --output <dir>' not specified/],
    ['rules without a command', ['rules'], /^Usage: traceward rules/],
    ['too many paths', ['trace', 'a', 'b'], /too many arguments/],
  ] as const) {
    it(what, async () => {
      workspace();
      const { code, out, err } = await traceward(args);
      assert.deepEqual([code, out], [2, '']);
      assert.match(err, message);
    });
  }

  it('paths of two workspaces', async () => {
    project({ 'a/traceward.yaml': '', 'a/x.c': CLEAN_C, 'b/x.c': CLEAN_C });
    const { code, err } = await scan('a', 'b');
    assert.equal(code, 2);
    assert.match(err, /^error: b is not in the workspace .*\/a, where traceward\.yaml was found/);
  });
});
