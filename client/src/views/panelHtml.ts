/** What a page of a panel is made of. */
export interface PanelPage {
  readonly title: string;
  /** Addresses as the frame may load them. */
  readonly script: string;
  readonly style: string;
  /** Where the frame may load styles from. */
  readonly styleSource: string;
  /** Letters and digits that nobody can guess: only the script that carries them runs. */
  readonly nonce: string;
}

/** The page: an empty body, and a policy under which nothing but the one script and the one style counts. */
export function panelHtml({ title, script, style, styleSource, nonce }: PanelPage): string {
  const policy = `default-src 'none'; style-src ${styleSource}; script-src 'nonce-${nonce}'; base-uri 'none'; form-action 'none'`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="${escaped(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<link rel="stylesheet" href="${escaped(style)}">
</head>
<body>
<script nonce="${escaped(nonce)}" src="${escaped(script)}"></script>
</body>
</html>
`;
}

/** Text for HTML and SVG, inside of elements and of attributes between double quotes. */
export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

export function newNonce(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(24));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
