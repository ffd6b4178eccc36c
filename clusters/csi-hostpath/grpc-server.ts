import { loadPackageDefinition, ServerCredentials, status } from '@grpc/grpc-js'
import type {
  GrpcObject,
  sendUnaryData,
  Server,
  ServiceClientConstructor,
  ServiceDefinition,
  UntypedServiceImplementation,
} from '@grpc/grpc-js'
import { loadSync } from '@grpc/proto-loader'
import { mkdir, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { subjects, withoutSecrets, type CallSink, type CallRecord } from './call-log.ts'
import { asFailure } from './failure.ts'
import type { FaultName } from './faults/catalogue.ts'
import { log } from './log.ts'
import type { Call, Handler, Service } from './service.ts'

function isConstructor(value: unknown): value is ServiceClientConstructor {
  return typeof value === 'function' && 'service' in value
}

/** Client class of one service, `package.version.Service`, from a .proto file that lies beside this program. */
export function loadService(file: string, name: string): ServiceClientConstructor {
  const definition = loadSync(join(import.meta.dirname, file), {
    keepCase: true,
    longs: String,
    enums: String,
    defaults: true,
    oneofs: true,
  })
  let value: GrpcObject[string] | undefined = loadPackageDefinition(definition)
  for (const part of name.split('.')) value = value === undefined ? undefined : (value as GrpcObject)[part]
  if (!isConstructor(value)) throw new Error(`${file} has no service ${name}.`)
  return value
}

interface Outcome {
  readonly code: CallRecord['code']
  readonly error?: string
  readonly response?: object
}

/** Runs a handler and leaves a line in the call log and on standard output. Never throws. */
async function run(
  request: object,
  options: { readonly method: string; readonly handler: Handler<object>; readonly calls: CallSink },
): Promise<Outcome> {
  const { method, handler, calls } = options
  const at = new Date()
  const faults: FaultName[] = []
  const applied: { frozenMs?: number } = {}
  const call: Call = {
    applyFault: (name) => faults.push(name),
    frozenFor: (milliseconds) => {
      applied.frozenMs = milliseconds
    },
  }
  let outcome: Outcome
  try {
    outcome = { code: 'OK', response: await handler(request, call) }
  } catch (error) {
    const failure = asFailure(error)
    outcome = { code: failure.code, error: failure.message }
  }
  const [fault] = faults
  const durationMs = Date.now() - at.getTime()
  const named = { ...(fault === undefined ? {} : { fault }), ...applied, ...subjects(request, outcome.response) }
  const { response, ...short } = outcome
  if (fault !== undefined) log('warn', `fault ${fault} applied`, { method, ...named })
  if (method !== 'Probe' || outcome.code !== 'OK') log(outcome.code === 'OK' ? 'info' : 'warn', method, { durationMs, ...named, ...short })
  try {
    const answer = response === undefined ? {} : { response }
    calls.append({ at: at.toISOString(), method, request: withoutSecrets(request), durationMs, ...named, ...short, ...answer })
  } catch (error) {
    log('error', 'the call log could not be written', { method, error: String(error) })
  }
  return outcome
}

/** Adds a service to a server, every call of it logged. */
export function addService(
  server: Server,
  definition: ServiceDefinition,
  options: { readonly service: Service; readonly calls: CallSink },
): void {
  const implementation: UntypedServiceImplementation = {}
  for (const [method, handler] of Object.entries(options.service)) {
    // proto-loader has parsed the request by this method's own message type.
    const running = { method, handler: handler as unknown as Handler<object>, calls: options.calls }
    implementation[method] = (call: { readonly request: object }, respond: sendUnaryData<object>) => {
      void run(call.request, running).then(({ code, error, response }) => {
        if (code === 'OK') respond(null, response)
        else respond({ code: status[code], details: error ?? '' })
      })
    }
  }
  server.addService(definition, implementation)
}

/** Listens on a unix socket, in place of one that a killed process left. */
export async function listen(server: Server, path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  await rm(path, { force: true })
  await new Promise<void>((resolve, reject) => {
    server.bindAsync(`unix:${path}`, ServerCredentials.createInsecure(), (error) => {
      if (error === null) resolve()
      else reject(new Error(`Cannot listen on ${path}: ${error.message}`, { cause: error }))
    })
  })
}

/** Lets running calls end, at most `limit` seconds, and stops listening. */
export async function stopServer(server: Server, limit = 10): Promise<void> {
  await new Promise<void>((resolve) => {
    const timer = setTimeout(() => {
      server.forceShutdown()
      resolve()
    }, limit * 1000)
    server.tryShutdown(() => {
      clearTimeout(timer)
      resolve()
    })
  })
}
