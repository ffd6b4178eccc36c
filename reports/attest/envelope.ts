import { createPublicKey, type KeyObject, sign, verify } from 'node:crypto'
import { z } from 'zod'
import { keyIdOf } from './signing-key.ts'

/** Media type of an in-toto statement in an envelope. */
const payloadType = 'application/vnd.in-toto+json'

const envelopeSchema = z.looseObject({
  payloadType: z.string(),
  payload: z.base64(),
  signatures: z.array(z.looseObject({ sig: z.base64(), keyid: z.string().optional() })),
})

/** A DSSE envelope: a payload, and signatures over it and its type. */
export type Envelope = z.infer<typeof envelopeSchema>

/**
 * What is signed of a payload: its pre-authentication encoding.
 * https://github.com/secure-systems-lab/dsse/blob/master/protocol.md
 */
export function preAuthenticationEncoding(type: string, payload: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`DSSEv1 ${Buffer.byteLength(type)} ${type} ${payload.length} `), payload])
}

/** Signs a statement. The text of the envelope is JSON. */
export function sealed(statement: unknown, key: KeyObject): string {
  const payload = Buffer.from(JSON.stringify(statement))
  const sig = sign(digestFor(key), preAuthenticationEncoding(payloadType, payload), key).toString('base64')
  const envelope: Envelope = {
    payloadType,
    payload: payload.toString('base64'),
    signatures: [{ keyid: keyIdOf(createPublicKey(key)), sig }],
  }
  return `${JSON.stringify(envelope, null, 2)}\n`
}

/** Reads the text of an envelope. Throws a sentence on what is wrong with it, which is not about its signatures. */
export function readEnvelope(text: string): Envelope {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw new Error('is cut off or damaged: it is not JSON.', { cause })
  }
  const parsed = envelopeSchema.safeParse(value)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw new Error(`is not a DSSE envelope: ${issue?.path.join('.') || 'all of it'}: ${issue?.message ?? 'is wrong'}.`)
  }
  if (parsed.data.payloadType !== payloadType)
    throw new Error(`has a payload of type ${parsed.data.payloadType}, which is not ${payloadType}.`)
  return parsed.data
}

/** The statement in an envelope, whether or not its signature is good. Throws a sentence where it is not JSON. */
export function payloadOf({ payload }: Envelope): unknown {
  try {
    return JSON.parse(Buffer.from(payload, 'base64').toString('utf8'))
  } catch (cause) {
    throw new Error('has a payload that is not JSON.', { cause })
  }
}

/** Why no signature of an envelope is by this key, in a sentence; undefined where one is. */
export function signatureProblem(envelope: Envelope, key: KeyObject): string | undefined {
  const { signatures, payload } = envelope
  if (signatures.length === 0) return 'has no signature.'
  const signed = preAuthenticationEncoding(envelope.payloadType, Buffer.from(payload, 'base64'))
  const isBy = ({ sig }: Envelope['signatures'][number]) => verify(digestFor(key), signed, key, Buffer.from(sig, 'base64'))
  if (signatures.some(isBy)) return undefined
  const [wanted, named] = [keyIdOf(key), signatures.map(({ keyid }) => keyid ?? 'a key without a name')]
  if (named.includes(wanted)) return `was changed after it was signed: its signature by key ${wanted} does not fit its payload.`
  return `is not signed by key ${wanted}; it names ${named.join(', ')}.`
}

/** ECDSA signs the SHA-256 of the text, Ed25519 the text itself. */
function digestFor({ asymmetricKeyType }: KeyObject): 'sha256' | null {
  return asymmetricKeyType === 'ed25519' ? null : 'sha256'
}
