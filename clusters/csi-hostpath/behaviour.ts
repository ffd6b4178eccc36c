import { setTimeout as pause } from 'node:timers/promises'
import { parseQuantity } from './node/quantity.ts'

/** What drivers may do one way or another and keep every rule of CSI. None of it is a fault. */
export interface Behaviour {
  /** Sizes of volumes are multiples of so many bytes. */
  readonly sizeStep: number
  /** Whether a volume grows while it is attached to a node, or only while it is not. */
  readonly expansion: 'online' | 'offline'
  /** Seconds that a new volume takes. */
  readonly provisionSeconds: number
  /** Seconds that attaching a volume to a node takes. */
  readonly attachSeconds: number
}

const blockSize = 4096

/** How the driver behaves unless it is told otherwise. */
export const usualBehaviour: Behaviour = { sizeStep: blockSize, expansion: 'online', provisionSeconds: 0, attachSeconds: 0 }

/** Flags of the command line for it. */
export const behaviourFlags = {
  'size-step': { type: 'string', default: String(usualBehaviour.sizeStep) },
  expansion: { type: 'string', default: usualBehaviour.expansion },
  'provision-seconds': { type: 'string', default: String(usualBehaviour.provisionSeconds) },
  'attach-seconds': { type: 'string', default: String(usualBehaviour.attachSeconds) },
} as const

/** Longest time, in seconds, that a call may be held up: callers give up after a minute. */
const longestPause = 30

/** Reads the flags. Throws one sentence that says what to change. */
export function readBehaviour(values: Readonly<Record<keyof typeof behaviourFlags, string>>): Behaviour {
  const sizeStep = parseQuantity(values['size-step'])
  if (sizeStep === undefined || sizeStep === 0 || sizeStep % blockSize !== 0)
    throw new Error(`--size-step=${values['size-step']} is not a size in whole blocks of ${blockSize} bytes: use one like 1Gi.`)
  const { expansion } = values
  if (expansion !== 'online' && expansion !== 'offline') throw new Error(`--expansion=${expansion} is unknown: use online or offline.`)
  const seconds = (flag: 'provision-seconds' | 'attach-seconds'): number => {
    const number = Number(values[flag])
    if (values[flag].trim() !== '' && number >= 0 && number <= longestPause) return number
    throw new Error(`--${flag}=${values[flag]} is not a number of seconds from 0 to ${longestPause}: give one.`)
  }
  return { sizeStep, expansion, provisionSeconds: seconds('provision-seconds'), attachSeconds: seconds('attach-seconds') }
}

/** Lets the time pass that a call takes. Called before any lock is taken. */
export async function takeTime(seconds: number): Promise<void> {
  if (seconds > 0) await pause(seconds * 1000)
}
