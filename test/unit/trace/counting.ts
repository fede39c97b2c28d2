import assert from 'node:assert/strict';

import type { TraceFormatId } from '../../../server/src/core/trace/formats.ts';
import { checkSources } from '../../../server/src/core/trace/sourceCheck.ts';

/** Files as projects write them, of our own making, with everything in them counted by hand. */
export interface Counted {
  readonly what: string;
  readonly format: TraceFormatId;
  readonly files: Readonly<Record<string, string>>;
  readonly kinds: object;
  readonly links: number;
  /** `path:line code` */
  readonly defects: readonly string[];
}

/** One test a case: that all is found, and nothing else. */
export function countsIn(cases: readonly Counted[]): void {
  for (const { what, format, files, kinds, links, defects } of cases) {
    it(what, () => {
      const { formats, defects: found } = checkSources(
        Object.entries(files).map(([path, content]) => ({ path, format, content })),
      );
      const [only] = formats;
      const places = found.map(
        ({ path, range, code }) => `${path ?? ''}:${(range?.start.line ?? -1) + 1} ${code}`,
      );
      assert.deepEqual(
        { kinds: only?.kinds, links: only?.links, defects: places },
        { kinds, links, defects },
      );
    });
  }
}
