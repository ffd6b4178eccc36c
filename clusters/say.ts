/** Tells the user one line about what is going on. */
export type Say = (line: string) => void
