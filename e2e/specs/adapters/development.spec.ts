/** What only happens while an application is written, or rendered on a server. */
import { startDevServer, type DevApplication, type DevServer } from '../../stage/devServer.ts'
import { expect, test as base, trail, type Visitor } from '../../test.ts'

const test = base.extend<{ develop(application: Omit<DevApplication, 'server'>): Promise<DevServer> }>({
  develop: async ({ server }, use) => {
    const started: DevServer[] = []
    await use(async (application) => {
      const made = await startDevServer({ ...application, server: server.origin })
      started.push(made)
      return made
    })
    for (const one of started) await one.stop()
  },
})

// Each application is built first.
test.describe.configure({ timeout: 120_000 })

const pageOf = (script: string, rendered = '') => ({
  title: 'Home',
  head: `<script type="module" src="/adapters/${script}"></script>`,
  body: `<div id="app">${rendered}</div>`,
})
const state = ({ page }: Visitor) => page.locator('output')
const complaints = (said: string[]) => said.filter((line) => /^(warning|error|uncaught)/.test(line))

type Edit = [file: string, from: string, to: string]
interface Edited {
  folder: string
  script: string
  /** What the visitor reads. */
  word: Edit
  /** After this the component, and all below it, is taken away and put back. */
  remount: Edit
  /** What it says then. */
  remounted: string
}

const edited: Edited[] = [
  {
    folder: 'react',
    script: 'react/plain.jsx',
    word: ['react/App.jsx', '>Help<', '>Ask us<'],
    remount: ['react/App.jsx', 'const [isThere', 'useState()\n  const [isThere'],
    remounted: 'opened 0 times',
  },
  {
    folder: 'vue',
    script: 'vue/main.js',
    word: ['vue/Help.vue', '>Help<', '>Ask us<'],
    remount: ['vue/Help.vue', 'ref(0)', 'ref(7)'],
    remounted: 'opened 7 times',
  },
]

for (const { folder, script, word, remount, remounted } of edited)
  test(`${folder}: a file that is edited keeps the widget, its open panel and its state`, async ({
    visitor,
    server,
    said,
    develop,
  }) => {
    const site = await develop({ folder, adapter: folder, page: async () => pageOf(script) })
    const { page, widget } = visitor
    await page.goto(site.origin)
    await page.getByRole('button', { name: 'Help', exact: true }).click()
    await expect(state(visitor)).toContainText('open')
    await expect(page.getByText('opened 1 times')).toBeVisible()
    await widget.root.evaluate((element) => element.setAttribute('data-first', ''))

    await site.edit(...word)
    await expect(page.getByRole('button', { name: 'Ask us', exact: true })).toBeVisible()
    await expect(page.getByText('opened 1 times')).toBeVisible()
    await site.edit(...remount)
    await expect(page.getByText(remounted)).toBeVisible()
    await expect(state(visitor)).toContainText('open')
    await expect(widget.root).toHaveAttribute('data-first')

    await visitor.push('/next', 'Next')
    await expect.poll(() => trail(server, site)).toEqual(['/ Home', '/next Next'])
    expect(complaints(said)).toEqual([])
  })

const rendered = [
  { folder: 'react', adapter: 'react', render: 'react/server.jsx', hydrate: 'react/hydrate.jsx' },
  { folder: 'vue', adapter: 'vue', render: 'vue/server.js', hydrate: 'vue/main.js' },
  { folder: 'svelte', adapter: 'store', render: 'svelte/server.js', hydrate: 'svelte/hydrate.js' },
]

for (const { folder, adapter, render, hydrate } of rendered)
  test(`${folder}: a page that a server has rendered is taken over without a word, and the widget comes to it`, async ({
    visitor,
    server,
    said,
    develop,
  }) => {
    const site = await develop({
      folder,
      adapter,
      page: async (renderOnServer) => pageOf(hydrate, await renderOnServer(`/adapters/${render}`)),
    })
    const html = await (await fetch(site.origin)).text()
    expect(html.replace(/<!--.*?-->/g, '')).toContain('0 unread, closed, nobody, no connection')
    const { page } = visitor
    await page.goto(site.origin)
    await expect(visitor.launcher).toBeVisible()
    await page.getByRole('button', { name: 'Help', exact: true }).click()
    await expect(state(visitor)).toContainText('open')
    await expect.poll(() => trail(server, site)).toEqual(['/ Home'])
    expect(complaints(said)).toEqual([])
  })
