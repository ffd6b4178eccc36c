import { existsSync, readFileSync } from 'node:fs'
import { cp, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { cacheDirectory, clusterDirectory } from '../../clusters/directories.ts'
import { goModuleDirectory, goSourceHash } from '../../clusters/images/go-programs.ts'
import { longCommand } from '../../clusters/machine/long-command.ts'
import { ensureTool } from '../../clusters/index.ts'
import type { ClusterRecord } from '../../contract/cluster-record.ts'
import { temporaryPrefix } from '../../contract/owner.ts'
import { focusOf, ranSpecs, upstreamRow } from './upstream-row.ts'

const programs = {
  'e2e.test': ['test', '-c', 'k8s.io/kubernetes/test/e2e'],
  agnhost: ['build', 'k8s.io/kubernetes/test/images/agnhost'],
} as const

/** Where images of upstream's tests are looked for on a cluster that reaches no registry. */
const ownImages = 'holdfast.local/upstream-e2e'

/** Versions of agnhost that specs name, in the releases that are pinned here: the program is that of the release in any case. */
const agnhostVersions = /Config\{list\.PromoterE2eRegistry, "agnhost", "([^"]+)"\}/gu

/**
 * Builds upstream's e2e tests and the program of their Pods into the cache, from the module of the Kubernetes of a cluster. It pins all
 * that they need but the sums of what only tests need, so they are built in a copy of it.
 */
async function ensureUpstream(minor: string, log: (line: string) => void): Promise<string> {
  const module = `kubernetes/${minor}` as const
  const into = cacheDirectory('upstream-e2e', goSourceHash(module))
  await mkdir(into, { recursive: true })
  const missing = Object.entries(programs).filter(([name]) => !existsSync(join(into, name)))
  if (missing.length === 0) return into
  const copy = await mkdtemp(join(into, `.${temporaryPrefix('building')}`))
  try {
    for (const file of ['go.mod', 'go.sum']) await cp(join(goModuleDirectory(module), file), join(copy, file))
    for (const [name, [command, ...rest]] of missing) {
      const target = rest.at(-1) ?? ''
      const flags = ['-trimpath', '-ldflags', '-s -w', '-o', join(copy, name)]
      await longCommand({
        title: `building ${name} of Kubernetes ${minor}`,
        command: 'go',
        arguments: [command, ...rest.slice(0, -1), ...flags, target],
        cwd: copy,
        environment: { CGO_ENABLED: '0', GOFLAGS: '-buildvcs=false -mod=mod', GOTOOLCHAIN: process.env['GOTOOLCHAIN'] ?? 'auto' },
        log,
      })
      await rename(join(copy, name), join(into, name))
    }
  } finally {
    await rm(copy, { recursive: true, force: true })
  }
  return into
}

/** Images of the tests for the nodes of a cluster that were built offline; where they were pulled, those of the tests are, too. */
async function provideImages(record: ClusterRecord, { from, minor }: { readonly from: string; readonly minor: string }): Promise<boolean> {
  const base = record.images.find(({ name }) => name === 'tools')?.reference
  if (base === undefined) return false
  const { stdout } = await execa('go', ['list', '-m', '-f', '{{.Dir}}', 'k8s.io/kubernetes'], {
    cwd: goModuleDirectory(`kubernetes/${minor}`),
  })
  const manifest = readFileSync(join(stdout.trim(), 'test/utils/image/manifest.go'), 'utf8')
  const references = [...manifest.matchAll(agnhostVersions)].map(([, version]) => `${ownImages}/agnhost:${version ?? ''}`)
  const context = await mkdtemp(join(tmpdir(), temporaryPrefix('upstream')))
  try {
    await cp(join(from, 'agnhost'), join(context, 'agnhost'))
    await writeFile(join(context, 'Dockerfile'), `FROM ${base}\nCOPY agnhost /agnhost\nENTRYPOINT ["/agnhost"]\n`)
    await execa('docker', ['build', ...references.flatMap((reference) => ['--tag', reference]), context])
    await execa(await ensureTool('kind', { log: () => undefined }), ['load', 'docker-image', ...references, '--name', record.name])
  } finally {
    await rm(context, { recursive: true, force: true })
  }
  return true
}

/** Runs the row of upstream's e2e on a kept cluster of ours. Resolves to its seconds. Throws unless all of it ran and passed. */
export async function upstreamSeconds(
  record: ClusterRecord,
  { signal, log }: { readonly signal: AbortSignal; readonly log: (line: string) => void },
): Promise<number> {
  const minor = /^v(\d+\.\d+)\./u.exec(record.versions['kubernetes'] ?? '')?.[1] ?? ''
  const from = await ensureUpstream(minor, log)
  const isOffline = await provideImages(record, { from, minor })
  const directory = await mkdtemp(join(tmpdir(), temporaryPrefix('upstream')))
  try {
    const registries = join(directory, 'registries.yaml')
    await writeFile(registries, `promoterE2eRegistry: ${ownImages}\n`)
    const start = performance.now()
    const { all: output } = await execa(
      join(from, 'e2e.test'),
      [
        ...['--kubeconfig', clusterDirectory(record.name, 'kubeconfig'), '--provider', 'skeleton'],
        ...['--report-dir', directory, '--ginkgo.focus', focusOf(upstreamRow.map(({ spec }) => spec))],
      ],
      { all: true, reject: false, cwd: directory, cancelSignal: signal, env: isOffline ? { KUBE_TEST_REPO_LIST: registries } : {} },
    )
    const seconds = (performance.now() - start) / 1000
    signal.throwIfAborted()
    const { ran, passed } = ranSpecs(output)
    if (ran !== upstreamRow.length || passed !== ran)
      throw new Error(`Of ${upstreamRow.length} specs of upstream, ${ran} ran and ${passed} passed.`)
    return seconds
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}
