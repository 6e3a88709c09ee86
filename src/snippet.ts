/**
 * The stub customers paste above the script tag, readable; the build writes it small into `dist/snippet.html`. It lets the page call
 * `Tagalong(…)` before the script has come, and leaves a note when the page goes before that: when and where it ran, and its title.
 */
interface Stub {
  (said: unknown): void
  q: unknown[]
  u?: () => void
}
declare const NOTES: boolean

// An element with that id is not the window's own.
if (!Object.hasOwn(globalThis, 'Tagalong')) {
  const at = Date.now()
  // The page's own globals have no such name in their type: only this stub and the widget know it.
  const stub: Stub = ((globalThis as unknown as { Tagalong?: Stub }).Tagalong = Object.assign(
    (said: unknown) => void stub.q.push(said),
    { q: [] as unknown[] },
  ))
  if (NOTES)
    try {
      // Looked into at once: what Firefox writes with its first look, as a page goes, the next page does not find.
      const notes = sessionStorage
      void notes.length
      addEventListener(
        'pagehide',
        (stub.u = () => {
          try {
            // Who must be asked first is not noted.
            if (Document.prototype.querySelector.call(document, '[data-tracking],[data-honor-privacy-signals]')) return
            localStorage['tagalong-left/'] = 1
            notes['tagalong-left/' + at] = JSON.stringify({ href: location.href, title: document.title })
          } catch {}
        }),
      )
    } catch {}
}
