/** What the stub of `dist/snippet.html` leaves in the browser when a page goes before the script has come. */
import { readFileSync } from 'node:fs'
import { expect, test, trail } from '../../test.ts'

test('the note of a page that went before its script is read once, by the next page, without its secrets', async ({
  visitor,
  server,
  site,
  tag,
}) => {
  const stub = /<script>(.*?)<\/script>/.exec(readFileSync('dist/snippet.html', 'utf8'))![0]
  await server.faults({ match: '/never/', latencyMs: 600_000 })
  site.page('/early', { title: 'Early', head: stub + tag().replace('/cdn/', '/never/') })
  // The page's load waits for the script, which never comes.
  await visitor.page.goto(`${site.origin}/early?token=S3cr3t&a=1`, { waitUntil: 'domcontentloaded' })
  await visitor.go('/')
  await expect.poll(() => trail(server, site)).toEqual(['/early?a=1 Early', '/ Page /'])
  const left = () =>
    visitor.page.evaluate(() => Object.keys(sessionStorage).filter((key) => key.startsWith('tagalong-left')))
  await expect.poll(left).toEqual([])
})
