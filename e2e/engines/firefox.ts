/** A real Firefox, moved by Playwright over WebDriver BiDi. */
import { existsSync } from 'node:fs'

const places = [
  process.env.FIREFOX,
  '/usr/bin/firefox-esr',
  '/usr/bin/firefox',
  '/Applications/Firefox.app/Contents/MacOS/firefox',
]

export const findFirefox = (): string | undefined => places.find((path) => path && existsSync(path))

/** What is missing here, if anything is. */
export const missingFirefox = (): string | undefined =>
  findFirefox()
    ? undefined
    : 'Firefox is missing: install it (Debian: apt-get install firefox-esr), or set FIREFOX to its path.'
