import type { BrowserContext } from 'playwright/test'

/** What the console of any tab says from now on, and errors that nobody has caught. */
export const hearConsole = (context: BrowserContext): string[] => {
  const said: string[] = []
  context.on('console', (message) => said.push(`${message.type()}: ${message.text()}`))
  context.on('weberror', (error) => said.push(`uncaught: ${error.error().message}`))
  return said
}
