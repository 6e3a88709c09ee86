import { minify as compress, type Plugin } from 'vite'
import { minify as compressAgain, type MinifyOptions } from 'terser'
import { shortNames } from './names.ts'
import { noticeComment } from './notices.ts'

/**
 * Chromium puts off compiling a function until its first call, and then reads the function a second time, in the page's own thread. Nearly all
 * of these files runs when they arrive: the hint makes Chromium (136 and later) compile them whole in a thread beside the page's, which
 * saves two fifths of what a page view costs there. https://v8.dev/blog/explicit-compile-hints
 */
const runsOnArrival = (fileName: string) => /^(tagalong\.js$|rocketchat-livechat|chunks\/launcher-)/.test(fileName)
const compileHint = '//# allFunctionsCalledOnLoad\n'

/**
 * Two minifiers of the shelf: terser finds 150 bytes more in `tagalong.js` than Vite's own does, and 130 more after it than alone; a second run
 * finds 40 in the launcher. Variables keep their names until terser shortens them: otherwise it takes some that stand in each other's way for used,
 * which costs `tagalong.js` 20 bytes. Terser also shortens the names of members that names.ts derives, and no others: another 130 bytes in `tagalong.js`.
 */
export const minifyTwice = (environments: string[]): Plugin => {
  let props: Record<string, string> | undefined
  /** In terser's own form, made anew for each file: terser writes into what it is given. */
  const nameCache = () => {
    props ??= Object.fromEntries(Object.entries(shortNames()).map(([name, short]) => [`$${name}`, short]))
    return { props: { props: { ...props } } }
  }
  return {
    name: 'tagalong-minify',
    apply: 'build',
    applyToEnvironment: ({ name }) => environments.includes(name),
    renderChunk: {
      order: 'post',
      async handler(code, { fileName, moduleIds }, { format }) {
        const module = format === 'es'
        const options: MinifyOptions = { module, ecma: 2022, compress: { ecma: 2022, passes: 2, unsafe: true } }
        const { code: once } = await compress(fileName, code, { compress: true, mangle: false, module })
        // Browsers' names are taken out of the list already.
        const properties = { only_cache: true, builtins: true }
        const { code: twice } = await compressAgain(once, {
          ...options,
          mangle: { properties },
          nameCache: nameCache(),
        })
        const { code: small } = await compressAgain(twice ?? '', options)
        if (!small) throw new Error(`Nothing is left of ${fileName}.`)
        const hint = runsOnArrival(fileName) ? compileHint : ''
        return { code: hint + small + noticeComment(moduleIds, fileName), map: null }
      },
    },
  }
}
