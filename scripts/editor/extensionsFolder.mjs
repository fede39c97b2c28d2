// A private folder of installed extensions with nothing in it but this repository.
import { mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../processes.mjs';

/**
 * Links the repository, so that after a build reloading the page is enough to have the new extension.
 * @param {string} root of the repository
 * @returns {string} for --extensions-dir; removed when this process ends
 */
export function extensionsFolderWith(root) {
  const folder = join(temporaryFolder('ext'), 'extensions');
  mkdirSync(folder);
  const { publisher, name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  symlinkSync(root, join(folder, `${publisher}.${name}-${version}`), 'dir');
  return folder;
}
