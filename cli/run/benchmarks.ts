/** Benchmarks of the harness: the script of each, the number it takes, and what it says before it begins. */
export const benchmarks = {
  events: { script: 'event-latency.ts', number: 'samples', says: (count: number) => `Measuring ${count} events` },
  storage: {
    script: 'storage-speed.ts',
    number: 'rounds',
    says: (count: number) => `Measuring the CSI driver in ${count} ${count === 1 ? 'round' : 'rounds'}`,
  },
  growth: { script: 'growth.ts', number: 'pods', says: (count: number) => `Measuring StatefulSets of up to ${count} Pods` },
} as const

/** Name of a benchmark on the command line. */
export type BenchmarkName = keyof typeof benchmarks
