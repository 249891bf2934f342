/** Characters of one file in the window: more than that would make every keystroke slow. Links and the shell's files keep to it, too. */
export const LONGEST_TEXT = 200_000;
