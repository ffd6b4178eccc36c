/** What is in a ConfigMap of ours. */
export interface ConfigMapOptions {
  readonly data: Readonly<Record<string, string>>
  readonly labels?: Readonly<Record<string, string>>
}

/** Builds a ConfigMap. */
export function configMap(name: string, { data, labels }: ConfigMapOptions) {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, ...(labels && { labels }) }, data } as const
}
