import { randomBytes } from 'node:crypto'
import type { V1Secret } from '@kubernetes/client-node'

/** Builds the Secret with the password of a superuser: another in every guarantee. Histories keep it without its content. */
export function passwordSecret(name: string) {
  const password = randomBytes(24).toString('base64url')
  return { apiVersion: 'v1', kind: 'Secret', metadata: { name }, stringData: { password } } satisfies V1Secret
}
