import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { temporaryPrefix } from '../../contract/owner.ts'
import { commandLine } from '../command-line.ts'
import { runProfiles } from '../plan/profiles.ts'
import { projectRoot } from '../shell/project-root.ts'
import { bashScript } from './bash.ts'
import { allCommands, commandShape } from './command-shape.ts'
import { fishScript } from './fish.ts'
import { literal } from './walk.ts'
import { zshScript } from './zsh.ts'

const program = commandShape(commandLine())
let directory: string

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), temporaryPrefix('unit')))
  mkdirSync(join(directory, 'state', 'holdfast', 'clusters', 'holdfast-blue'), { recursive: true })
  mkdirSync(join(directory, 'here', 'my runs'), { recursive: true })
  writeFileSync(join(directory, 'here', 'my driver.yaml'), '')
  for (const [shell, script] of Object.entries({ bash: bashScript, zsh: zshScript, fish: fishScript }))
    writeFileSync(join(directory, shell), script(program))
})

afterAll(() => {
  rmSync(directory, { recursive: true })
})

/** What a shell prints that reads a text; it says nothing of errors. */
function printed(shell: 'bash' | 'zsh' | 'fish', text: string): readonly string[] {
  const { stdout, stderr } = spawnSync(shell, ['-c', text], {
    // From a socket bash takes itself for a session of ssh, and reads the start-up file of whoever runs the tests.
    stdio: ['ignore', 'pipe', 'pipe'],
    ...{ encoding: 'utf8', cwd: join(directory, 'here') },
    env: { ...process.env, PATH: `${projectRoot}${delimiter}${process.env['PATH'] ?? ''}`, XDG_STATE_HOME: join(directory, 'state') },
  })
  expect(stderr).toBe('')
  return stdout.split('\n').filter((line) => line !== '')
}

const lacks = (shell: string) => spawnSync(shell, ['--version']).error !== undefined
const holdfast = join(projectRoot, 'holdfast')

/** What bash offers in place of the last of these words. */
function bashOffers(...words: readonly string[]): readonly string[] {
  const array = [holdfast, ...words].map(literal).join(' ')
  const call = '"$(complete -p holdfast | sed "s/.*-F \\([^ ]*\\).*/\\1/")"'
  const script = literal(join(directory, 'bash'))
  const given = `COMP_WORDS=(${array}); COMP_CWORD=${words.length}`
  return printed('bash', `source ${script}; ${given}; ${call}; printf '%s\\n' "\${COMPREPLY[@]}"`)
}

describe('bash', () => {
  test('offers every command, and no hidden one', () => {
    const offered = bashOffers('')
    expect(offered).toEqual(program.commands.map(({ called }) => called))
    expect(offered).toContain('init')
    expect(offered).not.toContain('complete')
    expect(bashOffers('image', '')).toEqual(['save', 'push', 'load', 'help'])
  })

  test('offers every flag of every command', () => {
    for (const { called, options } of allCommands(program).slice(1))
      expect(bashOffers(...called.split(' '), '--').toSorted()).toEqual(
        options.flatMap(({ names }) => names.filter((name) => name.startsWith('--'))).toSorted(),
      )
    expect(bashOffers('run', '--')).not.toContain('--chaos')
  })

  test.each<[readonly string[], readonly string[]]>([
    [['re'], ['recheck', 'retrieve']],
    [['run', '--profile', ''], runProfiles],
    [['run', '--profile', '=', 'st'], ['standard']],
    [['run', '--profile', '='], runProfiles],
    [['rbac', '--level', 'MUST', 'S'], ['SHOULD']],
    [['run', 'statefulset/ordered-st'], ['statefulset/ordered-startup']],
    [['run', '--retain', 'statefulset', 'statefulset/ordered-st'], ['statefulset/ordered-startup']],
    [['run', '--workers', '3', '--allow-disruptive', 'statefulset/ordered-st'], ['statefulset/ordered-startup']],
    [['run', '--cluster', ''], ['holdfast-blue']],
    [['down', 'holdfast-'], ['holdfast-blue']],
    [
      ['up', '--kubernetes', '1.3'],
      ['1.34', '1.35', '1.36', '1.37'],
    ],
    [['run', '--workers', ''], []],
    [
      ['run', '--driver', 'my'],
      ['my driver.yaml', 'my runs'],
    ],
    [['recheck', 'la'], ['latest']],
    [['recheck', 'latest', ''], []],
    [['compare', 'latest', 'm'], ['my runs']],
    [['run', '--area', 'access', 'cla'], ['class']],
    [
      ['bench', ''],
      ['events', 'storage', 'growth', 'goals'],
    ],
    [['sensitivity', '--components', 'kube-sch'], ['kube-scheduler']],
    [
      ['image', 'save', 'my.tar', 'post'],
      ['postgres', 'postgres-next'],
    ],
    [
      ['completion', ''],
      ['bash', 'zsh', 'fish'],
    ],
    [['nothing', 'such', ''], []],
  ])('after %j offers %j', (words, offered) => {
    expect(bashOffers(...words)).toEqual(offered)
  })
})

