import { appendFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { StoredReport } from '../model/stored-report.ts'
import { AttestedRun, inDoubt, reportOf, type Tampering, unsaid } from '../testing/attested-run.ts'
import { envelopeFile, listFile } from './digest-list.ts'
import type { Findings } from './findings.ts'
import { keyIdOf } from './signing-key.ts'
import type { CommitSources } from './source-findings.ts'
import { verifyRun } from './verify-run.ts'

let attested: AttestedRun
let commit: CommitSources

beforeAll(async () => {
  attested = await AttestedRun.make()
  attested.restore()
  const report = await reportOf(attested.run)
  // What the commit of the run holds, as the run itself says: where it is looked up in a repository is for the command line.
  const selected = JSON.parse(attested.read('guarantees.json')) as readonly { readonly id: string }[]
  const skipped = report.apiVersion === 'holdfast.dev/v1alpha1' ? [] : report.skipped
  commit = { digests: new Map(), guarantees: [...selected, ...skipped] }
})

beforeEach(() => attested.restore())

afterAll(() => attested.end())

async function verified(key: typeof attested.keys.publicKey | undefined): Promise<Findings> {
  return verifyRun(attested.run, { key, lookUp: () => Promise.resolve(commit), readSuite: () => [] })
}

test('a run that nobody touched is as it was attested', async () => {
  const { problems, unproven, shown } = await verified(attested.keys.publicKey)
  expect({ problems, unproven }).toEqual({ problems: [], unproven: [] })
  expect(shown).toEqual([
    `The attestation is signed by key ${keyIdOf(attested.keys.publicKey)}.`,
    expect.stringMatching(/^All \d+ files are as they were when the run was attested/),
    'Rechecked 1 guarantee, 1 judgement: all as stored.',
    expect.stringContaining('195 guarantees are kept by digest only'),
    'The guarantees are those of commit cf8957bd4477f6185637a905660acef19224f32e, and none is left out.',
  ])
})

/** What evidence, records or commit show, too, whoever signed what. */
const ofContents: readonly Tampering[] = [
  {
    what: 'a verdict',
    tamper: () =>
      attested.edit('report.json', ({ guarantees, totals }: StoredReport) => {
        for (const one of guarantees) if (one.id === inDoubt) Object.assign(one, { verdict: 'Passed', reasons: [] })
        Object.assign(totals, { Passed: totals.Passed + 1, Inconclusive: totals.Inconclusive - 1 })
      }),
    says: [
      'report.json was changed after the run was attested.',
      new RegExp(`^${inDoubt}: report is stored as "Passed", and now "Inconclusive`),
      `The statement says passedTests lacks ${inDoubt}, which report.json has.`,
    ],
  },
  {
    what: 'a history',
    tamper: () => appendFileSync(join(attested.run, `evidence/${inDoubt}/history.jsonl`), '{}\n'),
    says: [
      `evidence/${inDoubt}/history.jsonl was changed after the run was attested.`,
      `evidence/${inDoubt}/history.jsonl was changed after the report was written.`,
    ],
  },
  {
    what: 'the digest of an image in the report',
    tamper: () =>
      attested.edit('report.json', ({ cluster: { images } }: StoredReport) => {
        Object.assign(images[0] ?? {}, { digest: `sha256:${'0'.repeat(64)}` })
      }),
    says: [
      'report.json was changed after the run was attested.',
      /^report\.json: digest of image \S+ is "sha256:0{64}", and cluster\.json has nothing\.$/,
    ],
  },
  {
    what: 'the digest of an image in the record of the cluster',
    tamper: () =>
      attested.edit('cluster.json', ({ images }: { readonly images: readonly object[] }) => {
        Object.assign(images[0] ?? {}, { digest: `sha256:${'0'.repeat(64)}` })
      }),
    says: [
      'cluster.json was changed after the run was attested.',
      /^report\.json: digest of image \S+ is nothing, and cluster\.json has "sha256:0{64}"\.$/,
    ],
  },
  {
    what: 'who made the run',
    tamper: () => attested.edit('report.json', ({ run: made }: StoredReport) => Object.assign(made, { assessor: 'Somebody else' })),
    says: ['report.json: run.assessor is "Somebody else", and run.json makes it nothing.'],
  },
  {
    what: 'when the report was made',
    tamper: () =>
      attested.edit('report.json', ({ metadata }: StoredReport) => Object.assign(metadata, { creationTimestamp: '2026-01-01T00:00:00Z' })),
    says: [/^report\.json: metadata\.creationTimestamp is "2026-01-01T00:00:00Z", and run\.json makes it "2026-11-29T/],
  },
  {
    what: 'why a guarantee is in doubt, and what it took',
    tamper: () =>
      attested.edit('report.json', ({ guarantees }: StoredReport) => {
        const one = guarantees.find(({ id }) => id === inDoubt)
        Object.assign(one ?? {}, { reasons: [{ summary: 'All was well.' }], requests: 1, startedAt: '2026-01-01T00:00:00Z' })
      }),
    says: [
      new RegExp(`^report\\.json: the reasons of ${inDoubt} is .*All was well.*, and the files of the run make it `),
      new RegExp(`^report\\.json: the requests of ${inDoubt} is 1, and the files of the run make it \\d+\\.$`),
      new RegExp(`^report\\.json: the startedAt of ${inDoubt} is "2026-01-01T00:00:00Z", and the files of the run make it "2026-11-29T`),
    ],
  },
  {
    what: 'a file, of which the report is silent',
    tamper: () =>
      attested.edit('report.json', ({ guarantees }: StoredReport) => {
        const { evidence = [] } = guarantees.find(({ id }) => id === inDoubt) ?? {}
        evidence.splice(
          evidence.findIndex(({ path }) => path.endsWith('history.jsonl')),
          1,
        )
      }),
    says: [`report.json: evidence/${inDoubt}/history.jsonl is not in the evidence of ${inDoubt}, and is there.`],
  },
  {
    what: 'a guarantee, which is left out everywhere',
    tamper: () => {
      attested.edit('report.json', ({ guarantees, totals }: StoredReport) => {
        guarantees.splice(
          guarantees.findIndex(({ id }) => id === inDoubt),
          1,
        )
        const { Inconclusive, ...others } = { ...totals, guarantees: totals.guarantees - 1, ran: ('ran' in totals ? totals.ran : 0) - 1 }
        Object.assign(totals, others, { Inconclusive: Inconclusive - 1, ...('catalogue' in totals && { catalogue: totals.catalogue - 1 }) })
      })
      attested.edit('guarantees.json', (all: { readonly id: string }[]) => {
        all.splice(
          all.findIndex(({ id }) => id === inDoubt),
          1,
        )
      })
      attested.remove(`evidence/${inDoubt}`)
    },
    says: [
      `evidence/${inDoubt}/verdict.json is missing: it was there when the run was attested.`,
      new RegExp(`^report\\.json leaves out ${inDoubt}, which commit cf8957bd\\w+ has: it is neither selected nor skipped\\.$`),
    ],
  },
  {
    what: 'the statement of a guarantee',
    tamper: () =>
      attested.edit('guarantees.json', (all: { statement: string; readonly id: string }[]) => {
        for (const one of all) if (one.id === inDoubt) one.statement = 'Something is rolled out.'
      }),
    says: [
      'guarantees.json was changed after the run was attested.',
      new RegExp(`^guarantees\\.json: statement of ${inDoubt} is "Something is rolled out\\.", and in commit cf8957bd`),
      new RegExp(`^report\\.json: the statement of ${inDoubt} is .*, and guarantees\\.json makes it "Something is rolled out\\."\\.$`),
    ],
  },
  {
    what: 'an envelope that became a directory',
    tamper: () => {
      attested.remove(envelopeFile)
      mkdirSync(join(attested.run, envelopeFile))
    },
    says: [/^The attestation cannot be read: EISDIR/],
  },
  {
    what: 'a report that is no JSON any more',
    tamper: () => attested.write('report.json', '{'),
    says: ['report.json was changed after the run was attested.', /report\.json is not JSON\./],
  },
]

test.each(ofContents)('$what is found', async ({ tamper, says }) => {
  await tamper()
  const problems = (await verified(attested.keys.publicKey)).problems
  expect({ unsaid: unsaid({ says }, problems), problems }).toEqual({ unsaid: [], problems })
})

test('without a key all but the signature is verified, and that is said', async () => {
  const { problems, unproven } = await verified(undefined)
  expect({ problems, unproven }).toEqual({ problems: [], unproven: [expect.stringMatching(/^The signature was not verified/)] })
})

test('what was changed together with its attestation is found without a key where the evidence or the commit says otherwise', async () => {
  for (const file of [listFile, envelopeFile]) attested.remove(file)
  for (const { tamper } of ofContents.filter(({ what }) => what === 'a verdict' || what === 'the statement of a guarantee')) await tamper()
  const { problems } = await verified(undefined)
  expect(problems.filter((line) => line.startsWith(inDoubt) || line.includes('in commit'))).toHaveLength(2)
})
