/** Small applications of one file, built with what the routers' folder has installed. */
import { build } from 'vite'
import { hostConfig, hostFolder, type Host } from './host.ts'

const id = 'entry.js'
const path = `${hostFolder}/${id}`

/** The text of one script: `source`, with all that it imports, the package of the built files among it. */
export const buildEntry = async (source: string, mode: Host['mode'], host?: Omit<Host, 'mode'>): Promise<string> => {
  const config = await hostConfig({ ...host, mode })
  const result = await build({
    ...config,
    plugins: [
      ...config.plugins,
      {
        name: 'entry',
        enforce: 'pre',
        resolveId: (name) => (name === id ? path : undefined),
        load: (name) => (name === path ? source : undefined),
      },
    ],
    build: { write: false, minify: false, rolldownOptions: { input: id, output: { codeSplitting: false } } },
  })
  const [output] = [result].flat()
  if (!output || !('output' in output)) throw new Error('Nothing was built')
  return output.output[0].code
}
