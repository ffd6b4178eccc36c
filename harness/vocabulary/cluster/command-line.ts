/** How the command line of a program begins, as a pattern of pkill: by its name and what follows it, wherever its binary lies. */
export function commandLineOf(program: string, next = ''): string {
  return `^([^ ]*/)?${program} ${next}`
}
