import type { Check } from '../../options'

/** Our own files: the script under its usual names, and the chunks. */
const ownFile = /\/(tagalong(\.all)?\.js|chunks\/[\w-]+-[\w-]{8}\.js)([?#]|$)/

/** Long Animation Frames (https://w3c.github.io/long-animation-frames/), as far as this needs them: TypeScript does not know them yet. */
interface FrameEntry extends PerformanceEntry {
  scripts: { sourceURL: string; duration: number }[]
}

/** The longest of our tasks so far that held up a frame for 50 ms and more; undefined where the browser does not tell. */
const longestTaskMs = (): Promise<number | undefined> =>
  new Promise((resolve) => {
    const type = 'long-animation-frame'
    if (!PerformanceObserver.supportedEntryTypes.includes(type)) return resolve(undefined)
    const durations = (entries: PerformanceEntry[]) =>
      // The observer below hears of no other type.
      (entries as FrameEntry[])
        .flatMap(({ scripts }) => scripts)
        .filter(({ sourceURL }) => ownFile.test(sourceURL))
        .map(({ duration }) => duration)
    const observer = new PerformanceObserver((list) => {
      observer.disconnect()
      resolve(Math.max(0, ...durations(list.getEntries())))
    })
    observer.observe({ type, buffered: true })
    // Where there was no such frame, the observer is never called: what was buffered is delivered before the next frame is drawn.
    requestAnimationFrame(() => requestAnimationFrame(() => resolve(0)))
  })

/** What this widget has cost the page so far. No fault, whatever it is. */
export const checkOfCost = async (server: string): Promise<Check> => {
  // The type of an entry follows from the name it was asked by.
  const all = performance.getEntriesByType('resource') as PerformanceResourceTiming[]
  const ours = all.filter(({ name }) => ownFile.test(name) || name.startsWith(`${server}/api/v1/livechat/`))
  const bytes = ours.reduce((sum, { transferSize }) => sum + transferSize, 0)
  const taskMs = await longestTaskMs()
  const task =
    taskMs === undefined
      ? 'this browser does not tell of long tasks'
      : taskMs
        ? `its longest task took ${Math.round(taskMs)} ms`
        : 'no task of its own held up a frame'
  return {
    name: 'cost',
    ok: true,
    says: `On this page so far: ${ours.length} requests, ${(bytes / 1000).toFixed(1)} kB as far as the browser tells, ${task}.`,
  }
}
