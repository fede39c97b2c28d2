/** `_Noreturn`, `[[noreturn]]`, `__attribute__((noreturn))`, and macros that stand for one of these: `G_GNUC_NORETURN`. */
export const NO_RETURN = /no_?return|__dead2?\b/i;

/** `__weak`, `__attribute__((weak))`, `#pragma weak name`: the function that runs may be another one. */
export const WEAK = /\b(?:attr(?:ibute)?_|mp_)?_*weak_*\b/i;
