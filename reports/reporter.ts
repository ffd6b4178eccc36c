import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Reporter, SerializedError, TestCase, TestModule, Vitest } from 'vitest/node'
import type { Guarantee } from '../harness/engine/guarantee.ts'
import type { Results, StoredVerdict } from './model/guarantee-files.ts'
import { currentStep } from './render/text/current-step.ts'
import { knownSoFar } from './known-failures/known-so-far.ts'
import { withProjectPaths } from './model/stack-paths.ts'
import { secondsOf } from './model/seconds.ts'
import { type LiveRow, liveLines, finishedLine, type VerdictWord } from './render/text/live-lines.ts'

const redrawMilliseconds = 500
/** Beyond this many seconds without a finished guarantee, a run that is not on a terminal says what it waits for. */
const silenceSeconds = 60

interface Row extends LiveRow {
  readonly startedAt: number
}

interface ShownVerdict {
  readonly verdict: VerdictWord
  readonly reason: string | undefined
  /** Seconds that the guarantee ran, without its wait for a slot, which Vitest counts. */
  readonly took: number | undefined
}

interface Result {
  readonly id: string
  readonly state: string
  readonly seconds: number
  readonly error: string | undefined
}

/**
 * Vitest reporter of conformance runs: live progress on a terminal, one line a finished guarantee elsewhere; `results.json`, and
 * `guarantees.json` where there is none yet, in the run directory. Says nothing else, but shows errors outside of guarantees.
 */
export default class ConformanceReporter implements Reporter {
  readonly #run = process.env['HOLDFAST_RUN'] ?? ''
  readonly #resultsFile = process.env['HOLDFAST_RESULTS'] ?? 'results.json'
  readonly #mutant = process.env['HOLDFAST_MUTANT']
  /** Controls run several at a time: they would draw over each other. */
  readonly #terminal = process.stdout.isTTY && process.env['CI'] === undefined && this.#mutant === undefined
  /** Where paths of stacks begin: at Holdfast, and at the project of Vitest. */
  #roots: readonly string[] = [dirname(import.meta.dirname)]
  readonly #rows = new Map<string, Row>()
  /** Those that Vitest has begun: under way, or waiting for their turn. */
  readonly #begun = new Set<string>()
  readonly #results = new Map<string, Results['results'][number]>()
  readonly #collected = new Map<string, Guarantee>()
  /** Vitest reports results without waiting: they are printed and written one after the other, in their order. */
  #printed: Promise<void> = Promise.resolve()
  #listed = false
  #drawn = 0
  #timer: NodeJS.Timeout | undefined
  #spokeAt = Date.now()

  onInit({ config }: Vitest): void {
    this.#roots = [config.root, ...this.#roots]
  }

  onTestModuleCollected(module: TestModule): void {
    for (const test of module.children.allTests()) {
      const guarantee = guaranteeOf(test)
      if (guarantee === undefined) continue
      this.#collected.set(guarantee.id, guarantee)
      this.#rows.set(guarantee.id, { id: guarantee.id, state: 'waiting', startedAt: 0, seconds: 0, step: '' })
    }
    this.#timer ??= setInterval(() => void this.#tick(), redrawMilliseconds)
  }

  onTestCaseReady(test: TestCase): void {
    const id = guaranteeOf(test)?.id
    if (id !== undefined) this.#begun.add(id)
  }

