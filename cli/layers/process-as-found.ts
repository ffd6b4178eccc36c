import { afterAll } from 'vitest'
import { changesOf, stateOfProcess } from './process-state.ts'

// A setup file of the unit tests: those of several files share a process, so each file leaves it as it found it.
const found = stateOfProcess()

afterAll(() => {
  const changes = changesOf(found, stateOfProcess())
  if (changes.length === 0) return
  throw new Error(`This file changes ${changes.join(', ')} for the tests that follow. Put it back with onTestFinished or afterEach.`)
})
