/** What a word of C or C++ is for the masking: 0 for a name. */
export const NAME = 0;
/** `int`, `void`. */
export const TYPE = 1;
/** `static`, `const`: may stand anywhere before a declared name. */
export const QUALIFIER = 2;
/** `struct`, `enum`, `class`. */
export const TAG = 3;
/** `if`, `return`: begins a statement. */
export const STATEMENT = 4;
/** `__attribute__`, `alignas`: takes parentheses. */
export const ATTRIBUTE = 5;
/** `sizeof`, `new`: stands in expressions. */
export const EXPRESSION = 6;
/** `template`, `using`: begins what is left alone. */
export const INTRODUCER = 7;
/** `for`, `while`, `if`, `switch`: a statement follows the parentheses. */
export const CONTROL = 8;

const C: readonly (readonly [number, string])[] = [
  [
    TYPE,
    'void char short int long float double signed unsigned bool _Bool __int8 __int16 __int32 __int64 __int128 _Complex __signed__ __signed',
  ],
  [
    QUALIFIER,
    'static extern inline register typedef const volatile restrict auto __inline __inline__ __forceinline _Noreturn noreturn ' +
      '__extension__ _Thread_local __thread thread_local _Atomic __restrict__ __const __volatile__',
  ],
  [TAG, 'struct union enum'],
  [STATEMENT, 'return goto case default break continue do else __try __finally __leave'],
  [CONTROL, 'if for while switch __except'],
  [ATTRIBUTE, '__attribute__ __attribute __declspec _Alignas alignas'],
  [
    EXPRESSION,
    'sizeof _Alignof alignof __alignof__ offsetof _Generic typeof __typeof__ __typeof asm __asm__ __asm defined _Static_assert static_assert',
  ],
];

const CPP: readonly (readonly [number, string])[] = [
  [TYPE, 'wchar_t char8_t char16_t char32_t'],
  [QUALIFIER, 'virtual explicit friend mutable constexpr consteval constinit typename'],
  [TAG, 'class'],
  [STATEMENT, 'try throw co_return co_yield'],
  [CONTROL, 'catch'],
  [
    EXPRESSION,
    'new delete operator this nullptr true false const_cast static_cast dynamic_cast reinterpret_cast decltype noexcept co_await typeid requires',
  ],
  [INTRODUCER, 'template using namespace public private protected concept'],
];

function wordsOf(lists: readonly (readonly [number, string])[]): ReadonlyMap<string, number> {
  return new Map(lists.flatMap(([of, words]) => words.split(' ').map((word) => [word, of] as const)));
}

/** Words that are no names, by what they are for. */
export const WORDS = { c: wordsOf(C), cpp: wordsOf([...C, ...CPP]) } as const;

/** The dialects that have a preprocessing view. */
export type Dialect = keyof typeof WORDS;
