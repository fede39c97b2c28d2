import { visibleText } from './text.ts';

/** Text that is safe to stand in a page as it is. Only `markup` and the one style sheet make it. */
export interface Html {
  readonly source: string;
}

type Part = Html | string | number | undefined | false | readonly (Html | string)[];

/** A piece of a page: every value put in is escaped unless it is a piece itself; lists are joined, absent values are nothing. */
export function markup(strings: TemplateStringsArray, ...values: readonly Part[]): Html {
  let source = strings[0] ?? '';
  values.forEach((value, index) => {
    source += sourceOf(value) + (strings[index + 1] ?? '');
  });
  return { source };
}

function sourceOf(value: Part): string {
  if (value === undefined || value === false) return '';
  if (typeof value === 'string') return escapeHtml(value);
  if (typeof value === 'number') return String(value);
  if ('source' in value) return value.source;
  return value.map(sourceOf).join('');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export function escapeHtml(text: string): string {
  return visibleText(text).replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}
