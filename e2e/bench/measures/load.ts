import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { brotliCompressSync } from 'node:zlib'
import type { Entry } from '../../backend/index.ts'
import { onAlone, type Alone } from '../stage/alone.ts'
import { median, ratio, say, sum } from '../figures.ts'
import { observe, seenIn, type Sought } from '../stage/observer.ts'
import { createSides, type Side, type SideName } from '../stage/sides.ts'
import { line, onStage, untilQuiet, type Stage } from '../stage/stage.ts'
import { table } from '../table.ts'
import { createWatch, type Counted } from '../stage/work.ts'
import type { Run } from '../run.ts'

/** The same for all: what goes on for ever is counted for as long. */
const watchMs = 8000
const stillMs = 3000
const effortsOfEach = 5

export interface Load {
  /** On the wire, both ways, headers and handshakes of the socket included. */
  wireBytes: number
  fileBytes: number
  requests: number
  files: number
  calls: number
  preflights: number
  sockets: number
  scriptMs: number
  wholeScriptMs: number
  nextScriptMs: number
  busyMs: number
  longTasks: number
  longestTaskMs: number
  heapBytes: number
  layoutShift: number
  launcherMs: number
  inputDelayMs: number
  longestInputDelayMs: number
  nextWireBytes: number
  nextRequests: number
  nextCalls: number
}

export const isFile = ({ path }: Entry) => /^\/(cdn|livechat|sounds|avatar)\b/.test(path)
export const isPreflight = ({ method }: Entry) => method === 'OPTIONS'
export const isCall = (entry: Entry) => !isFile(entry) && !isPreflight(entry)

const bodies = new Map<string, number>()
const fileBytes = (path: string, frameFolder: string): number => {
  const known = bodies.get(path)
  if (known !== undefined) return known
  const file = path.startsWith('/cdn/')
    ? join('dist', path.slice(5))
    : path === '/livechat'
      ? join(frameFolder, 'index.html')
      : join(frameFolder, path.slice('/livechat/'.length))
  const bytes =
    path.startsWith('/sounds/') || path.startsWith('/avatar/')
      ? 0
      : /\.(js|css|html|json|svg)$/.test(file)
        ? brotliCompressSync(readFileSync(file)).length
        : readFileSync(file).length
  bodies.set(path, bytes)
  return bytes
}

/** What a page view loads, asks and keeps, with the page after it. */
const work = async (stage: Stage, frameFolder: string) => {
  const { page, devtools } = await stage.tab()
  const watch = await createWatch({ devtools })
  await page.goto(`${stage.site.origin}/one`)
  await untilQuiet(stage, watchMs, stillMs)
  const first = { wireBytes: stage.meter.bytes(), entries: await stage.ledger(), sockets: stage.sockets() }
  const heapBytes = await watch.heapBytes()
  await page.goto(`${stage.site.origin}/two`)
  await untilQuiet(stage, watchMs, stillMs)
  const next = (await stage.ledger()).slice(first.entries.length)
  return {
    wireBytes: first.wireBytes,
    fileBytes: sum(
      [...new Set(first.entries.filter(isFile).map(({ path }) => path))].map((path) => fileBytes(path, frameFolder)),
    ),
    requests: first.entries.length + first.sockets,
    files: first.entries.filter(isFile).length,
    calls: first.entries.filter(isCall).length,
    preflights: first.entries.filter(isPreflight).length,
    sockets: first.sockets,
    heapBytes,
    nextWireBytes: stage.meter.bytes() - first.wireBytes,
    nextRequests: next.length + stage.sockets() - first.sockets,
    nextCalls: next.filter(isCall).length,
  }
}

/** What it costs the processor: no script of ours in it, no debugger at it. */
const effort = async (alone: Alone): Promise<Counted> => {
  const { counted } = await createWatch(alone)
  return counted(async () => {
    await alone.go('/one')
    await untilQuiet(alone, watchMs, stillMs)
  })
}

/** The same once more with a trace, and the page after it. */
const script = async (alone: Alone) => {
  const { traced } = await createWatch(alone)
  const view = (path: string) =>
    traced(async () => {
      await alone.go(path)
      await untilQuiet(alone, watchMs, stillMs)
    })
  return { wholeScriptMs: await view('/one'), nextScriptMs: await view('/two') }
}

