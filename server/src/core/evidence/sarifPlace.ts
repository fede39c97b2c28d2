import type { ArtifactLocation, Location, Region } from 'sarif';

import type { Range } from '../base/range.ts';

/** Name of the base that all paths are relative to; its own place is the reader's business. */
export const SOURCE_ROOT = 'SRCROOT';

export function artifactOf(path: string): ArtifactLocation {
  return { uri: path.split('/').map(encodeSegment).join('/'), uriBaseId: SOURCE_ROOT };
}

/** A lone surrogate, which only a broken file name has, cannot be encoded. */
function encodeSegment(segment: string): string {
  return encodeURIComponent(segment.replaceAll(/\p{Surrogate}/gu, '\uFFFD'));
}

/** SARIF counts lines and columns from 1; its end column is exclusive, as ours. */
export function regionOf(range: Range): Region {
  return {
    startLine: range.start.line + 1,
    startColumn: range.start.column + 1,
    endLine: range.end.line + 1,
    endColumn: range.end.column + 1,
  };
}

export function locationOf(path: string, range: Range | undefined): Location {
  return {
    physicalLocation: {
      artifactLocation: artifactOf(path),
      ...(range === undefined ? {} : { region: regionOf(range) }),
    },
  };
}
