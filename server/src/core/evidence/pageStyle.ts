/** The one style sheet of the evidence pages: light and dark on a screen, black on white on paper. */
export const PAGE_STYLE = `
:root {
  color-scheme: light dark;
  --page: #ffffff; --panel: #f5f7fa; --line: #d5dce4; --text: #1b2733; --soft: #5a6b7b; --link: #0b5cad;
  --error: #b3261e; --warning: #8a5300; --info: #1f5fa8; --good: #1a7040;
  --error-back: #fdecea; --warning-back: #fff4dd; --info-back: #e8f1fb; --good-back: #e6f5ec;
  --mark: #ffe9a8;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #14191f; --panel: #1c232b; --line: #35414d; --text: #e3e9ef; --soft: #9aabba; --link: #7db8f5;
    --error: #ff9a90; --warning: #f3bd62; --info: #8fc1f7; --good: #7fd6a2;
    --error-back: #43201d; --warning-back: #3c2e12; --info-back: #1b3047; --good-back: #16351f;
    --mark: #5f4c0c;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; padding: 2.5rem 1.5rem 4rem; max-width: 76rem;
  background: var(--page); color: var(--text);
  font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
}
header { border-bottom: 2px solid var(--line); padding-bottom: 1.25rem; margin-bottom: 1.5rem; }
h1 { font-size: 2rem; line-height: 1.2; margin: 0 0 .35rem; letter-spacing: -.01em; }
h2 { font-size: 1.4rem; margin: 2.75rem 0 .75rem; padding-top: .25rem; }
h3 { font-size: 1.08rem; margin: 1.9rem 0 .4rem; }
h3 .id { font-weight: 600; }
p { margin: .5rem 0; max-width: 65ch; }
a { color: var(--link); }
.soft { color: var(--soft); }
.small { font-size: .9em; }
nav ul { list-style: none; margin: 1rem 0 0; padding: 0; display: flex; flex-wrap: wrap; gap: .35rem 1.4rem; }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(10.5rem, 1fr)); gap: .8rem; margin: 1.5rem 0; padding: 0; }
.card { background: var(--panel); border: 1px solid var(--line); border-radius: 8px; padding: .8rem 1rem; }
.card dt { color: var(--soft); font-size: .875rem; }
.card dd { margin: 0; font-size: 1.65rem; font-weight: 650; line-height: 1.25; font-variant-numeric: tabular-nums; }
.card dd.detail { font-size: .85rem; font-weight: 400; color: var(--soft); }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; margin: .75rem 0 1.25rem; font-size: .92rem; }
th, td { text-align: left; vertical-align: top; padding: .45rem .7rem .45rem 0; border-bottom: 1px solid var(--line); }
th { color: var(--soft); font-weight: 600; font-size: .9em; border-bottom-width: 2px; white-space: nowrap; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; padding-right: 1.4rem; }
tr.gap td:first-child { box-shadow: inset 3px 0 0 var(--error); padding-left: .6rem; }
code, pre, .code { font-family: ui-monospace, SFMono-Regular, "Cascadia Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: .86em; }
li code { overflow-wrap: anywhere; }
pre code { font-size: inherit; }
td code { overflow-wrap: break-word; }
.matrix { max-width: 118rem; }
.matrix td { padding-right: .6rem; }
.matrix .id { white-space: nowrap; }
.matrix .place { min-width: 9.5rem; }
.matrix .words { min-width: 11.5rem; }
pre {
  background: var(--panel); border: 1px solid var(--line); border-radius: 6px; padding: .6rem .8rem; margin: .5rem 0;
  overflow-x: auto; line-height: 1.45; font-size: .82rem; tab-size: 4;
}
pre .gutter { color: var(--soft); user-select: none; }
mark { background: var(--mark); color: inherit; border-radius: 2px; }
.badge {
  display: inline-block; padding: .05rem .5rem; border-radius: 999px; font-size: .84em; font-weight: 600; white-space: nowrap;
  color: var(--soft); background: var(--panel); border: 1px solid var(--line);
}
.badge.error { color: var(--error); background: var(--error-back); border-color: transparent; }
.badge.warning { color: var(--warning); background: var(--warning-back); border-color: transparent; }
.badge.info { color: var(--info); background: var(--info-back); border-color: transparent; }
.badge.good { color: var(--good); background: var(--good-back); border-color: transparent; }
.finding { margin: .9rem 0 1.2rem; }
.finding p { margin: .2rem 0; }
.note { border-left: 3px solid var(--line); padding: .1rem 0 .1rem .9rem; color: var(--soft); max-width: 75ch; }
footer { margin-top: 3.5rem; padding-top: .8rem; border-top: 1px solid var(--line); color: var(--soft); font-size: .8rem; overflow-wrap: anywhere; }
@page { margin: 16mm 14mm 20mm; }
@media print {
  :root {
    color-scheme: light;
    --page: #fff; --panel: #f6f6f6; --line: #bbb; --text: #000; --soft: #444; --link: #000;
    --error: #8c1d18; --warning: #6b4100; --info: #174a85; --good: #14532f;
    --error-back: #fff; --warning-back: #fff; --info-back: #fff; --good-back: #fff; --mark: #e8e8e8;
  }
  body { max-width: none; padding: 0 0 10mm; font-size: 10.5pt; }
  .badge { border-color: currentColor !important; }
  nav { display: none; }
  pre { white-space: pre-wrap; overflow-wrap: anywhere; }
  .wide { overflow: visible; }
  h2, h3 { break-after: avoid; }
  .finding, tr, .card { break-inside: avoid; }
  thead { display: table-header-group; }
  footer { position: fixed; bottom: 0; left: 0; right: 0; margin: 0; padding-top: 2mm; background: #fff; font-size: 8pt; }
}
@page matrix { size: A4 landscape; margin: 12mm 10mm 16mm; }
@media print {
  .matrix main { page: matrix; }
  .matrix table { font-size: 6.5pt; table-layout: fixed; }
  .matrix td, .matrix th { overflow-wrap: anywhere; white-space: normal; padding-right: 1.5mm; }
  .matrix td, .matrix .place, .matrix .words { min-width: 0; }
  .matrix .id { white-space: normal; }
}
`;
