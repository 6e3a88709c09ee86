/** Nothing of the page's may be written over. */
for (const sealed of [history, History.prototype, Object.prototype, Array.prototype, Function.prototype, Promise.prototype, EventTarget.prototype, Object, Promise]) Object.freeze(sealed)
