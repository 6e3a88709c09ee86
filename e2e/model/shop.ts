import type { Chance } from './chance.ts'

/** How long a document takes until the widget's script runs, and until it is parsed. */
export interface Pace {
  startMs: number
  parseMs: number
}

/** The website the visitor walks through: its addresses, its titles, and how fast its pages load. */
export interface Shop {
  /** An address that no page has had. The embedded server stores some of them badly: see the paths in browser/server.ts. */
  nextPath(): string
  /** Another fragment of the same page. */
  nextFragment(): string
  /** How many addresses there have been. */
  pageCount(): number
  titleOf(path: string): string
  /** When the title follows a new address; undefined: never. */
  titleDelayMs(): number | undefined
  pace(): Pace
}

/** A router writes its titles together with its addresses, or later, or not at all. */
const titleDelaysMs = [undefined, 0, 0, 10, 160, 400, 900]

export const createShop = (chance: Chance): Shop => {
  let pages = 0
  return {
    nextPath: () => `/p${++pages}${chance.odds(0.02) ? '-poison' : chance.odds(0.01) ? '-too-large' : ''}`,
    nextFragment: () => `#h${++pages}`,
    pageCount: () => pages,
    titleOf: (path) => (chance.odds(0.1) ? 'Same' : `Title ${path}`),
    titleDelayMs: () => chance.pick(titleDelaysMs),
    pace: () => ({
      startMs: chance.odds(0.8) ? chance.next() * 30 : chance.next() * 400,
      parseMs: chance.odds(0.2) ? chance.next() * 800 : 0,
    }),
  }
}
