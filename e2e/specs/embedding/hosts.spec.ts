/**
 * The pages of `e2e/hosts/pages`: each a website that makes it hard for whoever is embedded in it. On each the documented tag must do what it
 * does everywhere. The first line of a page says what is hard about it; `%TAG%` is the tag as `dist/snippet.html` has it.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { expect, test, trail } from '../../engines/test.ts'
import type { Server } from '../../stage/server.ts'

const folder = new URL('../../hosts/pages/', import.meta.url)
const documentedTag = /<script async[^]*?<\/script>/.exec(readFileSync('dist/snippet.html', 'utf8'))![0]
const tagFor = ({ origin, cdn }: Server) =>
  documentedTag.replace('https://cdn.example.com', cdn).replace('https://chat.example.com', origin)

const hosts = readdirSync(folder).map((file) => {
  const html = readFileSync(new URL(file, folder), 'utf8')
  const [, description = ''] = /<!-- (.*) -->/.exec(html) ?? []
  const [, headers = '{}'] = /<!-- headers: (.*) -->/.exec(html) ?? []
  return {
    description,
    // Where every object inherits so much, WebDriver cannot answer at all, and Playwright's own scripts stumble over what is read there.
    isReadable: file !== 'inherited-options.html',
    headers: JSON.parse(headers) as Record<string, string>,
    html: (tag: string) =>
      html
        .replace(/<!--.*-->\s*/g, '')
        .replace('%XML_TAG%', () => tag.replace(/ (async|crossorigin)(?=[ >])/g, ' $1=""'))
        .replace('%TAG_IN_SCRIPT%', () => tag.replace('</', '<\\/'))
        .replaceAll('%TAG%', () => tag),
  }
})

for (const { description, isReadable, headers, html } of hosts)
  test(`on ${description}, the trail is whole, and the chat works${isReadable ? '' : ' @playwright'}`, async ({
    visitor,
    server,
    site,
    said,
  }) => {
    await server.settings({ limiter: false })
    site.page('/', { html: html(tagFor(server)), headers })
    site.page('/next', { title: 'Next', head: tagFor(server) })
    await visitor.go('/')
    await visitor.launcher.waitFor()
    await expect.poll(() => trail(server, site)).toEqual(['/ Shop'])
    await visitor.push(`${site.origin}/shoes`, 'Shoes')
    await visitor.widget.open()
    await visitor.widget.say('Hello')
    if (isReadable) await expect.poll(visitor.widget.bubbles).toEqual(['me: Hello'])
    await expect.poll(() => server.said()).toEqual(['Hello'])
    expect(await visitor.page.evaluate(() => document.getElementsByTagName('tagalong-widget').length)).toBe(1)
    await visitor.follow(`${site.origin}/next`)
    await expect.poll(() => trail(server, site)).toEqual(['/ Shop', '/shoes Shoes', '/next Next'])
    expect(said.filter((line) => !line.includes('on this page twice'))).toEqual([])
  })
