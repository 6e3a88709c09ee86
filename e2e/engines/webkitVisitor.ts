/** WebKit in the place of Playwright's browsers: the fixtures `said` and `visitor`, over WebDriver. */
import { createBackForward } from '../stage/back-forward.ts'
import type { Site } from '../stage/site.ts'
import { createVerbs } from '../stage/verbs.ts'
import { readText } from '../stage/widget.ts'
import type { EngineFixtures } from './test.ts'
import type { EngineTab, EngineVisitor, EngineWidget } from './verbs.ts'
import { startWebKit, type WebKitPage } from './webkit.ts'

const enterKey = '\uE007'

const createWidget = (page: WebKitPage): EngineWidget => ({
  async open() {
    await page.click(() =>
      document.querySelector('tagalong-widget')?.shadowRoot?.querySelector('button[aria-expanded="false"]'),
    )
    await page.waitFor(() => document.querySelector('tagalong-widget')?.shadowRoot?.querySelector('[role="dialog"]'))
  },
  async close() {
    await page.click(() =>
      document.querySelector('tagalong-widget')?.shadowRoot?.querySelector('button[aria-label="Close"]'),
    )
    // Over WebDriver the launcher is pressed where it stands: not while the panel still covers it.
    await page.waitForFunction(
      () => !document.querySelector('tagalong-widget')?.shadowRoot?.querySelector('[role="dialog"]'),
    )
  },
  say: (text) =>
    page.type(() => document.querySelector('tagalong-widget')?.shadowRoot?.querySelector('textarea'), text + enterKey),
  bubbles: () =>
    page.evaluate(() =>
      [...(document.querySelector('tagalong-widget')?.shadowRoot?.querySelectorAll('article.message') ?? [])].map(
        (article) =>
          `${article.classList.contains('mine') ? 'me' : 'them'}: ${[...article.querySelectorAll<HTMLElement>('.bubble')].map((bubble) => bubble.innerText.trim()).join(' | ')}`,
      ),
    ),
  notes: () =>
    page.evaluate(() =>
      [...(document.querySelector('tagalong-widget')?.shadowRoot?.querySelectorAll<HTMLElement>('.notice') ?? [])].map(
        (notice) => notice.innerText,
      ),
    ),
  fill: (label, text) =>
    page.type(
      (wanted) => {
        const root = document.querySelector('tagalong-widget')?.shadowRoot
        const named = [...(root?.querySelectorAll('label') ?? [])].find(
          ({ innerText }) => innerText.replace(' (optional)', '') === wanted,
        )
        return named?.control
      },
      text,
      label,
    ),
  press: (name) =>
    page.click(
      (wanted) =>
        [...(document.querySelector('tagalong-widget')?.shadowRoot?.querySelectorAll('button') ?? [])].find(
          (button) => (button.ariaLabel ?? button.innerText) === wanted,
        ),
      name,
    ),
  text: () => page.evaluate(readText),
})

const createTab = (page: WebKitPage, site: Site): EngineTab => ({
  ...createVerbs(page, site),
  ...createBackForward(page),
  launcher: {
    waitFor: () => page.waitFor(() => document.querySelector('tagalong-widget')?.shadowRoot?.querySelector('button')),
  },
  widget: createWidget(page),
})

/** WebDriver does not tell what the console says: the page itself tells its site. */
const tellSite = () => {
  const tell = (line: string) => void fetch(`/said?${encodeURIComponent(line)}`, { keepalive: true })
  for (const type of ['log', 'warn', 'error'] as const) {
    const say = console[type]
    console[type] = (...all) => {
      tell(`${type === 'warn' ? 'warning' : type}: ${all.join(' ')}`)
      say(...all)
    }
  }
  addEventListener('error', ({ message }) => tell(`uncaught: ${message}`))
  addEventListener('unhandledrejection', ({ reason }) => tell(`uncaught: ${reason}`))
}

const fixtures = {
  async said({ site }: { site: Site }, use: (said: string[]) => Promise<void>): Promise<void> {
    const said: string[] = []
    site.prepend(`(${tellSite})()`)
    site.page('/said', ({ url = '' }) => {
      said.push(decodeURIComponent(url.replace(/^.*?\?/, '')))
      return ''
    })
    await use(said)
  },
  async visitor({ site }: { site: Site }, use: (visitor: EngineVisitor) => Promise<void>): Promise<void> {
    const browser = await startWebKit(site.prepend)
    const tab = async () => createTab(await browser.newPage(), site)
    await use({ ...(await tab()), tab })
    await browser.stop()
  },
}

/** A project's value of an option; Playwright's types know plain values alone, and its runner calls a function as it calls any fixture. */
export const webkit = fixtures as unknown as EngineFixtures
