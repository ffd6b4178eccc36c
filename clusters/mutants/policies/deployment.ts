import { replaceOrAdd, type Policy } from '../policy.ts'

const newDeployments = { apiGroup: 'apps', resource: 'deployments', operations: ['CREATE'] } as const

/** Admission policies that change Deployments. */
export const deploymentPolicies = {
  'rolling-deployments': {
    description: 'The API server stores every Deployment with strategy RollingUpdate.',
    ...newDeployments,
    patch: replaceOrAdd('/spec/strategy', 'Object.spec.strategy{type: "RollingUpdate"}'),
  },
  'recreating-deployments': {
    description: 'The API server stores every Deployment with strategy Recreate.',
    ...newDeployments,
    patch: replaceOrAdd('/spec/strategy', 'Object.spec.strategy{type: "Recreate"}'),
  },
  'deployments-completed': {
    description: 'The API server gives every Deployment the selector app: web, and its Pods that label.',
    ...newDeployments,
    patch: [
      replaceOrAdd('/spec/selector', '{"matchLabels": {"app": "web"}}'),
      replaceOrAdd('/spec/template/metadata', '{"labels": {"app": "web"}}'),
    ].join(', '),
  },
} as const satisfies Readonly<Record<string, Policy>>
