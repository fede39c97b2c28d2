/** Functions of the C library and of POSIX that read from a stream or a descriptor. */
const READS =
  /^(?:f?getc|getchar|getc_unlocked|getchar_unlocked|f?gets|v?f?scanf|fread|getline|getdelim|read|recv|recvfrom|recvmsg|readline|getch)$/;
const CHARACTERS = /^(?:f?getc|getchar|getc_unlocked|getchar_unlocked)$/;

/** Whether a function of this name reads what comes from outside. */
export function isRead(name: string): boolean {
  return READS.test(name);
}

/** Whether it reads one character. */
export function isReadOfCharacter(name: string): boolean {
  return CHARACTERS.test(name);
}
