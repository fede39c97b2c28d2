import { Minimatch } from 'minimatch';

export type PathTest = (path: string) => boolean;

/** Longer patterns are refused: a hostile configuration must not cost more than a moment. */
const MAX_GLOB_LENGTH = 500;

/**
 * A test of workspace-relative paths (with `/`) against glob patterns; true when one of them matches.
 * As in `.gitignore`, a pattern without `/` matches a name at any depth, and one that names a folder matches what is in it.
 *
 * @returns the test, and the patterns that could not be read
 */
export function globTest(patterns: readonly string[]): { test: PathTest; refused: string[] } {
  const refused: string[] = [];
  const matchers: Minimatch[] = [];
  for (const pattern of patterns) {
    if (pattern.length > MAX_GLOB_LENGTH || pattern.trim() === '') {
      refused.push(pattern);
      continue;
    }
    const rooted = pattern.replace(/^\.?\//, '').replace(/\/$/, '');
    const anywhere = rooted.includes('/') ? rooted : `**/${rooted}`;
    for (const form of [anywhere, `${anywhere}/**`]) {
      matchers.push(new Minimatch(form, { dot: true, nonegate: true, nocomment: true, platform: 'linux' }));
    }
  }
  return { test: (path) => matchers.some((matcher) => matcher.match(path)), refused };
}
