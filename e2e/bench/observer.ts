/** What the observer in a page has seen. */
export interface Seen {
  originMs: number
  launcherAtMs?: number
  firstPaintMs?: number
  layoutShift: number
  longTasksMs: number[]
  inputDelaysMs: number[]
}

/** Runs in every frame before its own scripts, so it may use nothing from around it. */
export const observe = (launcher: string): void => {
  const seen: Seen = { originMs: performance.timeOrigin, layoutShift: 0, longTasksMs: [], inputDelaysMs: [] }
  Object.assign(globalThis, { seen })
  const watch = (type: string, take: (entry: PerformanceEntry & { value?: number; hadRecentInput?: boolean }) => void) => new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true })
  if (top === self) {
    watch('longtask', ({ duration }) => seen.longTasksMs.push(duration))
    watch('layout-shift', ({ value }) => (seen.layoutShift += value ?? 0))
    watch('paint', ({ name, startTime }) => name === 'first-paint' && (seen.firstPaintMs = startTime))
    addEventListener('keydown', ({ timeStamp }) => seen.inputDelaysMs.push(performance.now() - timeStamp), true)
  }
  const look = () => {
    const root = document.querySelector('tagalong-widget')?.shadowRoot ?? document
    const found = launcher && root.querySelector(launcher)
    if (found && found.getBoundingClientRect().width > 0 && found.checkVisibility({ opacityProperty: true, visibilityProperty: true }))
      requestAnimationFrame(() => (seen.launcherAtMs = performance.timeOrigin + performance.now()))
    else if (performance.now() < 20_000) requestAnimationFrame(look)
  }
  if (launcher) look()
}
