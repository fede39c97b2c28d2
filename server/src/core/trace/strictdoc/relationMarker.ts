/** `@relation(SR-1, SR-2, scope=function, role=Verifies)`; offsets into the text that it was read from. */
export interface RelationMarker {
  readonly uids: readonly { readonly id: string; readonly start: number; readonly end: number }[];
  readonly scope: string | undefined;
  readonly role: string | undefined;
  /** Of the whole, from `@`. */
  readonly start: number;
  readonly end: number;
}

export type MarkerReading =
  | { readonly marker: RelationMarker }
  | { readonly miss: string; readonly start: number; readonly end: number };

/** A longer text between brackets is no marker. */
const MAX_MARKER = 2000;
const UID = /^[A-Za-z][A-Za-z0-9_/.-]+$/;
const STRICT_SCOPES: ReadonlySet<string> = new Set([
  'file',
  'class',
  'function',
  'line',
  'range_start',
  'range_end',
]);
const GENERAL =
  /@relation\(([^()]{1,1900}), scope=(range_start|range_end|file|line)(?:, role=([^)]{1,200}))?\)/;

/** The marker of one line of a file of any kind: separators are a comma and one blank exactly. Text before it does not matter. */
export function generalMarker(line: string, offset: number): MarkerReading | undefined {
  const at = line.indexOf('@relation');
  if (at < 0) return undefined;
  const found = GENERAL.exec(line);
  const [whole = '', list = '', scope, role] = found ?? [];
  const names = list.split(', ');
  if (found === null || !names.every((name) => UID.test(name))) {
    if (!/^@relation\s*[({]/.test(line.slice(at))) return undefined;
    const miss =
      'write `@relation(UID, scope=file)`: ids, `scope`, then `role`, each after a comma and one blank';
    return { miss, start: offset + at, end: offset + line.length };
  }
  let start = offset + found.index + '@relation('.length;
  const uids = names.map((id) => {
    const uid = { id, start, end: start + id.length };
    start = uid.end + 2;
    return uid;
  });
  return {
    marker: { uids, scope, role, start: offset + found.index, end: offset + found.index + whole.length },
  };
}

/**
 * The markers of comments of a language that StrictDoc parses; what leads comments (`//`, `*`, `#`) is blanks already. A marker stands first on its
 * line, and may go on over several.
 *
 * @param scopeNeeded false where the scope may be left out (Rust)
 */
export function languageMarkers(text: string, scopeNeeded: boolean): readonly MarkerReading[] {
  const readings: MarkerReading[] = [];
  let at = text.indexOf('@relation');
  while (at >= 0) {
    const next = text.indexOf('@relation', at + 1);
    const bracket = text[at + '@relation'.length];
    if (bracket === '(' || bracket === '{') {
      const close = bracket === '(' ? ')' : '}';
      const stop = Math.min(next < 0 ? text.length : next, at + MAX_MARKER);
      const body = text.slice(at + '@relation('.length, stop);
      const end = body.indexOf(close);
      const endOfLine = body.indexOf('\n');
      const lineStart = text.lastIndexOf('\n', at) + 1;
      if (text.slice(Math.max(lineStart, at - MAX_MARKER), at).trim() !== '') {
        readings.push({
          miss: 'StrictDoc ignores it after other text: put it at the start of the line',
          start: at,
          end: at + '@relation'.length,
        });
      } else if (end < 0) {
        const length = endOfLine < 0 ? body.length : endOfLine;
        readings.push({
          miss: `close it with \`${close}\``,
          start: at,
          end: at + '@relation('.length + length,
        });
      } else {
        readings.push(readParts(body.slice(0, end), at, at + '@relation('.length, scopeNeeded));
      }
    }
    at = next;
  }
  return readings;
}

function readParts(body: string, start: number, bodyStart: number, scopeNeeded: boolean): MarkerReading {
  const end = bodyStart + body.length + 1;
  const miss = (reason: string): MarkerReading => ({ miss: reason, start, end });
  const uids: { id: string; start: number; end: number }[] = [];
  let scope: string | undefined;
  let role: string | undefined;
  let at = bodyStart;
  for (const [index, part] of body.split(',').entries()) {
    if (index > 0 && !/^\s/.test(part)) return miss('a blank belongs behind each comma');
    const word = part.trim();
    const key = /^(scope|role)=(.*)$/s.exec(word);
    if (key === null) {
      if (scope !== undefined || role !== undefined) return miss('ids stand before `scope` and `role`');
      if (!UID.test(word)) return miss(`\`${word.slice(0, 60)}\` cannot be an id in a marker`);
      const from = at + part.indexOf(word);
      uids.push({ id: word, start: from, end: from + word.length });
    } else if (key[1] === 'scope') {
      if (scope !== undefined || role !== undefined) return miss('`scope` stands once, and before `role`');
      scope = key[2] ?? '';
      if (!STRICT_SCOPES.has(scope)) return miss(`there is no scope \`${scope.slice(0, 60)}\``);
    } else {
      if (role !== undefined) return miss('`role` stands once');
      role = key[2] ?? '';
      if (!/^\w+$/.test(role)) return miss('a role is made of letters, digits and `_`');
    }
    at += part.length + 1;
  }
  if (uids.length === 0) return miss('it names no id');
  if (scope === undefined && scopeNeeded) return miss('it needs a `scope`');
  return { marker: { uids, scope, role, start, end } };
}
