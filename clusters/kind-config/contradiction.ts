import { SetupError } from '../setup-error.ts'

/** The user's settings, or the file of kind that they name. */
export type SettingsSource = 'The settings file' | 'The kind configuration'

/** What a user wants cannot be had: `sentence` goes on after the name of where it was asked for. */
export function contradiction(source: SettingsSource, sentence: string, fix: string): SetupError {
  return new SetupError(`${source} ${sentence}`, { fix })
}

/** A value of YAML in a message. */
export function shown(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
