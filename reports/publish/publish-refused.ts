import { Refused } from '../refused.ts'

/** Why something is not published, in one sentence, and how to put it right. */
export class PublishRefused extends Refused {}
