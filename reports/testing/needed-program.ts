import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import type { TestContext } from 'vitest'

/** Path of the first of some programs that is on the PATH; undefined where none is. */
export function pathOf(...names: readonly string[]): string | undefined {
  const directories = (process.env['PATH'] ?? '').split(delimiter)
  return directories.flatMap((directory) => names.map((name) => join(directory, name))).find((path) => existsSync(path))
}

/** Skips a test that needs a program of a package of Debian; CI must have it, for what is skipped there is looked at by nobody. */
export function skipWithout(debianPackage: string, { skip }: Pick<TestContext, 'skip'>): never {
  const sentence = `What this test runs is not on the PATH: apt-get install ${debianPackage}.`
  if (process.env['CI'] !== undefined) throw new Error(sentence)
  return skip(sentence)
}
