import type { V1Secret } from '@kubernetes/client-node'

/** Builds a Secret. Histories keep it without its content. */
export function secret(name: string, stringData: Readonly<Record<string, string>>) {
  return { apiVersion: 'v1', kind: 'Secret', metadata: { name }, stringData: { ...stringData } } satisfies V1Secret
}
