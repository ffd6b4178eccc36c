import { ApiException, AuthorizationV1Api, type V1ResourceAttributes } from '@kubernetes/client-node'
import { grantable, resourceText, type Right, rightsOf, type RightsRule, rulesOf } from '../../contract/rights.ts'
import { SetupError } from '../setup-error.ts'
import type { OpenCluster } from './open-cluster.ts'
import { within } from './within.ts'

/** Rights that are needed, and how somebody gets them. */
export interface NeededRights {
  readonly rules: readonly RightsRule[]
  /** Command that prints the roles with these rights. */
  readonly grant: string
}

const answersWithin = 30
const atATime = 20
const namedAtMost = 8

/** Asks the API server for each right. Throws a `SetupError` that names those which are missing. */
export async function requireRights({ api, context, server }: OpenCluster, { rules, grant }: NeededRights): Promise<void> {
  const client = api.config.makeApiClient(AuthorizationV1Api)
  const isAllowed = async (right: Right): Promise<boolean> => {
    const { status } = await client.createSelfSubjectAccessReview({ body: { spec: { resourceAttributes: attributesOf(right) } } })
    return status?.allowed === true
  }
  const refused = async (): Promise<readonly Right[]> => {
    const found: Right[] = []
    const left = [...rightsOf(grantable(rules))]
    while (left.length > 0) {
      const asked = left.splice(0, atATime)
      const answers = await Promise.all(asked.map(isAllowed))
      found.push(...asked.filter((_, place) => answers[place] === false))
    }
    return found
  }
  const asked = refused().catch((error: unknown) => {
    // Whoever is authenticated may ask; so nobody was.
    if (!(error instanceof ApiException) || error.code !== 403) throw error
    throw new SetupError(`The API server at ${server} treats context ${context} as anonymous: its user has no credentials.`, {
      fix: 'Log in, or use another context.',
    })
  })
  const lacking = await within(asked, {
    seconds: answersWithin,
    otherwise: new SetupError(`The API server at ${server} did not report the rights of context ${context} within ${answersWithin} s.`, {
      fix: 'Check that its authorizer answers.',
    }),
  })
  if (lacking.length === 0) return
  throw new SetupError(`The user of context ${context} lacks rights that the suites need: ${described(lacking)}.`, {
    fix: `Have an administrator of the cluster apply what "${grant}" prints, or use another context.`,
  })
}

function attributesOf({ verb, group, resource, subresource, scope, name }: Right): V1ResourceAttributes {
  const namespace = /^namespace\/(.*)$/.exec(scope)?.[1]
  return {
    ...{ verb, group, resource },
    ...(subresource !== undefined && { subresource }),
    ...(namespace !== undefined && { namespace }),
    ...(name !== undefined && { name }),
  }
}

function described(rights: readonly Right[]): string {
  const parts = rulesOf(rights).map((rule) => {
    const where = rule.scope.startsWith('namespace/') ? ` in namespace ${rule.scope.slice('namespace/'.length)}` : ''
    return `${rule.verbs.join(', ')} ${resourceText(rule)}${rule.name === undefined ? '' : ` ${rule.name}`}${where}`
  })
  const more = parts.length - namedAtMost
  return parts.slice(0, namedAtMost).join('; ') + (more > 0 ? `; and of ${more} more ${more === 1 ? 'resource' : 'resources'}` : '')
}
