import { rm } from 'node:fs/promises'
import { beforeAll, expect, test } from 'vitest'
import type { ClusterRecord } from '../../../contract/cluster-record.ts'
import type { Subject } from '../../../contract/subject.ts'
import { buildReport } from '../../model/build-report.ts'
import type { ConformanceReport } from '../../model/conformance-report.ts'
import { exampleRun } from '../../testing/example-run.ts'
import { junitXml } from '../text/junit.ts'
import { pageHtml } from './page.ts'
import { summaryLines } from '../text/summary.ts'

const [one, two, three] = ['1', '2', '3'].map((digit) => digit.repeat(64)) as [string, string, string]
const subject: Subject = {
  name: 'csi.example.com',
  version: 'v1.2.3',
  definition: { path: 'driver-definition.yaml', sha256: one },
  files: [{ path: 'kustomization deploy', sha256: two, renderedBy: 'kubectl v1.36.3' }],
  archives: [{ path: 'driver.tar', sha256: three }],
  namespaces: ['storage'],
}
const digest = `sha256:${'4'.repeat(64)}`
const images = [{ name: 'driver', reference: 'example.com/driver:v1.2.3', imageId: digest, from: 'archive' as const }]
const from = `kustomization deploy (sha256 ${two}, rendered by kubectl v1.36.3); images of driver.tar (sha256 ${three}); by the definition driver-definition.yaml (sha256 ${one})`

let report: ConformanceReport
let html: string

beforeAll(async () => {
  const directory = await exampleRun({ cluster: { profile: 'driver', driver: subject.name, subject, images } })
  report = await buildReport(directory)
  html = await pageHtml(report, directory)
  await rm(directory, { recursive: true })
})

test('a driver that the user brought is the subject of the report, with what it was installed from', () => {
  expect(report.cluster.subject).toEqual(subject)
  expect(html).toContain('<dt>Subject: CSI driver</dt><dd>csi.example.com v1.2.3</dd>')
  expect(html).toContain(`<dt>Installed from</dt><dd>${from}</dd>`)
  expect(html).toContain(`<td>example.com/driver:v1.2.3</td><td>archive</td><td><code>image id ${digest}</code></td>`)
})

test('so it is in the summary and in JUnit XML', () => {
  const lines = summaryLines(report, { htmlPath: '', runDirectory: '' })
  expect(lines).toContain('  subject   csi.example.com v1.2.3, kustomization deploy')
  const xml = junitXml(report)
  expect(xml).toContain('<property name="subject.version" value="v1.2.3"/>')
  expect(xml).toContain(`<property name="subject.installedFrom" value="${from}"/>`)
})

test('the driver that Holdfast brings is named with its image, and as one that can be asked to break rules', async () => {
  const own = { name: 'csi-hostpath', reference: 'holdfast.local/csi-hostpath:0.1.0-2b06', imageId: digest, from: 'built' as const }
  const page = await pageOf({ images: [own], features: ['DriverFaults'] })
  expect(page).toContain(
    `<dt>Subject: CSI driver</dt><dd>csi-hostpath.holdfast.dev, part of Holdfast, image holdfast.local/csi-hostpath:0.1.0-2b06, id ${digest}</dd>`,
  )
  expect(page).toContain('<dt>Faults of the driver</dt><dd>possible: it breaks a rule for a StorageClass that asks for it.')
  expect(page).toContain('<dt>Cluster</dt><dd>holdfast-example, 1 node, made by Holdfast with kind, cluster profile kind</dd>')
  expect(page).not.toContain('Installed from')
})

test('one whose image the run does not know is named alone', async () => {
  const directory = await exampleRun()
  const own = await buildReport(directory)
  const page = await pageHtml(own, directory)
  await rm(directory, { recursive: true })
  expect(own.cluster).not.toHaveProperty('subject')
  expect(page).toContain('<dt>Subject: CSI driver</dt><dd>csi-hostpath.holdfast.dev, part of Holdfast</dd>')
  expect(page).not.toContain('Installed from')
})

test('a cluster of others and its driver are said to be of others', async () => {
  const page = await pageOf({ profile: 'existing', driver: 'ebs.csi.example.com' })
  expect(page).toContain('<dt>Subject: CSI driver</dt><dd>ebs.csi.example.com, as the cluster had it</dd>')
  expect(page).toContain('<dt>Faults of the driver</dt><dd>not possible:')
  expect(page).toContain('1 node, not made by Holdfast: it was given by a kubeconfig</dd>')
})

async function pageOf(cluster: Partial<ClusterRecord>): Promise<string> {
  const directory = await exampleRun({ cluster })
  const page = await pageHtml(await buildReport(directory), directory)
  await rm(directory, { recursive: true })
  return page
}
