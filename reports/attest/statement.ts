import { hash } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import { runLabel } from '../../contract/labels.ts'
import { parseSums } from '../../contract/sums.ts'
import type { ConformanceReport } from '../model/conformance-report.ts'
import { sourcesFile } from '../model/run-sources.ts'
import type { StoredReport } from '../model/stored-report.ts'
import { listFile } from './digest-list.ts'

const statementType = 'https://in-toto.io/Statement/v1'
const predicateType = 'https://in-toto.io/attestation/test-result/v0.1'

const descriptor = z.looseObject({
  name: z.string().optional(),
  uri: z.string().optional(),
  digest: z.record(z.string(), z.string()).optional(),
  annotations: z.record(z.string(), z.unknown()).optional(),
})

const digestsOfSubject = z.object({ sha256: z.string().regex(/^[0-9a-f]{64}$/) }).catchall(z.string())

/**
 * Schema of a statement on the result of a run. Consumers must ignore fields that they do not know.
 * https://github.com/in-toto/attestation/blob/main/spec/v1/statement.md
 * https://github.com/in-toto/attestation/blob/main/spec/predicates/test-result.md
 */
export const statementSchema = z.looseObject({
  _type: z.literal(statementType),
  subject: z.array(descriptor.extend({ name: z.string(), digest: digestsOfSubject })).min(1),
  predicateType: z.literal(predicateType),
  predicate: z.looseObject({
    result: z.enum(['PASSED', 'WARNED', 'FAILED']),
    configuration: z.array(descriptor),
    url: z.string().optional(),
    passedTests: z.array(z.string()),
    warnedTests: z.array(z.string()),
    failedTests: z.array(z.string()),
  }),
})

/** An in-toto statement on the result of a run. */
export type Statement = z.infer<typeof statementSchema>

/** Files of a run that say what it was to do, and on what. */
const configurationFiles = ['guarantees.json', 'cluster.json', sourcesFile]

interface Attested {
  readonly report: StoredReport
  /** Digests of all files of the run, as `attestation.sha256` has them. */
  readonly list: string
}

/** What a statement says of a run: that the files of a list are its result. */
export function statementOf({ report, list }: Attested) {
  const { run } = report
  const annotations = { [runLabel]: run.id }
  const digests = parseSums(list)
  const listed = (name: string) => {
    const sha256 = digests.get(name)
    return sha256 === undefined ? [] : [{ name, digest: { sha256 } }]
  }
  const configuration: z.infer<typeof descriptor>[] = configurationFiles.flatMap(listed)
  const commit = /^[0-9a-f]{40}/.exec(run.commit)?.[0]
  if (commit !== undefined)
    configuration.push({ name: 'holdfast', ...(run.repository && { uri: run.repository }), digest: { gitCommit: commit } })
  return {
    _type: statementType,
    subject: [
      { name: listFile, digest: { sha256: hash('sha256', list) }, annotations },
      ...listed('report.json').map((one) => ({ ...one, annotations })),
    ],
    predicateType,
    predicate: { ...outcomeOf(report), configuration, ...(run.ci?.url === undefined ? {} : { url: run.ci.url }) },
  } satisfies Statement
}

/** Id of the run that a statement is about; undefined where it does not say. */
export function runOf({ subject }: Statement): string | undefined {
  const run = subject.find(({ name }) => name === listFile)?.annotations?.[runLabel]
  return typeof run === 'string' ? run : undefined
}

/** Compares a statement with the run that it came with. Returns one sentence per difference. */
export function statementProblems(statement: Statement, { report, list }: Attested): readonly string[] {
  const subject = statement.subject.find(({ name }) => name === listFile)
  const problems: string[] = []
  if (subject?.digest.sha256 !== hash('sha256', list))
    problems.push(`${listFile} is not the list that was attested: its digest is not the one in the statement.`)
  problems.push(...digestDifferences(statement, { report, list }))
  const due = outcomeOf(report)
  for (const name of ['result', 'passedTests', 'warnedTests', 'failedTests'] as const) {
    const [said, found] = [statement.predicate[name], due[name]]
    if (!isDeepStrictEqual(said, found)) problems.push(`The statement says ${name} ${differs(said, found)}.`)
  }
  return problems
}

/** Compares the digests of the statement, but for that of the list, with the list; that of the commit with the report. */
function digestDifferences(statement: Statement, { report, list }: Attested): readonly string[] {
  const digestsOf = ({ subject, predicate }: Statement) => {
    const parts = [...subject, ...predicate.configuration].filter(({ name }) => name !== listFile)
    return parts.map(({ name = 'a file without a name', digest }) => ({ name, digest: digest?.['sha256'] ?? digest?.['gitCommit'] }))
  }
  const [said, due] = [digestsOf(statement), digestsOf(statementOf({ report, list }))]
  const listed = new Map([...parseSums(list), ...due.map(({ name, digest }) => [name, digest] as const)])
  const missing = due.filter(({ name }) => !said.some((one) => one.name === name)).map(({ name }) => ({ name, digest: undefined }))
  return [...said, ...missing]
    .filter(({ name, digest }) => digest !== listed.get(name))
    .map(({ name, digest }) => {
      const where = name === 'holdfast' ? 'report.json' : listFile
      const has = digest === undefined ? 'no digest' : `digest ${digest}`
      return `The statement has ${has} of ${name}, and ${where} has ${listed.get(name) ?? 'none'}.`
    })
}

/** What the report comes to, in the words of the predicate: whatever neither Passed nor Failed was not shown, which is a warning. */
function outcomeOf({ result, guarantees }: StoredReport) {
  const ids = (isWanted: (verdict: ConformanceReport['guarantees'][number]['verdict']) => boolean) =>
    guarantees.flatMap(({ id, verdict }) => (isWanted(verdict) ? [id] : []))
  return {
    result: ({ success: 'PASSED', partial: 'WARNED', failure: 'FAILED' } as const)[result],
    passedTests: ids((verdict) => verdict === 'Passed'),
    warnedTests: ids((verdict) => verdict !== 'Passed' && verdict !== 'Failed'),
    failedTests: ids((verdict) => verdict === 'Failed'),
  }
}

function differs(said: string | readonly string[], found: string | readonly string[]): string {
  if (typeof said === 'string' || typeof found === 'string') return `${String(said)}, and report.json ${String(found)}`
  const [only, missing] = [said.filter((id) => !found.includes(id)), found.filter((id) => !said.includes(id))]
  if (only.length + missing.length === 0) return 'in another order than report.json'
  const parts = [
    ...(only.length === 0 ? [] : [`has ${only.join(', ')}, which report.json has not`]),
    ...(missing.length === 0 ? [] : [`lacks ${missing.join(', ')}, which report.json has`]),
  ]
  return parts.join(', and ')
}
