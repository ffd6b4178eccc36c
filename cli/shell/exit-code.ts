/** Exit codes of the command line. */
export const exitCodes = { success: 0, violation: 1, partial: 2, setUp: 3, interrupted: 130, terminated: 143 } as const

/** One of the documented exit codes. */
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]
