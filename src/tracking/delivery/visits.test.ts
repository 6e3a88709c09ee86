import { expect, test } from 'playwright/test'
import type { Lane, LaneOptions } from '../contracts'
import { createVisits, type VisitRecord } from './visits'

/** The lane's part of visits, with a server that keeps what it is sent and a stored config that counts who reads it. */
const create = (monitor: string) => {
  let reads = 0
  let options!: LaneOptions<VisitRecord>
  const sent: string[] = []
  const visits = createVisits({
    server: 'https://chat.example.com',
    lane: (given) => ((options = given), {} as Lane<VisitRecord>),
    send: async (_url, init) => {
      sent.push(JSON.parse(`${init?.body}`).pageInfo.change)
      return { status: 200, text: JSON.stringify({ success: true, page: {} }) }
    },
    storage: { get: async () => (reads++, { config: { settings: { historyMonitorType: monitor } } }) } as never,
    visitor: { state: async () => ({ token: 't' }), current: () => undefined },
    emit: () => undefined,
    trouble: async () => undefined,
  })
  const deliver = (id: string) => options.deliver({ id, at: 0, href: 'https://shop.example/', title: 'Shop' }, () => true)
  return { visits, deliver, sent, reads: () => reads }
}

test('the stored config is read for the first visit, and not once more while visits are kept', async () => {
  const { deliver, sent, reads } = create('title')
  expect(await deliver('a')).toEqual({ kind: 'done' })
  await deliver('b')
  expect([sent, reads()]).toEqual([['title', 'title'], 1])
})

test('where somebody has read it already, it is not read at all', async () => {
  const { visits, deliver, sent, reads } = create('url')
  visits.learn({ config: { settings: { historyMonitorType: 'title' } } })
  await deliver('a')
  visits.learn({ config: {} })
  await deliver('b')
  expect([sent, reads()]).toEqual([['title', 'url'], 0])
})
