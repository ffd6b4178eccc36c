import type { Condition } from './check.ts'
import type { Example } from './define-check.ts'
import type { HistoryEntry } from '../history/history-entry.ts'
import { UndefinedName } from './undefined-name.ts'

/** A condition as it is defined. The histories that show it true and not true stand in `x.examples.ts` beside it. */
export interface ConditionDefinition<Params> {
  /** Registered name; it is stored with every judgement, so it never changes its meaning. */
  readonly name: string
  /** Kinds whose observations decide whether it holds; none where it reads measurements alone. */
  readonly reads: readonly string[]
  /** Kinds that `unreachable` looks at as well, where they are watched. */
  readonly mayRead?: readonly string[]
  /** The state in words that follow "did not reach": `3 Pods of web Ready`. */
  describe(params: Params): string
  holds(params: Params, history: readonly HistoryEntry[]): boolean
  /** Says why the condition can no longer come true, or undefined while it can. */
  unreachable?(params: Params, history: readonly HistoryEntry[]): string | undefined
  /** What was seen instead, in a few words; it may look at whatever else is watched. */
  seen?(params: Params, history: readonly HistoryEntry[]): string
}

/** The histories that a condition is tried on: in some it holds, in some it does not. */
export interface ConditionExamples<Params> {
  readonly holds: readonly Example<Params>[]
  readonly not: readonly Example<Params>[]
}

/** The examples of what `defineCondition` has returned. */
export type ConditionExamplesOf<Make> = Make extends (params: infer Params) => Condition ? ConditionExamples<Params> : never

/** A condition in the registry, its parameters no longer typed. */
export interface RegisteredCondition {
  readonly name: string
  /** Kinds that `unreachable` reads in addition to those of the condition. */
  readonly mayRead: readonly string[]
  make(params: unknown): Condition
}

const registry = new Map<string, RegisteredCondition>()

/** Defines and registers a condition. The result makes the condition for given parameters, which must survive JSON unchanged. */
export function defineCondition<Params>(definition: ConditionDefinition<Params>): (params: Params) => Condition {
  const { name, reads, unreachable, seen } = definition
  if (registry.has(name)) throw new TypeError(`Condition ${name} is defined twice: rename one of them.`)
  const make = (params: Params): Condition => ({
    name,
    params,
    description: definition.describe(params),
    reads,
    holds: (history) => definition.holds(params, history),
    ...(unreachable && { unreachable: (history) => unreachable(params, history) }),
    ...(seen && { seen: (history) => seen(params, history) }),
  })
  registry.set(name, { name, mayRead: definition.mayRead ?? [], make: (params) => make(params as Params) })
  return make
}

/** Every registered condition, by name. */
export function registeredConditions(): readonly RegisteredCondition[] {
  return [...registry.values()]
}

/** Makes a condition again from what a judgement recorded. Throws for a name that is not registered. */
export function conditionByName(name: string, params: unknown): Condition {
  const registered = registry.get(name)
  if (registered === undefined) throw new UndefinedName('condition', name)
  return registered.make(params)
}
