/** Redirects by documents, whose first half runs our script before it sends the visitor on. */
import { expect, test, trail } from '../../test.ts'

const ways: Record<string, string> = {
  'a meta refresh': '<meta http-equiv="refresh" content="0;url=/new">',
  'location.replace()': '<script>location.replace("/new")</script>',
  // To Firefox this is a page like any other.
  'a script that sets the address @chromium': '<script>location.href = "/new"</script>',
}

for (const [way, head] of Object.entries(ways))
  test(`the first half of a redirect by ${way} is no visit`, async ({ visitor, server, site, tag }) => {
    // Whatever the browser has of it already, the script has run before the page sends the visitor on.
    site.page('/old', { title: 'Old', head: tag().replace(' async', '') + head })
    await visitor.go('/')
    await expect.poll(() => trail(server, site)).toEqual(['/ Page /'])
    await visitor.follow('/old')
    await expect.poll(() => trail(server, site)).toEqual(['/ Page /', '/new Page /new'])
  })
