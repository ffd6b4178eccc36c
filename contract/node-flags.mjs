// Plain JavaScript for any Node.js that has modules: what hands over to the command line needs it, too.

/**
 * Flags of Node for the programs of Holdfast: its command line, and Vitest with the suites. A run waits more than it computes, so a small
 * heap costs no time that shows. What is compiled is compiled where it runs: a thread that compiles may wait for the main thread to collect
 * garbage, and in `process.exit` that one waits for the thread. The process has done all its work then, and never ends
 * (https://github.com/nodejs/node/issues/54918).
 */
export const nodeFlags = Object.freeze([
  '--max-semi-space-size=1',
  '--optimize-for-size',
  '--no-concurrent-sparkplug',
  '--no-concurrent-recompilation',
])
