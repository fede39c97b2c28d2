import type { Snapshot } from '../facts/snapshot.ts';
import { summaryOf } from '../trace/chain.ts';
import type { EvidenceContext, EvidenceWriter } from './evidence.ts';
import { brokenLinks, collectFindings, countBySeverity } from './findings.ts';
import { findingsSection, suppressionsSection } from './findingsSection.ts';
import { markup, type Html } from './html.ts';
import { limitsSection } from './limitsSection.ts';
import { analysedTotals, notAnalysed, unparsedShare } from './notAnalysed.ts';
import { pageOf } from './page.ts';
import { scopeSection } from './scopeSection.ts';
import { counted } from './text.ts';
import { traceSection } from './traceSection.ts';

/** The bundle's first page: what was analysed, what was found, how it is traced, and what was not looked at. */
export const writeIndexHtml: EvidenceWriter = (snapshot, context) => {
  const findings = collectFindings(snapshot);
  const limits = notAnalysed(snapshot, context.problems);
  const body = markup`
    <header>
      <h1>Security evidence</h1>
      <p class="soft">${originOf(context)}</p>
      <p class="note">
        This page supports evidence for a review of the software's security. It is made from the files of one version by a program; it
        is no statement about conformity with any standard, and what it could not look at is listed at its end.
      </p>
      <nav aria-label="Sections">
        <ul>
          <li><a href="#analysed">What was analysed</a></li>
          <li><a href="#findings">Findings</a></li>
          <li><a href="#suppressions">Suppressions</a></li>
          <li><a href="#trace">Traceability</a></li>
          <li><a href="#limits">What was not analysed</a></li>
        </ul>
      </nav>
    </header>
    <main>
      ${cards(snapshot, context)}
      ${scopeSection(snapshot, context)}
      ${findingsSection(snapshot, findings.shown, context)}
      ${suppressionsSection(findings.suppressed)}
      ${traceSection(snapshot)}
      ${limitsSection(limits, analysedTotals(snapshot), context.leftOut)}
    </main>
  `;
  return { path: 'index.html', text: pageOf('Security evidence', context, body) };
};

function originOf({ commit, tool }: EvidenceContext): Html {
  const made = markup`Made by ${tool.name} ${tool.version}`;
  if (commit === undefined) return markup`${made} from a folder without a known commit.`;
  const time = commit.time === undefined ? '' : ` of ${commit.time}`;
  const changed =
    commit.changed.length === 0
      ? ''
      : markup` <strong>${counted(commit.changed.length, 'file')} of the working folder ${commit.changed.length === 1 ? 'differs' : 'differ'} from it.</strong>`;
  return markup`${made} from commit <code>${commit.id}</code>${time}.${changed}`;
}

function cards(snapshot: Snapshot, context: EvidenceContext): Html {
  const totals = analysedTotals(snapshot);
  const { shown, suppressed } = collectFindings(snapshot);
  const count = countBySeverity(shown);
  const { items } = summaryOf(snapshot.trace);
  const { requirement } = items;
  const inOrder = requirement.status.covered + requirement.status.justified;
  const broken = brokenLinks(snapshot).length;
  const limits = notAnalysed(snapshot, context.problems);
  return markup`<dl class="cards">
    ${card('Files analysed', totals.files, `${totals.lines} lines`)}
    ${card('Findings', shown.length, `${counted(count.error, 'error')}, ${counted(count.warning, 'warning')}, ${count.info} info`)}
    ${card('Suppressed', suppressed.length, 'by comments and reviews')}
    ${card('Requirements covered', `${inOrder} of ${requirement.total}`, `${requirement.status.justified} of them justified`)}
    ${card('Broken links', broken, 'tags and items that do not fit')}
    ${card('Not analysed', counted(limits.skipped.length, 'file'), `${unparsedShare(totals)} of the bytes not parsed`)}
  </dl>`;
}

function card(name: string, value: string | number, note: string): Html {
  return markup`<div class="card"><dt>${name}</dt><dd>${value}</dd><dd class="detail">${note}</dd></div>`;
}
