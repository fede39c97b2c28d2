import { REVIEW_FOLDER } from '../trace/reviewText.ts';
import { createSourceSet, type SourceSet } from '../trace/sourceSet.ts';
import { NO_SETTINGS } from '../trace/sources.ts';
import type { ProjectConfig } from './projectConfig.ts';

/** Committed records of reviews, one a file. */
const REVIEW_FILES = [`${REVIEW_FOLDER}/**/*.{yaml,yml}`];
/** Which of the item files are Markdown. */
const MARKDOWN_FILES = ['**/*.{md,markdown}'];

/** The files of items that a configuration names, none of them read yet. What `trace.sources` names goes before `items`. */
export function itemSources({ items, trace, prefixes }: ProjectConfig): SourceSet {
  return createSourceSet([
    ...trace.sources.map((source) =>
      source.format === 'markdown' ? { ...source, options: { prefixes, ...source.options } } : source,
    ),
    { format: 'reviews', files: REVIEW_FILES, ...NO_SETTINGS },
    { ...NO_SETTINGS, format: 'markdown', files: items, within: MARKDOWN_FILES, options: { prefixes } },
    { format: 'traceward', files: items, ...NO_SETTINGS },
  ]);
}
