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
 * mutants may use: `holdfastStarted`, the time at which the process started, and `holdfastMemory`, an empty `sync.Map`. What a plug-in
 * prints is read by the process that started it, and Velero drops it: a process that runs the program of its parent prints where that does.
 */
export function switchFile(packageName: string, mutants: readonly string[]): string {
  return `package ${packageName}

import (
	holdfastos "os"
	holdfaststrconv "strconv"
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
		holdfastSay("${inForceLine('" + holdfastMutant + "')}\\n")
	}
}

func holdfastSay(line string) {
	parent := "/proc/" + holdfaststrconv.Itoa(holdfastos.Getppid())
	own, err := holdfastos.Readlink("/proc/self/exe")
	if started, failed := holdfastos.Readlink(parent + "/exe"); err == nil && failed == nil && started == own {
		if output, err := holdfastos.OpenFile(parent+"/fd/2", holdfastos.O_WRONLY|holdfastos.O_APPEND, 0); err == nil {
			defer output.Close()
			output.WriteString(line)
			return
		}
	}
	holdfastos.Stderr.WriteString(line)
}

func ${switchFunction}(name string) bool {
	if holdfastMutant != name {
		return false
	}
	last, now := holdfastReached.Load(), holdfasttime.Now().UnixMilli()
	if now-last >= 1000 && holdfastReached.CompareAndSwap(last, now) {
		holdfastSay("${reachedLine('" + holdfastMutant + "')}\\n")
	}
	return true
}
`
}
