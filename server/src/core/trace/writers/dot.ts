import { isCodeLink } from '../chain.ts';
import type { Selection } from '../selection.ts';
import { unitName } from '../reviews.ts';
import type { ItemStatus, TracedLink } from '../traceGraph.ts';

const FILL: Readonly<Record<ItemStatus, string>> = {
  covered: '#e6f4ea',
  justified: '#e8f0fe',
  unreviewed: '#fef7e0',
  uncovered: '#fef7e0',
  duplicate: '#fce8e6',
  cycle: '#fce8e6',
};

/** A selection as a graph for Graphviz, from the start of the chain down: items, code and links, with their statuses. */
export function traceDot({ items, links }: Pick<Selection, 'items' | 'links'>): string {
  const nodes = new Map<string, string>();
  for (const { item, status } of items) {
    if (nodes.has(item.id)) continue;
    const label = `${item.id}\n${item.title}`;
    nodes.set(
      item.id,
      `[label=${quoted(label)}, fillcolor=${quoted(FILL[status])}, tooltip=${quoted(`${item.kind}, ${status}`)}]`,
    );
  }
  const edges = links.map((link) => {
    const from = startOf(link);
    if (isCodeLink(link) && !nodes.has(from))
      nodes.set(from, `[label=${quoted(from)}, shape=note, fillcolor="#ffffff"]`);
    for (const end of [from, link.to]) {
      // What a link names and the selection does not hold.
      if (!nodes.has(end)) nodes.set(end, `[label=${quoted(end)}, style=dashed]`);
    }
    const broken = link.status === 'covered' ? '' : `, color="#c5221f", fontcolor="#c5221f"`;
    const label = link.status === 'covered' ? link.type : `${link.type}, ${link.status}`;
    return `  ${quoted(link.to)} -> ${quoted(from)} [dir=back, label=${quoted(label)}${broken}];\n`;
  });
  return [
    'digraph trace {\n',
    '  rankdir=LR;\n',
    '  node [shape=box, style=filled, fontname="sans-serif"];\n',
    '  edge [fontname="sans-serif", fontsize=10];\n',
    ...[...nodes].map(([id, attributes]) => `  ${quoted(id)} ${attributes};\n`),
    ...edges,
    '}\n',
  ].join('');
}

function startOf({ from }: TracedLink): string {
  return typeof from === 'string' ? from : unitName(from);
}

/** A quoted string of the language; a line break is shown as one. Control characters are left out. */
function quoted(text: string): string {
  const escaped = text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll(/\r?\n/g, '\\n');
  return `"${escaped.replaceAll(/\p{Cc}/gu, ' ')}"`;
}
