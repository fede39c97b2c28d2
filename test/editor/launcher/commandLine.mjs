// The part of the desktop editor's command line that tests use.

/**
 * @typedef {object} CommandLine
 * @property {readonly string[]} developmentPaths
 * @property {string | undefined} testsPath
 * @property {string | undefined} extensionsDir
 * @property {string | undefined} userDataDir
 * @property {string | undefined} installExtension path of a .vsix
 * @property {boolean} trustAll
 * @property {string | undefined} folder
 */

const withValue = new Set([
  'extensionDevelopmentPath',
  'extensionTestsPath',
  'extensions-dir',
  'user-data-dir',
  'install-extension',
]);

/**
 * Reads `--name=value`, `--name value` for the names above, and one folder. Other flags are for the desktop and ignored.
 * @param {readonly string[]} args
 * @returns {CommandLine}
 */
export function readCommandLine(args) {
  /** @type {Map<string, string[]>} */
  const values = new Map();
  /** @type {string[]} */
  const folders = [];
  for (let at = 0; at < args.length; at++) {
    const flag = /^--([^=]+)(?:=(.*))?$/.exec(args[at] ?? '');
    if (flag === null) {
      folders.push(args[at] ?? '');
      continue;
    }
    const name = flag[1] ?? '';
    const value = flag[2] ?? (withValue.has(name) ? args[++at] : '');
    values.set(name, [...(values.get(name) ?? []), value ?? '']);
  }
  const last = (/** @type {string} */ name) => values.get(name)?.at(-1);
  return {
    developmentPaths: values.get('extensionDevelopmentPath') ?? [],
    testsPath: last('extensionTestsPath'),
    extensionsDir: last('extensions-dir'),
    userDataDir: last('user-data-dir'),
    installExtension: last('install-extension'),
    trustAll: values.has('disable-workspace-trust'),
    folder: folders.at(-1),
  };
}
