/** A signal that is aborted when this process is asked to end, so that what was made is removed before it does. */
export function interruption(): AbortSignal {
  const controller = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => controller.abort(new Error(`The measurement was ended by ${signal}.`)))
  return controller.signal
}
