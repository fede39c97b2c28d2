/** Rules of the tests, so that these do not depend on what ships. */
export const RULES = `rules:
  - id: unbounded-string-copy
    languages: [c, cpp]
    severity: ERROR
    message: "\`strcpy\` writes to \`$DST\` without knowing its size."
    pattern: strcpy($DST, $SRC)
    fix: copy_text($DST, sizeof $DST, $SRC)
    metadata:
      cwe: ["CWE-120: Buffer Copy without Checking Size of Input"]
      cert: [STR31-C]
      why: The copy runs past the end of the buffer and overwrites what follows.
      fix-guidance: Use a copy that takes the size of the target.
      references: ["https://cmu-sei.github.io/secure-coding-standards/rules/str31-c"]
  - id: weak-random
    languages: [c, cpp]
    severity: WARNING
    message: "\`rand\` can be guessed."
    pattern: rand()
    metadata: {cwe: ["CWE-338: Use of Weak PRNG"]}
  - id: untagged-crypto
    languages: [c, cpp]
    severity: WARNING
    message: "\`$UNIT\` uses cryptography and names no requirement."
    mode: require-tag
    require: {link: implements, to: requirement, category: [cryptography]}
    pattern: mbedtls_gcm_setkey(...)
    metadata: {cwe: ["CWE-1059: Insufficient Technical Documentation"]}
`;

/** An item file with one requirement that has all it needs once CODE is there. */
export const ITEMS = `assets:
  - id: A-01
    title: Dosing commands
threats:
  - id: T-004
    title: Guessing the PIN
    stride: [spoofing]
    assets: [A-01]
controls:
  - id: C-AUTH-02
    title: PIN entry is limited
    category: authentication
    mitigates: [T-004]
requirements:
  - id: SR-AUTH-003
    title: Lock after wrong PINs
    text: The pump shall refuse further PIN entry after three wrong PINs.
    category: authentication
    revision: 2
    derives: [C-AUTH-02]
  - id: SR-CRYPTO-001
    title: Encrypt records
    text: The pump shall encrypt every record with AES-GCM.
    category: cryptography
    mitigates: [T-004]
tests:
  - id: TC-AUTH-003
    title: Three wrong PINs lock
    verifies: [SR-AUTH-003]
`;

export const CODE = `/* PIN entry. */
// [SR-AUTH-003]
int pin_check(const char *pin) {
  return 0;
}
`;

export const TEST_CODE = `// [TC-AUTH-003]
void test_pin_lock(void) {
}
`;
