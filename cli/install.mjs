// Plain JavaScript for Node 18 and newer: it runs before anything is installed.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { InstallError, withInstallLock } from './install-lock.mjs'

/**
 * Digest of everything that decides what npm installs.
 * @param {string} root
 */
export function dependencyDigest(root) {
  const hash = createHash('sha256').update(`${process.platform} ${process.arch}\n`)
  for (const name of ['package.json', 'package-lock.json']) {
    hash.update(readFileSync(join(root, name))).update('\0')
  }
  return hash.digest('hex')
}

/** @param {string} root */
function stampPath(root) {
  return join(root, 'node_modules', '.holdfast-stamp')
}

/** @param {string} root */
function nodePath(root) {
  return join(root, 'node_modules', '.bin', process.platform === 'win32' ? 'node.exe' : 'node')
}

/**
 * Whether `node_modules` was installed from these very package files, and completely.
 * @param {string} root
 */
export function isInstalled(root) {
  if (!existsSync(nodePath(root)) || !existsSync(stampPath(root))) return false
  return readFileSync(stampPath(root), 'utf8') === dependencyDigest(root)
}

/**
 * Notes that `node_modules` matches the package files now. Written last, so that an interrupted install is stale.
 * @param {string} root
 */
export function stamp(root) {
  mkdirSync(join(root, 'node_modules'), { recursive: true })
  writeFileSync(stampPath(root), dependencyDigest(root))
}

/**
 * Installs what the lock file says. Not `npm ci`: it refuses a lock file made where packages for other platforms were not to be had.
 * @param {string} root
 */
function npmInstall(root) {
  // Without a stamp an earlier install was broken off, and what it left cannot be trusted.
  if (existsSync(stampPath(root))) rmSync(stampPath(root))
  else rmSync(join(root, 'node_modules'), { recursive: true, force: true })
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  const args = ['install', '--no-save', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']
  const result = spawnSync(npm, args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
  if (result.error !== undefined) {
    throw new InstallError(
      `npm cannot be started (${result.error.message}). Install npm, which comes with Node.js, and run the command again.`,
    )
  }
  if (result.status !== 0) {
    const said = `${result.stdout}${result.stderr}`.trim().split('\n').slice(0, 8).join('\n')
    throw new InstallError(
      `npm could not install the dependencies in ${root}. Check the network and the registry npm is set to, then run the command again. npm said:\n${said}`,
    )
  }
}

/**
 * Installs the dependencies when they are missing or belong to other package files. Returns whether there was work.
 * @param {string} root
 * @param {{ readonly install?: (root: string) => void, readonly log?: (line: string) => void }} [options]
 */
export function ensureInstalled(root, { install = npmInstall, log = console.error } = {}) {
  if (isInstalled(root)) return false
  withInstallLock(root, () => {
    if (isInstalled(root)) return
    log(`Installing dependencies with npm in ${root} (the first time takes up to a minute).`)
    install(root)
    if (!existsSync(nodePath(root))) {
      throw new InstallError(
        `npm left no Node.js 24 at ${nodePath(root)}. Allow the install script of the package "node" and run the command again.`,
      )
    }
    stamp(root)
  })
  return true
}
