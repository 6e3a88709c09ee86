/** Every listener is wrapped, and the way back is lost: what is added stays. */
const { addEventListener: add } = EventTarget.prototype
EventTarget.prototype.addEventListener = function (type, listener, options) {
  const wrapped = typeof listener === 'function' ? function (...args) { return listener.apply(this, args) } : listener
  return add.call(this, type, wrapped, options)
}
