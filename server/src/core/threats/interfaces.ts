import { capitalised } from '../trace/item.ts';
import type { TracedItem } from '../trace/traceGraph.ts';
import { named, type Lint } from './lint.ts';
import type { ThreatModel } from './threatModel.ts';

/** An interface to the outside, by the headers of the libraries that serve it and by the words that models use for it. */
export interface InterfaceKind {
  readonly name: string;
  /** Of an include, as it is written: `mqtt_client.h`. */
  readonly headers: RegExp;
  readonly words: RegExp;
}

/** Only what says for certain that a device talks to somebody: a header for byte order is no interface. */
export const INTERFACES: readonly InterfaceKind[] = [
  {
    name: 'Bluetooth',
    headers: /(?:^|\/)(?:bluetooth\/|ble[_.]|bt_|nimble|esp_gap_ble|esp_gatt|sd_ble|host\/ble_)/i,
    words: /\b(?:ble|bluetooth|gatt)\b/i,
  },
  {
    name: 'Wi-Fi',
    headers: /(?:^|\/)(?:esp_wifi|wifi|wlan|cyw43|net\/wifi)/i,
    words: /\b(?:wi-?fi|wlan)\b/i,
  },
  { name: 'USB', headers: /(?:^|\/)(?:usbd?[_.]|usb\/|tusb|libusb)/i, words: /\busb\b/i },
  { name: 'MQTT', headers: /(?:^|\/)(?:mqtt|mosquitto|MQTTClient|paho)/i, words: /\bmqtt\b/i },
  {
    name: 'HTTP',
    headers:
      /(?:^|\/)(?:esp_http|http_(?:client|server|parser)|httpd?\.h|curl\/|microhttpd|civetweb|mongoose)/i,
    words: /\b(?:https?|rest|web)\b/i,
  },
  { name: 'CoAP', headers: /(?:^|\/)(?:coap)/i, words: /\bcoap\b/i },
  { name: 'DICOM', headers: /(?:^|\/)(?:dcmtk\/|dcmnet|dicom)/i, words: /\bdicom\b/i },
  { name: 'HL7', headers: /(?:^|\/)(?:hl7|fhir)/i, words: /\b(?:hl7|fhir)\b/i },
  {
    name: 'CAN',
    headers: /(?:^|\/)(?:linux\/can|canopen|can_(?:driver|bus)|fdcan)/i,
    words: /\bCAN(?:open)?\b/,
  },
  {
    name: 'a network socket',
    headers:
      /^(?:sys\/socket|lwip\/(?:sockets|tcp|udp|api)|netinet\/in|winsock2|zephyr\/net\/socket|net\/socket)\.h$/i,
    words: /\b(?:tcp|udp|tls|ip|ethernet|network|socket|https?|mqtt|coap|wi-?fi|dicom|hl7|internet)\b/i,
  },
  {
    name: 'a serial line',
    headers: /(?:^|\/)(?:termios\.h|(?:driver\/)?uart\.h|usart\.h|hal_uart|serial\.h)/i,
    words: /\b(?:uart|usart|serial|rs-?232|rs-?485|console|service port)\b/i,
  },
];

/** A file that includes what serves interfaces. */
export interface InterfaceUse {
  readonly path: string;
  /** Names of {@link INTERFACES}. */
  readonly interfaces: readonly string[];
}

/** The interfaces that includes speak of. */
export function interfacesOf(headers: readonly string[]): readonly string[] {
  return INTERFACES.filter((kind) => headers.some((header) => kind.headers.test(header))).map(
    ({ name }) => name,
  );
}

type Includes = readonly { readonly name: string }[];

/** What is known of a source file. */
export interface Including {
  readonly path: string;
  readonly outside?: { readonly includes: Includes };
  readonly includes?: Includes;
}

/** Finds the files that use interfaces; each is looked at once, as long as it stays the same object. */
export function createInterfaceFinder(): (files: Iterable<Including>) => readonly InterfaceUse[] {
  const known = new WeakMap<Including, readonly string[]>();
  return (files) => {
    const uses: InterfaceUse[] = [];
    for (const file of files) {
      let interfaces = known.get(file);
      if (interfaces === undefined) {
        interfaces = interfacesOf((file.outside?.includes ?? file.includes ?? []).map(({ name }) => name));
        known.set(file, interfaces);
      }
      if (interfaces.length > 0) uses.push({ path: file.path, interfaces });
    }
    return uses;
  };
}

/** Elements and flows whose words name an interface, by the kind of interface. */
function modelled(model: ThreatModel, { words }: InterfaceKind): readonly TracedItem[] {
  return [...model.of('element'), ...model.of('flow')].filter(({ item }) => {
    const { protocol, technology, port } = item.attributes;
    const texts = [item.title, item.text, protocol, technology, port, ...item.tags];
    return item.approval !== 'rejected' && texts.some((text) => typeof text === 'string' && words.test(text));
  });
}

/** Interfaces that the code has and the model has not, and protocols that the model has and no code. */
export function interfaceLints(model: ThreatModel, uses: readonly InterfaceUse[]): readonly Lint[] {
  const [first] = [...model.of('element'), ...model.of('flow')];
  if (first === undefined || uses.length === 0) return [];
  return INTERFACES.flatMap((kind): Lint[] => {
    const users = uses.filter(({ interfaces }) => interfaces.includes(kind.name));
    const shown = modelled(model, kind);
    const [user] = users;
    if (user !== undefined && shown.length === 0) {
      const more = users.length > 1 ? ` and ${users.length - 1} more` : '';
      const message = `The code uses ${kind.name} (${user.path}${more}), and no element or data flow of the model speaks of it: add the interface.`;
      return [{ code: 'TM03', severity: 'information', message, at: first }];
    }
    if (user !== undefined) return [];
    return shown
      .filter(({ item }) => {
        const { protocol } = item.attributes;
        return item.kind === 'flow' && typeof protocol === 'string' && kind.words.test(protocol);
      })
      .filter(() => kind.name !== 'a network socket')
      .map((flow) => ({
        code: 'TM04',
        severity: 'information',
        message: `${named(flow)} has the protocol of ${capitalised(kind.name)}, and no source file includes what serves it: check that the model is that of this code.`,
        at: flow,
      }));
  });
}
