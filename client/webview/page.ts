/** What the pages of the panels share. All text of a workspace is set as text, never as markup. */
import type { FromPage, PageShown, ToPage } from './messages.ts';

declare function acquireVsCodeApi(): { postMessage(message: FromPage): void };

const host = acquireVsCodeApi();

export function tell(message: FromPage): void {
  host.postMessage(message);
}

/** Calls back for each message of the extension, and says that the page is ready. */
export function listen(on: (message: ToPage) => void): void {
  window.addEventListener('message', (event: MessageEvent<ToPage>) => on(event.data));
  tell({ type: 'ready' });
}

/** Attributes of an element; `false` leaves one out. */
type Attributes = Readonly<Record<string, string | number | false>>;

export function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Attributes = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  setAttributes(made, attributes);
  made.append(...children);
  return made;
}

export function svgElement<K extends keyof SVGElementTagNameMap>(
  name: K,
  attributes: Attributes = {},
  ...children: readonly (Node | string)[]
): SVGElementTagNameMap[K] {
  const made = document.createElementNS('http://www.w3.org/2000/svg', name);
  setAttributes(made, attributes);
  made.append(...children);
  return made;
}

function setAttributes(target: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== false) {
      target.setAttribute(name, String(value));
    }
  }
}

export function button(label: string, onClick: () => void, title = label): HTMLButtonElement {
  const made = element('button', { type: 'button', title, 'aria-label': title }, label);
  made.addEventListener('click', onClick);
  return made;
}

let isDue = false;

/** Tells the extension what there is to be seen, once for all that changes in a frame. */
export function report(count: () => number, texts: () => readonly string[]): void {
  if (isDue) {
    return;
  }
  isDue = true;
  requestAnimationFrame(() => {
    isDue = false;
    const elements: Record<string, number> = {};
    for (const each of document.querySelectorAll('*')) {
      const name = each.tagName.toLowerCase();
      elements[name] = (elements[name] ?? 0) + 1;
    }
    const shown: PageShown = { count: count(), texts: texts(), elements };
    tell({ type: 'shown', shown });
  });
}
