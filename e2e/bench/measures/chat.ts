import { setTimeout as wait } from 'node:timers/promises'
import type { Run } from '../run.ts'
import { median, ratio, say } from '../figures.ts'
import { observe, seenIn, type Sought } from '../stage/observer.ts'
import { createSides, type Side } from '../stage/sides.ts'
import { onStage, until, untilQuiet, type Stage, type Tab } from '../stage/stage.ts'
import { table } from '../table.ts'
import { createWatch, type Work } from '../stage/work.ts'
import { needed } from '../../stage/needed.ts'

const counts = { few: 20, many: 2000 }
const lengths = ['few', 'many'] as const
/** From the pointer's coming to rest on the launcher to the press. */
const hoverMs = 150
const messages = 7
/** The slowest has drawn a message long before. */
const drawMs = 2500

interface Opening extends Work {
  openedAfterMs: number
  wireBytes: number
  requests: number
}
/** What a conversation of so many messages costs. */
interface Length {
  /** One more message. */
  receiving: Work
  /** On the next page, from the press until the newest message is on screen. */
  reopeningMs: number
  heapBytes: number
}
interface Talk {
  opening: Opening
  few: Length
  many: Length
}

const middleOf = async (stage: Stage, { page }: Tab, selector: string) => {
  const box = await stage.frame(page).locator(selector).first().boundingBox()
  if (!box) throw new Error(`${stage.side.title}: ${selector} is not on screen`)
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}

const press = async (stage: Stage, tab: Tab, selector: string) => {
  const at = await middleOf(stage, tab, selector)
  await tab.devtools.send('Input.dispatchMouseEvent', { type: 'mouseMoved', ...at })
  await wait(hoverMs)
  for (const type of ['mousePressed', 'mouseReleased'] as const)
    await tab.devtools.send('Input.dispatchMouseEvent', { type, ...at, button: 'left', clickCount: 1 })
}

const arrive = async (stage: Stage, cpu: number, words?: string) => {
  await stage.settings({ limiter: false, routing: 'auto' })
  const tab = await stage.tab()
  await tab.devtools.send('Emulation.setCPUThrottlingRate', { rate: cpu })
  await tab.page.addInitScript<Sought>(observe, { ...stage.side, ...(words && { lastWords: words }) })
  await tab.page.goto(`${stage.site.origin}/talk`)
  if (!(await until(async () => (await seenIn(tab.page)).launcherAtMs !== undefined, 60_000)))
    throw new Error(`${stage.side.title}: no launcher`)
  await untilQuiet(stage, 3000, 2000)
  return tab
}

const opened = (tab: Tab) => until(async () => (await seenIn(tab.page)).openedAfterMs !== undefined, 60_000)

const open = async (stage: Stage, cpu: number): Promise<Opening> => {
  const tab = await arrive(stage, cpu)
  const watch = await createWatch(tab)
  const before = { bytes: stage.meter.bytes(), requests: (await stage.ledger()).length + stage.sockets() }
  const work = await watch.during(async () => {
    await press(stage, tab, stage.side.launcher)
    if (!(await opened(tab))) throw new Error(`${stage.side.title} did not open`)
    await untilQuiet(stage, 2000, 2000)
  })
  return {
    ...work,
    openedAfterMs: needed((await seenIn(tab.page)).openedAfterMs, 'time of opening'),
    wireBytes: stage.meter.bytes() - before.bytes,
    requests: (await stage.ledger()).length + stage.sockets() - before.requests,
  }
}

const lastWords = 'The last words.'

const isOpen = (stage: Stage, { page }: Tab) => stage.frame(page).locator(stage.side.composer).first().isVisible()

/** A conversation of `count` messages at the server. */
const converse = async (stage: Stage, tab: Tab, count: number) => {
  await press(stage, tab, stage.side.launcher)
  if (!(await opened(tab))) throw new Error(`${stage.side.title} did not open`)
  await wait(500)
  await press(stage, tab, stage.side.composer)
  await tab.page.keyboard.type('Hello')
  await tab.page.keyboard.press('Enter')
  const isSent = async () =>
    (await stage.ledger()).some(
      ({ path, method, status }) => method === 'POST' && status === 200 && path.endsWith('livechat/message'),
    )
  if (!(await until(isSent, 30_000))) throw new Error(`${stage.side.title}: nothing was sent`)
  await untilQuiet(stage, 2000, 1500)
  await stage.agent({ does: 'fill', count })
  await stage.agent({ does: 'say', text: lastWords })
  await untilQuiet(stage, 2000, 2000)
}

const seesLast = async (stage: Stage, { page }: Tab, text: string) => {
  const isThere = () =>
    stage
      .frame(page)
      .evaluate(
        ([selector, words]) =>
          !![...(document.querySelector('tagalong-widget')?.shadowRoot ?? document).querySelectorAll(selector)]
            .at(-1)
            ?.textContent?.includes(words),
        [stage.side.message, text] as const,
      )
      .catch(() => false)
  if (!(await until(isThere, 120_000))) throw new Error(`${stage.side.title} does not show "${text}"`)
}

/** Widgets ask for the latest few; here they are given all there are, as if the visitor had read up to the beginning. */
const giveAll = (stage: Stage) =>
  stage.context.route(/\/messages\.history\//, (route) => {
    const url = new URL(route.request().url())
    url.searchParams.set('limit', `${counts.many * 2}`)
    return route.continue({ url: url.href })
  })

