import { Refused } from '../refused.ts'

/** How the name of an archive ends. */
export const archiveEnding = '.tar.zst'

/** Folder of an archive with the files of the run, byte for byte. */
export const runFolder = 'run'

/** The most that an archive may hold, unpacked: a run of everything has 90 MB in 5,000 files. */
export const unpackedAtMost = { megabytes: 512, files: 100_000 }

/** Why something is no archive of a run or cannot be made into one, in one sentence, and what to do. */
export class ArchiveRefused extends Refused {}
