import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { defineConfig, type EnvironmentOptions, type Plugin } from 'vite'
import { awaitImports, editions, languages, listModules, parts, writeSnippet, type Built } from './src/build/plugins.ts'
import { askAgain } from './src/build/askAgain.ts'
import { writeDeclarations } from './src/build/declarations.ts'
import { demo } from './src/build/demo.ts'
import { entries, groups } from './src/build/downloads.ts'
import { bearFrozenPrototypes } from './src/build/frozen.ts'
import { adapters } from './src/build/house.ts'
import { copyPictures, isKit, nameNotices, siteFolder } from './src/build/kit.ts'
import { minifyTwice } from './src/build/minify.ts'
import { writeNotices } from './src/build/notices.ts'

const {
  version: committed,
  homepage,
  dependencies,
  peerDependencies,
} = JSON.parse(readFileSync('package.json', 'utf8')) as {
  version: string
  homepage: string
  dependencies: Record<string, string>
  peerDependencies: Record<string, string>
}

/** A release is built before package.json has its version. */
const version = process.env.TAGALONG_VERSION ?? committed

/** What each step of the build learns and a later one needs: names with their hashes, and what lies in which file. */
const built: Built = { files: {}, modules: {} }

const notBundled = Object.keys({ ...dependencies, ...peerDependencies })
const external = (id: string) => notBundled.some((name) => id === name || id.startsWith(`${name}/`))

const es = (entry: Record<string, string>, more: EnvironmentOptions['build'] = {}): EnvironmentOptions => ({
  // Not `client`: that one wraps every import() in a helper that preloads style sheets, and there are none.
  consumer: 'server',
  resolve: { noExternal: true, conditions: ['import', 'default'], mainFields: ['module', 'main'] },
  define: {
    'process.env.NODE_ENV': '"production"',
    'window.__PREACT_SIGNALS_DEVTOOLS__': 'false',
    // Preact asks the document by name, and an image in the page may have that name.
    ...Object.fromEntries(
      ['createElementNS', 'createTextNode'].map((name) => [
        `document.${name}`,
        `Document.prototype.${name}.bind(document)`,
      ]),
    ),
  },
  build: {
    outDir: 'dist',
    emptyOutDir: false,
    copyPublicDir: false,
    target: 'es2022',
    minify: false,
    cssMinify: true,
    modulePreload: false,
    reportCompressedSize: false,
    ...more,
    rolldownOptions: {
      input: entry,
      preserveEntrySignatures: 'allow-extension',
      // On a busy machine the minifiers take their time, which is no news to whoever runs this.
      checks: { bundlerTimings: false },
      // A constant that another file has named is written where it is used: a name for a key or a time costs no export.
      optimization: { inlineConst: { mode: 'all', pass: 2 } },
      ...more?.rolldownOptions,
      output: {
        format: 'es',
        minify: false,
        // The script has two of them inside: hexadecimal costs it least.
        hashCharacters: 'hex',
        entryFileNames: 'chunks/[name]-[hash].js',
        chunkFileNames: 'chunks/[name]-[hash].js',
        ...more?.rolldownOptions?.output,
      },
    },
  },
})

const classic = (file: string, entry = 'tagalong'): EnvironmentOptions =>
  es(
    { [entry]: `src/${entry}.ts` },
    { rolldownOptions: { output: { format: 'iife', codeSplitting: false, entryFileNames: file } } },
  )

/** The desk and the demo as pages that need no build: the testing kit hands them out. */
const site = (): EnvironmentOptions => {
  const pages = es({ demo: 'demo.html', desk: 'e2e/desk/index.html' })
  return {
    ...pages,
    consumer: 'client',
    build: {
      ...pages.build,
      outDir: siteFolder,
      minify: true,
      rolldownOptions: {
        ...pages.build?.rolldownOptions,
        output: {
          format: 'es',
          entryFileNames: 'assets/[name].js',
          chunkFileNames: 'assets/[name].js',
          assetFileNames: 'assets/[name][extname]',
        },
      },
    },
  }
}

/**
 * Lightning CSS's number of the feature `light-dark()` (its `Features.LightDark`). For browsers without it two properties would be written
 * beside every `color-scheme`, and no sheet here uses that function.
 */
const withoutLightDark = 1048576

export default defineConfig({
  appType: 'mpa',
  publicDir: 'public',
  // README's promise of browsers.
  build: { cssTarget: ['chrome111', 'firefox113', 'safari16.4'] },
  css: { lightningcss: { exclude: withoutLightDark } },
  define: { __VERSION__: JSON.stringify(version), __HOMEPAGE__: JSON.stringify(homepage) },
  oxc: { jsx: { runtime: 'classic', pragma: 'h', pragmaFrag: 'Fragment', development: false } },
  server: { open: '/demo.html' },
  plugins: [
    bearFrozenPrototypes(),
    parts(built),
    languages(built),
    editions(),
    awaitImports(),
    listModules(built),
    askAgain(),
    minifyTwice(['chunks', 'recovery', 'script', 'dialect', 'all']),
    nameNotices(['kit', 'site']),
    demo(),
  ] as Plugin[],
  environments: {
    chunks: es(entries, { rolldownOptions: { output: { codeSplitting: { groups } } } }),
    recovery: es({ recovery: 'src/recovery/index.ts' }),
    script: classic('tagalong.js'),
    dialect: classic('rocketchat-livechat.min.js', 'rocketchat'),
    all: classic('tagalong.all.js'),
    npm: es(
      Object.fromEntries(['index', 'tracker', 'agent', 'token', ...adapters].map((name) => [name, `src/${name}.ts`])),
      {
        rolldownOptions: {
          external,
          // React's adapter begins with 'use client'. It may be lost where files are joined; a test sees that it is not.
          checks: { bundlerTimings: false, moduleLevelDirective: false },
          output: { entryFileNames: 'npm/[name].js', chunkFileNames: 'npm/[name]-[hash].js' },
        },
      },
    ),
    cli: es(
      { cli: 'src/cli.ts' },
      {
        rolldownOptions: {
          platform: 'node',
          external: (id) => id.startsWith('node:') || isKit(id),
          output: { entryFileNames: '[name].js', paths: (id) => (isKit(id) ? './testing/index.cjs' : id) },
        },
      },
    ),
    // Of the older kind of modules: every runner loads them, Jest and a Playwright without "type": "module" among them.
    kit: es(
      { 'testing/index': 'e2e/testing/index.ts', 'testing/playwright': 'e2e/testing/playwright.ts' },
      {
        rolldownOptions: {
          platform: 'node',
          external: [/^node:/, ...builtinModules],
          output: {
            format: 'cjs',
            entryFileNames: '[name].cjs',
            chunkFileNames: 'testing/[name].cjs',
            codeSplitting: { groups: [{ name: 'server', test: /^(?!.*\/testing\/(index|playwright)\.ts$)/ }] },
          },
        },
      },
    ),
    site: site(),
  },
  builder: {
    sharedConfigBuild: true,
    sharedPlugins: true,
    async buildApp(builder) {
      rmSync('dist', { recursive: true, force: true })
      mkdirSync('dist')
      for (const name of ['chunks', 'recovery', 'script', 'dialect', 'all', 'npm', 'cli', 'kit', 'site'])
        await builder.build(builder.environments[name]!)
      copyPictures()
      writeDeclarations()
      writeNotices(built)
      await writeSnippet()
    },
  },
})
