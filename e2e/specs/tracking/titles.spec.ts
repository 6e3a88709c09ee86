import { expect, test, trail } from '../../engines/test.ts'

test.beforeEach(({ server }) => server.settings({ limiter: false }))

test('a title that comes before, with, or up to a second after the address is the one reported @promise', async ({
  visitor,
  server,
  site,
}) => {
  await visitor.go('/')
  await expect.poll(() => trail(server, site)).toEqual(['/ Page /'])
  const expected = ['/ Page /']
  const visit = async (path: string, run: () => Promise<unknown>, title: string) => {
    await run()
    expected.push(`${path} ${title}`)
    await expect.poll(() => trail(server, site)).toEqual(expected)
  }
  await visit(
    '/before',
    () =>
      visitor.page.evaluate(() => {
        document.title = 'Before'
        history.pushState({}, '', '/before')
      }),
    'Before',
  )
  await visit('/with', () => visitor.push('/with', 'With'), 'With')
  for (const ms of [10, 160, 400, 900])
    await visit(`/${ms}`, () => visitor.push(`/${ms}`, `After ${ms}`, ms), `After ${ms}`)
  await visit('/never', () => visitor.push('/never'), 'After 900')
})

test('pages 40 ms apart are each reported with their own title', async ({ visitor, server, site }) => {
  for (const [path, titleFirst] of [
    ['/late', false],
    ['/early', true],
  ] as const) {
    await visitor.go(path)
    await expect.poll(async () => (await trail(server, site)).at(-1)).toBe(`${path} Page ${path}`)
    await visitor.page.evaluate(
      async ([start, first]) => {
        const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
        for (let n = 1; n <= 6; n++) {
          if (first) document.title = `T${n}`
          history.pushState({}, '', `${start}/${n}`)
          if (first) await pause(40)
          else {
            await pause(8)
            document.title = `T${n}`
            await pause(32)
          }
        }
      },
      [path, titleFirst] as const,
    )
    const expected = [1, 2, 3, 4, 5, 6].map((n) => `${path}/${n} T${n}`)
    await expect.poll(async () => (await trail(server, site)).slice(-6)).toEqual(expected)
  }
})

test('an empty title in between, a replaced element, a second title and one in an svg do not mislead', async ({
  visitor,
  server,
  site,
}) => {
  await visitor.go('/')
  await expect.poll(() => trail(server, site)).toHaveLength(1)
  await visitor.page.evaluate(() => {
    history.pushState({}, '', '/next')
    document.title = ''
    setTimeout(() => (document.title = 'Next'), 300)
  })
  await expect.poll(() => trail(server, site)).toContain('/next Next')
  await visitor.page.evaluate(() => {
    history.pushState({}, '', '/element')
    const title = document.createElement('title')
    title.textContent = 'Element'
    document.querySelector('title')!.replaceWith(title)
    const second = document.createElement('title')
    second.textContent = 'Second'
    document.head.append(second)
    document.body.insertAdjacentHTML('beforeend', '<svg><title>Drawing</title></svg>')
  })
  await expect.poll(() => trail(server, site)).toEqual(['/ Page /', '/next Next', '/element Element'])
})

test('a counter that flips the title every second is no page, and the same title everywhere is no reason to skip one', async ({
  visitor,
  server,
  site,
}) => {
  await visitor.go('/')
  await expect.poll(() => trail(server, site)).toHaveLength(1)
  await visitor.page.evaluate(() => {
    let n = 0
    setInterval(() => (document.title = n++ % 2 ? 'Inbox' : '(1) Inbox'), 250)
  })
  for (const path of ['/a', '/b', '/c']) {
    await visitor.push(path)
    await expect.poll(async () => (await server.visits()).at(-1)?.href).toBe(site.origin + path)
  }
  await expect(server).toHaveVisits(['/', '/a', '/b', '/c'])
})

test('a page left before its title has come is reported with what it had', async ({ visitor, server, site }) => {
  site.page('/slow', {
    title: 'First',
    body: '<script>setTimeout(() => (document.title = "Settled"), 5000)</script>',
    head: `<script src="${server.cdn}/tagalong.js" data-server="${server.origin}"></script>`,
  })
  await visitor.go('/slow')
  await visitor.follow('/next')
  await expect.poll(() => trail(server, site)).toEqual(['/slow First', '/next Page /next'])
})
