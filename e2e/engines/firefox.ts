/** A real Firefox, moved by Playwright over WebDriver BiDi. */
import { existsSync } from 'node:fs'

const places = [
  process.env.FIREFOX,
  '/usr/bin/firefox-esr',
  '/usr/bin/firefox',
  '/Applications/Firefox.app/Contents/MacOS/firefox',
]

export const findFirefox = (): string | undefined => places.find((path) => path && existsSync(path))
