import { existsSync, openSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { type ChildProcess, spawn } from 'node:child_process'
import { userInfo } from 'node:os'
import { setTimeout as pause } from 'node:timers/promises'
import { execa } from 'execa'
import { type Asking, mayChange } from './consent.ts'
import { askEngine, engine, EngineError } from './container-engine.ts'
import { fileSystemPackages, missingFileSystemTools } from '../csi-hostpath/file-system-tools.ts'
import { cacheDirectory } from '../directories.ts'
import { endProcess } from './end-process.ts'
import { debianMirror, onlyWhenAsked, sourceOf } from './debian-packages.ts'
import { longCommand } from './long-command.ts'
import type { Log } from '../log.ts'
import { SetupError } from '../setup-error.ts'

/** Whether a container engine answers. */
export async function engineAnswers(): Promise<boolean> {
  return (await askEngine(['version', '--format', '{{.Server.Version}}'], { seconds: 10 })) !== undefined
}

/** Debian's docker.io of bookworm asks for a capability that containers and small machines lack; forky's does not. */
const forkyPackages = ['docker.io/forky', 'containerd/forky', 'tini-static/forky', 'docker-buildx/forky', 'kind/forky']
const ownPackages = ['iptables', 'debootstrap', ...fileSystemPackages]

async function isDebianFamily(): Promise<boolean> {
  const release = await readFile('/etc/os-release', 'utf8').catch(() => '')
  return /^ID(_LIKE)?=.*debian/m.test(release) && existsSync('/usr/bin/apt-get')
}

const installByHand = 'Install and start Docker Engine (or Docker Desktop), then run the same command again.'

/** How this user gets access to the engine; undefined when the engine does not refuse the user. */
export async function howToGetAccess(): Promise<string | undefined> {
  try {
    await engine(['version'], { seconds: 10 })
    return undefined
  } catch (error) {
    if (!(error instanceof EngineError) || !/permission denied/i.test(error.printed)) return undefined
    const { username } = userInfo()
    return `Add ${username} to the docker group: sudo usermod --append --groups docker ${username}, then log in again.`
  }
}

interface Ensuring extends Asking {
  readonly log: Log
}

/**
 * Makes sure a container engine answers. Where none does: on Debian-family Linux as root, installs and starts one, asking first on a
 * terminal; elsewhere says in one sentence what to do.
 */
export async function ensureEngine(options: Ensuring): Promise<void> {
  const state = await engineState()
  if (state !== 'answers') await makeEngineAnswer(state, options)
  await ensureFileSystemTools(options)
}

/** The driver also runs on this machine, under csi-sanity and in its own tests, where it makes file systems as it does in a node. */
async function ensureFileSystemTools({ log, interactive }: Ensuring): Promise<void> {
  const missing = await missingFileSystemTools()
  if (missing.length === 0 || process.platform !== 'linux' || process.getuid?.() !== 0 || !(await isDebianFamily())) return
  const question = `csi-sanity and the tests of the driver need ${missing.join(' and ')}. Install ${fileSystemPackages.join(' and ')} with apt-get?`
  if (await mayChange(question, { interactive })) await installPackages(fileSystemPackages, log)
}

/** A container engine that answers, or that a run would start, or install and start. */
export type EngineState = 'answers' | 'stopped' | 'missing'

/** Looks at the container engine and changes nothing. Throws a `SetupError` where a run could not get one to answer either. */
export async function engineState(): Promise<EngineState> {
  if (await engineAnswers()) return 'answers'
  const fix = await howToGetAccess()
  if (fix !== undefined) throw new SetupError('This user may not use the container engine.', { fix })
  const isInstalled = !(await execa('dockerd', ['--version'], { reject: false })).failed
  if (process.platform !== 'linux' || process.getuid?.() !== 0) {
    throw new SetupError('No container engine answers.', {
      fix: isInstalled ? 'Start the Docker daemon (sudo systemctl start docker), or run as root so that Holdfast can.' : installByHand,
    })
  }
  if (isInstalled && !(await buildxIsMissing())) return 'stopped'
  if (!(await isDebianFamily())) throw new SetupError('No container engine is installed.', { fix: installByHand })
  return 'missing'
}

async function makeEngineAnswer(state: EngineState, { log, interactive }: Ensuring): Promise<void> {
  if (state === 'missing') {
    const packages = [...forkyPackages, ...ownPackages].join(', ')
    if (!(await mayChange(`No container engine is installed. Install ${packages} with apt-get and start it?`, { interactive })))
      throw new SetupError('No container engine is installed, and you declined to install one.', { fix: installByHand })
    await installEngine(log)
  } else if (!(await mayChange('The container engine is not running. Start it (dockerd)?', { interactive }))) {
    throw new SetupError('The container engine is not running, and you declined to start it.', { fix: installByHand })
  }
  await startEngine(log)
}

async function buildxIsMissing(): Promise<boolean> {
  return (await askEngine(['buildx', 'version'])) === undefined
}

async function installEngine(log: Log): Promise<void> {
  const mirror = await debianMirror()
  if (mirror === undefined)
    throw new SetupError('No container engine is installed, and apt has no Debian archive configured to install one from.', {
      fix: installByHand,
    })
  await writeFile('/etc/apt/sources.list.d/holdfast-forky.sources', sourceOf('forky', mirror))
  await writeFile('/etc/apt/preferences.d/holdfast-forky', onlyWhenAsked('forky'))
  await installPackages([...forkyPackages, ...ownPackages], log)
}

async function installPackages(packages: readonly string[], log: Log): Promise<void> {
  const environment = { DEBIAN_FRONTEND: 'noninteractive' }
  await longCommand({ title: 'reading the package lists', command: 'apt-get', arguments: ['update', '-q'], environment, log })
  await longCommand({
    title: `installing ${packages.join(' ')}`,
    command: 'apt-get',
    arguments: ['install', '-qy', '--no-install-recommends', ...packages],
    environment,
    log,
    progress: (line) => line,
  })
}

const engineStartsWithin = 60

/** The daemon that this process started, if it started one. */
let own: ChildProcess | undefined

const engineStopsWithin = 60

/**
 * Stops the container engine if this process started it, with the containers that still run; its images stay on the disk. Throws when it
 * does not end within 60 s. An engine that was there before is left alone.
 */
export async function stopOwnEngine(log: Log): Promise<void> {
  const daemon = own
  own = undefined
  if (daemon === undefined) return
  log(`stopping the container engine that this run started (process ${daemon.pid ?? 0})`)
  if (await endProcess(daemon, { seconds: engineStopsWithin })) return
  throw new SetupError(`The container engine, process ${daemon.pid ?? 0}, did not end within ${engineStopsWithin} s.`, {
    fix: `Read ${cacheDirectory('logs', 'dockerd.log')}.`,
  })
}

/** Starts the daemon as a process of its own, which outlives this one: the next run finds it and its images. */
async function startEngine(log: Log): Promise<void> {
  await mkdir(cacheDirectory('logs'), { recursive: true })
  const logFile = cacheDirectory('logs', 'dockerd.log')
  log(`starting the container engine (log: ${logFile})`)
  const sink = openSync(logFile, 'a')
  const daemon = spawn('dockerd', [], { detached: true, stdio: ['ignore', sink, sink] })
  let ended: string | undefined
  daemon.once('error', (error) => (ended = error.message))
  daemon.once('exit', (code) => (ended = `it ended with code ${code}`))
  daemon.unref()
  own = daemon
  const deadline = Date.now() + engineStartsWithin * 1000
  while (!(await engineAnswers())) {
    if (ended !== undefined || Date.now() > deadline) {
      throw new SetupError(
        `The container engine did not answer within ${engineStartsWithin} s${ended === undefined ? '' : `: ${ended}`}.`,
        { fix: `Read ${logFile}.` },
      )
    }
    await pause(200)
  }
}
