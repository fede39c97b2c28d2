import type { Snapshot } from '../facts/snapshot.ts';
import { summaryOf, type KindSummary } from '../trace/chain.ts';
import { capitalised, kindNames, shownKinds } from '../trace/item.ts';
import type { TracedItem } from '../trace/traceGraph.ts';
import { statusBadge } from './badges.ts';
import { markup, type Html } from './html.ts';
import { inline } from './prose.ts';
import { placeOf } from './text.ts';

/** How far the chain from asset to test is whole, and where it is not. */
export function traceSection({ trace }: Snapshot): Html {
  if (trace.items.length === 0 && trace.links.length === 0) {
    return markup`<section id="trace">
      <h2>Traceability</h2>
      <p class="note">There are no assets, threats, requirements or tests in this workspace, and no tags in its code.</p>
    </section>`;
  }
  const { items } = summaryOf(trace);
  const gaps = trace.items.filter(
    ({ item, status, transitive }) =>
      item.approval !== 'rejected' && status !== 'covered' && status !== 'justified' && !transitive,
  );
  const justified = trace.items.filter(({ status }) => status === 'justified');
  const broken = trace.links.filter(({ status }) => status !== 'covered');
  return markup`
    <section id="trace">
      <h2>Traceability</h2>
      <table>
        <thead>
          <tr>
            <th>Kind</th><th class="number">Items</th><th class="number">Covered</th><th class="number">Justified</th>
            <th class="number">Gap of its own</th><th class="number">Gap further down</th><th class="number">Duplicate or circular</th>
          </tr>
        </thead>
        <tbody>
          ${shownKinds((kind) => items[kind].total > 0).map((kind) => kindRow(capitalised(kindNames(kind)), items[kind]))}
        </tbody>
      </table>
      <p><a href="trace-matrix.html">The whole matrix</a></p>
      <h3>Gaps</h3>
      ${gaps.length === 0 ? markup`<p class="note">None.</p>` : gapTable(gaps)}
      <h3>Broken links</h3>
      ${
        broken.length === 0
          ? markup`<p class="note">None.</p>`
          : markup`<table>
              <thead>
                <tr><th>Link</th><th>Status</th><th>Place</th><th>What is wrong</th></tr>
              </thead>
              <tbody>
                ${broken.map(
                  (link) => markup`<tr>
                    <td><code>${typeof link.from === 'string' ? link.from : link.from.name}</code> ${link.type} <strong>${link.to}</strong></td>
                    <td>${statusBadge(link.status)}</td>
                    <td><code>${placeOf(link.location.path, link.location.range)}</code></td>
                    <td>${inline(link.reason ?? '')}</td>
                  </tr>`,
                )}
              </tbody>
            </table>`
      }
      ${justified.length === 0 ? '' : justifiedTable(justified)}
    </section>
  `;
}

function kindRow(name: string, { total, status, transitive }: KindSummary): Html {
  const cells = [
    total,
    status.covered,
    status.justified,
    status.uncovered - transitive,
    transitive,
    status.duplicate + status.cycle,
  ];
  return markup`<tr><td>${name}</td>${cells.map((cell) => markup`<td class="number">${cell}</td>`)}</tr>`;
}

function gapTable(gaps: readonly TracedItem[]): Html {
  return markup`<table>
    <thead>
      <tr><th>Item</th><th>Status</th><th>Place</th><th>What is missing</th></tr>
    </thead>
    <tbody>
      ${gaps.map(
        ({ item, status, reasons }) => markup`<tr>
          <td><strong>${item.id}</strong> ${item.title}</td>
          <td>${statusBadge(status)}</td>
          <td><code>${placeOf(item.location.path, item.location.range)}</code></td>
          <td>${inline(reasons.join(' '))}</td>
        </tr>`,
      )}
    </tbody>
  </table>`;
}

function justifiedTable(items: readonly TracedItem[]): Html {
  return markup`
    <h3>Justified gaps</h3>
    <table>
      <thead>
        <tr><th>Item</th><th>Gap</th><th>Reason for accepting it</th></tr>
      </thead>
      <tbody>
        ${items.map(
          ({ item, reasons }) => markup`<tr>
            <td><strong>${item.id}</strong> ${item.title}</td>
            <td>${inline(reasons.join(' '))}</td>
            <td>${item.justification}</td>
          </tr>`,
        )}
      </tbody>
    </table>
  `;
}
