/** README's recipes for frameworks that build whole sites: each installed and built, a command of its own, `npm run test:recipes`. */
import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, extname, join } from 'node:path'
import { applicationFiles } from '../../stage/readme.ts'
import type { Site } from '../../stage/site.ts'
import { expect, test, trail } from '../../test.ts'

interface Recipe {
  heading: string
  /** Where the built site is. */
  out: string
  /** Its pages have a button that tells of the widget. */
  tells: boolean
}

const recipes: Recipe[] = [
  { heading: 'SvelteKit', out: 'build', tells: true },
  { heading: 'Nuxt', out: '.output/public', tells: true },
  { heading: 'Angular', out: 'build', tells: false },
  { heading: 'Astro', out: 'dist', tells: false },
]

const types: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
}

/** The package as npm hands it out, and the newest of the framework that the recipe names. */
const install = (folder: string) => {
  const npm = (cwd: string, ...args: string[]) =>
    execFileSync('npm', [...args, '--loglevel', 'error'], { cwd, encoding: 'utf8' })
  const [{ filename }] = JSON.parse(npm('.', 'pack', '--json', '--ignore-scripts', '--pack-destination', folder)) as [
    { filename: string },
  ]
  npm(folder, 'install', '--no-audit', '--no-fund', '--no-save', `./${filename}`)
}

const putTogether = (heading: string, folder: string) => {
  cpSync(join(import.meta.dirname, heading.toLowerCase()), folder, { recursive: true })
  const files = Object.entries(applicationFiles(heading))
  expect(files).toHaveLength(1)
  for (const [path, code] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), code)
  }
}

/** Serves the built files, as a static host does. */
const serve = (out: string, site: Site, server: string) => {
  for (const name of readdirSync(out, { recursive: true, encoding: 'utf8' })) {
    const type = types[extname(name)]
    if (!type) continue
    const html = readFileSync(join(out, name), 'utf8').replaceAll('https://chat.example.com', server)
    const [bare, folder] = [name.replace(/\.html$/, ''), name.replace(/(^|\/)index\.html$/, '$1')]
    for (const path of [name, bare, folder, folder.replace(/\/$/, '')]) site.page(`/${path}`, { html, type })
  }
}

for (const { heading, out, tells } of recipes)
  test(`README’s recipe for ${heading} makes one widget, and one visit for each page`, async ({
    visitor,
    server,
    site,
    said,
  }) => {
    test.setTimeout(600_000)
    await server.settings({ limiter: false })
    const folder = mkdtempSync(join(tmpdir(), 'tagalong-recipe-'))
    putTogether(heading, folder)
    install(folder)
    const env = { ...process.env, NODE_ENV: 'production', ASTRO_TELEMETRY_DISABLED: '1', NUXT_TELEMETRY_DISABLED: '1' }
    execFileSync('npm', ['run', 'build'], { cwd: folder, env, stdio: ['ignore', 'ignore', 'inherit'] })
    serve(join(folder, out), site, server.origin)
    rmSync(folder, { recursive: true })

    const { page, widget } = visitor
    await visitor.go('/')
    await expect(visitor.launcher).toBeVisible()
    await page.getByRole('link', { name: 'Shoes' }).click()
    await expect(page).toHaveTitle('Shoes')
    if (tells) await page.getByRole('button', { name: 'Help (0)', exact: true }).click()
    else await widget.open()
    await expect(widget.panel).toBeVisible()
    await expect(widget.root).toHaveCount(1)
    // Some static hosts have a page under the name of a folder.
    await expect
      .poll(async () => (await trail(server, site)).map((visit) => visit.replace('/ Shoes', ' Shoes')))
      .toEqual(['/ Home', '/shoes Shoes'])
    expect(said.filter((line) => /^(warning|error|uncaught)/.test(line))).toEqual([])
  })
