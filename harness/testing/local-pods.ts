import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { onTestFinished } from 'vitest'
import { temporaryPrefix } from '../../contract/owner.ts'
import type { DataFixtures } from '../vocabulary/data/workload-in.ts'
import { dataDirectory } from '../vocabulary/pod/builders/workload-container.ts'

/** What commands of Pods run with on this machine, and the values that were measured, by label. */
export interface LocalPods extends DataFixtures {
  /** In place of the volume, which all of the Pods mount. */
  readonly data: string
  readonly measured: ReadonlyMap<string, unknown>
}

/**
 * Runs the commands of Pods on this machine, until the test is over. Where they name the directory of the volume or `/tmp`, they get one of
 * the test, or of the test and the Pod; where they name another text of `instead`, they get what stands for it.
 */
export function localPods(instead: Readonly<Record<string, string>> = {}): LocalPods {
  const root = mkdtempSync(join(tmpdir(), temporaryPrefix('unit')))
  const data = join(root, 'volume')
  mkdirSync(data)
  const groups = new Set<number>()
  onTestFinished(() => {
    for (const group of groups) endGroup(group)
    rmSync(root, { recursive: true })
  })
  const measured = new Map<string, unknown>()
  return {
    data,
    measured,
    measure: (_what, label, { value }) => measured.set(label, value),
    namespace: {
      async exec(pod, command) {
        const own = join(root, pod)
        mkdirSync(own, { recursive: true })
        const texts = Object.entries({ ...instead, '/tmp/': `${own}/`, [`${dataDirectory}/`]: `${data}/` })
        const here = (word: string) => texts.reduce((text, [there, local]) => text.replaceAll(there, local), word)
        const [program = '', ...words] = command.map(here)
        // A process group of its own: what goes on in the background is ended with the test.
        const child = execa(program, words, { reject: false, detached: true })
        if (child.pid !== undefined) groups.add(child.pid)
        const { exitCode = -1, stdout, stderr } = await child
        return { exitCode, stdout, stderr }
      },
    },
  }
}

function endGroup(group: number): void {
  try {
    process.kill(-group, 'SIGKILL')
  } catch {
    // All of it has ended.
  }
}
