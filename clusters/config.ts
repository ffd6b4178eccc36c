import type { WorkloadSettings } from '../contract/workload.ts'
import type { Profile } from './images/plan.ts'

/** What a user may set in `holdfast.yaml` or by flags; the command line validates it. */
export interface Config {
  /** Registry that mirrors the public ones, for example `mirror.example.com/k8s`. */
  readonly mirror?: string | undefined
  /** Never ask a registry: build every image from Go modules and Debian packages. */
  readonly offline?: boolean | undefined
  /** Number of workers, at least 2. */
  readonly workers?: number | undefined
  /** Profile of the cluster. */
  readonly profile?: Profile | undefined
  /** What the user wants of every Pod. */
  readonly workload?: WorkloadSettings | undefined
}
