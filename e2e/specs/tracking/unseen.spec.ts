import { expect, test, trail } from '../../test.ts'

test.beforeEach(({ server }) => server.settings({ limiter: false }))

// No other engine prerenders what speculation rules name.
test(
  'a prerendered page says nothing before it is seen',
  { tag: '@chromium' },
  async ({ visitor, server, site, tag }) => {
    site.page('/', {
      title: 'Start',
      head: `${tag()}<script type="speculationrules">{"prerender":[{"source":"list","urls":["/next"]}]}</script>`,
      body: '<a href="/next">next</a>',
    })
    await visitor.go('/')
    await expect.poll(() => trail(server, site)).toEqual(['/ Start'])
    await visitor.push('/other', 'Other')
    await expect.poll(() => trail(server, site)).toEqual(['/ Start', '/other Other'])
    await visitor.page.getByText('next').click()
    await expect.poll(() => trail(server, site)).toEqual(['/ Start', '/other Other', '/next Page /next'])
  },
)

// Only Chromium tells a page that it is frozen, by its debugger.
test(
  'a frozen page hands over what it had, and goes on when it wakes',
  { tag: '@chromium' },
  async ({ visitor, server, site, context }) => {
    await visitor.go('/')
    await expect.poll(() => trail(server, site)).toHaveLength(1)
    const wire = await context.newCDPSession(visitor.page)
    await visitor.push('/frozen', 'Frozen')
    await wire.send('Page.setWebLifecycleState', { state: 'frozen' })
    const other = await visitor.tab()
    await other.go('/other')
    await expect.poll(() => trail(server, site)).toEqual(['/ Page /', '/frozen Frozen', '/other Page /other'])
    await wire.send('Page.setWebLifecycleState', { state: 'active' })
    await visitor.push('/awake', 'Awake')
    await expect
      .poll(() => trail(server, site))
      .toEqual(['/ Page /', '/frozen Frozen', '/other Page /other', '/awake Awake'])
  },
)
