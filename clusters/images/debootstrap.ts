import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { temporaryPrefix } from '../../contract/owner.ts'
import { streamEngine } from '../machine/container-engine.ts'
import type { Log } from '../log.ts'
import { SetupError } from '../setup-error.ts'
import { debianMirror } from '../machine/debian-packages.ts'
import { longCommand } from '../machine/long-command.ts'

/** Makes a minimal Debian from packages and imports it into the engine under `reference`, with `labels`. */
export async function debootstrap(options: {
  readonly suite: string
  readonly reference: string
  readonly labels: readonly string[]
  readonly log: Log
  readonly signal?: AbortSignal | undefined
}): Promise<void> {
  const mirror = await debianMirror()
  const tool = await execa('debootstrap', ['--version'], { reject: false })
  if (mirror === undefined || tool.failed || process.getuid?.() !== 0) {
    throw new SetupError('No container registry answers, and this machine cannot build a Debian base image itself.', {
      fix: 'Run as root on Debian with debootstrap installed (`apt-get install debootstrap`), or set `mirror:` in holdfast.yaml.',
    })
  }
  const directory = await mkdtemp(join(tmpdir(), temporaryPrefix('debootstrap')))
  try {
    await longCommand({
      title: `unpacking a minimal Debian ${options.suite}`,
      command: 'debootstrap',
      arguments: ['--variant=minbase', options.suite, directory, mirror],
      log: options.log,
      signal: options.signal,
      progress: (line) => line.replace(/^I: /, ''),
    })
    const changes = options.labels.flatMap((label) => ['--change', `LABEL ${label}`])
    const excluded = [
      './var/cache/apt',
      './var/lib/apt/lists',
      './etc/apt/sources.list',
      './usr/share/doc',
      './usr/share/man',
      './usr/share/locale',
    ]
    const pack = execa(
      'tar',
      ['-C', directory, ...excluded.map((path) => `--exclude=${path}/*`), '--exclude=./etc/apt/sources.list', '-c', '.'],
      { buffer: false },
    )
    await pack.pipe(streamEngine(['import', ...changes, '--change', 'CMD ["bash"]', '-', options.reference]))
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}
