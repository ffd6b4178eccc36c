#!/usr/bin/env node
// Plain JavaScript for any Node.js that has modules: the program `holdfast` of the package, which npm has installed with all that it needs.
import { realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { wordsFor } from './completion/complete.mjs'
import { handOver, refuse } from './hand-over.mjs'

const own = dirname(realpathSync(fileURLToPath(import.meta.url)))
const oldest = { major: 22, minor: 22 }

const [major = 0, minor = 0] = process.version.slice(1).split('.').map(Number)
if (major < oldest.major || (major === oldest.major && minor < oldest.minor)) {
  refuse(
    `Holdfast needs Node.js ${oldest.major}.${oldest.minor} or newer, and this is ${process.version}. Install a newer one from https://nodejs.org.`,
  )
}

// A shell waits for it: nothing else is said.
const [command, list = '', start] = process.argv.slice(2)
if (command === 'complete') {
  for (const word of wordsFor(list, start)) console.log(word)
  process.exit(0)
}
handOver({ node: process.execPath, main: join(own, 'main.js'), fix: 'Install Node.js from https://nodejs.org.' })
