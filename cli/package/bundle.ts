import { join } from 'node:path'
import { rolldown } from 'rolldown'
import { shippedEntries } from './shipped.ts'

/** What is written for. */
const target = 'node22'

/**
 * Writes the code of the package as JavaScript: a file for each module, in the same folders, because Holdfast finds its suites and programs
 * by path. What Node 22 lacks is imported, or written out.
 */
export async function bundleCode(root: string, directory: string): Promise<void> {
  const disposal = join(root, 'contract', 'disposal.ts')
  const bundle = await rolldown({
    cwd: root,
    input: Object.fromEntries(shippedEntries(root).map((path) => [path.slice(0, -'.ts'.length), join(root, path)])),
    platform: 'node',
    external: (id) => isPackageName(id),
    transform: {
      target,
      inject: { AsyncDisposableStack: [disposal, 'AsyncDisposableStack'], SuppressedError: [disposal, 'SuppressedError'] },
    },
    logLevel: 'silent',
  })
  await bundle.write({ dir: directory, format: 'esm', preserveModules: true, preserveModulesRoot: root, entryFileNames: '[name].js' })
  await bundle.close()
}

/** What npm installs, or Node has. The compiler brings a runtime of its own. */
function isPackageName(id: string): boolean {
  return !/^(?:[./]|\0|@oxc-project\/runtime)/.test(id)
}
