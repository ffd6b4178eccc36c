// Plain JavaScript for any Node.js that has modules.
import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { nodeFlags } from '../contract/node-flags.mjs'

/** Exit code of a failed set-up. */
export const setUpFailed = 3

/**
 * Says one sentence and ends with the exit code of a failed set-up.
 * @param {string} sentence
 */
export function refuse(sentence) {
  console.error(sentence)
  process.exit(setUpFailed)
}

/**
 * Runs the command line with the words of this process, and ends as it does. It gets a session of its own: Ctrl-C reaches this process
 * only, and never the commands that clean up.
 * @param {{ readonly node: string, readonly main: string, readonly path?: string, readonly fix: string }} how `path` is its PATH.
 */
export function handOver({ node, main, path = process.env['PATH'] ?? '', fix }) {
  const child = spawn(node, [...nodeFlags, main, ...process.argv.slice(2)], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    detached: true,
    env: { ...process.env, PATH: path },
  })
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => child.kill(signal))
  }
  child.on('error', (error) => refuse(`${node} cannot be started: ${error.message}. ${fix}`))
  child.on('exit', (code, signal) => process.exit(code ?? 128 + (signal === null ? 0 : constants.signals[signal])))
}
