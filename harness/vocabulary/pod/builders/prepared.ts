import { containerAnnotation } from '../../../../contract/annotations.ts'
import { podSecurityLabels, type PodSecurityLevel, restrictedContainer, restrictedPod } from '../../../../contract/pod-security.ts'
import { containerWithSettings, withSettings, type WorkloadSettings } from '../../../../contract/workload.ts'
import type { Prepare } from '../../../engine/fixtures/namespace.ts'
import { field } from '../../../engine/object.ts'

/** What holds for every Pod of a guarantee. */
export interface PodRules {
  /** Level of the Pod Security Standards that is enforced where it runs. */
  readonly level: PodSecurityLevel
  /** What the user wants of it. */
  readonly settings: WorkloadSettings
}

interface Template {
  readonly metadata?: { readonly labels?: object; readonly annotations?: object }
  readonly spec: { readonly securityContext?: object; readonly containers?: readonly object[]; readonly initContainers?: readonly object[] }
}

/** Where a kind keeps its Pod, or the template of its Pods. */
const templatesOf: Readonly<Record<string, readonly string[]>> = {
  Pod: [],
  PodTemplate: ['template'],
  ReplicationController: ['spec', 'template'],
  ReplicaSet: ['spec', 'template'],
  Deployment: ['spec', 'template'],
  StatefulSet: ['spec', 'template'],
  DaemonSet: ['spec', 'template'],
  Job: ['spec', 'template'],
  CronJob: ['spec', 'jobTemplate', 'spec', 'template'],
}

/**
 * Makes what a suite sends keep the rules for its Pods: manifests of Pods and of what makes Pods, changes of such that give all containers
 * anew, and namespaces. What a suite says itself is never overruled.
 */
export function preparedFor(rules: PodRules): Prepare {
  const { level, settings } = rules
  const whole = (template: Template): Template => {
    const sized = withSettings(namingItsContainer(template), settings)
    return level === 'restricted' ? { ...sized, spec: restrictedPod(sized.spec) } : sized
  }
  const container = (given: object) => {
    const sized = containerWithSettings(given, settings)
    return level === 'restricted' ? restrictedContainer(sized) : sized
  }
  const containersAnew = ({ spec, ...template }: Template): Template => ({
    ...template,
    spec: { ...spec, ...(spec.containers && { containers: spec.containers.map(container) }) },
  })
  return {
    manifest(manifest) {
      if (manifest.kind === 'Namespace') {
        const labels = { ...podSecurityLabels(level), ...manifest.metadata.labels }
        return { ...manifest, metadata: { ...manifest.metadata, labels } }
      }
      return changedAt(manifest, templatesOf[manifest.kind], whole)
    },
    change: (kind, change) => changedAt(change, templatesOf[kind], containersAnew),
  }
}

/** A Pod whose own container can be told from those that others add to it. */
function namingItsContainer(template: Template): Template {
  const name = field(template.spec.containers?.[0], 'name')
  if (typeof name !== 'string') return template
  const { metadata } = template
  return { ...template, metadata: { ...metadata, annotations: { [containerAnnotation]: name, ...metadata?.annotations } } }
}

/** An object with another Pod, or template of Pods, at a path; the object itself where there is none. */
function changedAt<Given>(object: Given, path: readonly string[] | undefined, change: (template: Template) => Template): Given {
  if (path === undefined || field(object, ...path, 'spec') === undefined) return object
  const [name, ...rest] = path
  if (name === undefined) return change(object as unknown as Template) as unknown as Given
  return { ...object, [name]: changedAt(field(object, name), rest, change) }
}
