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

test('where the visitor is asked first nothing is left of a page that went before its script: by the form for it, and by what the tag says', async ({
  visitor,
  server,
  site,
  tag,
}) => {
  const forms = readFileSync('dist/snippet.html', 'utf8').match(/<script>.*?<\/script>/g) ?? []
  expect(forms).toHaveLength(4)
  await server.faults({ match: '/never/', latencyMs: 600_000 })
  site.page('/bare', { html: '<title>Bare</title>' })
  const left: number[] = []
  const tagged = forms.map((form) => form + tag())
  const asking = ['data-tracking="on-open"', 'data-honor-privacy-signals'].map((option) => forms[0] + tag(option))
  for (const [n, head] of [...tagged, ...asking].entries()) {
    site.page(`/early-${n}`, { title: 'Early', head: head.replace('/cdn/', '/never/') })
    await visitor.page.goto(`${site.origin}/early-${n}`, { waitUntil: 'domcontentloaded' })
    await visitor.go('/bare')
    left.push(
      await visitor.page.evaluate(() => {
        const names = [localStorage, sessionStorage].flatMap((kept) => Object.keys(kept))
        localStorage.clear()
        sessionStorage.clear()
        return names.length
      }),
    )
  }
  expect(left).toEqual([2, 2, 2, 0, 0, 0])
})
