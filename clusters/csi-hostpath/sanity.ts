import { execa } from 'execa'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { SetupError } from '../setup-error.ts'
import { startDriverProcess } from './driver-process.ts'

/** Results of csi-sanity. */
export interface SanityResult {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
  /** Each skipped spec with the reason csi-sanity gives: the capability that the driver honestly lacks. */
  readonly skippedSpecs: readonly string[]
  /** Each failed spec with what Ginkgo says of the failure. */
  readonly failedSpecs: readonly { readonly name: string; readonly message: string }[]
  /** Everything csi-sanity and the driver printed. */
  readonly output: string
}

/** The part we read of one spec in Ginkgo's JSON report. */
interface SpecReport {
  readonly LeafNodeType: string
  readonly ContainerHierarchyTexts: readonly string[] | null
  readonly LeafNodeText: string
  readonly State: string
  readonly Failure?: { readonly Message?: string }
}

/** Longest time, in seconds, that all specs together may take. */
const sanityLimit = 600

/** Sizes in bytes of the volumes csi-sanity makes and expands. */
const volumeSize = 1024 ** 3
const expandedSize = 2 * 1024 ** 3

/** Reads Ginkgo's JSON report; a spec that neither passed nor was skipped counts as failed. */
export function readReport(text: string): Omit<SanityResult, 'output'> {
  const suites = JSON.parse(text) as readonly { readonly SpecReports: readonly SpecReport[] | null }[]
  const specs = suites.flatMap((suite) => suite.SpecReports ?? []).filter((spec) => spec.LeafNodeType === 'It')
  const nameOf = ({ ContainerHierarchyTexts, LeafNodeText }: SpecReport) => [...(ContainerHierarchyTexts ?? []), LeafNodeText].join(' ')
  const isSkipped = ({ State }: SpecReport) => State === 'skipped' || State === 'pending'
  const skippedSpecs = specs.filter(isSkipped).map((spec) => {
    const reason = spec.State === 'pending' ? 'switched off in csi-sanity itself' : (spec.Failure?.Message ?? '')
    return `${nameOf(spec)}: ${reason}`
  })
  const failedSpecs = specs
    .filter((spec) => spec.State !== 'passed' && !isSkipped(spec))
    .map((spec) => ({ name: nameOf(spec), message: spec.Failure?.Message ?? spec.State }))
  const passed = specs.length - skippedSpecs.length - failedSpecs.length
  return { passed, failed: failedSpecs.length, skipped: skippedSpecs.length, skippedSpecs, failedSpecs }
}

/**
 * Runs csi-sanity against the driver, started on a socket of its own, and leaves nothing in `workDirectory`, no mount and no loop
 * device. No spec is skipped by hand: csi-sanity skips what the driver does not declare. Throws when the driver does not start.
 */
export async function runSanity(options: {
  /** Path of the csi-sanity program. */
  readonly binary: string
  /** An existing directory, on a file system with room for a few sparse files. */
  readonly workDirectory: string
  /** The node program that runs the driver; this one when absent. */
  readonly nodeBinary?: string
}): Promise<SanityResult> {
  const { binary, workDirectory, nodeBinary } = options
  const directory = join(workDirectory, 'csi-sanity')
  const report = join(directory, 'report.json')
  await mkdir(directory)
  await using stack = new AsyncDisposableStack()
  stack.defer(() => rm(directory, { recursive: true, force: true }))
  const driver = stack.use(
    await startDriverProcess({ directory, nodeId: 'sanity-node', ...(nodeBinary === undefined ? {} : { nodeBinary }) }),
  )

  const mutableParameters = join(directory, 'mutable-parameters.yaml')
  await writeFile(mutableParameters, 'readAheadKiB: "256"\n')

  const sanity = await execa(
    binary,
    [
      `-csi.endpoint=unix://${driver.socket}`,
      `-csi.mountdir=${join(directory, 'mount')}`,
      `-csi.stagingdir=${join(directory, 'staging')}`,
      `-csi.testvolumesize=${volumeSize}`,
      `-csi.testvolumeexpandsize=${expandedSize}`,
      `-csi.testvolumemutableparameters=${mutableParameters}`,
      '-csi.testnodevolumeattachlimit',
      `-ginkgo.json-report=${report}`,
      '-ginkgo.no-color',
    ],
    { stdin: 'ignore', all: true, reject: false, timeout: sanityLimit * 1000 },
  )
  const text = await readFile(report, 'utf8').catch((error: unknown) => {
    throw new SetupError(`csi-sanity wrote no report: ${sanity.all}`, { cause: error })
  })
  return { ...readReport(text), output: `${sanity.all}\n${await driver.stop()}` }
}
