const RULE = `rules:
  - id: weak-key
    languages: [c]
    severity: ERROR
    message: a key in the code
    pattern: set_key("=~/secret/")
`;
/** A finding that needs what a header says. */
export const WEAK_KEY_FILES = {
  'traceward.yaml': 'rules: [checks]\n',
  'checks/key.yaml': RULE,
  'include/keys.h': '#define KEY "my secret"\n',
  // Comes before the header in any order of names.
  'a/main.c': '#include "keys.h"\nvoid f(void) { set_key(KEY); }\n',
};
