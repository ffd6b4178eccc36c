// Plain JavaScript for Node 18 and newer: installs the dependencies, then hands over to Node 24 and cli/main.ts.
import { spawn } from 'node:child_process'
import { realpathSync } from 'node:fs'
import { constants } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { wordsFor } from './completion/complete.mjs'
import { InstallError } from './install-lock.mjs'
import { ensureInstalled } from './install.mjs'

const root = dirname(dirname(realpathSync(fileURLToPath(import.meta.url))))
const setUpFailed = 3

/** @param {string} sentence */
function refuse(sentence) {
  console.error(sentence)
  process.exit(setUpFailed)
}

/** Hands over to a session of its own: Ctrl-C reaches this process only, and never the commands that clean up. */
function handOver() {
  const bin = join(root, 'node_modules', '.bin')
  const path = `${bin}${delimiter}${process.env['PATH'] ?? ''}`
  const child = spawn(
    join(bin, 'node'),
    ['--max-semi-space-size=1', '--optimize-for-size', join(root, 'cli', 'main.ts'), ...process.argv.slice(2)],
    {
      stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
      detached: true,
      env: { ...process.env, PATH: path },
    },
  )
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => child.kill(signal))
  }
  child.on('error', (error) =>
    refuse(`Node.js 24 cannot be started from ${bin}: ${error.message}. Remove node_modules and run the command again.`),
  )
  child.on('exit', (code, signal) => process.exit(code ?? 128 + (signal === null ? 0 : constants.signals[signal])))
}

// A shell waits for it: nothing is installed, and nothing else is said.
const [command, list = '', start] = process.argv.slice(2)
if (command === 'complete') {
  for (const word of wordsFor(list, start)) console.log(word)
  process.exit(0)
}
const major = Number(process.versions.node.split('.')[0])
if (major < 18) {
  refuse(`Holdfast needs Node.js 18 or newer to start, and this is ${process.version}. Install a newer one from https://nodejs.org.`)
}
try {
  ensureInstalled(root)
  handOver()
} catch (error) {
  if (!(error instanceof InstallError)) throw error
  refuse(error.message)
}
