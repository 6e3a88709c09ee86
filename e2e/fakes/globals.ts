/** What the core and recovery ask of a browser's globals: there are none in Node. */
const policyless = { baseURI: 'https://shop.example/', addEventListener: () => {}, removeEventListener: () => {} }

for (const [name, value] of Object.entries({
  navigator: { onLine: true },
  document: Object.create(policyless) as object,
}))
  Object.defineProperty(globalThis, name, { value, configurable: true, writable: true })
