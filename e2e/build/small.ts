import { minify as compress, type Plugin } from 'vite'
import { minify as squeeze } from 'terser'

/**
 * What the parts call each other's things, where nobody outside hears it: these names become short, the same ones in every download.
 * Nothing that is stored, sent, exported, handed to a host or known to a browser may be among them.
 */
const inner = `
addresses afresh arrive awake badge before begin begun behind busy cached call change clock current deliver doc draw dress
erase expanded face fetchTrouble fresh forget2 guard hold inside journal journaled keys lane language2 lanes layOver leave learnt lease listen locks
marks mayReport mayStore mayTrack monitored newId note observe onClick2 onDelivered onDrop onUndone onVisit onWait own parsed pauseMs permission
prefix put quiet randomHex redact remember root2 say session settings shown stand stateKey storage tabs tell trouble unlearn update2 visible visits volatile
waiting wake wanted watch
`.trim().split(/\s+/)

const names = new RegExp(`^(${inner.join('|')})$`)

/** One memory for all builds of a run: what one file calls short, the others must call the same. */
const cache = {}

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
      const twice = await squeeze(once.code, { module, ecma: 2022, compress: { ecma: 2022 }, mangle: { properties: { regex: names } }, nameCache: cache })
      return { code: twice.code!, map: null }
    },
  },
})
