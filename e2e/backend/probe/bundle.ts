import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'

const require = createRequire(import.meta.url)

export const packageFile = (name: string, path: string): string =>
  join(dirname(require.resolve(`${name}/package.json`)), path)

/** Some packages publish ES modules that Node cannot load, for they import folders: Vite makes one file of them first. */
export async function loadBundled(entry: string, alias: Record<string, string> = {}): Promise<Record<string, unknown>> {
  const { build } = await import('vite')
  const output = await build({
    configFile: false,
    envFile: false,
    logLevel: 'silent',
    resolve: { alias },
    ssr: { noExternal: true },
    build: { ssr: entry, write: false, minify: false, rolldownOptions: { output: { codeSplitting: false } } },
  })
  const [result] = [output].flat()
  if (!result || !('output' in result)) throw new Error(`${entry} was not bundled`)
  const folder = await mkdtemp(join(tmpdir(), 'bundle-'))
  const file = join(folder, 'bundle.mjs')
  await writeFile(file, result.output[0].code)
  try {
    return (await import(pathToFileURL(file).href)) as Record<string, unknown>
  } finally {
    await rm(folder, { recursive: true })
  }
}
