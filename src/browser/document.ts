/**
 * The document and the window as the browser made them. Whatever somebody writes into the page may carry a name: `<img name="title">`
 * makes `document.title` that image, and `<form id="Tagalong">` makes `window.Tagalong` that form. So nothing else here asks either by name.
 */

/** From the document's prototype: an element's name hides what is there, but never changes it. A method still wants its `call(document, …)`. */
export const ofDocument = <K extends keyof Document>(name: K): Document[K] =>
  Reflect.get(Object.getPrototypeOf(document) as Document, name, document) as Document[K]

export const setTitle = (title: string): void =>
  void Reflect.set(Object.getPrototypeOf(document) as Document, 'title', title, document)

export const newElement = <K extends string>(
  tag: K,
): K extends keyof HTMLElementTagNameMap ? HTMLElementTagNameMap[K] : HTMLElement =>
  ofDocument('createElement').call(document, tag) as never

/** What a window itself has: elements with a name are only found behind that, where nothing is in their way. For all that a browser or a page may lack. */
export const ofWindow = <T>(name: string, owner: object = globalThis): T | undefined =>
  Object.hasOwn(owner, name) ? (owner as Record<string, T>)[name] : undefined
