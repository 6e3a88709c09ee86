/** A browser whose owner refuses every site its memory. */
for (const name of ['indexedDB', 'localStorage', 'sessionStorage', 'caches'])
  Object.defineProperty(window, name, {
    get() {
      throw new DOMException('refused', 'SecurityError')
    },
  })
