/** What a page with the official widget has: the snippet as Rocket.Chat's administration shows it, with another address for the script. */
import { test as base, type Server, type Visitor } from '../../test.ts'

export { expect } from '../../test.ts'

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
    await use({
      host: (path, early = '') =>
        void site.page(path, {
          title: `Shop ${path}`,
          head: snippet(server),
          body: `<h1>${path}</h1><script>window.heard = []; ${early}</script>`,
        }),
      async call(name, ...given) {
        await page.waitForFunction(() => window.RocketChat.livechat)
        await page.evaluate(
          // A method that is not there fails the test.
          ({ name, given }) => window.RocketChat.livechat[name]!(...given),
          { name, given },
        )
      },
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
