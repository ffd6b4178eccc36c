import { expect, test } from 'vitest'
import { exponentOf, type GrowthPoint, growthSentences, roomForPods, sumOfMetric } from './growth-figures.ts'
import { growthSvg } from './growth-svg.ts'

const point = (pods: number, seconds: number, more: Partial<GrowthPoint> = {}): GrowthPoint => ({
  ...{ pods, seconds, removedSeconds: seconds, requests: pods * 30, apiServerMegabytes: 400, runnerMegabytes: 90 },
  ...more,
})

test('a metric is added up over its labels, and no other of which it is the beginning', () => {
  const text = [
    '# HELP apiserver_request_total Counter',
    'apiserver_request_total{code="200",verb="GET"} 12',
    'apiserver_request_total{code="201",verb="POST",what="a b"} 3',
    'apiserver_request_total_more 1000',
    'process_resident_memory_bytes 4.5e+08',
  ].join('\n')
  expect(sumOfMetric(text, 'apiserver_request_total')).toBe(15)
  expect(sumOfMetric(text, 'process_resident_memory_bytes')).toBe(450_000_000)
  expect(sumOfMetric(text, 'etcd_requests')).toBeUndefined()
})

test('there is room for what the kubelets take beside what is there, on nodes that take Pods', () => {
  const node = (name: string, spec = {}) => ({ metadata: { name }, spec, status: { allocatable: { pods: '110' } } })
  const nodes = [
    node('a'),
    node('b'),
    node('full'),
    node('shut', { unschedulable: true }),
    node('control', { taints: [{ effect: 'NoSchedule' }] }),
  ]
  const on = (nodeName: string, phase = 'Running') => ({ spec: { nodeName }, status: { phase } })
  const pods = [on('a'), on('a', 'Succeeded'), on('b'), on('b'), on('shut'), ...Array.from({ length: 120 }, () => on('full'))]
  expect(roomForPods({ nodes, pods })).toBe(109 + 108)
})

test('growth is told by its power', () => {
  expect(exponentOf([point(10, 4), point(100, 40)], 'seconds')).toBeCloseTo(1)
  expect(exponentOf([point(10, 4), point(100, 400)], 'seconds')).toBeCloseTo(2)
  expect(exponentOf([point(10, 4, { requests: undefined }), point(100, 40)], 'requests')).toBeUndefined()
})

test('what grows faster than the number of Pods is named with the sizes between which it does', () => {
  const [seconds, , requests] = growthSentences([point(10, 4), point(100, 30), point(500, 600)])
  expect(seconds).toBe('Seconds until Ready grow faster than the number of Pods: between 100 and 500 Pods with the power 1.86.')
  expect(requests).toBe('Requests grow no faster than the number of Pods.')
  expect(growthSentences([point(10, 4)])[0]).toBe('Seconds until Ready: one size tells nothing of growth.')
})

test('the drawing has each value, and none for what is not known', () => {
  const svg = growthSvg([point(10, 4.25, { requests: undefined }), point(100, 40)])
  expect(svg).toContain('>4.3<')
  expect(svg).toContain('>3000<')
  expect(svg.match(/<circle/gu)).toHaveLength(9)
  expect(svg).not.toMatch(/NaN|undefined|Infinity/u)
})
