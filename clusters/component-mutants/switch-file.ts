import { switchFunction } from './edit-source.ts'

/** Variable of a component's environment that names the mutant in force. */
export const mutantVariable = 'HOLDFAST_MUTANT'

/** Name of the file that each edited package of Go gets. */
export const switchFileName = 'zz_holdfast_mutant.go'

/** What a component prints when it starts with a mutant of its own. */
export function inForceLine(mutant: string): string {
  return `holdfast: mutant ${mutant} is in force`
}

/** What a component prints when it comes to the place of the mutant in force, at most once a second. */
export function reachedLine(mutant: string): string {
  return `holdfast: mutant ${mutant} was reached`
}

/**
 * The file that reads the variable, once at the start, and says whether a mutant of the package is switched on. It has two variables that
 * mutants may use: `holdfastStarted`, the time at which the process started, and `holdfastMemory`, an empty `sync.Map`.
 */
export function switchFile(packageName: string, mutants: readonly string[]): string {
  return `package ${packageName}

import (
	holdfastos "os"
	holdfastsync "sync"
	holdfastatomic "sync/atomic"
	holdfasttime "time"
)

var holdfastMutant = holdfastos.Getenv("${mutantVariable}")

var holdfastReached holdfastatomic.Int64

// For mutants to tell what is older than the process, and to remember what they saw.
var (
	holdfastStarted = holdfasttime.Now()
	holdfastMemory  holdfastsync.Map
)

func init() {
	switch holdfastMutant {
	case ${mutants.map((name) => JSON.stringify(name)).join(', ')}:
		holdfastos.Stderr.WriteString("${inForceLine('" + holdfastMutant + "')}\\n")
	}
}

func ${switchFunction}(name string) bool {
	if holdfastMutant != name {
		return false
	}
	last, now := holdfastReached.Load(), holdfasttime.Now().UnixMilli()
	if now-last >= 1000 && holdfastReached.CompareAndSwap(last, now) {
		holdfastos.Stderr.WriteString("${reachedLine('" + holdfastMutant + "')}\\n")
	}
	return true
}
`
}
