import { existsSync } from 'node:fs'
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { execa } from 'execa'

/** Releases after bookworm from which single packages are taken: the container engine from forky, a later PostgreSQL from trixie. */
const laterSuites = ['trixie', 'forky']

const keyring = '/usr/share/keyrings/debian-archive-keyring.gpg'

/** Reads where this machine gets Debian packages from, out of its own apt settings. Undefined where it has none. */
export async function debianMirror(): Promise<string | undefined> {
  for (const path of ['/etc/apt/sources.list.d/debian.sources', '/etc/apt/sources.list']) {
    if (!existsSync(path)) continue
    const mirror = mirrorIn(await readFile(path, 'utf8'))
    if (mirror !== undefined) return mirror
  }
  return undefined
}

/** Finds the archive's address in the text of an apt sources file, deb822 or one-line. */
export function mirrorIn(sources: string): string | undefined {
  const lines = sources.split('\n').filter((line) => !line.trimStart().startsWith('#'))
  for (const line of lines) {
    const found = /^URIs:\s*(\S+)/.exec(line) ?? /^deb\s+(?:\[[^\]]*\]\s+)?(\S+)\s+\S+/.exec(line)
    if (found?.[1] !== undefined) return found[1]
  }
  return undefined
}

/** An apt source of one release. */
export function sourceOf(suite: string, mirror: string): string {
  return `Types: deb\nURIs: ${mirror}\nSuites: ${suite}\nComponents: main\nSigned-By: ${keyring}\n`
}

/** Later releases named in what an image is made of, such as its Dockerfile: the lists of others are megabytes that nobody reads. */
export function laterSuitesIn(...texts: readonly string[]): readonly string[] {
  return laterSuites.filter((suite) => texts.some((text) => text.includes(suite)))
}

/** Keeps a later release's packages away unless they are asked for. */
export function onlyWhenAsked(suite: string): string {
  return `Package: *\nPin: release n=${suite}\nPin-Priority: 100\n`
}

/** Where packages come from. */
interface AptSources {
  readonly mirror: string
  readonly later: readonly string[]
}

/** A setting of this machine's apt: one that reads an archive as of a past day must go on doing so inside an image build. */
async function aptSetting(name: string, otherwise: string): Promise<string> {
  const found = await execa('apt-config', ['dump', '--format', '%v%n', name], { reject: false })
  return found.failed || found.stdout.trim() === '' ? otherwise : found.stdout.trim()
}

/**
 * Writes an `apt/` folder into a build context, so that packages are installed from where this machine gets them and nothing of that is
 * left in the image: those of bookworm, and of some later releases where they are asked for. Returns the options that point apt-get at it.
 */
export async function writeAptSettings(context: string, { mirror, later }: AptSources): Promise<string> {
  const apt = join(context, 'apt')
  await mkdir(join(apt, 'sources.list.d'), { recursive: true })
  await mkdir(join(apt, 'preferences.d'), { recursive: true })
  for (const suite of ['bookworm', ...later]) {
    const source = sourceOf(suite, mirror).replaceAll(keyring, '/run/apt/keyring.gpg')
    await writeFile(join(apt, 'sources.list.d', `${suite}.sources`), source)
  }
  for (const suite of later) await writeFile(join(apt, 'preferences.d', suite), onlyWhenAsked(suite))
  await cp(keyring, join(apt, 'keyring.gpg'))
  const options = {
    'Dir::Etc::SourceList': '/dev/null',
    'Dir::Etc::SourceParts': '/run/apt/sources.list.d',
    'Dir::Etc::PreferencesParts': '/run/apt/preferences.d',
    'APT::Sandbox::User': 'root',
    'Acquire::Check-Valid-Until': await aptSetting('Acquire::Check-Valid-Until', 'true'),
  }
  return Object.entries(options)
    .map(([name, value]) => `-o ${name}=${value}`)
    .join(' ')
}
