/** The second toolbar of the graph: which kinds and states are shown. It says how many there are of each, and so is the legend too. */
import type { GraphBox } from '../../server/src/protocol/panels.ts';
import { ORDER } from './graphLayers.ts';
import { MARKS, WORDS } from './graphWords.ts';
import { element } from './page.ts';

export interface GraphFilter {
  readonly bar: HTMLElement;
  /** Counts anew; what was switched off stays off. */
  take(boxes: readonly GraphBox[]): void;
  shows(box: GraphBox): boolean;
}

export function graphFilter(onChange: () => void): GraphFilter {
  const hiddenKinds = new Set<string>();
  const hiddenStatuses = new Set<string>();
  const kinds = element('span', { role: 'group', 'aria-label': 'Kinds', class: 'toggles' });
  const statuses = element('span', { role: 'group', 'aria-label': 'States', class: 'toggles' });

  function toggle(hidden: Set<string>, value: string, text: string, className: string): HTMLButtonElement {
    const made = element(
      'button',
      { type: 'button', class: `toggle ${className}`, 'aria-pressed': String(!hidden.has(value)) },
      text,
    );
    made.addEventListener('click', () => {
      if (!hidden.delete(value)) hidden.add(value);
      made.setAttribute('aria-pressed', String(!hidden.has(value)));
      onChange();
    });
    return made;
  }

  return {
    bar: element(
      'div',
      { class: 'toolbar filters', role: 'toolbar', 'aria-label': 'Filter' },
      kinds,
      statuses,
    ),
    take(boxes) {
      const countOf = <K extends 'kind' | 'status'>(key: K) => {
        const counts = new Map<GraphBox[K], number>();
        for (const box of boxes) counts.set(box[key], (counts.get(box[key]) ?? 0) + 1);
        return [...counts];
      };
      kinds.replaceChildren(
        ...countOf('kind')
          .sort(([a], [b]) => ORDER.indexOf(a) - ORDER.indexOf(b))
          .map(([kind, count]) => {
            const word = kind === 'unit' ? 'code' : kind === 'link' ? 'unknown id' : kind;
            return toggle(hiddenKinds, kind, `${word} ${count}`, '');
          }),
      );
      statuses.replaceChildren(
        ...countOf('status').map(([status, count]) =>
          toggle(hiddenStatuses, status, `${MARKS[status]} ${WORDS[status]} ${count}`, status),
        ),
      );
    },
    shows: ({ kind, status }) => !hiddenKinds.has(kind) && !hiddenStatuses.has(status),
  };
}
