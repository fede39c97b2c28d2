// Makes the .vsix that the packaged run installs, always anew.
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runToEnd } from '../../../scripts/processes.mjs';
import { ensureBuilt } from '../../../scripts/setup.mjs';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** @returns {Promise<string>} absolute path of the new package */
export async function packageExtension() {
  const startedAt = Date.now();
  const run = await runToEnd(process.execPath, ['scripts/package.mjs'], { cwd: root, timeoutMs: 300_000 });
  if (run.code !== 0) throw new Error(`npm run package failed:\n${run.output}`);
  // Packaging leaves production bundles in dist/: put back those that everything else uses, now and not at the next start.
  await ensureBuilt();
  // File systems may keep whole seconds only.
  const fresh = [root, join(root, 'dist')]
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)))
    .filter((path) => /traceward-[^/\\]*\.vsix$/.test(path) && statSync(path).mtimeMs >= startedAt - 1000);
  const [vsix] = fresh;
  if (vsix === undefined) throw new Error(`npm run package left no new traceward-*.vsix:\n${run.output}`);
  return vsix;
}
