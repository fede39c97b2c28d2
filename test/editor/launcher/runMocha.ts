// What the editor calls inside its extension host. Bundled to index.cjs with the suites beside it; see bundleTests.mjs.
// The report goes beside this bundle, as environment variables do not reach the extension host.
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'node:util';
import type MochaModule from 'mocha';

interface Failure {
  readonly title: string;
  readonly message: string;
}

interface Options {
  readonly grep?: string;
}

const testTimeoutMs = 60_000;
/** Tells the launcher which lines of the editor's chatty console are the tests' own. */
const mark = '[mocha] ';

/** Runs every suite; rejects when a test failed. Writes report.json: `{ passed, failed, failures }`. */
export async function run(): Promise<void> {
  process.setSourceMapsEnabled(true);
  // Mocha is an ES module and this bundle is not, so it is imported and not required.
  const { default: Mocha } = (await import('mocha')) as { default: typeof MochaModule };
  const options = readOptions();
  Mocha.reporters.Base.consoleLog = (...line: unknown[]) => {
    for (const text of format(...line).split('\n')) writeLine(mark + text);
  };
  const mocha = new Mocha({
    ui: 'bdd',
    timeout: testTimeoutMs,
    color: false,
    reporter: 'spec',
    ...(options.grep === undefined ? {} : { grep: options.grep }),
  });
  const suites = join(__dirname, 'suite');
  for (const name of readdirSync(suites).sort()) {
    if (name.endsWith('.test.cjs')) mocha.addFile(join(suites, name));
  }
  await new Promise<void>((resolve, reject) => {
    let passed = 0;
    const failures: Failure[] = [];
    const runner = mocha.run((failed) => {
      const report = { passed, failed: Math.max(failed, failures.length), failures };
      writeFileSync(join(__dirname, 'report.json'), JSON.stringify(report, null, 2) + '\n');
      if (report.failed === 0) resolve();
      else reject(new Error(`${report.failed} editor tests failed`));
    });
    runner.on('pass', () => passed++);
    runner.on('fail', (test, error: unknown) => {
      failures.push({ title: test.fullTitle(), message: messageOf(error) });
    });
  });
}

function writeLine(text: string): void {
  // eslint-disable-next-line no-console -- the editor forwards the console of its extension host, and nothing else
  console.log(text);
}

function readOptions(): Options {
  const path = join(__dirname, 'options.json');
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Options) : {};
}

function messageOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
