import { signal } from '@preact/signals'

/** The address as it stands; changed by the shop's own routing, by the visitor, and from the desk. */
export const address = signal(location.href)

const readAddress = () => (address.value = location.href)
addEventListener('popstate', readAddress)
addEventListener('hashchange', readAddress)
// The desk changes the address without the shop's router.
addEventListener('shop:navigated', readAddress)

/** To a page of this document, without loading anything. */
export const visit = (href: string) => {
  history.pushState(null, '', href)
  readAddress()
}

/** A real server named in the address goes along to every page. */
export const href = (parameters: Record<string, string> = {}, hash = '') => {
  const server = new URLSearchParams(location.search).get('server')
  const query = new URLSearchParams({ ...parameters, ...(server ? { server } : {}) }).toString()
  return `/demo.html${query ? `?${query}` : ''}${hash}`
}