/** What one more message costs, the page's rest being taken off. */
const receive = async (stage: Stage, cpu: number, count: number): Promise<Work & { heapBytes: number }> => {
  const tab = await arrive(stage, 1)
  await converse(stage, tab, count)
  await giveAll(stage)
  await tab.page.goto(`${stage.site.origin}/again`)
  await seesLast(stage, tab, lastWords)
  await untilQuiet(stage, 3000, 3000)
  if (!(await isOpen(stage, tab))) await press(stage, tab, stage.side.launcher)
  await untilQuiet(stage, 2000, 2000)
  const watch = await createWatch(tab)
  const heapBytes = await watch.heapBytes()
  await tab.devtools.send('Emulation.setCPUThrottlingRate', { rate: cpu })
  const rests: Work[] = []
  const laps: Work[] = []
  for (let n = 1; n <= 3; n++) rests.push(await watch.during(() => wait(drawMs)))
  for (let n = 1; n <= messages; n++)
    laps.push(
      await watch.during(async () => {
        await stage.agent({ does: 'say', text: `One more, number ${n}.` })
        await wait(drawMs)
      }),
    )
  await seesLast(stage, tab, `One more, number ${messages}.`)
  const cost = (figure: keyof Work) =>
    median(laps.map((lap) => lap[figure])) - median(rests.map((rest) => rest[figure]))
  return { scriptMs: cost('scriptMs'), wholeScriptMs: cost('wholeScriptMs'), busyMs: cost('busyMs'), heapBytes }
}

const reopen = async (stage: Stage, cpu: number, count: number): Promise<number> => {
  const tab = await arrive(stage, cpu, lastWords)
  await converse(stage, tab, count)
  // The official widget is closed on every new page; ours is as it was left.
  if (stage.side.name === 'tagalong') await press(stage, tab, stage.side.launcher)
  await wait(1000)
  await tab.page.goto(`${stage.site.origin}/again`)
  await until(async () => (await seenIn(tab.page)).launcherAtMs !== undefined, 60_000)
  await untilQuiet(stage, 3000, 2000)
  if (await isOpen(stage, tab)) throw new Error(`${stage.side.title} opened by itself`)
  await press(stage, tab, stage.side.launcher)
  const seen = async () => (await seenIn(tab.page)).lastWordsAfterMs
  await until(async () => (await seen()) !== undefined, 60_000)
  return (await seen()) ?? NaN
}

export const measureChat = async (run: Run): Promise<Map<Side, Talk[]>> => {
  const sides = createSides().filter(({ name }) => name !== 'none')
  const all = new Map<Side, Talk[]>(sides.map((side) => [side, []]))
  for (let time = 0; time < run.times; time++)
    for (const side of sides) {
      const on = <T>(play: (stage: Stage) => Promise<T>) =>
        onStage({ side, frameFolder: run.frameFolder, cpu: run.cpu }, play)
      const measureLength = async (count: number): Promise<Length> => {
        const { heapBytes, ...receiving } = await on((stage) => receive(stage, run.cpu, count))
        return { receiving, heapBytes, reopeningMs: await on((stage) => reopen(stage, run.cpu, count)) }
      }
      const talk: Talk = {
        opening: await on((stage) => open(stage, run.cpu)),
        few: await measureLength(counts.few),
        many: await measureLength(counts.many),
      }
      all.get(side)?.push(talk)
      run.tell(
        `chat ${time + 1}/${run.times} ${side.title}: opened after ${say(talk.opening.openedAfterMs, 'ms')}, one more at ${counts.few}: ${say(talk.few.receiving.busyMs, 'ms')}, at ${counts.many}: ${say(talk.many.receiving.busyMs, 'ms')}`,
      )
    }
  return all
}

export const sayChat = (all: Map<Side, Talk[]>): string => {
  const sides = [...all.keys()]
  const row = (label: string, figure: (talk: Talk) => number, unit = '', scale = 1): string[] => {
    const values = [...all.values()].map((talks) => median(talks.map(figure)) * scale)
    const [theirs = NaN, ours = NaN] = values
    return [label, ...values.map((value) => say(value, unit)), ratio(ours, theirs)]
  }
  const growth = (label: string, figure: (length: Length) => number): string[] => [
    label,
    ...[...all.values()].map((talks) =>
      say(median(talks.map(({ many }) => figure(many))) / median(talks.map(({ few }) => figure(few)))),
    ),
    '',
  ]
  return table(
    ['the chat', ...sides.map(({ title }) => title), 'Tagalong to official'],
    [
      row('first open: can be written in', ({ opening }) => opening.openedAfterMs, 'ms'),
      row('– script', ({ opening }) => opening.wholeScriptMs, 'ms'),
      row('– main thread busy', ({ opening }) => opening.busyMs, 'ms'),
      row('– on the wire, both ways', ({ opening }) => opening.wireBytes, 'kB', 1 / 1000),
      row('– requests', ({ opening }) => opening.requests),
      ...lengths.flatMap((length) => [
        row(`one more message at ${counts[length]}: main thread busy`, (talk) => talk[length].receiving.busyMs, 'ms'),
        row('– script', (talk) => talk[length].receiving.wholeScriptMs, 'ms'),
      ]),
      growth(
        `one more at ${counts.many} to one more at ${counts.few}: main thread busy`,
        ({ receiving }) => receiving.busyMs,
      ),
      growth('– script', ({ receiving }) => receiving.wholeScriptMs),
      ...lengths.map((length) =>
        row(`heap with ${counts[length]} messages`, (talk) => talk[length].heapBytes, 'MB', 1e-6),
      ),
      ...lengths.map((length) =>
        row(
          `opened on the next page with ${counts[length]} messages: newest on screen`,
          (talk) => talk[length].reopeningMs,
          'ms',
        ),
      ),
    ],
  )
}

export const figuresOfChat = (all: Map<Side, Talk[]>): unknown =>
  Object.fromEntries([...all].map(([{ name }, talks]) => [name, talks]))
