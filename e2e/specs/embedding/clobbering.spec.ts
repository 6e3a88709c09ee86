/** Whatever visitors have written into a page carries the names of what a script asks for: nobody is led away by it, and nothing is switched off. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test, trail, type Server, type Tab } from '../../test.ts'
import type { Site } from '../../stage/site.ts'

/** All that is asked of the document, each by the elements whose name would stand in its place. */
const asked =
  `currentScript baseURI title hidden prerendering readyState visibilityState head body documentElement activeElement cookie defaultView createElement
createElementNS createTextNode querySelector querySelectorAll getElementById addEventListener removeEventListener dispatchEvent implementation scripts location`.split(
    /\s+/,
  )
/** All that a window may lack. */
const lacking =
  'Tagalong navigation requestIdleCallback __zone_symbol__setTimeout __zone_symbol__clearTimeout trustedTypes visualViewport tagalong'.split(
    ' ',
  )

const evil = async () => {
  const came: string[] = []
  const server = createServer((request, response) => {
    came.push(`${request.method} ${request.url}`)
    response
      .writeHead(200, { 'access-control-allow-origin': '*', 'content-type': 'text/javascript' })
      .end('globalThis.led = true')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** Pictures and frames that the content itself shows are the page's affair. */
    came: () => came.filter((line) => !line.endsWith('/shown')),
    async stop() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

const contents = {
  img: (name: string, away: string) =>
    `<img name="${name}" id="${name}" alt="" src="${away}/shown" data-server="${away}">`,
  embed: (name: string, away: string) =>
    `<embed name="${name}" type="image/png" src="${away}/shown" data-server="${away}">`,
  object: (name: string, away: string) => `<object name="${name}" id="${name}" data-server="${away}"></object>`,
  form: (name: string, away: string) =>
    `<form name="${name}" id="${name}" data-server="${away}"><input name="src" value="${away}/shown"><input name="version" value="1"><input name="dataset"></form>`,
}

const lives = async (visitor: Tab, server: Server, site: Site) => {
  await visitor.go('/')
  await expect.poll(() => trail(server, site)).toEqual(['/ Shop'])
  await visitor.push('/shoes')
  await expect.poll(() => trail(server, site)).toEqual(['/ Shop', '/shoes Shop'])
  await visitor.widget.open()
  // Who looks for the bubbles asks the document by this name.
  await visitor.page.evaluate(() =>
    [
      ...Document.prototype.getElementsByName.call(document, 'querySelectorAll'),
      Document.prototype.getElementById.call(document, 'querySelectorAll'),
    ].forEach((element) => element?.remove()),
  )
  await visitor.widget.say('Hello')
  await expect.poll(visitor.widget.bubbles).toEqual(['me: Hello'])
  await expect.poll(async () => (await server.ledger('POST /api/v1/livechat/message')).length).toBe(1)
}

// Not in Firefox, where Playwright itself writes by way of the document's names, which are taken here.
for (const [kind, content] of Object.entries(contents))
  test(`with every name taken by ${kind === 'form' ? 'a' : 'an'} <${kind}> before the tag, chunks and visits go where they should, and the chat opens @chromium`, async ({
    visitor,
    server,
    site,
    tag,
    said,
  }) => {
    const away = await evil()
    await server.settings({ limiter: false })
    const hostile = [...asked, ...lacking].map((name) => content(name, away.origin)).join('')
    const answers: string[] = []
    visitor.page.on('request', (request) => answers.push(new URL(request.url()).origin))
    // In the order of an ordinary page: what visitors wrote, and the tag at its end.
    site.page('/', { title: 'Shop', body: `${hostile}${tag().replace(' async', '')}` })
    await lives(visitor, server, site)
    expect(away.came()).toEqual([])
    expect(new Set(answers.filter((origin) => origin !== away.origin))).toEqual(new Set([site.origin, server.origin]))
    expect(said.filter((line) => /uncaught|Tagalong/.test(line))).toEqual([])
    expect(await visitor.page.evaluate('window.led')).toBeUndefined()
    await away.stop()
  })

// Not in Firefox, for the same reason.
test('under strict-dynamic an image gets no script of its own trusted @chromium', async ({
  visitor,
  server,
  site,
  tag,
}) => {
  const away = await evil()
  await server.settings({ limiter: false })
  const hostile = asked.map((name) => contents.img(name, away.origin)).join('')
  site.page('/', {
    title: 'Shop',
    headers: {
      'content-security-policy': `script-src 'nonce-abc' 'strict-dynamic'; object-src 'none'; base-uri 'none'`,
    },
    body: `${hostile}${tag('nonce="abc"').replace(' async', '')}`,
  })
  await lives(visitor, server, site)
  expect(away.came()).toEqual([])
  await away.stop()
})

test('the stub stands although a form is called Tagalong, and calls made before the script are heard', async ({
  visitor,
  site,
  tag,
}) => {
  const { readFileSync } = await import('node:fs')
  const stub = /<script>(.*?)<\/script>/.exec(readFileSync('dist/snippet.html', 'utf8'))![1]!
  site.page('/', {
    title: 'Shop',
    body: `${contents.form('Tagalong', '')}<script>${stub}</script><script>Tagalong(function (api) { window.heard = api.version })</script>${tag()}`,
  })
  await visitor.go('/')
  await expect.poll(() => visitor.page.evaluate('window.heard')).toMatch(/^\d/)
})

test('a frame is not switched off by an element of the page around it', async ({ visitor, server, site, tag }) => {
  site.page('/', { title: 'Outer', body: `${contents.form('Tagalong', '')}<iframe src="/inner"></iframe>` })
  site.page('/inner', { title: 'Inner', head: tag() })
  await visitor.go('/')
  await expect(visitor.page.frameLocator('iframe').locator('tagalong-widget').getByRole('button')).toHaveCount(1)
  expect(await server.visits()).toEqual([])
})
