/** How much a program can be given when it is started (execve(2), E2BIG). */
/** What execve(2) takes in one string, and in all: a quarter of the stack's 8 MiB (fs/exec.c, MAX_ARG_STRLEN and bprm_stack_limits). */
const LONGEST_ARGUMENT = 131_072;
const MOST_ARGUMENTS = 2 * 1024 * 1024;

/** Whether the words and the environment are more than that. */
export function isTooLong(argv: readonly string[], env: ReadonlyMap<string, string>): boolean {
  let size = 0;
  for (const each of argv) {
    if (each.length >= LONGEST_ARGUMENT) return true;
    size += each.length + 9;
  }
  for (const [name, value] of env) {
    if (name.length + value.length + 1 >= LONGEST_ARGUMENT) return true;
    size += name.length + value.length + 10;
  }
  return size > MOST_ARGUMENTS;
}
