import { type Command, InvalidArgumentError } from 'commander'
import { readDurations } from '../budget/durations.ts'
import { sampleOf, simulatedSeconds, usualAssumptions } from '../in-cluster/simulate-shards.ts'
import { wholeNumber } from '../plan/run-flags.ts'
import { type JsonFlag, printJson, withJson } from '../shell/json-option.ts'
import { log } from '../shell/log.ts'
import { strictCommand } from '../shell/strict-command.ts'
import { table } from '../shell/table.ts'

interface ShardsOptions extends JsonFlag {
  readonly shards: readonly number[]
  readonly guarantees: readonly number[]
  readonly atATime: number
}

/** `holdfast shards`: how long guarantees would take over shards, without a cluster. */
export function shards(): Command {
  const command = strictCommand({ name: 'shards', summary: 'simulate how long guarantees take over shards, by the stored durations' })
  return withJson(command)
    .option('--guarantees <numbers>', 'how many guarantees, separated by commas', wholeNumbers, [10, 100, 1000])
    .option('--shards <numbers>', 'over how many shards, separated by commas', wholeNumbers, [1, 2, 4, 8, 16, 32])
    .option('--at-a-time <number>', 'how many of them a shard runs at a time', wholeNumber(1), usualAssumptions.atATime)
    .action(({ shards: over, guarantees, atATime, json = false }: ShardsOptions) => {
      const { guarantees: measured } = readDurations()
      const simulated = guarantees.map((count) => {
        const sample = sampleOf(measured, count)
        const seconds = over.map((each) => Math.round(simulatedSeconds(sample, each, { ...usualAssumptions, atATime })))
        return { guarantees: count, seconds: Object.fromEntries(over.map((each, place) => [each, seconds[place] ?? 0])) }
      })
      if (json) return printJson({ ...usualAssumptions, atATime, simulated })
      log(`Seconds from start to report, by ${Object.keys(measured).length} measured guarantees, ${atATime} at a time in each shard:`)
      const heading = ['guarantees', ...over.map((each) => (each === 1 ? '1 shard' : `${each} shards`))]
      const rows = simulated.map(({ guarantees: count, seconds }) => [String(count), ...over.map((each) => String(seconds[each] ?? ''))])
      for (const line of table([heading, ...rows])) log(line)
    })
}

function wholeNumbers(text: string): readonly number[] {
  const numbers = text.split(',').map(Number)
  if (numbers.some((each) => !Number.isInteger(each) || each < 1))
    throw new InvalidArgumentError('Write whole numbers of at least 1, such as 1,2,4.')
  return numbers
}
