/** The same small application with every adapter: one widget, its state on the page, and no visit twice. */
import { buildEntry } from '../../stage/entry.ts'
import type { Host } from '../../stage/host.ts'
import { expect, test, trail, type Visitor } from '../../test.ts'

// Each application is built first.
test.describe.configure({ timeout: 120_000 })

interface Application extends Host {
  name: string
  file: string
}

const inReact18 = { react: 'react-18', 'react-dom': 'react-dom-18' }
const inPreact = { react: 'preact/compat', 'react-dom': 'preact/compat' }

const applications: Application[] = [
  { name: 'React in development', file: 'react/main.jsx', mode: 'development' },
  { name: 'React in production', file: 'react/main.jsx', mode: 'production' },
  { name: 'React 18', file: 'react/plain.jsx', mode: 'development', inPlace: inReact18 },
  { name: 'React, played by Preact', file: 'react/plain.jsx', mode: 'production', inPlace: inPreact },
  { name: 'Vue in development', file: 'vue/main.js', mode: 'development' },
  { name: 'Vue in production', file: 'vue/main.js', mode: 'production' },
  { name: 'Preact with signals', file: 'preact/main.jsx', mode: 'production' },
  { name: 'Svelte', file: 'svelte/main.js', mode: 'production' },
  { name: 'Solid', file: 'solid/main.js', mode: 'production' },
]

const state = ({ page }: Visitor) => page.locator('output')
const press = ({ page }: Visitor, name: string) => page.getByRole('button', { name, exact: true }).click()
const goTo = ({ page }: Visitor, name: string) => page.getByRole('link', { name, exact: true }).click()

for (const { name, file, ...host } of applications)
  test(`${name}: the state follows the widget, and taken away and put back it is no new visit`, async ({
    visitor,
    server,
    site,
    said,
  }) => {
    await server.settings({ limiter: false })
    site.page('/app.js', await buildEntry(`import '/adapters/${file}'`, host.mode, { ...host, server: server.origin }))
    site.page('/', {
      title: 'Home',
      head: '<script type="module" src="/app.js"></script>',
      body: '<div id="app"></div>',
    })
    await visitor.go('/')
    await expect(visitor.launcher).toBeVisible()
    await expect(state(visitor)).toHaveText('0 unread, closed, nobody, no connection')
    await goTo(visitor, 'Shoes')

    await press(visitor, 'Help')
    await visitor.widget.say('Hello')
    await expect.poll(server.said).toEqual(['Hello'])
    await server.agent({ does: 'take' })
    await expect(state(visitor)).toHaveText('0 unread, open, Ana Prado, live')
    await visitor.widget.close()
    await server.agent({ does: 'say', text: 'Hi' })
    await expect(state(visitor)).toHaveText('1 unread, closed, Ana Prado, live')

    await press(visitor, 'Take away')
    await expect(visitor.widget.root).toHaveCount(0)
    await press(visitor, 'Put back')
    await expect(visitor.widget.root).toHaveCount(1)
    await expect(state(visitor)).toHaveText('1 unread, closed, Ana Prado, live')
    await goTo(visitor, 'Hats')
    await expect.poll(() => trail(server, site)).toEqual(['/ Home', '/shoes Shoes', '/hats Hats'])
    expect(said.filter((line) => /^(warning|error|uncaught)/.test(line))).toEqual([])
  })
