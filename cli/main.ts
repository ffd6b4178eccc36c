import { runCommandLine } from './command-line.ts'

// Nobody reads on (`npm start | head`): the run and its clean-up go on all the same.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
  })
}

// A bootstrap that is killed outright counts as SIGTERM.
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'))
process.channel?.unref()

await runCommandLine(process.argv.slice(2))
// What a slow reader has not taken yet would be lost with the process.
await Promise.all([process.stdout, process.stderr].map(written))
process.exit()

async function written(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => void stream.write('', () => resolve()))
}
