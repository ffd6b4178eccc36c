/** What the checkout that Holdfast ran from had on top of its commit, as `git apply` takes it; a run of a clean commit has none. */
export const changesFile = 'changes.patch'

/** The largest change that a run keeps, in bytes: what is larger is no run that somebody else would do again. */
export const mostChangeBytes = 1024 * 1024
