/** `@A(`, with a name that may be a path or a metavariable. */
const ANNOTATION = /@(?!interface\b)[\w.$]+\s*\(/g;

/**
 * A pattern whose annotations name each argument where there are several: `@A("x", ...)` becomes `@A(value = "x", ...)`, which is what it
 * means, and which the grammar takes.
 */
export function withLoneArgumentsNamed(pattern: string, name: string): string {
  let text = '';
  let done = 0;
  for (const match of pattern.matchAll(ANNOTATION)) {
    const from = match.index + match[0].length;
    if (from < done) continue;
    const entries = entriesAt(pattern, from);
    if (entries === undefined || entries.length < 2) continue;
    text += pattern.slice(done, from) + entries.map((entry) => named(entry, name)).join(',');
    done = entries.reduce((end, entry) => end + entry.length + 1, from) - 1;
  }
  return text + pattern.slice(done);
}

function named(entry: string, name: string): string {
  if (/^\s*(?:\.\.\.|\$\.\.\.[A-Z_0-9]+)?\s*$/.test(entry) || /^\s*[\w$]+\s*=(?!=)/.test(entry)) return entry;
  return entry.replace(/^\s*/, (blanks) => `${blanks}${name} = `);
}

/** What stands between commas from `from` up to the bracket that closes; undefined where none does. */
function entriesAt(text: string, from: number): readonly string[] | undefined {
  const entries: string[] = [];
  let depth = 0;
  let start = from;
  for (let at = from; at < text.length; at++) {
    const sign = text.charAt(at);
    if (sign === '"' || sign === "'") {
      const end = endOfLiteral(text, at);
      if (end === undefined) return undefined;
      at = end;
    } else if (sign === '(' || sign === '{' || sign === '[') depth++;
    else if (depth > 0 && (sign === ')' || sign === '}' || sign === ']')) depth--;
    else if (sign === ')') return [...entries, text.slice(start, at)];
    else if (sign === ',' && depth === 0) {
      entries.push(text.slice(start, at));
      start = at + 1;
    }
  }
  return undefined;
}

/** Index of the quotation mark that closes the literal at `at`; undefined where none does. */
export function endOfLiteral(text: string, at: number): number | undefined {
  for (let end = at + 1; end < text.length; end++) {
    if (text[end] === '\\') end++;
    else if (text[end] === text[at]) return end;
  }
  return undefined;
}
