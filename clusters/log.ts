/** Tells the user one line about what is going on. */
export type Log = (line: string) => void
