import { setTimeout as pause } from 'node:timers/promises'
import { Failure, isFailureCode, failureCodes } from '../failure.ts'
import type { FaultSetting } from '../fault-setting.ts'
import type { Parameters } from '../messages.ts'
import type { Call } from '../service.ts'
import type { DataDirectory } from '../storage/data-directory.ts'
import type { FaultName } from './catalogue.ts'

/** Parameters of a class that are about faults. */
export const faultParameters = ['fault', 'faultTimes', 'faultCode', 'faultSeconds'] as const

const defaults = { times: 3, code: 'INTERNAL', seconds: 5 } as const

function readNumber(
  parameters: Parameters,
  { key, otherwise, largest }: { readonly key: string; readonly otherwise: number; readonly largest: number },
): number {
  const text = parameters[key]
  if (text === undefined) return otherwise
  const number = Number(text)
  if (text.trim() === '' || !Number.isFinite(number) || number < 0 || number > largest)
    throw new Failure('INVALID_ARGUMENT', `${key} is ${text}: give a number from 0 to ${largest}.`)
  return number
}

/**
 * Reads the fault that the parameters of a class ask for, one of `known`. Throws INVALID_ARGUMENT with the names there are for one
 * that is unknown, and for any where faults are off.
 */
export function readFault(
  parameters: Parameters,
  { known, faultsEnabled }: { readonly known: Readonly<Record<string, string>>; readonly faultsEnabled: boolean },
): FaultSetting | null {
  const { fault: name, faultCode: code = defaults.code } = parameters
  if (name === undefined) {
    const stray = faultParameters.find((key) => parameters[key] !== undefined)
    if (stray !== undefined) throw new Failure('INVALID_ARGUMENT', `${stray} is set without fault: set fault too, or leave it out.`)
    return null
  }
  if (!Object.hasOwn(known, name))
    throw new Failure('INVALID_ARGUMENT', `Unknown fault ${name}: choose one of ${Object.keys(known).join(', ')}.`)
  if (!faultsEnabled) throw new Failure('INVALID_ARGUMENT', `Fault ${name} is refused: start the driver with --faults to allow it.`)
  if (!isFailureCode(code)) throw new Failure('INVALID_ARGUMENT', `Unknown faultCode ${code}: choose one of ${failureCodes.join(', ')}.`)
  const times = readNumber(parameters, { key: 'faultTimes', otherwise: defaults.times, largest: 1_000_000 })
  const seconds = readNumber(parameters, { key: 'faultSeconds', otherwise: defaults.seconds, largest: 600 })
  return { name: name as FaultName, times, code, seconds }
}

/** Whether this is the fault in force; the call log then says so. */
export function faultApplies(fault: FaultSetting | null, name: FaultName, call: Call): boolean {
  if (fault?.name !== name) return false
  call.applyFault(name)
  return true
}

/** Makes the call fail as often as its fault says, counted across restarts. The caller holds the lock of `id`. */
export async function failSometimes(
  data: DataDirectory,
  { id, fault, name, call }: { readonly id: string; readonly fault: FaultSetting | null; readonly name: FaultName; readonly call: Call },
): Promise<void> {
  if (fault?.name !== name) return
  const key = `${id}.${name}`
  const { count } = (await data.faultCounts.read(key)) ?? { count: 0 }
  if (count >= fault.times) return
  await data.faultCounts.write(key, { count: count + 1 })
  call.applyFault(name)
  throw new Failure(fault.code, `Fault ${name}: failure ${count + 1} of ${fault.times}.`)
}

/** Forgets how often calls failed for a volume or snapshot that is being deleted. */
export async function forgetFaultCounts(data: DataDirectory, id: string): Promise<void> {
  for (const key of await data.faultCounts.ids()) if (key.startsWith(`${id}.`)) await data.faultCounts.remove(key)
}

/** Holds a call up where the fault `slow-calls` is in force. Called before any lock is taken. */
export async function delay(fault: FaultSetting | null, call: Call): Promise<void> {
  if (fault !== null && faultApplies(fault, 'slow-calls', call)) await pause(fault.seconds * 1000)
}
