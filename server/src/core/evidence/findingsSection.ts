import { compareText } from '../base/order.ts';
import type { Snapshot } from '../facts/snapshot.ts';
import type { Rule } from '../rules/rule.ts';
import { severityBadge } from './badges.ts';
import type { EvidenceContext } from './evidence.ts';
import { excerptOf, linesReader } from './excerpt.ts';
import { bySeverityAndRule, type PlacedFinding } from './findings.ts';
import { markup, type Html } from './html.ts';
import { inline, proseOf } from './prose.ts';
import { counted, placeOf, titleOfId } from './text.ts';

/** Findings by severity and rule, each with its place and code. */
export function findingsSection(
  snapshot: Snapshot,
  findings: readonly PlacedFinding[],
  context: EvidenceContext,
): Html {
  const groups = groupedByRule(findings);
  const linesOf = linesReader(context.texts);
  return markup`
    <section id="findings">
      <h2>Findings</h2>
      ${
        groups.length === 0
          ? markup`<p class="note">No rule found anything in the code that was analysed.</p>`
          : markup`${overview(groups, snapshot)}${groups.map((group) => ruleGroup(group, snapshot, linesOf))}`
      }
    </section>
  `;
}

type LinesOf = ReturnType<typeof linesReader>;
type Group = readonly [PlacedFinding, ...PlacedFinding[]];

/** Worst first; a rule whose findings differ in severity has a group for each. */
function groupedByRule(findings: readonly PlacedFinding[]): Group[] {
  const groups = new Map<string, [PlacedFinding, ...PlacedFinding[]]>();
  for (const placed of [...findings].sort(bySeverityAndRule)) {
    const key = `${placed.finding.severity} ${placed.finding.ruleId}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [placed]);
    else group.push(placed);
  }
  return [...groups.values()];
}

function overview(groups: readonly Group[], snapshot: Snapshot): Html {
  return markup`<table>
    <thead>
      <tr><th>Severity</th><th>Rule</th><th>Weakness</th><th class="number">Findings</th></tr>
    </thead>
    <tbody>
      ${groups.map((group) => {
        const { ruleId, severity } = group[0].finding;
        const cwe = snapshot.rules.byId.get(ruleId)?.metadata.cwe ?? [];
        return markup`<tr>
          <td>${severityBadge(severity)}</td>
          <td><a href="#${anchorOf(group)}">${ruleId}</a></td>
          <td>${cwe.join('; ')}</td>
          <td class="number">${group.length}</td>
        </tr>`;
      })}
    </tbody>
  </table>`;
}

function anchorOf([{ finding }]: Group): string {
  return `${finding.severity}-${finding.ruleId}`;
}

function ruleGroup(group: Group, snapshot: Snapshot, linesOf: LinesOf): Html {
  const { ruleId, severity } = group[0].finding;
  const rule = snapshot.rules.byId.get(ruleId);
  return markup`
    <h3 id="${anchorOf(group)}">
      ${severityBadge(severity)} ${titleOfId(ruleId)} <span class="soft small">${ruleId}</span>
    </h3>
    ${rule === undefined ? '' : ruleText(rule)}
    ${group.map((placed) => findingEntry(placed, linesOf))}
  `;
}

function ruleText({ metadata }: Rule): Html {
  const references = [...metadata.cwe, ...metadata.cert].join(' · ');
  return markup`
    ${references === '' ? '' : markup`<p class="soft small">${references}</p>`}
    ${metadata.why === undefined ? '' : proseOf(metadata.why)}
    ${metadata.fixGuidance === undefined ? '' : markup`<p class="soft small">What to write instead</p>${proseOf(metadata.fixGuidance)}`}
  `;
}

function findingEntry({ path, finding, unit }: PlacedFinding, linesOf: LinesOf): Html {
  const within = unit === undefined ? '' : markup` in <code>${unit.name}</code>`;
  return markup`<div class="finding">
    <p><code>${placeOf(path, finding.range)}</code><span class="soft">${within}</span></p>
    <p>${inline(finding.message)}</p>
    ${excerptOf(linesOf(path), finding.range)}
    ${finding.related.map(
      ({ range, message }) =>
        markup`<p class="soft small"><code>${placeOf(path, range)}</code>: ${inline(message)}</p>`,
    )}
  </div>`;
}

/** Findings that comments hide, with the reasons given. */
export function suppressionsSection(suppressed: readonly PlacedFinding[]): Html {
  const without = suppressed.filter(({ suppression }) => suppression?.reason === undefined).length;
  const sorted = [...suppressed].sort(
    (a, b) =>
      Number(a.suppression?.reason !== undefined) - Number(b.suppression?.reason !== undefined) ||
      compareText(a.path, b.path),
  );
  return markup`
    <section id="suppressions">
      <h2>Suppressions</h2>
      ${
        suppressed.length === 0
          ? markup`<p class="note">No finding is hidden by a comment.</p>`
          : markup`<p>
              ${counted(suppressed.length, 'finding')} hidden by comments in the code and by reviews${
                without === 0 ? ', each with a reason.' : `; ${without} without a reason.`
              }
            </p>
            <table>
              <thead>
                <tr><th>Rule</th><th>Severity</th><th>Place</th><th>Reason</th></tr>
              </thead>
              <tbody>
                ${sorted.map(suppressionRow)}
              </tbody>
            </table>`
      }
    </section>
  `;
}

function suppressionRow({ path, finding, suppression }: PlacedFinding): Html {
  const reason = suppression?.reason;
  return markup`<tr>
    <td>${finding.ruleId}</td>
    <td>${severityBadge(finding.severity)}</td>
    <td><code>${placeOf(path, finding.range)}</code></td>
    <td>${reason ?? markup`<span class="badge error">no reason</span>`}</td>
  </tr>`;
}
