import { compareText } from '../../base/order.ts';

/** A Doorstop id by its parts: `REQ-003` is prefix `REQ` and number 3, `REQ-login` has a name. */
export interface Uid {
  readonly prefix: string;
  /** -1 for one with a name. */
  readonly number: number;
  readonly name: string;
}

const NUMBERED = /^([\w.-]*[^\d])(\d{1,15})$/u;
const NAMED = /^([\w.]+)-([\w.-]*[^\d\W][\w.-]*)$/u;
const MAX_UID = 200;

/** The parts of an id; undefined for what cannot be one (`index`). */
export function readUid(text: string): Uid | undefined {
  if (text.length > MAX_UID) return undefined;
  const numbered = NUMBERED.exec(text);
  if (numbered !== null) {
    const [, lead = '', digits = ''] = numbered;
    return { prefix: lead.replace(/[-_.]$/, ''), number: Number(digits), name: '' };
  }
  const named = NAMED.exec(text);
  return named === null ? undefined : { prefix: named[1] ?? '', number: -1, name: named[2] ?? '' };
}

/** Equal for ids that Doorstop takes as the same: `REQ3` and `req003`. */
export function uidKey(text: string): string {
  const uid = readUid(text);
  return uid === undefined ? text : `${uid.prefix.toLowerCase()}\n${uid.number}\n${uid.name}`;
}

/** By prefix, then number, then name. */
export function compareUids(a: string, b: string): number {
  const [left, right] = [readUid(a), readUid(b)];
  if (left === undefined || right === undefined) return compareText(a, b);
  return (
    compareText(left.prefix, right.prefix) || left.number - right.number || compareText(left.name, right.name)
  );
}
