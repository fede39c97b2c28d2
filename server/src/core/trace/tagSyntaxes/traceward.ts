import { readTags } from '../tags.ts';
import type { TagSyntax } from '../tagSyntaxes.ts';

/** `[SR-AUTH-003]`, `[verifies SR-AUTH-003@2]`. */
export const tracewardTags: TagSyntax = {
  title: 'Traceward tags',
  detect: (text) => /\[(?:verifies )?[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)+(?:@\d+)?\]/.test(text),
  // Prefixes are letters and digits.
  mark: ({ prefixes }) => new RegExp(`(?:${prefixes.join('|')})[-_\\u2010-\\u2015]`, 'i'),
  read: ({ path, comments }, { prefixes }) => {
    const readings = comments.map((comment) => readTags(comment, prefixes));
    return {
      tags: readings.flatMap(({ tags }) => tags),
      items: [],
      problems: readings.flatMap(({ problems }) => problems.map((problem) => ({ ...problem, path }))),
    };
  },
};
