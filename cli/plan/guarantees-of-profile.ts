import type { Profile } from '../../clusters/images/plan.ts'
import { profileFeatures } from '../../clusters/profiles/profile-features.ts'
import type { Guarantee } from '../../harness/engine/guarantee.ts'

/** Profiles, each with what the one before it lacks. */
export const profilesInOrder: readonly Profile[] = ['default', 'velero']

/** The guarantees a profile is there for: those whose features it may offer and no smaller profile does. */
export function guaranteesOfProfile(profile: Profile, guarantees: readonly Guarantee[]): readonly Guarantee[] {
  return guarantees.filter((guarantee) => profilesInOrder.find((candidate) => mayOffer(candidate, guarantee)) === profile)
}

function mayOffer(profile: Profile, { requires }: Guarantee): boolean {
  return requires.every((feature) => profileFeatures[profile].includes(feature))
}
