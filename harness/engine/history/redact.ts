const credentialName = /(?:password|passwd|token|secret|credential|access_?key)/i
const jsonWebToken = /eyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]+/g

type Fields = Readonly<Record<string, unknown>>

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Every value of a map replaced, the names kept. */
function mask(value: unknown): unknown {
  return isFields(value) ? Object.fromEntries(Object.keys(value).map((name) => [name, 'redacted'])) : 'redacted'
}

/**
 * A copy without secrets: the data of Secrets, environment variables named like a credential, bearer tokens. Histories and objects
 * are redacted before they are kept, never when they are shown.
 */
export function redact(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(jsonWebToken, 'redacted')
  if (Array.isArray(value)) return value.map(redact)
  if (!isFields(value)) return value
  const secret = value['kind'] === 'Secret'
  const credential = typeof value['name'] === 'string' && typeof value['value'] === 'string' && credentialName.test(value['name'])
  return Object.fromEntries(
    Object.entries(value).map(([field, inner]) => {
      if (secret && (field === 'data' || field === 'stringData')) return [field, mask(inner)]
      if (credential && field === 'value') return [field, 'redacted']
      if (field === 'kubectl.kubernetes.io/last-applied-configuration') return [field, 'redacted']
      return [field, redact(inner)]
    }),
  )
}
