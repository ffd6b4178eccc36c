import type { MeasurementName } from '../../engine/measurement.ts'
import { Inconclusive } from '../../engine/judge/errors.ts'
import { type DataFixtures, workloadIn } from '../data/workload-in.ts'

/** Directory in which Jobs keep dumps, on a PersistentVolumeClaim of their own. */
export const dumpDirectory = '/dumps'

/** One file with the name of a dump. */
export interface FoundDump {
  readonly name: string
  readonly bytes: number
  readonly sha256: string
  /** Whether it can be unpacked and ends as a dump does. */
  readonly whole: boolean
}

/** The volume of dumps in a Pod. What was read is kept in the history, outside the volume. */
export interface Dumps {
  /** Keeps which dumps there are, by name. */
  read(label: string): Promise<MeasurementName>
  /** Makes the dumps `oldDumps`. */
  makeOld(): Promise<void>
  /** Lets every dump be of nine days and twelve hours ago. */
  growOld(): Promise<void>
}

const ages = { kept: [6, 7], pruned: [8, 9] } as const
const nameOf = (days: number) => `old-${days}.sql.gz`

/** Dumps of 6, 7, 8 and 9 days and twelve hours ago: what `-mtime +7` keeps of them and what it prunes, as it counts whole days only. */
export const oldDumps = { kept: ages.kept.map(nameOf), pruned: ages.pruned.map(nameOf) }

const reading = `
cd ${dumpDirectory} && for file in *.sql.gz; do
  [ -e "$file" ] || continue
  gzip --decompress --stdout "$file" 2> /dev/null | tail --lines 5 | grep --quiet 'PostgreSQL database dump complete' && whole=true || whole=false
  jq --null-input --compact-output --arg name "$file" --argjson bytes "$(stat --format %s "$file")" --argjson whole $whole \\
    --arg sha256 "$(sha256sum "$file" | cut --delimiter ' ' --fields 1)" '{$name, $bytes, $sha256, $whole}'
done`

const makingOld = `
cd ${dumpDirectory} && for days in "$@"; do
  echo '-- PostgreSQL database dump complete' | gzip > "old-$days.sql.gz"
  touch --date "$days days ago 12 hours ago" "old-$days.sql.gz"
done`

const growingOld = `touch --date '9 days ago 12 hours ago' ${dumpDirectory}/*.sql.gz`

/** The volume of dumps that a Pod with the clients of a database mounts. */
export function dumpsIn(pod: string, fixtures: DataFixtures): Dumps {
  const bash = async (script: string, ...options: readonly string[]) => {
    const { exitCode, stdout, stderr } = await fixtures.namespace.exec(pod, ['bash', '-c', script, 'bash', ...options])
    if (exitCode === 0) return stdout
    throw new Inconclusive().withDetails({
      reason: { summary: `The dumps in Pod ${pod} could not be read or made.`, actual: stderr.trim() },
    })
  }
  return {
    async read(label) {
      const lines = (await bash(reading)).split('\n').filter((line) => line !== '')
      return workloadIn(pod, fixtures).keep(
        'dumps',
        label,
        lines.map((line): FoundDump => JSON.parse(line) as FoundDump),
      )
    },
    growOld: async () => void (await bash(growingOld)),
    makeOld: async () => void (await bash(makingOld, ...[...ages.kept, ...ages.pruned].map(String))),
  }
}
