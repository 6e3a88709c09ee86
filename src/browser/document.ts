/**
 * The document and the window as the browser made them. An element with a name hides what has the same name (DOM clobbering,
 * https://html.spec.whatwg.org/#dom-document-nameditem): `<img name="title">` makes `document.title` that image, and `<form id="Tagalong">`
 * makes `window.Tagalong` that form. So no other file asks either of them by name.
 */

/** A member of the document's prototype, which no element can hide. A method still needs its `call(document, …)`. */
export const ofDocument = <K extends keyof Document>(name: K): Document[K] =>
  Reflect.get(Object.getPrototypeOf(document) as Document, name, document) as Document[K]

export const setTitle = (title: string): void =>
  void Reflect.set(Object.getPrototypeOf(document) as Document, 'title', title, document)

export const newElement = <K extends string>(
  tag: K,
): K extends keyof HTMLElementTagNameMap ? HTMLElementTagNameMap[K] : HTMLElement =>
  // TypeScript cannot choose an overload through `call`; the element of a known tag has that tag's type.
  ofDocument('createElement').call(document, tag) as never

/** What a widget leaves for one that is made later in the same document, perhaps by modules that were loaded anew; under a symbol no element can hide it. */
export const inDocument = {
  read: <T>(name: string): T | undefined => Reflect.get(document, Symbol.for(name)) as T | undefined,
  write: (name: string, value: unknown): void => void Reflect.set(document, Symbol.for(name), value),
}

/** No frame of another page. `self` and `parent` may be variables of the page's own; `top` and the document's window may not. */
export const isTopPage = (): boolean => top === ofDocument('defaultView')

/** What a relative address is relative to: the document's base, unless the page has its files on another host (`<base href>`), where neither its own addresses nor the server are. */
export const baseAddress = (): string => {
  const base = ofDocument('baseURI')
  const { href, origin } = location
  return href.startsWith('http') && !base.startsWith(`${origin}/`) ? href : base
}

/** A property of the window itself, for what a browser or a page may lack: elements with a name are found only where there is none. */
export const ofWindow = <T>(name: string, owner: object = globalThis): T | undefined =>
  Object.hasOwn(owner, name) ? (owner as Record<string, T>)[name] : undefined
