import { mkdirSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import type { SerializedError } from 'vitest'
import type { Reporter, TestCase, TestModule, TestSuite, Vitest } from 'vitest/node'
import { messageOf } from '../harness/engine/causes.ts'
import type { FailedTest, TestRecord } from './model/test-record.ts'
import { allureTestResult, type EndedTest, fullNameOf } from './render/allure/allure-test-result.ts'
import { AllureWriter } from './render/allure/allure-writer.ts'

/** Name of what went wrong in a file but in none of its tests: an import, a hook of a whole describe. */
const outside = 'outside of its tests'

/**
 * Vitest reporter of tests that need no cluster. Writes into the directory that `HOLDFAST_TESTS` names: a result for Allure of each test in
 * `allure-results/`, as it ends, and `<project>.json`, the record of the run, when one fails and at the end. Prints nothing, but that
 * results could not be written.
 */
export default class TestReporter implements Reporter {
  readonly #directory = process.env['HOLDFAST_TESTS'] ?? ''
  readonly #counts = { passed: 0, failed: 0, skipped: 0 }
  readonly #failedTests: { readonly place: number; readonly failed: FailedTest }[] = []
  /** The place of each test among all that were found, by its id: a busy machine may tell of the next one first. */
  readonly #places = new Map<string, number>()
  /** Which of several tests of one name a test is, by its id; a test with a name of its own is not in it. */
  readonly #occurrences = new Map<string, number>()
  /** Modules under way. Each has a worker to itself, whose number Vitest does not tell: it is the place in this list. */
  readonly #workers: (string | undefined)[] = []
  #outsideOf = new Map<string, number>()
  #writer: AllureWriter | undefined
  #cannotWrite = false
  #root = ''
  #projects: readonly string[] = []

  onInit({ config, projects }: Vitest): void {
    this.#root = config.root
    this.#projects = projects.map(({ name }) => name)
  }

  onTestModuleCollected(module: TestModule): void {
    const seen = new Map<string, number>()
    for (const { id, fullName } of module.children.allTests()) {
      const occurrence = (seen.get(fullName) ?? 0) + 1
      seen.set(fullName, occurrence)
      if (occurrence > 1) this.#occurrences.set(id, occurrence)
      this.#places.set(id, this.#places.size)
    }
  }

  onTestModuleStart({ id }: TestModule): void {
    const free = this.#workers.indexOf(undefined)
    this.#workers[free === -1 ? this.#workers.length : free] = id
  }

  onTestCaseResult(test: TestCase): void {
    const result = test.result()
    if (result.state === 'pending') return
    const { startTime = Date.now(), duration = 0 } = test.diagnostic() ?? {}
    const ended = {
      names: [...describesOf(test.parent), test.name],
      occurrence: this.#occurrences.get(test.id) ?? 1,
      state: result.state,
      errors: result.errors ?? [],
      why: result.state === 'skipped' ? (result.note ?? whyNot(test)) : undefined,
      start: startTime,
      took: duration,
    } as const
    this.#end(test.module, ended, this.#places.get(test.id))
  }

  onTestSuiteResult(suite: TestSuite): void {
    this.#breakOutside(suite.module, { describes: describesOf(suite), errors: suite.errors() })
  }

  onTestModuleEnd(module: TestModule): void {
    this.#breakOutside(module, { describes: [], errors: module.errors() })
    const worker = this.#workers.indexOf(module.id)
    if (worker !== -1) this.#workers[worker] = undefined
  }

  onTestRunEnd(modules: readonly TestModule[], errors: readonly SerializedError[]): void {
    for (const module of modules.filter((each) => ['pending', 'queued'].includes(each.state()))) {
      this.#breakOutside(module, { describes: [], errors: [{ message: 'The file did not end: its worker went away, or was stopped.' }] })
    }
    for (const error of errors) {
      const { VITEST_TEST_PATH: path, VITEST_TEST_NAME: name } = error
      const module = modules.find(({ moduleId }) => moduleId === path)
      this.#breakOutside(module, { describes: typeof name === 'string' ? name.split(' > ') : [], errors: [error] })
    }
    this.#writeRecord()
  }

  /** Counts errors of no single test as one test that failed. */
  #breakOutside(
    module: TestModule | undefined,
    { describes, errors }: { readonly describes: readonly string[]; readonly errors: readonly SerializedError[] },
  ): void {
    if (errors.length === 0) return
    const key = [module?.id ?? '', ...describes].join(' > ')
    const occurrence = (this.#outsideOf.get(key) ?? 0) + 1
    this.#outsideOf.set(key, occurrence)
    this.#end(module, { names: [...describes, outside], occurrence, state: 'failed', errors, start: Date.now(), took: 0 })
  }

  #end(module: TestModule | undefined, ended: Omit<EndedTest, 'project' | 'file' | 'worker'>, place = Number.MAX_SAFE_INTEGER): void {
    const project = module?.project.name ?? this.#projects[0] ?? ''
    const worker = `${project} ${module === undefined ? 0 : this.#workers.indexOf(module.id) + 1}`
    const test = { ...ended, project, worker, file: module && relative(this.#root, module.moduleId) }
    this.#counts[test.state] += 1
    const result = allureTestResult(test)
    this.#write(result)
    if (test.state !== 'failed') return
    this.#failedTests.push({ place, failed: { name: fullNameOf(test), message: result.statusDetails.message ?? '' } })
    this.#writeRecord()
  }

  #writeRecord(): void {
    const failedTests = this.#failedTests.toSorted((one, other) => one.place - other.place).map(({ failed }) => failed)
    const record: TestRecord = { ...this.#counts, failedTests }
    mkdirSync(this.#directory, { recursive: true })
    writeFileSync(join(this.#directory, `${this.#projects.join('-')}.json`), `${JSON.stringify(record, null, 2)}\n`)
  }

  /** Results for Allure are an export: a full disk costs them, not the tests. */
  #write(result: ReturnType<typeof allureTestResult>): void {
    if (this.#cannotWrite) return
    const resultsDir = join(this.#directory, 'allure-results')
    try {
      this.#writer ??= new AllureWriter({ resultsDir })
      this.#writer.writeResult(result)
    } catch (error) {
      this.#cannotWrite = true
      const fix = 'Free disk space there, or make it writable.'
      process.stderr.write(`Results for Allure cannot be written to ${resultsDir}: ${messageOf(error)}. ${fix}\n`)
    }
  }
}

/** Names of a describe and of those around it, from the outermost. */
function describesOf(suite: TestSuite | TestModule): readonly string[] {
  return suite.type === 'module' ? [] : [...describesOf(suite.parent), suite.name]
}

/** Why a test was skipped that does not say so itself. */
function whyNot({ options, parent, fullName }: TestCase): string | undefined {
  if (options.mode === 'todo') return 'not written yet: todo'
  for (let around = parent; ; around = around.parent) {
    const [error] = around.errors()
    if (error !== undefined) return `a hook before it failed: ${error.message}`
    if (around.type === 'module') break
  }
  // As describes say it whose condition knows the reason.
  return /\(skipped: (.+?)\)(?: > |$)/.exec(fullName)?.[1]
}
