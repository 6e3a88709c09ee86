/** The stage of the journeys, in any engine: what they ask of a browser is what every engine knows. */
import { firefox } from 'playwright'
import { findFirefox } from '../../engines/firefox.ts'
import type { EnginePage } from '../../engines/verbs.ts'
import { startWebKit } from '../../engines/webkit.ts'
import { needed } from '../../stage/needed.ts'
import { createServers, type Servers } from './servers.ts'
import { onStage, type StageOptions } from './stage.ts'

export const engines = ['chromium', 'firefox', 'webkit'] as const
export type Engine = (typeof engines)[number]

export interface JourneyStage extends Servers {
  tab(): Promise<{ page: EnginePage }>
}

interface Browser {
  newPage(): Promise<EnginePage>
  stop(): Promise<void>
}

const startFirefox = async (refusesStorage: boolean): Promise<Browser> => {
  const browser = await firefox.launch({
    executablePath: needed(findFirefox(), 'Firefox'),
    channel: 'moz-firefox',
    // 2: nothing is kept for any site.
    firefoxUserPrefs: refusesStorage ? { 'network.cookie.cookieBehavior': 2 } : {},
  })
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  context.setDefaultNavigationTimeout(120_000)
  return { newPage: () => context.newPage(), stop: () => browser.close() }
}

/** WebKit has no switch that refuses storage, and only Chromium's processor can be slowed. */
export const canPlay = (engine: Engine, refusesStorage: boolean): boolean => engine !== 'webkit' || !refusesStorage

/** Sets up, plays, and clears away whatever happens. */
export const onAnyStage = async <T>(
  engine: Engine,
  options: StageOptions,
  play: (stage: JourneyStage) => Promise<T>,
): Promise<T> => {
  if (engine === 'chromium') return onStage(options, play)
  const servers = await createServers(options)
  const browser =
    engine === 'firefox' ? await startFirefox(!!options.refusesStorage) : await startWebKit(servers.site.prepend)
  try {
    return await play({
      ...servers,
      async tab() {
        const page = await browser.newPage()
        await page.goto(`${servers.site.origin}/bare`)
        return { page }
      },
    })
  } finally {
    await browser.stop()
    await servers.stop()
  }
}
