import { stringify } from 'yaml'
import { type SettingNote, settingNotes } from './setting-notes.ts'

/** A setting that was found, and where. */
export interface FoundSetting {
  readonly value: unknown
  /** One sentence: where it comes from. */
  readonly from: string
}

/** What goes into a settings file. */
export interface SettingsText {
  /** What was found, a line each. */
  readonly head: readonly string[]
  /** Settings that are set; all others are commented out with their default or an example. */
  readonly found: Readonly<Record<string, FoundSetting>>
}

const intro = [
  'Settings of Holdfast. Flags of a command come before them.',
  'A line that begins with "#" and no space is a setting that is left out: take the "#" away to set it.',
  'A setting with others below it needs at least one of them.',
]

/** The text of a settings file: every setting there is, each with a sentence. */
export function settingsText({ head, found }: SettingsText): string {
  const settings = Object.entries(settingNotes).map(([name, note]) => linesOf(name, note, found[name]))
  return `${[[...intro, '', ...head].map(comment), ...settings].map((lines) => lines.join('\n')).join('\n\n')}\n`
}

function linesOf(name: string, { says, value, below }: SettingNote, found: FoundSetting | undefined): readonly string[] {
  if (found !== undefined) return [comment(says), comment(found.from), ...yamlOf(name, found.value)]
  if (below === undefined) return [comment(says), ...yamlOf(name, value).map(leftOut)]
  return [
    comment(says),
    leftOut(`${name}:`),
    ...Object.entries(below).flatMap(([inner, note]) => [
      `  ${comment(note.says)}`,
      ...yamlOf(inner, note.value).map((line) => leftOut(`  ${line}`)),
    ]),
  ]
}

/** One setting on one line: values that hold others are written in braces. */
function yamlOf(name: string, value: unknown): readonly string[] {
  const written = stringify(value, { collectionStyle: 'flow', lineWidth: 0 }).trim().split('\n')
  return `${name}: ${written.map((line) => line.trim()).join(' ')}`.split('\n')
}

function leftOut(line: string): string {
  return `#${line}`
}

/** A comment of one line, whatever a name in it holds. */
function comment(text: string): string {
  return `# ${text.replaceAll(/\p{Cc}+/gu, ' ')}`.trimEnd()
}
