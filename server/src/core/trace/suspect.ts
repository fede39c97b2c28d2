import type { Resolution, WrittenLink } from './linker.ts';
import { itemFingerprint } from './reviews.ts';
import type { ReviewIndex } from './reviews.ts';

/**
 * A link in order that somebody confirmed once, and of which an end has changed in meaning since, is suspect. A link that no record is about
 * stays as it is.
 *
 * @param from id of the item, or name of the code
 * @param fingerprint of that end; undefined where it cannot be told
 */
export function confirmed(
  from: string,
  { type, to }: WrittenLink,
  resolution: Resolution,
  reviews: ReviewIndex,
  fingerprint: () => string | undefined,
): Resolution {
  const [target] = resolution.targets;
  if (!reviews.hasLinks || resolution.status !== 'covered' || target === undefined) return resolution;
  const { state, changed } = reviews.link(from, type, to, {
    from: fingerprint,
    to: () => itemFingerprint(target),
  });
  if (state !== 'stale') return resolution;
  const what = changed === 'to' ? `\`${to}\` has` : changed === 'from' ? `\`${from}\` has` : 'Both ends have';
  return {
    ...resolution,
    status: 'suspect',
    reason: `${what} changed since this link was confirmed: check that it still fits, then record a review.`,
  };
}
