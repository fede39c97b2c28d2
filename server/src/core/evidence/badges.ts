import type { Severity } from '../base/severity.ts';
import { markup, type Html } from './html.ts';

const STATUS_TONE: Readonly<Record<string, string>> = {
  covered: 'good',
  justified: 'info',
  rejected: '',
  unwanted: 'warning',
  suspect: 'warning',
  unreviewed: 'warning',
  uncovered: 'warning',
};

/** A status of an item or link; whatever is not in order stands out. */
export function statusBadge(status: string): Html {
  return markup`<span class="badge ${STATUS_TONE[status] ?? 'error'}">${status}</span>`;
}

export function severityBadge(severity: Severity): Html {
  return markup`<span class="badge ${severity}">${severity}</span>`;
}
