import { expect, trail, type Server, type Visitor } from '../test.ts'

export const titles: Record<string, string> = {
  '/': 'Home',
  '/shoes': 'Shoes',
  '/shoes?size=9': 'Shoes in 9',
  '/lazy': 'Lazy',
  '/new': 'New',
  '/a': 'A',
  '/b': 'B',
  '/end': 'End',
}

export interface Journey {
  visitor: Visitor
  server: Server
  site: { origin: string }
  /** Waits at some pages until all is delivered: long enough for a router to rewrite the address of a page that has been reported. */
  pauses?: boolean
  hash?: boolean
  /** The page the address names before the router has touched it. */
  landing?: string
}

/** Through the shop that every router shows: what arrives is the pages the visitor was on, each once, with its title. */
export const travel = async ({ visitor, server, site, pauses, hash, landing }: Journey): Promise<void> => {
  const { page } = visitor
  const expected: string[] = []
  const arrives = () => expect.poll(() => trail(server, site), { intervals: [50] }).toEqual(expected)
  const isOn = async (wanted: string, pause = false) => {
    const address = hash && wanted !== landing ? `/#${wanted}` : wanted
    await expect
      .poll(() => page.evaluate(() => `${location.href.replace(location.origin, '')} ${document.title}`), {
        intervals: [10],
      })
      .toBe(address)
    expected.push(address)
    if (pause && pauses) await arrives()
  }
  const click = (to: string) => page.getByRole('link', { name: to, exact: true }).click()

  await page.goto(`${site.origin}/`)
  await isOn('/ Home', true)
  await click('/shoes')
  await isOn('/shoes Shoes')
  await click('/shoes?size=9')
  await isOn('/shoes?size=9 Shoes in 9')
  await click('/shoes?size=9#care')
  await isOn('/shoes?size=9#care Shoes in 9')
  await click('/lazy')
  await isOn('/lazy Lazy', true)
  await click('/old')
  await isOn('/new New', true)
  await visitor.back()
  await isOn('/lazy Lazy', true)
  await visitor.forward()
  await isOn('/new New')

  const between = await page.evaluate(async () => {
    const press = (to: string) => {
      const link = [...document.links].find(({ textContent }) => textContent === to)
      if (!link) throw new Error(`The page has no link to ${to}`)
      link.click()
    }
    press('/a')
    await new Promise((resolve) => setTimeout(resolve, 40))
    const had = `${location.href.replace(location.origin, '')} ${document.title}`
    press('/b')
    return had
  })
  // On a machine under load the router may not have got to it yet.
  if (between !== expected.at(-1)) expected.push(between)
  await isOn('/b B')
  await click('/end')
  await isOn('/end End')
  await arrives()
}