/** What completion of zsh is asked for, printed in its place. */
const zshAsked = [
  'compdef() { :; }; compset() { :; }; _files() { print -l -- files; }',
  'compadd() { print -l -- "${(@P)@[-1]}"; }; _describe() { print -l -- "${(@P)@[-1]}"; }',
].join('; ')

const zshOffers = (...words: readonly string[]) =>
  printed(
    'zsh',
    [
      zshAsked,
      `source ${literal(join(directory, 'zsh'))}`,
      `words=(${[holdfast, ...words].map(literal).join(' ')})`,
      `CURRENT=${words.length + 1}`,
      '_holdfast',
    ].join('; '),
  )

test.skipIf(lacks('zsh'))('zsh offers commands, flags and values', () => {
  expect(zshOffers('')).toContain('init:write holdfast.yaml with comments, from what is found on this machine and on its cluster')
  expect(zshOffers('run', '--').some((flag) => flag.startsWith('--profile:'))).toBe(true)
  expect(zshOffers('run', '--profile', '')).toEqual(runProfiles)
  expect(zshOffers('run', 'statefulset/ordered-st')).toEqual(['statefulset/ordered-startup'])
})

const fishOffers = (line: string) =>
  printed('fish', `source ${literal(join(directory, 'fish'))}; complete -C ${literal(line)}`).map((each) => each.split('\t')[0] ?? '')

test.skipIf(lacks('fish')).each<[string, readonly string[]]>([
  ['ini', ['init']],
  ['run --prof', ['--profile']],
  ['run --profile ', runProfiles],
  ['run --cluster ', ['holdfast-blue']],
  ['run --workers ', []],
  ['run --driver my', ['my driver.yaml', 'my runs/']],
  ['run statefulset/ordered-st', ['statefulset/ordered-startup']],
  ['run --retain statefulset statefulset/ordered-st', ['statefulset/ordered-startup']],
  ['down holdfast-', ['holdfast-blue']],
  ['image save my', ['my driver.yaml', 'my runs/']],
  ['image save my.tar post', ['postgres', 'postgres-next']],
  ['image save my.tar redis post', ['postgres', 'postgres-next']],
  ['recheck la', ['latest']],
  ['recheck latest ', []],
  ['compare latest m', ['my runs/']],
  ['compare latest latest ', []],
])('fish offers after %j %j', (words, offered) => {
  expect(fishOffers(`holdfast ${words}`).toSorted()).toEqual(offered.toSorted())
})

test('in fish files are offered for an option that takes a file, and for no other', () => {
  const values = allCommands(program).flatMap(({ options }) =>
    options.flatMap(({ takes }) => (takes === undefined ? [] : [takes.values.by])),
  )
  const valued = fishScript(program)
    .split('\n')
    .filter((line) => / -[rx] /.test(line))
  expect(valued).toHaveLength(values.length)
  for (const line of valued) expect(/ -r .*-F /.test(line)).toBe(!line.includes(' -x '))
  expect(valued.filter((line) => line.includes(' -F '))).toHaveLength(values.filter((by) => by === 'files').length)
})

test('every command and every flag that help lists is in the scripts of zsh and fish', () => {
  const [zsh, fish] = [zshScript, fishScript].map((script) => script(program).split('\n'))
  for (const { called, options, commands } of allCommands(program)) {
    const where = called === '' ? '__fish_use_subcommand' : String.raw`'__holdfast_at \'${called}\''`
    const atIt = fish?.filter((line) => line.startsWith(`complete -c holdfast -n ${where} `)) ?? []
    const ofIt = zsh?.find((line) => line.startsWith(`    ${literal(called)}) described=(`))
    expect(ofIt).toBeDefined()
    for (const one of commands) expect(fish?.join('\n')).toContain(` -a ${one.called.split(' ').at(-1)} -d `)
    for (const { names, says } of options) {
      expect(ofIt).toContain(literal(`${names[0]}:${says}`))
      expect(atIt.filter((line) => line.includes(` -l ${names[0]?.slice(2)} `))).toHaveLength(1)
    }
  }
})
