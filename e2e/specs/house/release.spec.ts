import { buildAnother, layOutRelease, serveFolder } from '../../stage/releases.ts'
import { expect, test, type Page } from '../../test.ts'

/** The chunks that a page has fetched, by their names. */
const chunksOf = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    performance.getEntriesByType('resource').flatMap(({ name }) => /\/latest\/chunks\/(.*)\.js/.exec(name)?.[1] ?? []),
  )

test('a page that is open while another release is laid out goes on with the chunks of its own', async ({
  visitor,
  server,
  site,
}, info) => {
  const [cdn, next] = [info.outputPath('cdn'), info.outputPath('next')]
  const layOut = (version: string, dist?: string) => {
    layOutRelease(cdn, version, dist)
    serveFolder(site, '/cdn', cdn)
  }
  await server.settings({ limiter: false })
  const tag = `<script async src="/cdn/latest/tagalong.js" data-server="${server.origin}"></script>`
  site.page('/', { title: 'Shop', head: tag })
  layOut('1.0.0')
  await visitor.go('/')
  await expect(visitor.launcher).toBeVisible()

  buildAnother(next)
  layOut('1.1.0', next)
  await visitor.widget.open()
  await visitor.widget.say('From the page of before')
  await expect.poll(() => server.said()).toEqual(['From the page of before'])

  const tab = await visitor.tab()
  await tab.go('/')
  await tab.widget.open()
  await expect.poll(tab.widget.bubbles).toEqual(['me: From the page of before'])
  const [before, after] = [await chunksOf(visitor.page), await chunksOf(tab.page)]
  expect(before.length).toBeGreaterThan(2)
  expect(after.filter((name) => before.includes(name))).toEqual([])
})
