import { setTimeout as wait } from 'node:timers/promises'
import type { HostPage } from '../stage/site.ts'
import type { Random } from './figures.ts'
import type { EnginePage } from '../engines/verbs.ts'
import type { JourneyStage } from './stage/anyEngine.ts'
import { until } from './stage/stage.ts'

/** A page the visitor was on, and the title it had at last. */
export interface Visit {
  href: string
  title: string
}

/** One step of a single-page site: the address, then the title, then a stay. */
export interface Step {
  path: string
  /** None: the page before leaves its own. */
  title?: string
  titleAfterMs: number
  stayMs: number
}

export interface Journey {
  name: string
  /** What is done, for who reads the table. */
  says: string
  refusesStorage?: boolean
  page?(random: Random): (path: string) => HostPage
  /** How long the server may hear nothing before what has not come is lost. */
  quietMs: number
  /** Plays it and says where the visitor was. */
  play(stage: JourneyStage, random: Random): Promise<Visit[]>
}

/** Walks inside the page, so that nothing but the page's own pace counts. */
export const walk = (page: EnginePage, steps: Step[]): Promise<void> =>
  page.evaluate(async (all) => {
    const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
    for (const { path, title, titleAfterMs, stayMs } of all) {
      history.pushState({}, '', path)
      if (title !== undefined) {
        if (titleAfterMs) await sleep(titleAfterMs)
        document.title = title
      }
      await sleep(title === undefined ? stayMs : Math.max(0, stayMs - titleAfterMs))
    }
  }, steps)

/** Where the steps have led, the page before them included. */
export const trail = (origin: string, first: Visit, steps: Step[]): Visit[] => {
  let { title } = first
  const visits = steps.map((step) => {
    title = step.title ?? title
    return { href: origin + step.path, title }
  })
  return [first, ...visits]
}

export interface Verdict {
  pages: number
  delivered: number
  rightTitle: number
  doubled: number
  /** Reported, though the visitor never was there. */
  phantoms: number
  /** As how many visitors an agent sees this one. */
  visitors: number
  reports: number
  refused: number
  calls: number
  preflights: number
}

/** Waits for what may still come, then compares what is stored with where the visitor was. */
export const judge = async (
  stage: JourneyStage,
  visits: Visit[],
  quietMs: number,
): Promise<Verdict & { ledger: unknown[] }> => {
  const isThere = async () => {
    const stored = new Set((await stage.visits()).map(({ href }) => href))
    return visits.every(({ href }) => stored.has(href))
  }
  let heard = -1
  let sinceMs = Date.now()
  await until(async () => {
    const now = (await stage.ledger()).length
    if (now !== heard) sinceMs = Date.now()
    heard = now
    return (await isThere()) || Date.now() - sinceMs > quietMs
  }, 600_000)
  // A doubled one comes late.
  await wait(4000)
  const stored = await stage.visits()
  const calls = (await stage.ledger()).filter(({ path }) => path.startsWith('/api/'))
  const reports = calls.filter(({ method, path }) => method === 'POST' && path.endsWith('/page.visited'))
  const verdict = { pages: visits.length, delivered: 0, rightTitle: 0, doubled: 0, phantoms: 0 }
  const known = new Set(visits.map(({ href }) => href))
  for (const { href, title } of visits) {
    const found = stored.filter((visit) => visit.href === href)
    verdict.delivered += +(found.length > 0)
    verdict.rightTitle += +(found[0]?.title === title)
    verdict.doubled += Math.max(0, found.length - 1)
  }
  verdict.phantoms = stored.filter(({ href }) => !known.has(href)).length
  return {
    ...verdict,
    visitors: new Set(stored.map(({ token }) => token)).size,
    reports: reports.length,
    refused: reports.filter(({ status }) => status === 429).length,
    calls: calls.filter(({ method }) => method !== 'OPTIONS').length,
    preflights: calls.filter(({ method }) => method === 'OPTIONS').length,
    ledger: reports.map(({ at, status, answered, body }) => ({
      at,
      status,
      answered,
      page: (body as { pageInfo?: unknown } | undefined)?.pageInfo,
    })),
  }
}
