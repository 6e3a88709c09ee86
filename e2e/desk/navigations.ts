import type { ShopWindow } from './addresses.ts'

let pages = Math.floor(Date.now() / 1000) % 1000

/** An address of the shop no visit has had, with a real server's name kept in it. */
const nextHref = (window: ShopWindow): string => {
  const url = new URL('/demo.html', window.location.origin)
  const server = new URLSearchParams(window.location.search).get('server')
  url.searchParams.set('page', String(++pages))
  if (server) url.searchParams.set('server', server)
  return url.href
}

const tellShop = (window: ShopWindow) => window.dispatchEvent(new Event('shop:navigated'))

const push = (window: ShopWindow) => {
  window.history.pushState(null, '', nextHref(window))
  tellShop(window)
}

/** Every way a page comes about, done to the shop's window. */
export const navigations: [name: string, says: string, navigate: (window: ShopWindow) => void][] = [
  ['Push', 'pushState, as routers do', push],
  ['Replace', 'replaceState', (window) => (window.history.replaceState(null, '', nextHref(window)), tellShop(window))],
  ['Hash', 'the part after #', (window) => (window.location.hash = `page-${1 + (++pages % 4)}`)],
  ['Title only', 'the same address under another title', (window) => (window.document.title = `Title ${++pages}`)],
  [
    'Redirect',
    'push, and replace at once: one visit',
    (window) => (
      window.history.pushState(null, '', nextHref(window)),
      window.history.replaceState(null, '', nextHref(window)),
      tellShop(window)
    ),
  ],
  [
    'Burst',
    'twenty pages, a tenth of a second each',
    (window) => Array.from({ length: 20 }, (_, index) => window.setTimeout(() => push(window), index * 100)),
  ],
  ['Back', 'history.back()', (window) => window.history.back()],
  ['Forward', 'history.forward()', (window) => window.history.forward()],
  ['Real link', 'another document', (window) => window.location.assign(nextHref(window))],
  ['Reload', 'the same document anew', (window) => window.location.reload()],
  ['Second tab', 'the same visitor beside this one', (window) => window.open(nextHref(window), '_blank')],
]
