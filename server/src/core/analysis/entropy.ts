/** Shorter texts are too short to tell. Characters. */
const MIN_LENGTH = 10;
/** Digits and letters a to f alone look like a number or a word below this. */
const MIN_HEX_LENGTH = 16;
/** Texts of letters of one case, or of letters alone, must be longer to be no name. */
const MIN_LETTERS_LENGTH = 20;
/** Names of algorithms and the like count as words in texts up to this. */
const MAX_NAMED = 40;
/** Longer texts are data. */
const MAX_LENGTH = 4_096;
/** Shannon entropy of the characters, in bits, as a share of what a text of that length can have at most. */
const MIN_SHARE = 0.72;
/** Bits a character that hexadecimal digits must have; 4 is the most. */
const MIN_HEX_BITS = 2.7;
/** What speaks for words, in pairs of letters, less than which a text is taken as random. */
const MIN_WORDS = 0.5;
/** How much a letter beside a digit speaks against words, and a letter alone; in pairs of letters. */
const BESIDE_DIGIT = 0.7;
const ALONE = 0.5;
/** Share of neighbours such as `ab`, `12`, `cb`. */
const MAX_SEQUENCE = 0.5;

/** Pairs of letters that make up most of English words and names in code. */
const USUAL_PAIRS = new Set(
  (
    'th he in er an re on at en nd ti es or te of ed is it al ar st to nt ng se ha as ou io le ve co me de hi ri ro ic ne ea ra ce ' +
    'li ch ll be ma si om ur ca el ta la ns di fo ho pe ec pr no ct us ac ot il tr ly nc et ut ss so rs un lo wa ge ie wh ee wi em ' +
    'ad ol rt po we na ul ni ts mo ow pa im mi ai sh ir su id os iv ia am fi ci vi pl ig tu ev ld ry mp fe bl ab gh ty op wo sa ay ' +
    'ex ke fr oo av ag if ap gr od bo sp rd do uc bu ei ov by rm ep tt oc fa ef cu rn sc gi da cr cl du ga qu ue ff ba ey va um pp up pd'
  ).split(' '),
);

/** Names with digits or few vowels that are words all the same. */
const NAMES =
  /pbkdf2|hmac|sha\d*|md[2456]|aes\d*|rsa\d*|ecdsa|ed25519|x25519|secp\d+[kr]\d|chacha20|poly1305|pkcs\d*|utf\d+|base\d\d|x86|amd64|arm64|x509|http2|oauth2?|ipv[46]|int\d+|float\d+/gi;

/** Words of texts that stand for a secret to be filled in. */
const PLACEHOLDER =
  /example|sample|placeholder|change.?me|your|replace|insert|dummy|redacted|xxxx|\.\.\.|\*\*\*|lorem|foo.?bar|default|undefined|^<.*>$|\$\{|\{\{|%\(|#\{/i;
const NO_SECRET: readonly RegExp[] = [
  // Addresses, file paths, dates and times, versions, colours, MIME types.
  /^[a-z][a-z0-9+.-]*:\/\//i,
  /^(?:\.{0,2}\/|~\/|[a-z]:\\)[\w./\\ -]*$/i,
  /^\d{2,4}[-/.]\d\d?[-/.]\d{2,4}/,
  /^v?\d+(?:\.\d+)+(?:[-+][\w.]+)?$/i,
  /^[\d\s.,:;+()/-]*$/,
  /^[\w.-]+@[\w-]+(?:\.[\w-]+)+$/,
];

/**
 * Whether a text looks like a key, a token or a generated password: many different characters in no order, and no words,
 * path, number or placeholder.
 *
 * @param content of a string literal, without its quotes
 */
export function isHighEntropy(content: string): boolean {
  const text = content.trim();
  if (text.length < MIN_LENGTH || text.length > MAX_LENGTH || /\s/.test(text)) return false;
  if (PLACEHOLDER.test(text) || NO_SECRET.some((form) => form.test(text))) return false;
  if (sequenceShare(text) > MAX_SEQUENCE) return false;
  const bits = shannonBits(text);
  if (/^[\da-f-]+$/i.test(text) && /\d/.test(text)) {
    return text.replaceAll('-', '').length >= MIN_HEX_LENGTH && bits >= MIN_HEX_BITS;
  }
  if (bits / Math.log2(Math.min(text.length, 64)) < MIN_SHARE) return false;
  const letters = /[a-z]/.test(text) || /[A-Z]/.test(text);
  const mixed = /[a-z]/.test(text) && /[A-Z]/.test(text);
  const digits = /\d/.test(text);
  if (!letters || !(mixed || digits || /[^\w-]/.test(text))) return false;
  if (!digits && text.length < MIN_LETTERS_LENGTH) return false;
  return wordiness(text.length < MAX_NAMED ? text.replace(NAMES, '') : text) < MIN_WORDS;
}

/** Bits a character, as the text's own characters are distributed. */
export function shannonBits(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}

/**
 * Pairs of letters that are usual in words, less those that are not: three of four in words, one of four in random letters.
 * Runs of letters have one case, but for a capital at their start.
 */
function wordiness(text: string): number {
  let score = 0;
  for (const [run] of text.matchAll(/[A-Z]?[a-z]+|[A-Z]+/g)) {
    if (run.length === 1) score -= ALONE;
    for (let at = 0; at + 1 < run.length; at++)
      score += USUAL_PAIRS.has(run.slice(at, at + 2).toLowerCase()) ? 1 : -1;
  }
  return score - BESIDE_DIGIT * Array.from(text.matchAll(/(?<=\d)[a-z]|[a-z](?=\d)/gi)).length;
}

/** `abcdef`, `987654`, `qqqq`: how much of a text goes on as it began. */
function sequenceShare(text: string): number {
  const rows = 'qwertyuiop asdfghjkl zxcvbnm';
  let steps = 0;
  for (let at = 0; at + 1 < text.length; at++) {
    const difference = text.charCodeAt(at + 1) - text.charCodeAt(at);
    if (Math.abs(difference) <= 1 || rows.includes(text.slice(at, at + 2).toLowerCase())) steps++;
  }
  return steps / (text.length - 1);
}
