// Plain JavaScript for Node 18 and newer, without packages: a shell waits for it at each press of the tab key, whatever is installed.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ownRoot = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

/** Where runs are: in the checkout, and below the current directory where Holdfast was installed as a package. */
const ownRuns = existsSync(join(ownRoot, 'cli', 'main.js')) ? process.cwd() : ownRoot

/** @param {string} directory */
function namesIn(directory) {
  return existsSync(directory) ? readdirSync(directory).sort() : []
}

/**
 * Ids of the runs in `reports/out`, after the name of the latest.
 * @param {string} root
 */
function runs(root) {
  const out = join(root === ownRoot ? ownRuns : root, 'reports', 'out')
  return ['latest', ...namesIn(out).filter((id) => existsSync(join(out, id, 'run.json')))]
}

/** Names of the clusters in this user's state directory. */
function clusters() {
  const { XDG_STATE_HOME: set = '' } = process.env
  return namesIn(join(set === '' ? join(homedir(), '.local', 'state') : set, 'holdfast', 'clusters'))
}

/**
 * Text of each suite, by its concept.
 * @param {string} root
 */
function suites(root) {
  const concepts = join(root, 'suites')
  return namesIn(concepts).flatMap((concept) => {
    if (concept.includes('.')) return []
    const files = namesIn(join(concepts, concept)).filter((file) => /\.suite\.[jt]s$/.test(file))
    return files.map((file) => ({ concept, text: readFileSync(join(concepts, concept, file), 'utf8') }))
  })
}

/**
 * Ids of the guarantees, after their concepts: names that `run` takes.
 * @param {string} root
 */
function guarantees(root) {
  const all = suites(root)
  const ids = all.flatMap(({ text }) => [...text.matchAll(/^[ \t]+id: ['"]([a-z0-9-]+\/[a-z0-9-]+)['"],$/gm)].map(([, id = '']) => id))
  return [...new Set(all.map(({ concept }) => concept)), ...ids]
}

/**
 * Features that guarantees require.
 * @param {string} root
 */
function features(root) {
  const required = suites(root).flatMap(({ text }) => [...text.matchAll(/^[ \t]+requires: \[([^\]]*)\]/gm)].map(([, names = '']) => names))
  return [...new Set(required.flatMap((names) => names.match(/\w+/g) ?? []))].sort()
}

/**
 * Areas of the ledger: the first part of the ids of its entries.
 * @param {string} root
 */
function areas(root) {
  const ledger = join(root, 'suites', 'ledger')
  const files = namesIn(ledger).map((file) => readFileSync(join(ledger, file), 'utf8'))
  const found = files.flatMap((text) => [...text.matchAll(/^ {2}- id: ([a-z]+)\./gm)].map(([, area = '']) => area))
  return [...new Set(found)].sort()
}

const lists = { runs, clusters, guarantees, features, areas }

/**
 * Words of a list that begin with `start`. Nothing for a list that is unknown or cannot be read: a shell has no place for errors.
 * @param {string} list
 * @param {string} [start]
 * @param {string} [root] That of a checkout; of this one when absent.
 * @returns {readonly string[]}
 */
export function wordsFor(list, start = '', root = ownRoot) {
  try {
    const read = lists[/** @type {keyof typeof lists} */ (list)]
    return read === undefined ? [] : read(root).filter((word) => word.startsWith(start))
  } catch {
    return []
  }
}
