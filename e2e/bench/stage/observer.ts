/** What the observer in a page has seen. */
export interface Seen {
  originMs: number
  launcherAtMs?: number
  layoutShift: number
  longTasksMs: number[]
  inputDelaysMs: number[]
  /** From a press until something can be written. */
  openedAfterMs?: number
  /** From a press until the newest message is on screen. */
  lastWordsAfterMs?: number
}

export interface Sought {
  launcher: string
  composer: string
  message: string
  /** In the newest message, once it is on screen. */
  lastWords?: string
}

/** Runs in every frame before its own scripts, so it may use nothing from around it. */
export const observe = ({ launcher, composer, message, lastWords }: Sought): void => {
  const seen: Seen = { originMs: performance.timeOrigin, layoutShift: 0, longTasksMs: [], inputDelaysMs: [] }
  Object.assign(globalThis, { seen })
  const watch = (type: string, take: (entry: PerformanceEntry & { value?: number }) => void) =>
    new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true })
  if (top === self) {
    watch('longtask', ({ duration }) => seen.longTasksMs.push(duration))
    watch('layout-shift', ({ value }) => (seen.layoutShift += value ?? 0))
    addEventListener('keydown', ({ timeStamp }) => seen.inputDelaysMs.push(performance.now() - timeStamp), true)
  }
  const all = (selector: string) => [
    ...(document.querySelector('tagalong-widget')?.shadowRoot ?? document).querySelectorAll(selector),
  ]
  const isShown = (found: Element | undefined) =>
    !!found &&
    found.getBoundingClientRect().width > 0 &&
    found.checkVisibility({ opacityProperty: true, visibilityProperty: true })
  /** Calls `then` in the frame after the one in which the condition holds. */
  const when = (isSo: () => boolean, then: () => void) => {
    const step = () => void requestAnimationFrame(isSo() ? then : step)
    step()
  }
  const nowMs = () => performance.timeOrigin + performance.now()
  if (!launcher) return
  when(
    () => isShown(all(launcher)[0]),
    () => (seen.launcherAtMs = nowMs()),
  )
  const isNewestOnScreen = (words: string) => {
    const newest = all(message).at(-1)
    return isShown(newest) && !!newest?.textContent?.includes(words)
  }
  addEventListener(
    'pointerdown',
    ({ timeStamp }) => {
      const sinceMs = () => performance.now() - timeStamp
      when(
        () => isShown(all(composer)[0]),
        () => (seen.openedAfterMs = sinceMs()),
      )
      if (lastWords)
        when(
          () => isNewestOnScreen(lastWords),
          () => (seen.lastWordsAfterMs = sinceMs()),
        )
    },
    { capture: true, once: true },
  )
}

/** Of a page and the frames in it: what any of them has seen. */
export const seenIn = async (page: import('playwright').Page): Promise<Seen> => {
  const frames = await Promise.all(
    page.frames().map((frame) => frame.evaluate(() => window.seen).catch(() => undefined)),
  )
  const [top] = frames as [Seen]
  const found = (figure: 'launcherAtMs' | 'openedAfterMs' | 'lastWordsAfterMs') =>
    frames.map((seen) => seen?.[figure]).find((value) => value !== undefined)
  return {
    ...top,
    launcherAtMs: found('launcherAtMs'),
    openedAfterMs: found('openedAfterMs'),
    lastWordsAfterMs: found('lastWordsAfterMs'),
  }
}
