import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join, parse } from 'node:path'
import { build } from 'vite'

const root = 'e2e/hosts/routers'
const out = join(root, 'dist')
const mark = join(out, 'built')

const newest = (folder: string): number =>
  Math.max(
    ...readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
      entry.isDirectory()
        ? /^(dist|node_modules)$/.test(entry.name)
          ? []
          : [newest(join(folder, entry.name))]
        : [statSync(join(folder, entry.name)).mtimeMs],
    ),
  )

const isCurrent = (file: string, than: number) => existsSync(file) && statSync(file).mtimeMs >= than

/** Installs the routers when they are missing and builds the small apps when they have changed. */
export const buildRouters = async (): Promise<void> => {
  const changedMs = newest(root)
  if (isCurrent(mark, changedMs)) return
  if (!isCurrent(join(root, 'node_modules/.package-lock.json'), statSync(join(root, 'package-lock.json')).mtimeMs)) {
    console.log(
      'Installing the routers and frameworks that the widget is tried with: about half a minute, the first time.',
    )
    // Not `ci`: a mirror of the registry may lack what is optional for other platforms.
    execFileSync('npm', ['install', '--no-audit', '--no-fund', '--no-save', '--loglevel', 'error'], {
      cwd: root,
      stdio: 'inherit',
    })
  }
  rmSync(out, { recursive: true, force: true })
  await build({
    root,
    configFile: false,
    publicDir: false,
    logLevel: 'error',
    resolve: { conditions: ['module', 'browser', 'production'] },
    define: { 'process.env.NODE_ENV': '"production"' },
    oxc: { jsx: { runtime: 'automatic', importSource: 'react', development: false } },
    build: {
      target: 'es2022',
      modulePreload: false,
      reportCompressedSize: false,
      rolldownOptions: {
        input: Object.fromEntries(
          readdirSync(join(root, 'apps')).map((file) => [parse(file).name, join(root, 'apps', file)]),
        ),
        output: { entryFileNames: '[name].js', chunkFileNames: 'shared-[name].js' },
      },
    },
  })
  writeFileSync(mark, '')
}

/** The built files by name. */
export const routerFiles = (): Record<string, string> =>
  Object.fromEntries(
    readdirSync(out)
      .filter((name) => name.endsWith('.js'))
      .map((name) => [name, readFileSync(join(out, name), 'utf8')]),
  )
