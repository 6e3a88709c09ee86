import { readdirSync, readFileSync } from 'node:fs'
import { minify as compress, type Plugin } from 'vite'
import { minify as squeeze } from 'terser'

/**
 * What the parts call each other's things, where nobody outside hears it: these names become short, the same ones in every download.
 * Nothing that is stored, sent, exported, handed to a host or known to a browser may be among them. They stand in the order in which the
 * shortest went farthest, found by trying: another order is as good but for a hundred bytes.
 */
const inner = `
volatile patchHistory randomHex parsed lane visits leave mayStore onUndone tabs journal deliver unlearn guard onVisit hold atMs fetchTrouble trouble
expanded over redact awake begun locks onIntent layOver entering visible onDrop wanted judge withdraw say onWait pauseMs journaled onDelivered learnt
doc stateKey mayTrack note cached prepare recall before marks lanes waiting behind newId quiet shown permission listen mayReport afresh rest prefix
badge erase clock begin inside tell record draw watch current sortable emit face stand monitored busy fresh remember session wake enter silent dress
own lease learn
`.trim().split(/\s+/)

const names = new RegExp(`^(${inner.join('|')})$`)

/** What is short from the start may stand beside them in one object, as the words `t` stand beside the `clock`: it is not given to another. */
const taken = [
  ...new Set(
    readdirSync('src', { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.tsx?$/.test(file) && !/\.test\.ts$|strings/.test(file))
      .flatMap((file) => readFileSync(`src/${file}`, 'utf8').match(/(?<=\.)[a-z]\w?\b(?!\()|(?<=[{,] )[a-z]\w?(?=[,:?]| [}=])/g) ?? []),
  ),
]

const shorten = (): Record<string, string> => {
  const letters = [...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ$']
  const short = [...letters, ...letters.flatMap((first) => letters.map((second) => first + second))].filter((name) => !taken.includes(name))
  return Object.fromEntries(inner.map((name, n) => [`$${name}`, short[n]!]))
}

/** What one file calls short, the others must call the same; what each has for itself it names without a look at the others. */
const props = { props: shorten() }

/**
 * Nearly all of these two runs at once: Chromium then reads and compiles them in one go, in a thread of its own. Else it would put every
 * function off to its first call, and read it again then, in the page's: that was two fifths of what a page view takes.
 */
const isAtOnce = (fileName: string) => /^(tagalong\.js$|chunks\/launcher-)/.test(fileName)
const hint = '//# allFunctionsCalledOnLoad\n'

/** Smaller than the bundler makes it: a second minifier finds more, and the names within are shortened. */
export const small = (environments: string[]): Plugin => ({
  name: 'tagalong-small',
  apply: 'build',
  applyToEnvironment: ({ name }) => environments.includes(name),
  renderChunk: {
    order: 'post',
    async handler(code, { fileName }, { format }) {
      const module = format === 'es'
      const once = await compress(fileName, code, { compress: true, mangle: { toplevel: true }, module })
      const twice = await squeeze(once.code, { module, ecma: 2022, compress: { ecma: 2022, passes: 2, unsafe: true }, mangle: { properties: { regex: names, reserved: taken } }, nameCache: { props } })
      return { code: (isAtOnce(fileName) ? hint : '') + twice.code!, map: null }
    },
  },
})
