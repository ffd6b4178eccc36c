import { expect, test } from 'vitest'
import { figuresIn } from './volume-figures.ts'

const metrics = `# HELP kubelet_volume_stats_used_bytes [ALPHA] Number of used bytes in the volume
# TYPE kubelet_volume_stats_used_bytes gauge
kubelet_volume_stats_used_bytes{namespace="hf-one",persistentvolumeclaim="data"} 2.4498176e+07
kubelet_volume_stats_capacity_bytes{namespace="hf-one",persistentvolumeclaim="data"} 2.68435456e+08
kubelet_volume_stats_used_bytes{namespace="hf-one",persistentvolumeclaim="other"} 0
kubelet_volume_stats_used_bytes{namespace="hf-two",persistentvolumeclaim="data"} 1
kubelet_running_pods 3
`

test('figures of a namespace are sorted by PVC, those of others left out', () => {
  expect(figuresIn(metrics, 'hf-one')).toEqual({
    data: { used_bytes: 24_498_176, capacity_bytes: 268_435_456 },
    other: { used_bytes: 0 },
  })
})

test('where nothing is told of volumes, there are no figures', () => {
  expect(figuresIn('kubelet_running_pods 3\n', 'hf-one')).toEqual({})
})
