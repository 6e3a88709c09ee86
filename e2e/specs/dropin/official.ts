/** What a page with the official widget has: the snippet as Rocket.Chat's administration shows it, with another address for the script. */
import { test as base, type Server, type Visitor } from '../../test.ts'

export { expect } from '../../test.ts'

/**
 * The titles of Rocket.Chat's own browser tests of its widget's API (apps/meteor/tests/e2e/omnichannel/omnichannel-livechat-api*.spec.ts), those
 * that it skips as well. Each is claimed by a spec of ours, which does what that test does, or what it leaves open.
 */
export const officialTitles = [
  'OC - Livechat API - Open and Close widget',
  'OC - Livechat API - Show and Hide widget',
  'OC - Livechat API - setAgent',
  'OC - Livechat API - setLanguage',
  'OC - Livechat API - setTheme',
  'OC - Livechat API - setParentUrl',
  'OC - Livechat API - clearBusinessUnit',
  'OC - Livechat API - setBusinessUnit',
  'OC - Livechat API - setCustomField',
  'OC - Livechat API - clearDepartment',
  'setDepartment - Called during ongoing conversation',
  'setDepartment - Called before conversation',
  'transferChat - Called during ongoing conversation',
  'OC - Livechat API - registerGuest',
  'OC - Livechat API - registerGuest different guests',
  'OC - Livechat API - registerGuest multiple times',
  'OC - Livechat API - setGuestEmail',
  'OC - Livechat API - setGuestName',
  'OC - Livechat API - setGuestToken',
  'OC - Livechat API - onChatMaximized & onChatMinimized',
  'OC - Livechat API - onChatStarted & onChatEnded',
  'OC - Livechat API - onPrechatFormSubmit & onAssignAgent',
  'onAgentStatusChange',
  'OC - Livechat API - onOfflineFormSubmit',
  'OC - Livechat API - onWidgetHidden & onWidgetShown',
  'OC - Livechat API - onServiceOffline',
  'OC - Livechat API - onQueuePositionChange',
] as const

/** For the details of a test: which of Rocket.Chat's own tests it stands for. */
export const official = (...titles: (typeof officialTitles)[number][]) => ({
  annotation: titles.map((description) => ({ type: 'official', description })),
})

/** Untouched but for the address of the script, whose query stays as well. */
export const snippet = (server: Pick<Server, 'origin' | 'cdn'>, url = `${server.origin}/livechat`): string => `
<!-- Start of Rocket.Chat Livechat Script -->
<script type="text/javascript">
(function(w, d, s, u) {
	w.RocketChat = function(c) { w.RocketChat._.push(c) }; w.RocketChat._ = []; w.RocketChat.url = u;
	var h = d.getElementsByTagName(s)[0], j = d.createElement(s);
	j.async = true; j.src = '${server.cdn}/rocketchat-livechat.min.js?_=201903270000';
	h.parentNode.insertBefore(j, h);
})(window, document, 'script', '${url}');
</script>
<!-- End of Rocket.Chat Livechat Script -->`

/** Of the official widget's API, as much as a test calls: whatever there is. */
type OfficialApi = Record<string, (...given: unknown[]) => void>

interface Dropin {
  /** A page with the snippet, and a script behind it that calls `RocketChat` before it has come. */
  host(path: string, early?: string): void
  /** The visitor goes to such a page, `/shop`. */
  open(early?: string): Promise<void>
  /** And the chat is opened there, by the page. */
  chat(early?: string): Promise<void>
  /** Calls a method as pages do after load. */
  call(name: string, ...given: unknown[]): Promise<void>
  /** Every callback that was called since `listen`, with what it was given. */
  listen(...names: string[]): Promise<void>
  heard(): Promise<[name: string, ...data: unknown[]][]>
}

declare global {
  interface Window {
    RocketChat: { (run: (this: OfficialApi) => void): void; livechat: OfficialApi }
    /** What callbacks were given. */
    heard: [name: string, ...data: unknown[]][]
  }
}

export const test = base.extend<{ dropin: Dropin }>({
  dropin: async ({ server, site, visitor }: { server: Server; site: { page: Function }; visitor: Visitor }, use) => {
    const { page } = visitor
    const host: Dropin['host'] = (path, early = '') =>
      void site.page(path, {
        title: `Shop ${path}`,
        head: snippet(server),
        body: `<h1>${path}</h1><script>window.heard = []; ${early}</script>`,
      })
    const open: Dropin['open'] = async (early) => {
      host('/shop', early)
      await visitor.go('/shop')
    }
    const call: Dropin['call'] = async (name, ...given) => {
      await page.waitForFunction(() => window.RocketChat.livechat)
      await page.evaluate(
        // A method that is not there fails the test.
        ({ name, given }) => window.RocketChat.livechat[name]!(...given),
        { name, given },
      )
    }
    await use({
      host,
      open,
      async chat(early) {
        await open(early)
        await call('maximizeWidget')
      },
      call,
      async listen(...names) {
        await page.waitForFunction(() => window.RocketChat.livechat)
        await page.evaluate((names) => {
          window.heard = []
          for (const name of names)
            // A registrar that is not there fails the test.
            window.RocketChat.livechat[name]!((...data: unknown[]) => window.heard.push([name, ...data]))
        }, names)
      },
      heard: () => page.evaluate(() => JSON.parse(JSON.stringify(window.heard)) as typeof window.heard),
    })
  },
})
