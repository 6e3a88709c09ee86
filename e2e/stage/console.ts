import type { BrowserContext } from 'playwright/test'

/** What the console of any tab says from now on, and errors that nobody has caught. */
export const hearConsole = (context: BrowserContext): string[] => {
  const said: string[] = []
  context.on('console', (message) => said.push(`${message.type()}: ${message.text()}`))
  context.on('weberror', (error) => {
    const { message } = error.error()
    // Of Firefox Playwright tells as uncaught what that says of a request it has refused; Chromium says it on the console.
    said.push(`${message.startsWith('The Same Origin Policy') ? 'error' : 'uncaught'}: ${message}`)
  })
  return said
}
