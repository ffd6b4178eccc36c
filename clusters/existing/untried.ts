/** What is said of a feature that is looked for in a run alone, by what that takes. */
export const untried = {
  driver: 'a dry run probes nothing',
  image: 'a dry run starts no Pod with its image',
  installation: 'a dry run installs nothing',
} as const

const reasons: readonly string[] = Object.values(untried)

/** Whether a feature counts as lacking for no other reason than that nothing was tried. */
export function isUntried(seen: string): boolean {
  return reasons.includes(seen)
}
