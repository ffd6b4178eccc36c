import { spawnSync } from 'node:child_process'
import { createPublicKey, generateKeyPairSync } from 'node:crypto'
import { appendFileSync, cpSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { AttestedRun, inDoubt, publishedRuns, reportOf, type Tampering, unsaid } from '../testing/attested-run.ts'
import { filesBelow } from '../model/run-files.ts'
import type { StoredReport } from '../model/stored-report.ts'
import { attest, verifyAttestation } from './attestation.ts'
import { digestList } from './digest-list.ts'
import { type Envelope, payloadOf, readEnvelope, sealed } from './envelope.ts'
import { keyIdOf } from './signing-key.ts'
import type { Statement } from './statement.ts'

const otherName = 'v1.34.4-standard-20261129-005706-7681'

let attested: AttestedRun

beforeAll(async () => {
  attested = await AttestedRun.make()
})

beforeEach(() => attested.restore())

afterAll(() => attested.end())

async function problemsBy(key: typeof attested.keys.publicKey): Promise<readonly string[]> {
  return (await verifyAttestation(attested.run, { report: await reportOf(attested.run), key })).problems
}

/** Changes the statement, and signs it with the key of the run. */
function signAnew(change: (statement: Statement) => void): void {
  const statement = payloadOf(readEnvelope(attested.read('attestation.dsse.json'))) as Statement
  change(statement)
  attested.write('attestation.dsse.json', sealed(statement, attested.keys.privateKey))
}

/** What the attestation alone shows. */
const ofFiles: readonly Tampering[] = [
  {
    what: 'a history, with the lists of digests made anew',
    tamper: async () => {
      appendFileSync(join(attested.run, `evidence/${inDoubt}/history.jsonl`), '{}\n')
      attested.write('attestation.sha256', await digestList(attested.run))
    },
    says: ['attestation.sha256 is not the list that was attested: its digest is not the one in the statement.'],
  },
  {
    what: 'a list of digests',
    tamper: () => attested.replace(`evidence/${inDoubt}/SHA256SUMS`, 'history.jsonl', 'story.jsonl'),
    says: [`evidence/${inDoubt}/SHA256SUMS was changed after the run was attested.`],
  },
  {
    what: 'the list of what a copy keeps by digest',
    tamper: () => attested.replace('SHA256SUMS', '0', '1'),
    says: ['SHA256SUMS was changed after the run was attested.'],
  },
  {
    what: 'a timeline on the page',
    tamper: () => attested.replace('index.html', '<svg', '<svg hidden'),
    says: ['index.html was changed after the run was attested.'],
  },
  {
    what: 'a chapter of a story',
    tamper: () =>
      attested.edit('report.json', ({ guarantees }: StoredReport) => {
        const chapters = guarantees.flatMap((one) => one.chapters ?? [])
        Object.assign(chapters[0] ?? {}, { text: 'All was well.' })
      }),
    says: ['report.json was changed after the run was attested.'],
  },
  {
    what: 'a file that was added',
    tamper: () => attested.write(`evidence/${inDoubt}/note.txt`, 'All was well.\n'),
    says: [`evidence/${inDoubt}/note.txt was added after the run was attested.`],
  },
  {
    what: 'a file that was removed',
    tamper: () => attested.remove('junit.xml'),
    says: ['junit.xml is missing: it was there when the run was attested.'],
  },
  {
    what: 'a file that became a link',
    tamper: () => {
      attested.remove('junit.xml')
      symlinkSync('report.json', join(attested.run, 'junit.xml'))
    },
    says: ['junit.xml is neither a file nor a directory: no run writes that.'],
  },
  {
    what: 'the run, for another one',
    tamper: () => {
      const kept = ['attestation.sha256', 'attestation.dsse.json'].map((file) => [file, attested.read(file)] as const)
      attested.remove('.')
      cpSync(join(publishedRuns, otherName), attested.run, { recursive: true })
      for (const [file, text] of kept) attested.write(file, text)
    },
    says: ['The attestation is of run 20261129-185551-9292, and this is run 20261129-005706-7681.'],
  },
  {
    what: 'the payload of the envelope',
    tamper: () =>
      attested.edit('attestation.dsse.json', (envelope: Envelope) => {
        const statement = payloadOf(envelope) as Statement
        statement.predicate.result = 'PASSED'
        envelope.payload = Buffer.from(JSON.stringify(statement)).toString('base64')
      }),
    says: [
      /^attestation\.dsse\.json was changed after it was signed: its signature by key SHA256:\S+ does not fit its payload\.$/,
      'The statement says result PASSED, and report.json WARNED.',
    ],
  },
  {
    what: 'the signature, which another key made',
    tamper: () => {
      const { privateKey: other } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
      const statement = payloadOf(readEnvelope(attested.read('attestation.dsse.json')))
      attested.write('attestation.dsse.json', sealed(statement, other))
    },
    says: [/^attestation\.dsse\.json is not signed by key SHA256:\S+; it names SHA256:\S+\.$/],
  },
  {
    what: 'the digest of the report in the statement, by who has the key',
    tamper: () =>
      signAnew(({ subject }) => {
        for (const one of subject) if (one.name === 'report.json') one.digest.sha256 = '0'.repeat(64)
      }),
    says: [/^The statement has digest 0{64} of report\.json, and attestation\.sha256 has [0-9a-f]{64}\.$/],
  },
  {
    what: 'that the report is a subject of the statement',
    tamper: () => signAnew(({ subject }) => subject.splice(1)),
    says: [/^The statement has no digest of report\.json, and attestation\.sha256 has [0-9a-f]{64}\.$/],
  },
  {
    what: 'the digests of the configuration in the statement',
    tamper: () =>
      signAnew(({ predicate: { configuration } }) => {
        const byName = new Map(configuration.map((one) => [one.name, one]))
        Object.assign(byName.get('guarantees.json') ?? {}, { digest: { sha256: '0'.repeat(64) } })
        Object.assign(byName.get('holdfast') ?? {}, { digest: { gitCommit: '0'.repeat(40) } })
        Object.assign(byName.get('cluster.json') ?? {}, { name: 'other.json' })
      }),
    says: [
      /^The statement has digest 0{64} of guarantees\.json, and attestation\.sha256 has [0-9a-f]{64}\.$/,
      /^The statement has digest 0{40} of holdfast, and report\.json has cf8957bd[0-9a-f]{32}\.$/,
      /^The statement has no digest of cluster\.json, and attestation\.sha256 has [0-9a-f]{64}\.$/,
      /^The statement has digest [0-9a-f]{64} of other\.json, and attestation\.sha256 has none\.$/,
    ],
  },
  {
    what: 'the type of the statement',
    tamper: () => attested.write('attestation.dsse.json', sealed({ predicateType: 'https://example.com/other' }, attested.keys.privateKey)),
    says: [/^attestation\.dsse\.json: predicateType of the statement: /, /^attestation\.dsse\.json: subject of the statement: /],
  },
  {
    what: 'an envelope that is cut off',
    tamper: () => attested.write('attestation.dsse.json', attested.read('attestation.dsse.json').slice(0, 500)),
    says: ['attestation.dsse.json is cut off or damaged: it is not JSON.'],
  },
  {
    what: 'an envelope without a signature',
    tamper: () =>
      attested.edit('attestation.dsse.json', (envelope: Envelope) => {
        envelope.signatures = []
      }),
    says: ['attestation.dsse.json has no signature.'],
  },
  {
    what: 'an envelope that is gone',
    tamper: () => attested.remove('attestation.dsse.json'),
    says: ['attestation.dsse.json is missing: the attestation is not whole.'],
  },
  {
    what: 'an attestation that is gone',
    tamper: () => {
      for (const file of ['attestation.sha256', 'attestation.dsse.json']) attested.remove(file)
    },
    says: ['The run has no attestation: there is no attestation.dsse.json.'],
  },
]

test.each(ofFiles)('$what is found', async ({ tamper, says }) => {
  await tamper()
  const problems = await problemsBy(attested.keys.publicKey)
  expect({ unsaid: unsaid({ says }, problems), problems }).toEqual({ unsaid: [], problems })
})

test('a key that did not sign the run is named, and so is the one that did', async () => {
  const wrongKey = createPublicKey(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey)
  const id = keyIdOf(attested.keys.publicKey)
  expect(await problemsBy(wrongKey)).toEqual([`attestation.dsse.json is not signed by key ${keyIdOf(wrongKey)}; it names ${id}.`])
})

test('an attestation is never replaced, and the one that is there stays as it is', async () => {
  const before = attested.read('attestation.sha256')
  const again = attest(attested.run, { report: await reportOf(attested.run), key: attested.keys.privateKey })
  await expect(again).rejects.toThrow('EEXIST')
  expect(attested.read('attestation.sha256')).toBe(before)
  attested.remove('attestation.sha256')
  await expect(attest(attested.run, { report: await reportOf(attested.run), key: attested.keys.privateKey })).rejects.toThrow('EEXIST')
  expect(() => attested.read('attestation.sha256')).toThrow('ENOENT')
})

test('an attestation that the disk has no room for leaves no part of it behind, and is made when there is room', async () => {
  for (const file of ['attestation.sha256', 'attestation.dsse.json']) attested.remove(file)
  const before = await filesBelow(attested.run)
  const [key, imported] = [
    attested.keys.privateKey.export({ type: 'pkcs8', format: 'pem' }),
    (path: string) => join(import.meta.dirname, path),
  ]
  const script = `import { createPrivateKey } from 'node:crypto'
    import { attest } from ${JSON.stringify(imported('attestation.ts'))}
    import { reportOf } from ${JSON.stringify(imported('../testing/attested-run.ts'))}
    const run = ${JSON.stringify(attested.run)}
    await attest(run, { report: await reportOf(run), key: createPrivateKey(${JSON.stringify(key)}) })`
  const { status, stderr } = spawnSync('sh', ['-c', 'ulimit -f 8; exec node --input-type=module --eval "$0"', script], { encoding: 'utf8' })
  expect([status, stderr]).toEqual([1, expect.stringContaining('EFBIG')])
  expect(await filesBelow(attested.run)).toEqual(before)
  await attest(attested.run, { report: await reportOf(attested.run), key: attested.keys.privateKey })
  expect(await problemsBy(attested.keys.publicKey)).toEqual([])
})

test('what no list of digests can hold is not attested', async () => {
  symlinkSync('report.json', join(attested.run, 'link'))
  await expect(digestList(attested.run)).rejects.toThrow('"link" is not a file that a run writes.')
  attested.remove('link')
  attested.write('two\nlines', '')
  await expect(digestList(attested.run)).rejects.toThrow(String.raw`"two\nlines" is not a file that a run writes.`)
})
