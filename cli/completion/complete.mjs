// Plain JavaScript for Node 18 and newer, without packages: a shell waits for it at each press of the tab key, whatever is installed.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const projectRoot = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

/** @param {string} directory */
function namesIn(directory) {
  return existsSync(directory) ? readdirSync(directory).sort() : []
}

/** Ids of the runs in `reports/out`, after the name of the latest. */
function runs() {
  const out = join(projectRoot, 'reports', 'out')
  return ['latest', ...namesIn(out).filter((id) => existsSync(join(out, id, 'run.json')))]
}

/** Names of the clusters in this user's state directory. */
function clusters() {
  const { XDG_STATE_HOME: set = '' } = process.env
  return namesIn(join(set === '' ? join(homedir(), '.local', 'state') : set, 'holdfast', 'clusters'))
}

/** Text of each suite, by its concept. */
function suites() {
  const root = join(projectRoot, 'suites')
  return namesIn(root).flatMap((concept) => {
    if (concept.includes('.')) return []
    const files = namesIn(join(root, concept)).filter((file) => file.endsWith('.suite.ts'))
    return files.map((file) => ({ concept, text: readFileSync(join(root, concept, file), 'utf8') }))
  })
}

/** Ids of the guarantees, after their concepts: names that `run` takes. */
function guarantees() {
  const all = suites()
  const ids = all.flatMap(({ text }) => [...text.matchAll(/^ {4}id: '([a-z0-9-]+\/[a-z0-9-]+)',$/gm)].map(([, id = '']) => id))
  return [...new Set(all.map(({ concept }) => concept)), ...ids]
}

/** Features that guarantees require. */
function features() {
  const required = suites().flatMap(({ text }) => [...text.matchAll(/^ {4}requires: \[([^\]]*)\]/gm)].map(([, names = '']) => names))
  return [...new Set(required.flatMap((names) => names.match(/\w+/g) ?? []))].sort()
}

/** Areas of the ledger: the first part of the ids of its entries. */
function areas() {
  const ledger = join(projectRoot, 'suites', 'ledger')
  const files = namesIn(ledger).map((file) => readFileSync(join(ledger, file), 'utf8'))
  const found = files.flatMap((text) => [...text.matchAll(/^ {2}- id: ([a-z]+)\./gm)].map(([, area = '']) => area))
  return [...new Set(found)].sort()
}

const lists = { runs, clusters, guarantees, features, areas }

/**
 * Words of a list that begin with `start`. Nothing for a list that is unknown or cannot be read: a shell has no place for errors.
 * @param {string} list
 * @param {string} [start]
 * @returns {readonly string[]}
 */
export function wordsFor(list, start = '') {
  try {
    const read = lists[/** @type {keyof typeof lists} */ (list)]
    return read === undefined ? [] : read().filter((word) => word.startsWith(start))
  } catch {
    return []
  }
}
