import { base64OfHex, sha256Hex } from '../base/hash.ts';
import type { EvidenceContext } from './evidence.ts';
import { markup, type Html } from './html.ts';
import { PAGE_STYLE } from './pageStyle.ts';

/** A page that needs nothing but itself: no scripts, no requests; the policy allows its one style sheet by hash. */
export function pageOf(
  title: string,
  context: Pick<EvidenceContext, 'tool' | 'commit'>,
  body: Html,
  layout: 'text' | 'matrix' = 'text',
): string {
  const { tool, commit } = context;
  const policy = `default-src 'none'; style-src 'sha256-${base64OfHex(sha256Hex(PAGE_STYLE))}'; base-uri 'none'; form-action 'none'`;
  const origin = commit === undefined ? 'no commit known' : `commit ${commit.id}`;
  const page = markup`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="generator" content="${tool.name} ${tool.version}" />
        <title>${title}</title>
        <style>${{ source: PAGE_STYLE }}</style>
      </head>
      <body class="${layout}">
        ${body}
        <footer>${title} · ${tool.name} ${tool.version} · ${origin}</footer>
      </body>
    </html> `;
  return `${withoutIndent(page.source)}\n`;
}

/** Takes the sources' indentation away, except within code, where white space counts. */
function withoutIndent(markup: string): string {
  return markup
    .split(/(<pre[\s>].*?<\/pre>|<style>.*?<\/style>)/s)
    .map((part, index) => (index % 2 === 1 ? part : part.replaceAll(/\n\s+/g, '\n')))
    .join('')
    .trim();
}
