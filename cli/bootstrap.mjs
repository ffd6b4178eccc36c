// Plain JavaScript for Node 18 and newer: installs the dependencies, then hands over to Node 24 and cli/main.ts.
import { realpathSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { wordsFor } from './completion/complete.mjs'
import { handOver, refuse } from './hand-over.mjs'
import { InstallError } from './install-lock.mjs'
import { ensureInstalled } from './install.mjs'

const root = dirname(dirname(realpathSync(fileURLToPath(import.meta.url))))

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
  const bin = join(root, 'node_modules', '.bin')
  handOver({
    node: join(bin, 'node'),
    main: join(root, 'cli', 'main.ts'),
    path: `${bin}${delimiter}${process.env['PATH'] ?? ''}`,
    fix: 'Remove node_modules and run the command again.',
  })
} catch (error) {
  if (!(error instanceof InstallError)) throw error
  refuse(error.message)
}
