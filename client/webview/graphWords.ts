/** How the page names what a box is. */
import type { GraphBox } from '../../server/src/protocol/panels.ts';

type Status = GraphBox['status'];

export const MARKS: Readonly<Record<Status, string>> = {
  covered: '✓',
  gap: '!',
  below: '↓',
  broken: '✗',
  justified: '~',
  unreviewed: '?',
  none: '',
};
export const WORDS: Readonly<Record<Status, string>> = {
  covered: 'covered',
  gap: 'has a gap',
  below: 'gap further down',
  broken: 'broken',
  justified: 'gap accepted',
  unreviewed: 'to be reviewed',
  none: 'without status',
};

/** All that there is to say of a box, as one line. */
export function sentenceOf({ label, kind, status, description, reasons }: GraphBox): string {
  return [label, kind, status === 'none' ? '' : WORDS[status], description, ...reasons]
    .filter((text) => text !== '')
    .join(', ');
}
