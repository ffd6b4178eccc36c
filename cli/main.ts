import { bench } from './bench.ts'
import { check } from './check.ts'
import { doctor } from './doctor.ts'
import { down } from './down.ts'
import { tellFailure } from './failure.ts'
import { durations } from './durations.ts'
import { guarantees } from './guarantees.ts'
import { image } from './image.ts'
import { list } from './list.ts'
import { recheck } from './recheck.ts'
import { run } from './run.ts'
import { sanity } from './sanity.ts'
import { sensitivity } from './sensitivity.ts'
import { isHelp, strictCommand } from './strict-command.ts'
import { sweep } from './sweep.ts'
import { test } from './test.ts'
import { up } from './up.ts'

const commands = [run, test, check, bench, sanity, up, down, list, sweep, doctor, recheck, guarantees, sensitivity, image, durations]

const program = strictCommand({
  name: 'holdfast',
  summary: 'Proves what Kubernetes documents about state, on a real cluster, with evidence.',
})
for (const command of commands) program.addCommand(command())

// Nobody reads on (`npm start | head`): the run and its clean-up go on all the same.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
  })
}

// A bootstrap that is killed outright counts as SIGTERM.
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'))
process.channel?.unref()

try {
  if (process.argv.length <= 2) program.outputHelp()
  else await program.parseAsync()
} catch (error) {
  if (!isHelp(error)) process.exitCode = tellFailure(error)
}
process.exit()
