import { dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { createVisitor } from '../../src/visitor/index.ts'
import type { createTracking } from '../../src/tracking/index.ts'
import type { createRecovery } from '../../src/recovery/index.ts'
import type { arrive } from '../../src/launcher/arrival.ts'
import type { createServerSettings } from '../../src/launcher/serverSettings.ts'

/** The files the widget consists of, without its panel. They are evaluated once; what they take for their globals are those of the document whose task is running. */
export interface CoreModule {
  createTracking: typeof createTracking
  createRecovery: typeof createRecovery
  createVisitor: typeof createVisitor
  createServerSettings: typeof createServerSettings
  arrive: typeof arrive
}

/** What a document's globals are made of; the code sees nothing else of the machine. */
export const globals = [
  'globalThis',
  'self',
  'top',
  'location',
  'history',
  'document',
  'navigator',
  'performance',
  'localStorage',
  'sessionStorage',
  'indexedDB',
  'IDBKeyRange',
  'crypto',
  'console',
  'addEventListener',
  'removeEventListener',
  'dispatchEvent',
  'CustomEvent',
  'EventTarget',
  'MutationObserver',
  'BroadcastChannel',
  'AbortController',
  'AbortSignal',
  'Date',
  'Math',
  'planted',
  'pause',
] as const
export type Globals = Record<(typeof globals)[number], unknown>

const root = fileURLToPath(new URL('../../', import.meta.url))
const src = `${root}src/`
const entry = `${root}e2e/model/entry`

/** Makers that a planted fault may stand in front of, by the file below `src` they are in. */
const makers: Record<string, string> = {
  'browser/database': 'createDatabase',
  'browser/journal': 'createJournal',
  'browser/lock': 'createLocks',
  'browser/send': 'createSend',
  'browser/title': 'createTitle',
  'recovery/index': 'createRecovery',
  'recovery/storageLock': 'createStorageLock',
  'tracking/delivery/inFlight': 'createInFlight',
  'tracking/delivery/lane': 'createLane',
  'tracking/delivery/visitLane': 'createVisitLane',
  'tracking/navigation': 'createNavigation',
  'tracking/posting': 'createPosting',
  'tracking/token': 'createVisitorStore',
}
const mark = '\0planted:'

/** `await x` becomes `await pause(x)`: the run may put anything at all between a promise and what waits for it. */
const withPauses = (code: string, ast: unknown): string => {
  const cuts: [number, string][] = []
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) return node.forEach(visit)
    if (typeof node !== 'object' || node === null) return
    const { type, argument } = node as { type?: string; argument?: { start: number; end: number } }
    if (type === 'AwaitExpression' && argument) cuts.push([argument.start, '$window.pause('], [argument.end, ')'])
    Object.values(node).forEach(visit)
  }
  visit(ast)
  let made = code
  for (const [at, text] of cuts.sort(([a], [b]) => b - a)) made = made.slice(0, at) + text + made.slice(at)
  return made
}

export interface Core {
  module: CoreModule
  /** From now on the globals are these. */
  enter(window: Globals): void
}

/** The widget's files twice: as they are, and with a pause between every promise and what waits for it, which the run fills. */
export interface Bundle {
  plain: Core
  pausing: Core
}

export const bundleCore = async (): Promise<Bundle> => {
  const { build, parseAst } = await import('vite')
  const output = await build({
    configFile: false,
    envFile: false,
    logLevel: 'silent',
    root,
    define: Object.fromEntries(globals.map((name) => [name, `$window.${name}`])),
    plugins: [
      {
        name: 'planted',
        enforce: 'pre',
        resolveId(id, importer) {
          if (id === entry) return id
          if (importer?.startsWith(mark)) return id
          const file = importer && /^[./]/.test(id) && resolve(dirname(importer), id)
          const maker = file && file.startsWith(src) && file.slice(src.length).replace(/\.ts$/, '')
          return maker && makers[maker] ? mark + maker : undefined
        },
        load(id) {
          if (id === entry) {
            const of = (file: string, names: string) => `export { ${names} } from '${src}${file}.ts'`
            return [
              of('tracking/index', 'createTracking'),
              of('recovery/index', 'createRecovery'),
              of('launcher/arrival', 'arrive'),
              of('launcher/serverSettings', 'createServerSettings'),
              of('visitor/index', 'createVisitor'),
            ].join('\n')
          }
          if (!id.startsWith(mark)) return undefined
          const name = id.slice(mark.length)
          const file = `${src}${name}.ts`
          return `export * from '${file}'\nimport { ${makers[name]} as real } from '${file}'\nexport const ${makers[name]} = (...given) => $window.planted('${makers[name]}', real, given)`
        },
      },
    ],
    build: {
      write: false,
      minify: false,
      target: 'es2022',
      modulePreload: false,
      rolldownOptions: {
        input: entry,
        preserveEntrySignatures: 'strict',
        output: { format: 'iife', name: 'core', codeSplitting: false },
      },
    },
  })
  const [result] = [output].flat()
  if (!result || !('output' in result)) throw new Error('The core was not bundled')
  const { code } = result.output[0]
  const evaluate = (text: string) =>
    new Function(`let $window\n${text}\nreturn { module: core, enter: (window) => void ($window = window) }`)() as Core
  return { plain: evaluate(code), pausing: evaluate(withPauses(code, parseAst(code))) }
}
