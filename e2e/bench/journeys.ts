import { setTimeout as wait } from 'node:timers/promises'
import type { Random } from './figures.ts'
import { trail, walk, type Journey, type Step, type Visit } from './journey.ts'
import type { JourneyStage } from './stage/anyEngine.ts'
import { until } from './stage/stage.ts'

const titlesAfterMs = [0, 10, 160, 400, 900]

const steps = (
  count: number,
  random: Random,
  {
    stayMs = [2200, 2800],
    titles = [0, 10],
    prefix = 'p',
  }: { stayMs?: [number, number]; titles?: number[]; prefix?: string } = {},
): Step[] =>
  Array.from({ length: count }, (_, n) => ({
    path: `/${prefix}${n + 1}`,
    title: `Title ${prefix}${n + 1}`,
    titleAfterMs: titles[n % titles.length] ?? 0,
    stayMs: random.between(...stayMs),
  }))

/** Opens the site's first page, which is a visit. */
const arrive = async (stage: JourneyStage, path = '/start') => {
  const { page } = await stage.tab()
  await page.goto(stage.site.origin + path)
  await wait(2000)
  const first: Visit = { href: stage.site.origin + path, title: `Page ${path}` }
  return { page, first }
}

const alone =
  (count: number, options: Parameters<typeof steps>[2]) =>
  async (stage: JourneyStage, random: Random): Promise<Visit[]> => {
    const { page, first } = await arrive(stage)
    const way = steps(count, random, options)
    await walk(page, way)
    return trail(stage.site.origin, first, way)
  }

const unlimited =
  (play: Journey['play']): Journey['play'] =>
  async (stage, random) => {
    await stage.settings({ limiter: false })
    return play(stage, random)
  }

const longestLeaveMs = 300
const sitePages = 12
/** The page that leaves the title of the one before. */
const untitledStep = 6

export const journeys: Journey[] = [
  {
    name: 'unhurried',
    says: '11 pages of a single-page site, 2.2–2.8 s each; titles with the address or 10, 160, 400, 900 ms after it; one page without a title of its own',
    quietMs: 12_000,
    play: unlimited(async (stage, random) => {
      const { page, first } = await arrive(stage)
      const way = steps(10, random, { titles: titlesAfterMs }).map((step, n) =>
        n === untitledStep ? { ...step, title: undefined } : step,
      )
      await walk(page, way)
      return trail(stage.site.origin, first, way)
    }),
  },
  {
    name: 'hurried',
    says: '21 pages of a single-page site, 40–400 ms each, titles with the address or 10 ms after it',
    quietMs: 12_000,
    play: unlimited(alone(20, { stayMs: [40, 400] })),
  },
  {
    name: 'outage with a reload',
    says: 'the API answers 503 and the socket is refused for 10 of 13 pages and a reload; files still come',
    quietMs: 75_000,
    // What the site's server shows at an address the page has pushed.
    page: () => (path) => ({ title: /^\/p\d/.test(path) ? `Title ${path.slice(1)}` : `Page ${path}` }),
    play: unlimited(async (stage, random) => {
      const { page, first } = await arrive(stage)
      const way = steps(12, random, { stayMs: [900, 1300] })
      await walk(page, way.slice(0, 1))
      await stage.faults({ match: '/api/', status: 503 }, { socket: 'refuse' })
      await walk(page, way.slice(1, 6))
      await page.reload()
      await wait(2500)
      await walk(page, way.slice(6, 11))
      await stage.faults()
      await walk(page, way.slice(11))
      return trail(stage.site.origin, first, way)
    }),
  },
  {
    name: 'the limiter',
    says: 'page.visited is limited to 10 calls in 10 s; 31 pages of a single-page site, 700–900 ms each',
    quietMs: 15_000,
    async play(stage, random) {
      await stage.faults({ match: 'page.visited', limit: { calls: 10, windowMs: 10_000 } })
      return alone(30, { stayMs: [700, 900] })(stage, random)
    },
  },
  {
    name: 'a multi-page site',
    says: `${sitePages} documents, each left by a link 0–${longestLeaveMs} ms after its script had its turn, the API's answers 0–500 ms late; every page must be reported`,
    quietMs: 25_000,
    page: (random) => {
      const leaveMs = Array.from({ length: sitePages }, () => random.between(0, longestLeaveMs))
      return (path) => {
        const n = Number(/^\/m(\d+)$/.exec(path)?.[1] ?? 0)
        const next =
          n && n < sitePages
            ? `<a href="/m${n + 1}">next</a><script>setTimeout(()=>document.querySelector('a').click(),${leaveMs[n]})</script>`
            : ''
        return { title: `Page ${path}`, body: `<h1>${path}</h1>${next}` }
      }
    },
    play: unlimited(async (stage, random) => {
      await stage.faults({ match: '/^(GET|POST|OPTIONS) .api/', latencyMs: random.between(0, 500) })
      const { page } = await stage.tab()
      await page.goto(`${stage.site.origin}/m1`)
      // Between two pages nobody answers.
      const isThere = (path: string) => page.evaluate((last) => location.pathname === last, path).catch(() => false)
      if (!(await until(() => isThere(`/m${sitePages}`), 120_000))) throw new Error('The last page never came')
      return Array.from({ length: sitePages }, (_, n) => ({
        href: `${stage.site.origin}/m${n + 1}`,
        title: `Page /m${n + 1}`,
      }))
    }),
  },
  {
    name: 'five tabs',
    says: 'five tabs of one browser at once, each a document and 4 pages, 300–900 ms each',
    quietMs: 15_000,
    play: unlimited(async (stage, random) => {
      const ways = Array.from({ length: 5 }, (_, tab) => ({
        first: `/tab${tab + 1}`,
        way: steps(4, random, { stayMs: [300, 900], prefix: `tab${tab + 1}-` }),
      }))
      return (
        await Promise.all(
          ways.map(async ({ first, way }) => {
            const opened = await arrive(stage, first)
            await walk(opened.page, way)
            return trail(stage.site.origin, opened.first, way)
          }),
        )
      ).flat()
    }),
  },
  {
    name: 'storage refused',
    says: 'the browser keeps nothing (cookies and storage blocked); two documents with 4 pages each, 1–1.4 s',
    refusesStorage: true,
    quietMs: 12_000,
    play: unlimited(async (stage, random) => {
      const { page, first } = await arrive(stage)
      const way = steps(4, random, { stayMs: [1000, 1400] })
      await walk(page, way)
      await wait(2000)
      await page.goto(`${stage.site.origin}/second`)
      await wait(2000)
      const more = steps(4, random, { stayMs: [1000, 1400], prefix: 's' })
      await walk(page, more)
      return [
        ...trail(stage.site.origin, first, way),
        ...trail(stage.site.origin, { href: `${stage.site.origin}/second`, title: 'Page /second' }, more),
      ]
    }),
  },
]
