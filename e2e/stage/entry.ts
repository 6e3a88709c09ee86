/** Small applications of one file, built with what the routers' folder has installed. */
import { resolve } from 'node:path'
import { build } from 'vite'

const root = 'e2e/hosts/routers'
const id = 'entry.js'

/** The text of one script: `source`, with all that it imports, the package of the built files among it. */
export const buildEntry = async (source: string, mode: 'development' | 'production'): Promise<string> => {
  const result = await build({
    root,
    configFile: false,
    logLevel: 'error',
    define: { 'process.env.NODE_ENV': JSON.stringify(mode) },
    resolve: {
      alias: [
        { find: /^@tagalong\/livechat$/, replacement: resolve('dist/npm/index.js') },
        { find: /^@tagalong\/livechat\/(tracker|agent)$/, replacement: resolve('dist/npm/$1.js') },
      ],
    },
    plugins: [
      {
        name: 'entry',
        enforce: 'pre',
        resolveId: (name) => (name === id ? `${resolve(root)}/${id}` : undefined),
        load: (name) => (name.endsWith(`/${id}`) ? source : undefined),
      },
    ],
    build: { write: false, minify: false, rolldownOptions: { input: id, output: { codeSplitting: false } } },
  })
  const [output] = [result].flat()
  if (!output || !('output' in output)) throw new Error('Nothing was built')
  return output.output[0].code
}
