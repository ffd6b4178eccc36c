import type { ApiException } from '@kubernetes/client-node'

/** What the API server said when it refused a request, without its full stop; the status code when it said nothing that can be read. */
export function statusMessage({ body, code }: Pick<ApiException<unknown>, 'body' | 'code'>): string {
  const status: unknown = typeof body === 'string' ? parsed(body) : body
  const message: unknown = typeof status === 'object' && status !== null && 'message' in status ? status.message : undefined
  return typeof message === 'string' && message !== '' ? message.replace(/\.$/, '') : `it responded with ${code}`
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
