/** The applications of README, as they stand there. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { buildEntry } from '../../stage/entry.ts'
import { hostFolder } from '../../stage/host.ts'
import { applicationFiles } from '../../stage/readme.ts'
import { expect, test as base, trail } from '../../test.ts'

/** A folder where packages are found, and git does not look. */
const test = base.extend<{ folder: string }>({
  folder: async ({}, use) => {
    await mkdir(`${hostFolder}/dist`, { recursive: true })
    const folder = await mkdtemp(`${hostFolder}/dist/readme-`)
    await use(folder)
    await rm(folder, { recursive: true })
  },
})

// Each application is built first.
test.describe.configure({ timeout: 120_000 })

/** Every framework's template has a file that README does not repeat, or an element of this name in its page. */
const applications = [
  { name: 'React', place: 'root', files: 1 },
  { name: 'Vue', place: 'app', files: 2 },
  { name: 'Preact', place: 'app', files: 1, first: '/** @jsxImportSource preact */\n' },
  {
    name: 'Svelte',
    place: 'app',
    files: 1,
    main: `import { mount } from 'svelte'
      import App from './App.svelte'
      mount(App, { target: document.getElementById('app') })`,
  },
]

for (const { name, place, files, first = '', main } of applications)
  test(`README’s application for ${name} has a widget, and a button that tells of it`, async ({
    visitor,
    server,
    site,
    said,
    folder,
  }) => {
    const sources = Object.entries(applicationFiles(name))
    expect(sources).toHaveLength(files)
    const all = main ? [...sources, ['src/main.ts', main] as const] : sources
    for (const [path, code] of all) {
      await mkdir(dirname(join(folder, path)), { recursive: true })
      await writeFile(join(folder, path), first + code)
    }
    const [entry] = all.find(([path]) => path.startsWith('src/main')) ?? []
    const source = `import '/dist/${basename(folder)}/${entry}'`
    site.page('/app.js', await buildEntry(source, 'production', { server: server.origin }))
    site.page('/', {
      title: 'App',
      head: '<script type="module" src="/app.js"></script>',
      body: `<div id="${place}"></div>`,
    })
    await visitor.go('/')
    await visitor.page.getByRole('button', { name: 'Help (0)', exact: true }).click()
    await visitor.widget.say('Hello')
    await expect.poll(server.said).toEqual(['Hello'])
    await visitor.widget.close()
    await server.agent({ does: 'say', text: 'Hi' })
    await expect(visitor.page.getByRole('button', { name: 'Help (1)', exact: true })).toBeVisible()
    await expect(visitor.widget.root).toHaveCount(1)
    await expect.poll(() => trail(server, site)).toEqual(['/ App'])
    expect(said.filter((line) => /^(warning|error|uncaught)/.test(line))).toEqual([])
  })
