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
process.exit()
