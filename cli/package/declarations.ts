import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { execa } from 'execa'
import { temporaryPrefix } from '../../contract/owner.ts'

/** The module that suites import; its types are those of the package. */
const entry = 'harness/index.ts'

/** Writes the types of the public entry, and of all that they lead to. Throws where the compiler does not understand the code. */
export async function writeDeclarations(root: string, directory: string): Promise<void> {
  const written = mkdtempSync(join(tmpdir(), temporaryPrefix('types')))
  try {
    await compile(root, written)
    for (const [path, text] of reached(written)) {
      const file = join(directory, path)
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, text)
    }
  } finally {
    rmSync(written, { recursive: true, force: true })
  }
}

async function compile(root: string, outDir: string): Promise<void> {
  const config = join(outDir, 'tsconfig.json')
  const compilerOptions = {
    noEmit: false,
    declaration: true,
    emitDeclarationOnly: true,
    // Types of packages are looked up where the files are.
    typeRoots: [join(root, 'node_modules', '@types')],
    rootDir: root,
    outDir,
  }
  writeFileSync(config, JSON.stringify({ extends: join(root, 'tsconfig.json'), compilerOptions, include: [], files: [join(root, entry)] }))
  const { exitCode, all } = await execa(join(root, 'node_modules', '.bin', 'tsc'), ['-p', config], { all: true, reject: false })
  if (exitCode !== 0) throw new Error(`The types of the package could not be written:\n${all}`)
}

/** Declarations that those of the entry import, by path, with imports as every compiler resolves them. */
function reached(directory: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  const open = [join(directory, entry)]
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    const declared = `${path.slice(0, -'.ts'.length)}.d.ts`
    const name = relative(directory, declared)
    if (found.has(name)) continue
    const text = readFileSync(declared, 'utf8')
    found.set(name, text.replaceAll(ownImport, '$1$2.js$1'))
    for (const [, , module = ''] of text.matchAll(ownImport)) open.push(join(dirname(path), `${module}.ts`))
  }
  return found
}

const ownImport = /(['"])(\.{1,2}\/[^'"\n]+)\.ts\1/g
