import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { minify, transformWithOxc, type Plugin } from 'vite'
import { integrityOf } from './integrity.ts'

export interface Built {
  /** Entry or chunk name → file below dist. */
  files: Record<string, string>
  /** File → the modules in it, from the bundler's own graph. */
  modules: Record<string, string[]>
}

const folderOfChunks = 'chunks/'
/** The same with its first letter percent-encoded. */
const encodedFolder = '%63hunks/'

const virtual = '\0tagalong:parts'

/** `tagalong:parts`: the script fetches its chunks by the names the first build gave them; the single file carries them. */
export const parts = (built: Built): Plugin => ({
  name: 'tagalong-parts',
  resolveId: (id) => (id === 'tagalong:parts' ? virtual : undefined),
  load(id) {
    if (id !== virtual) return undefined
    if (this.environment.name === 'all')
      return `let place
export const fetchLauncher = (base) => ((place = base), import('/src/launcher/index.ts'))
export const fetchRecovery = () => import('/src/recovery/index.ts')
export const beside = (file) => new URL(file, place).href`
    const fileOf = (name: string) => JSON.stringify(built.files[name]?.replace(folderOfChunks, ''))
    // Firefox never asks again for an address that did not come (see askAgain.ts). Files that import the launcher ask for it without an ending:
    // so the folder's name is written in another way as well, which hosts read as the same. They get a copy of it, which keeps no state.
    return `let folder = '${folderOfChunks}'
const fetchFrom = (file) => (base) => import(/* @vite-ignore */ new URL(folder + file, base)).catch((error) => {
  folder = '${encodedFolder}'
  file += '?'
  throw error
})
export const fetchLauncher = fetchFrom(${fileOf('launcher')})
export const fetchRecovery = fetchFrom(${fileOf('recovery')})`
  },
})

/** One name for the words of this version in all languages, so that the launcher can tell a file's name from the language. */
const folder = 'src/ui/strings'
const tongues = () => readdirSync(folder).flatMap((file) => /^([a-z]{2}(-[A-Z]{2})?)\.ts$/.exec(file)?.[1] ?? [])
const edition = () =>
  createHash('sha256')
    .update(
      tongues()
        .map((name) => readFileSync(`${folder}/${name}.ts`, 'utf8'))
        .join(''),
    )
    .digest('base64url')
    .slice(0, 8)

export const editions = (): Plugin => ({
  name: 'tagalong-editions',
  enforce: 'pre',
  applyToEnvironment: ({ name }) => name === 'chunks',
  buildStart() {
    for (const name of tongues())
      this.emitFile({ type: 'chunk', id: `${folder}/${name}.ts`, name, fileName: `chunks/${name}-${edition()}.js` })
  },
  transform: {
    filter: { id: /src\/ui\/view\/loadStrings\.ts$/ },
    handler: () => `const load = (name) => import(/* @vite-ignore */ \`./\${name}-${edition()}.js\`)
export const loadStrings = async (language) => (await load(language).catch(() => load('en'))).strings`,
  },
})

/** The single file speaks English; the other languages are fetched from beside it. A bare relative import() there would be looked for beside `about:blank`. */
export const languages = (built: Built): Plugin => ({
  name: 'tagalong-languages',
  enforce: 'pre',
  applyToEnvironment: ({ name }) => name === 'all',
  transform: {
    filter: { id: /src\/ui\/view\/loadStrings\.ts$/ },
    handler: (code) =>
      `import { beside } from 'tagalong:parts'\n${code.replace(
        /import\('\.\.\/strings\/([\w-]+)'\)/g,
        (whole, name: string) =>
          name === 'en' ? whole : `import(/* @vite-ignore */ beside(${JSON.stringify(built.files[name])}))`,
      )}`,
  },
})

/**
 * Where a file hands out more than the module that is imported, the bundler writes `await import(file).then((n) => n.t)`. Vite 6 (6.4, in Astro 5)
 * asks for `t` twice where the result is taken apart at once, and the panel of an application that it builds would never open.
 */
export const awaitImports = (): Plugin => ({
  name: 'tagalong-await-imports',
  apply: 'build',
  applyToEnvironment: ({ name }) => name === 'npm',
  renderChunk: (code) => code.replace(/await import\(("[^"]+")\)\.then\(\(n\) => n\.(\w+)\)/g, '(await import($1)).$2'),
})

/** Writes `modules.json`: what is in which download. */
export const listModules = (built: Built): Plugin => ({
  name: 'tagalong-modules',
  apply: 'build',
  generateBundle(_options, bundle) {
    const folder = relative('dist', this.environment.config.build.outDir)
    for (const file of Object.values(bundle)) {
      if (file.type !== 'chunk') continue
      built.files[file.name] = file.fileName
      built.modules[join(folder, file.fileName)] = file.moduleIds
        .filter((id) => !id.startsWith('\0'))
        .map((id) =>
          id
            .replace(/^.*\/node_modules\//, '')
            .replace(`${process.cwd()}/`, '')
            .replace(/\?.*$/, ''),
        )
    }
    writeFileSync('dist/modules.json', `${JSON.stringify(built.modules, undefined, 2)}\n`)
  },
})

const stub = async (notes: boolean): Promise<string> => {
  const source = readFileSync('src/snippet.ts', 'utf8')
  const plain = await transformWithOxc(source, 'src/snippet.ts', {
    lang: 'ts',
    target: 'es2019',
    define: { NOTES: String(notes) },
  })
  const small = await minify('snippet.js', plain.code, { compress: true, mangle: { toplevel: true }, module: false })
  return `!function(){${small.code.trim().replace(/;$/, '')}}()`
}

/** The four forms of what customers paste. */
export const writeSnippet = async (): Promise<void> => {
  const script = readFileSync('dist/tagalong.js')
  const tag = (more = '') =>
    `<script async src="https://cdn.example.com/tagalong.js" data-server="https://chat.example.com"${more} crossorigin></script>`
  const [noting, silent] = await Promise.all([stub(true), stub(false)])
  const form = (title: string, code: string, more?: string) =>
    `<!-- ${title} -->\n<script>${code}</script>\n${tag(more)}\n`
  writeFileSync(
    'dist/snippet.html',
    [
      form('Tagalong', noting),
      form('Tagalong with integrity', noting, ` integrity="${integrityOf('sha384', script)}"`),
      form(
        `Tagalong under a Content-Security-Policy: script-src '${integrityOf('sha256', noting)}' https://cdn.example.com; connect-src https://chat.example.com wss://chat.example.com`,
        noting,
      ),
      form('Tagalong where the visitor is asked first: nothing is noted', silent, ' data-tracking="consent"'),
    ].join('\n'),
  )
}
