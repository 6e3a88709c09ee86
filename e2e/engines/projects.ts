/** Firefox and WebKit beside Chromium: what each of them runs, and what is said where one is missing. */
import { findFirefox } from './firefox.ts'
import { missingWebKit } from './webkit.ts'
import { webkit } from './webkitVisitor.ts'

/** Specs in the verbs that every engine knows: their imports say so. WebKit runs these and no others. */
export const everywhere = [
  'tracking/{trail,titles,tabs,urls,outages,lifecycle,journeys,departures}.spec.ts',
  'chat/everywhere.spec.ts',
  'embedding/{content,hostile,hosts,nonsense,patterns,poison}.spec.ts',
].map((files) => `specs/${files}`)

/** A part of everything, for every run of the tests: README's promises, one test each. */
const promises = /@promise/

const firefox = findFirefox()

/** What is missing on this machine, each with what to do. */
export const missingEngines = [
  firefox
    ? undefined
    : 'Firefox is missing: install it (Debian: apt-get install firefox-esr), or set FIREFOX to its path.',
  missingWebKit(),
].filter((says) => says !== undefined)

/** `whole`: all that can run there, otherwise the promises alone. */
export const engineProjects = (whole: boolean) => [
  ...(firefox
    ? [
        {
          name: 'firefox',
          testDir: '.',
          testMatch: 'specs/**/*.spec.ts',
          // What only Chromium can show; a reason stands beside each tag.
          grepInvert: /@chromium/,
          ...(!whole && { grep: promises }),
          use: { browserName: 'firefox' as const, channel: 'moz-firefox', launchOptions: { executablePath: firefox } },
        },
      ]
    : []),
  ...(missingWebKit()
    ? []
    : [
        {
          name: 'webkit',
          testDir: '.',
          testMatch: everywhere,
          // And what WebDriver cannot do.
          grepInvert: /@chromium|@playwright/,
          ...(!whole && { grep: promises }),
          use: webkit,
        },
      ]),
]
