import { expect, test } from 'vitest'
import { mountAt } from './mounted-device.ts'

const mountinfo = `1 0 0:30 / / rw - overlay overlay rw
2 1 7:4 / /data rw,relatime - xfs /dev/loop4 rw
3 1 7:5 /part /data rw,relatime - xfs /dev/loop5 rw
4 1 7:6 / /data/below rw - xfs /dev/loop6 rw
`

test('the mount on top is the one that a container sees', () => {
  expect(mountAt(mountinfo, '/data')).toEqual({ device: '7:5', root: '/part' })
})

test('a directory in which nothing is mounted has no device', () => {
  expect(mountAt(mountinfo, '/other')).toBeUndefined()
})