/** What the visitor sees and feels, with an observer in the page that all sides pay for. */
const looks = async (stage: Stage) => {
  const { page, devtools } = await stage.tab()
  await devtools.send('Network.enable')
  await devtools.send('Network.emulateNetworkConditions', { offline: false, ...line })
  await page.addInitScript<Sought>(observe, stage.side)
  let over = false
  const press = async () => {
    while (!over) {
      await devtools
        .send('Input.dispatchKeyEvent', { type: 'keyDown', key: 'Shift', code: 'ShiftLeft', windowsVirtualKeyCode: 16 })
        .catch(() => (over = true))
      await devtools
        .send('Input.dispatchKeyEvent', { type: 'keyUp', key: 'Shift', code: 'ShiftLeft', windowsVirtualKeyCode: 16 })
        .catch(() => (over = true))
      await wait(60)
    }
  }
  await page.goto(`${stage.site.origin}/one`, { waitUntil: 'commit' })
  const pressing = press()
  await untilQuiet(stage, watchMs, stillMs)
  over = true
  await pressing
  const seen = await seenIn(page)
  return {
    longTasks: seen.longTasksMs.length,
    longestTaskMs: Math.max(0, ...seen.longTasksMs),
    layoutShift: seen.layoutShift,
    launcherMs: (seen.launcherAtMs ?? NaN) - seen.originMs,
    inputDelayMs: median(seen.inputDelaysMs),
    longestInputDelayMs: Math.max(...seen.inputDelaysMs),
  }
}

export interface Loads {
  sides: Side[]
  all: Map<SideName, Load[]>
}

export const measureLoad = async (run: Run): Promise<Loads> => {
  const sides = createSides()
  const all = new Map<SideName, Load[]>(sides.map(({ name }) => [name, []]))
  for (let time = 0; time < run.times; time++)
    for (const side of sides) {
      const options = { side, frameFolder: run.frameFolder, cpu: run.cpu }
      const worked = await onStage(options, (stage) => work(stage, run.frameFolder))
      // How long a script waits for the browser differs more from one page view to the next than all else does.
      const efforts: Counted[] = []
      while (efforts.length < effortsOfEach) efforts.push(await onAlone(options, effort))
      const [scriptMs, busyMs] = [median(efforts.map((one) => one.scriptMs)), median(efforts.map((one) => one.busyMs))]
      const traced = await onAlone(options, script)
      const looked = await onStage(options, looks)
      all.get(side.name)?.push({ ...worked, scriptMs, busyMs, ...traced, ...looked })
      run.tell(
        `load ${time + 1}/${run.times} ${side.title}: ${say(worked.wireBytes / 1000, 'kB')}, script ${say(scriptMs, 'ms')}, launcher ${say(looked.launcherMs, 'ms')}`,
      )
    }
  return { sides, all }
}

export const sayLoad = ({ sides, all }: Loads): string => {
  const of = (name: SideName, figure: keyof Load) => median((all.get(name) ?? []).map((load) => load[figure]))
  const columns: SideName[] = ['none', 'official', 'tagalong']
  /** `added`: what the page costs without a widget is taken off before the ratio. */
  const row = (
    label: string,
    figure: keyof Load,
    { unit = '', scale = 1, added = false, host = false } = {},
  ): string[] => {
    const [bare, theirs, ours] = columns.map((name) => of(name, figure) * scale) as [number, number, number]
    const off = added ? bare : 0
    const compared = host ? `${say(ours / bare)} (official ${say(theirs / bare)})` : ratio(ours - off, theirs - off)
    return [label, ...[bare, theirs, ours].map((value) => say(value, unit)), compared]
  }
  const kB = { unit: 'kB', scale: 1 / 1000 }
  return table(
    ['a page view', ...sides.map(({ title }) => title), 'Tagalong to official'],
    [
      row('files, brotli', 'fileBytes', kB),
      row('on the wire, both ways', 'wireBytes', kB),
      row('requests', 'requests'),
      row('– files', 'files'),
      row('– server calls', 'calls'),
      row('– preflights', 'preflights'),
      row('– websockets', 'sockets'),
      row('next page: on the wire', 'nextWireBytes', kB),
      row('next page: requests', 'nextRequests'),
      row('next page: server calls', 'nextCalls'),
      row('next page: script, all of it', 'nextScriptMs', { unit: 'ms', added: true }),
      row('launcher on screen', 'launcherMs', { unit: 'ms' }),
      row('script, all of it', 'wholeScriptMs', { unit: 'ms', added: true }),
      row('– without what promises wait for', 'scriptMs', { unit: 'ms', added: true }),
      row('main thread busy', 'busyMs', { unit: 'ms', added: true }),
      row('tasks over 50 ms', 'longTasks', { added: true }),
      row('longest task', 'longestTaskMs', { unit: 'ms' }),
      row('heap after collection', 'heapBytes', { unit: 'MB', scale: 1e-6, added: true }),
      row('layout shift', 'layoutShift'),
      row('wait of a key press; ratio: to no widget', 'inputDelayMs', { unit: 'ms', host: true }),
      row('longest such wait; ratio: to no widget', 'longestInputDelayMs', { unit: 'ms', host: true }),
    ],
  )
}

export const figuresOfLoad = ({ all }: Loads): unknown => Object.fromEntries(all)