  async onTestCaseResult(test: TestCase): Promise<void> {
    const id = guaranteeOf(test)?.id
    if (id === undefined) return
    const { state, errors = [] } = test.result()
    const startedAt = test.diagnostic()?.startTime ?? Date.now()
    const durationSeconds = (test.diagnostic()?.duration ?? 0) / 1000
    this.#results.set(id, {
      id,
      state,
      startedAt: new Date(startedAt).toISOString(),
      durationSeconds,
      errors: errors.map(({ message, stack }) => ({ message, stack: withProjectPaths(stack ?? '', this.#roots) })),
    })
    this.#printed = this.#printed.then(() => this.#print({ id, state, seconds: durationSeconds, error: errors[0]?.message }))
    await this.#printed
  }

  async #print({ id, state, seconds, error }: Result): Promise<void> {
    const { verdict, reason, took } = await this.#verdictOf(id, state, error)
    this.#rows.delete(id)
    this.#begun.delete(id)
    this.#erase()
    const shown = this.#mutant === undefined ? id : `${id} under ${this.#mutant}`
    const known = await knownSoFar(this.#run, { id, verdict, reasons: reason === undefined ? [] : [{ summary: reason }] })
    const finished = { id: shown, verdict, seconds: took ?? seconds, reason, known, colour: this.#terminal }
    process.stdout.write(`${finishedLine(finished)}\n`)
    this.#spokeAt = Date.now()
    this.#draw()
    await this.#writeResults([])
  }

  async onTestRunEnd(modules: readonly TestModule[], errors: readonly SerializedError[]): Promise<void> {
    clearInterval(this.#timer)
    this.#erase()
    const outside = [
      ...errors.map(({ message, stack }) => stack ?? message),
      ...modules.flatMap((module) => module.errors().map(({ message, stack }) => `${module.relativeModuleId}: ${stack ?? message}`)),
    ]
    for (const text of outside) process.stderr.write(`An error outside of any guarantee: ${text}\n`)
    await this.#writeGuarantees()
    await this.#writeResults(outside)
  }

  async #verdictOf(id: string, state: string, error: string | undefined): Promise<ShownVerdict> {
    try {
      const stored = JSON.parse(await readFile(join(this.#run, 'evidence', id, 'verdict.json'), 'utf8')) as StoredVerdict
      const isSpoilt = stored.verdict === 'Passed' && state === 'failed'
      const shown = isSpoilt
        ? { verdict: 'Inconclusive' as const, reason: error }
        : { verdict: stored.verdict, reason: stored.reasons[0]?.summary }
      return { ...shown, took: secondsOf(stored) }
    } catch {
      return { verdict: 'Inconclusive', reason: error ?? 'The suite broke before it could judge.', took: undefined }
    }
  }

  async #tick(): Promise<void> {
    const now = Date.now()
    for (const id of this.#begun) {
      const row = this.#rows.get(id)
      // What has no history yet waits for its turn.
      const step = await currentStep(join(this.#run, 'evidence', id, 'history.jsonl'))
      if (step === undefined || row === undefined || this.#rows.get(id) !== row) continue
      const startedAt = row.state === 'waiting' ? now : row.startedAt
      this.#rows.set(id, { ...row, state: 'running', startedAt, seconds: (now - startedAt) / 1000, step })
    }
    if (this.#terminal) {
      this.#erase()
      this.#draw()
      return
    }
    if (now - this.#spokeAt < silenceSeconds * 1000) return
    this.#spokeAt = now
    const running = [...this.#rows.values()].filter(({ state }) => state === 'running')
    for (const { id, seconds, step } of running) process.stdout.write(`  running     ${id}  ${seconds.toFixed(0)} s  ${step}\n`)
  }

  #erase(): void {
    if (this.#drawn > 0) process.stdout.write(`\u001b[${this.#drawn}A\u001b[0J`)
    this.#drawn = 0
  }

  #draw(): void {
    if (!this.#terminal) return
    const lines = liveLines([...this.#rows.values()], {
      columns: process.stdout.columns || 100,
      rows: process.stdout.rows || 30,
      now: Date.now(),
    })
    process.stdout.write(lines.map((line) => `${line}\n`).join(''))
    this.#drawn = lines.length
  }

  async #writeGuarantees(): Promise<void> {
    const path = join(this.#run, 'guarantees.json')
    if (this.#listed || existsSync(path)) return
    this.#listed = true
    await writeFile(path, `${JSON.stringify([...this.#collected.values()])}\n`)
  }

  async #writeResults(errorsOutsideTests: readonly string[]): Promise<void> {
    const results: Results = {
      results: [...this.#results.values()],
      errorsOutsideTests: errorsOutsideTests.map((text) => withProjectPaths(text, this.#roots)),
    }
    await writeFile(join(this.#run, this.#resultsFile), `${JSON.stringify(results, null, 2)}\n`)
  }
}

function guaranteeOf(test: TestCase): Guarantee | undefined {
  return (test.meta() as { readonly guarantee?: Guarantee }).guarantee
}
