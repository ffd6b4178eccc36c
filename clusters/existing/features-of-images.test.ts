import { expect, test } from 'vitest'
import type { ApplicationName, ImageFeature } from '../images/application-images.ts'
import { shownByImages } from './features-of-images.ts'
import type { Outcome } from './try-images.ts'

function shown(feature: ImageFeature, outcomes: Readonly<Partial<Record<ApplicationName, string | Outcome>>>) {
  const all = Object.entries(outcomes).map(([name, outcome]) => ({
    name: name as ApplicationName,
    record: { name, reference: `r.example.com/${name}:1`, from: 'named' as const },
    outcome: typeof outcome === 'string' ? { imageId: '', said: outcome } : outcome,
  }))
  const [evidence] = shownByImages([feature], { outcomes: all, nodes: ['one', 'two'] })
  return evidence
}

test.each<[string, ImageFeature, Parameters<typeof shown>[1], boolean, string]>([
  ['a server runs', 'Redis', { redis: 'Redis server v=7' }, true, 'r.example.com/redis:1 runs on one, two (Redis server v=7)'],
  ['an image without a shell says nothing', 'Etcd', { etcd: '' }, true, 'r.example.com/etcd:1 runs on one, two'],
  ['a node lacks it', 'MongoDB', { mongodb: { what: 'Node one cannot pull it', fix: '' } }, false, 'Node one cannot pull it'],
  ['it can be had nowhere', 'Redis', {}, false, 'its image comes from a public registry only, and holdfast.yaml says offline'],
  [
    'another image than the official one',
    'OfficialPostgresImage',
    { postgres: 'postgres (PostgreSQL) 15.1' },
    false,
    'r.example.com/postgres:1 is not the official image of PostgreSQL: it has no docker-ensure-initdb.sh',
  ],
  [
    'the official image',
    'OfficialPostgresImage',
    { postgres: 'postgres (PostgreSQL) 15.1\n/usr/local/bin/docker-ensure-initdb.sh' },
    true,
    'r.example.com/postgres:1 runs on one, two (postgres (PostgreSQL) 15.1)',
  ],
  [
    'a later major version',
    'NextPostgreSQL',
    { postgres: 'postgres (PostgreSQL) 9.6', 'postgres-next': 'postgres (PostgreSQL) 17.2' },
    true,
    'r.example.com/postgres:1 runs on one, two (postgres (PostgreSQL) 9.6), r.example.com/postgres-next:1 runs on one, two (postgres (PostgreSQL) 17.2)',
  ],
  [
    'the same major version',
    'NextPostgreSQL',
    { postgres: 'postgres (PostgreSQL) 17.1', 'postgres-next': 'postgres (PostgreSQL) 17.2' },
    false,
    'r.example.com/postgres-next:1 has no later major version of PostgreSQL than r.example.com/postgres:1 (postgres (PostgreSQL) 17.2; postgres (PostgreSQL) 17.1)',
  ],
])('%s', (...[, feature, outcomes, isThere, seen]) => {
  expect(shown(feature, outcomes)).toEqual({ feature, isThere, by: 'probe', seen })
})
