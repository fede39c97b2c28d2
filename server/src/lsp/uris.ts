/**
 * URIs as the editor writes them and paths below a workspace folder. Clients encode the same file differently (`c%3A`, `C:`), so two URIs
 * are compared by their canonical form only.
 */

/** One spelling for every URI of the same file. */
export function canonicalUri(uri: string): string {
  const { head, path } = splitUri(uri);
  return head + encodePath(path);
}

/** Path of `uri` below `folder`, with `/`; undefined when it lies elsewhere; empty for the folder itself. */
export function pathBelow(folder: string, uri: string): string | undefined {
  const outer = splitUri(folder);
  const inner = splitUri(uri);
  if (outer.head !== inner.head) return undefined;
  const base = outer.path.replace(/\/+$/, '');
  if (inner.path === base) return '';
  return inner.path.startsWith(`${base}/`) ? inner.path.slice(base.length + 1) : undefined;
}

/** URI of a path below a folder. */
export function uriBelow(folder: string, path: string): string {
  const { head, path: base } = splitUri(folder);
  return head + encodePath(`${base.replace(/\/+$/, '')}/${path}`);
}

/** Last part of the path, decoded; the whole URI when it has none. */
export function nameOfUri(uri: string): string {
  const name = splitUri(uri).path.replace(/\/+$/, '').split('/').at(-1);
  return name === undefined || name === '' ? uri : name;
}

/** Path to show for a file outside every folder; distinct for distinct URIs. */
export function loosePath(uri: string): string {
  const { head, path } = splitUri(uri);
  const bare = path.replace(/^\/+/, '');
  return head === 'file://' ? bare : `${head.replace(/[:/]+/g, '/')}/${bare}`.replace(/\/{2,}/g, '/');
}

/** `head` is scheme and authority (`file://`), `path` is decoded. Query and fragment stay in the path: they tell documents apart. */
function splitUri(uri: string): { readonly head: string; readonly path: string } {
  const match = /^([A-Za-z][\w+.-]*:)(\/\/[^/?#]*)?(.*)$/s.exec(uri);
  const [, scheme = '', authority = '', rest = uri] = match ?? [];
  return {
    head: scheme.toLowerCase() + authority,
    path: decode(rest).replace(/^\/[A-Z]:/, (drive) => drive.toLowerCase()),
  };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // A stray `%` is part of a name then.
    return text;
  }
}

function encodePath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}
