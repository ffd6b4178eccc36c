import { chmodSync, copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { sumsText } from '../../contract/sums.ts'
import { buildFiles, digestsIn } from '../run/built-from.ts'
import { checkoutOf, sourceSums } from '../run/checkout.ts'
import { UsageError } from '../shell/usage-error.ts'
import { bundleCode } from './bundle.ts'
import { writeDeclarations } from './declarations.ts'
import { shippedData, shippedSources } from './shipped.ts'

/** Which package is built, and where it goes. */
export interface PackageBuild {
  /** The checkout. */
  readonly root: string
  /** Gets the tree of the package. What an earlier build left there is removed. */
  readonly directory: string
  /** Whether types are written; they take longer than all the rest. */
  readonly types: boolean
}

/**
 * Builds what the package ships: the code as JavaScript, data, types, and what it was built from. Throws a `UsageError` where the directory
 * has files of somebody else.
 */
export async function buildPackage({ root, directory, types }: PackageBuild): Promise<void> {
  clear(directory)
  mkdirSync(directory, { recursive: true })
  writeFileSync(join(directory, unfinished), '')
  await bundleCode(root, directory)
  for (const path of shippedData(root)) copy(join(root, path), join(directory, path))
  for (const path of shippedSources(root)) copy(join(root, path), join(directory, 'sources', path))
  if (types) await writeDeclarations(root, directory)
  const { name, version, type } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Readonly<Record<string, string>>
  writeFileSync(join(directory, 'package.json'), `${JSON.stringify({ name, version, private: true, type }, null, 2)}\n`)
  rmSync(join(directory, unfinished))
  writeFileSync(join(directory, buildFiles.sources), sourceSums(root))
  writeFileSync(join(directory, buildFiles.digests), sumsText(digestsIn(directory)))
  writeFileSync(join(directory, buildFiles.checkout), `${JSON.stringify(checkoutOf(root), null, 2)}\n`)
}

function copy(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true })
  copyFileSync(from, to)
  chmodSync(to, (statSync(from).mode & executable) === 0 ? plainMode : programMode)
}

/** Says that a build is going on, or was broken off. */
const unfinished = '.unfinished'

const [executable, plainMode, programMode] = [0o111, 0o644, 0o755]

function clear(directory: string): void {
  const isEmpty = !existsSync(directory) || readdirSync(directory).length === 0
  if (isEmpty) return
  if (!existsSync(join(directory, buildFiles.checkout)) && !existsSync(join(directory, unfinished)))
    throw new UsageError(`${directory} has files that no build of the package wrote.`, { fix: 'Move them elsewhere.' })
  rmSync(directory, { recursive: true })
}
