import type { CDPSession } from 'playwright'

export type Devtools = Pick<CDPSession, 'send' | 'on' | 'off' | 'once'>

/** The processor's own time on main threads, so that what else the machine does counts little. */
export interface Counted {
  /** Compiling and running scripts, as the browser itself counts it: without what promises wait for. */
  scriptMs: number
  /** All that kept the thread from the visitor. */
  busyMs: number
}
export interface Work extends Counted {
  /** Script with what promises wait for, from a trace: most of what answers of the network and the database set off. */
  wholeScriptMs: number
}

/** The phase of an event that has a beginning and an end: https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU */
const completeEvent = 'X'

/** Times in microseconds: `ts` when it began, `dur` how long it took, `tdur` how much of that the thread ran. */
interface Traced {
  name: string
  ph: string
  pid: number
  tid: number
  ts: number
  dur?: number
  tdur?: number
  args?: { name?: string }
}

const script = new Set(
  'EvaluateScript FunctionCall RunMicrotasks TimerFire EventDispatch FireAnimationFrame FireIdleCallback v8.compile v8.compileModule v8.evaluateModule v8.callFunction v8.produceCache v8.parseOnBackground XHRReadyStateChange XHRLoad'.split(
    ' ',
  ),
)
const other = new Set(
  'UpdateLayoutTree Layout ParseHTML ParseAuthorStyleSheet Paint PrePaint Layerize Commit MinorGC MajorGC HitTest'.split(
    ' ',
  ),
)

/** Time inside script, less what the page's layout and the like took within it. */
const scriptTime = (events: Traced[]): number => {
  const known = events
    .filter(({ name, ph }) => ph === completeEvent && (script.has(name) || other.has(name)))
    .flatMap(({ name, ts, dur = 0, tdur }) =>
      tdur === undefined ? [] : [{ name, fromUs: ts, untilUs: ts + dur, threadUs: tdur }],
    )
    .sort((a, b) => a.fromUs - b.fromUs || b.untilUs - a.untilUs)
  const around: typeof known = []
  let totalUs = 0
  for (const event of known) {
    let outer = around.at(-1)
    while (outer && outer.untilUs <= event.fromUs) {
      around.pop()
      outer = around.at(-1)
    }
    if (script.has(event.name)) totalUs += !outer || other.has(outer.name) ? event.threadUs : 0
    else if (outer && script.has(outer.name)) totalUs -= event.threadUs
    around.push(event)
  }
  return totalUs / 1000
}

export const createWatch = async ({ devtools }: { devtools: Devtools }) => {
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' })
  const metrics = async () =>
    Object.fromEntries(
      (await devtools.send('Performance.getMetrics')).metrics.map(({ name, value }) => [name, value]),
    ) as Record<string, number>
  /** Without a trace, which has its own price for every function that is compiled. */
  const counted = async (play: () => Promise<unknown>): Promise<Counted> => {
    const before = await metrics()
    await play()
    const after = await metrics()
    const spentMs = (metric: string) => ((after[metric] ?? 0) - (before[metric] ?? 0)) * 1000
    return { scriptMs: spentMs('ScriptDuration'), busyMs: spentMs('TaskDuration') }
  }
  const traced = async (play: () => Promise<unknown>): Promise<number> => {
    const events: Traced[] = []
    const collect = ({ value }: { value: unknown[] }) => events.push(...(value as Traced[]))
    devtools.on('Tracing.dataCollected', collect)
    await devtools.send('Tracing.start', {
      transferMode: 'ReportEvents',
      traceConfig: { includedCategories: ['devtools.timeline', 'v8'], excludedCategories: ['*'] },
    })
    await play()
    const complete = new Promise<void>((resolve) => devtools.once('Tracing.tracingComplete', () => resolve()))
    await devtools.send('Tracing.end')
    await complete
    devtools.off('Tracing.dataCollected', collect)
    const mains = events
      .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
      .map(({ pid, tid }) => `${pid}/${tid}`)
    return mains.reduce((all, main) => all + scriptTime(events.filter(({ pid, tid }) => `${pid}/${tid}` === main)), 0)
  }
  return {
    counted,
    traced,
    async during(play: () => Promise<unknown>): Promise<Work> {
      let wholeScriptMs = 0
      const spent = await counted(async () => (wholeScriptMs = await traced(play)))
      return { ...spent, wholeScriptMs }
    },
    async heapBytes(): Promise<number> {
      await devtools.send('HeapProfiler.enable')
      await devtools.send('HeapProfiler.collectGarbage')
      await devtools.send('HeapProfiler.collectGarbage')
      return (await metrics()).JSHeapUsedSize ?? NaN
    },
  }
}
