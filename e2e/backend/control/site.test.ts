import { mkdir, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { join } from 'node:path'
import { expect, test as base } from 'playwright/test'
import { createBackend, type Backend } from '../index.ts'

const test = base.extend<{ backend: Backend }>({
  backend: async ({}, use, info) => {
    const [widget, pages] = [info.outputPath('widget'), info.outputPath('pages')]
    await mkdir(join(widget, 'chunks'), { recursive: true })
    await mkdir(join(pages, 'e2e/desk'), { recursive: true })
    await writeFile(info.outputPath('secret.txt'), 'secret')
    await writeFile(join(widget, 'tagalong.js'), 'script')
    await writeFile(join(widget, 'chunks/launcher.js'), 'launcher')
    await writeFile(
      join(pages, 'demo.html'),
      '%TAGALONG_SERVER% %TAGALONG_CONTROL% <script src="%TAGALONG_SCRIPT%"></script>',
    )
    await writeFile(join(pages, 'e2e/desk/index.html'), 'the desk')
    const backend = await createBackend({ doorFolders: { widget, pages } })
    await use(backend)
    await backend.stop()
  },
})

/** With headers that `fetch` does not let anybody choose. */
const ask = (address: string, headers: Record<string, string> = {}, method = 'GET') =>
  new Promise<{ status: number | undefined; allowed: string | undefined; text: string }>((resolve, reject) => {
    request(address, { method, headers }, (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (part: string) => (text += part))
      response.on('end', () =>
        resolve({ status: response.statusCode, allowed: response.headers['access-control-allow-origin'], text }),
      )
    })
      .on('error', reject)
      .end()
  })

const siteOf = ({ control }: Backend) => new URL(control).origin

test('the widget’s files are there for pages of any origin', async ({ backend }) => {
  const site = siteOf(backend)
  const origin = 'https://shop.example'
  expect(await ask(`${site}/tagalong.js`, { origin })).toEqual({ status: 200, allowed: '*', text: 'script' })
  expect(await ask(`${site}/%63hunks/launcher.js?`, { origin })).toMatchObject({ status: 200, text: 'launcher' })
})

test('the desk and the demo are there for this machine’s pages alone, since the demo has the door’s key in it', async ({
  backend,
}) => {
  const site = siteOf(backend)
  const demo = `${backend.origin} ${backend.control} <script src="/tagalong.js"></script>`
  expect(await ask(`${site}/demo.html`)).toEqual({ status: 200, allowed: undefined, text: demo })
  expect(await ask(`${site}/`)).toMatchObject({ status: 302 })
  expect(await ask(`${site}/desk/?server=x`)).toMatchObject({ status: 200, text: 'the desk' })
  for (const headers of [{ origin: 'https://shop.example' }, { host: 'shop.example' }] as Record<string, string>[])
    for (const path of ['demo.html', 'desk/', 'e2e/desk/index.html'])
      expect((await ask(`${site}/${path}`, headers)).status).toBe(403)
})

test('nothing outside of the two folders is handed out, and nothing is changed without the key', async ({
  backend,
}) => {
  const site = siteOf(backend)
  for (const path of ['../secret.txt', '%2e%2e%2fsecret.txt', 'chunks/../../secret.txt', '%00', '%', 'constructor'])
    expect((await ask(`${site}/${path}`)).status, path).toBe(403)
  for (const path of ['control/reset', 'tagalong.js', 'demo.html'])
    expect((await ask(`${site}/${path}`, {}, 'POST')).status, path).toBe(403)
  expect((await ask(`${site}/control/visits`)).status).toBe(403)
  expect((await ask(`${backend.control}/control/visits`)).status).toBe(200)
})
