/** What an application adds to its own files when it imports an adapter beside the package itself. */
import { readdirSync, readFileSync } from 'node:fs'
import { brotliCompressSync } from 'node:zlib'
import { expect, test } from 'playwright/test'
import { minify } from 'vite'
import { adapters } from '../../../src/build/house.ts'
import { packagesOf, withNpm } from '../../stage/npmFiles.ts'

const modules = JSON.parse(readFileSync('dist/modules.json', 'utf8')) as Record<string, string[]>
const itself = withNpm('npm/index.js')
/** The files that the package itself does not have. */
const ownFiles = (name: string) => [...withNpm(`npm/${name}.js`)].filter((file) => !itself.has(file))

/** As a bundler would make it of them. */
const sizeOf = async (files: string[]): Promise<number> => {
  const texts = await Promise.all(
    files.map(async (file) => (await minify(file, readFileSync(`dist/${file}`, 'utf8'), { module: true })).code),
  )
  return brotliCompressSync(texts.join('\n')).length
}

const frameworks: Record<string, string[]> = {
  react: ['react'],
  vue: ['vue'],
  preact: ['@preact/signals-core'],
  store: [],
}

test('an adapter brings its own framework and no other, and nothing of another adapter', () => {
  const ofItself = packagesOf('npm/index.js')
  for (const name of adapters) {
    const packages = packagesOf(`npm/${name}.js`).filter((one) => !ofItself.includes(one))
    expect(packages, name).toEqual(frameworks[name])
    const others = adapters.filter((other) => other !== name).map((other) => `src/${other}.ts`)
    const inside = ownFiles(name).flatMap((file) => modules[file] ?? [])
    expect(inside, name).toContain(`src/${name}.ts`)
    expect(
      inside.filter((module) => !module.startsWith('src/adapters/') && module !== `src/${name}.ts`),
      name,
    ).toEqual([])
    expect(
      inside.filter((module) => others.includes(module)),
      name,
    ).toEqual([])
  }
})

test('the sizes of the adapters in README are those of the build', async () => {
  const stated = readFileSync('README.md', 'utf8').split('<!-- adapters -->')[1]?.split('\n\n')[1] ?? ''
  for (const name of adapters) {
    const said = Number(new RegExp(`\\| \`\\./${name}\`.*\\| ([\\d.]+) \\|`).exec(stated)?.[1])
    const is = (await sizeOf(ownFiles(name))) / 1000
    expect(Math.abs(said - is), `README says ${said} of ./${name}, the build is ${is.toFixed(1)}`).toBeLessThanOrEqual(
      0.1,
    )
  }
})

test('Next.js takes React’s adapter for code of the browser', () => {
  expect(readFileSync('dist/npm/react.js', 'utf8')).toMatch(/^'use client'|^"use client"/)
})

test('no npm file takes apart at once what it asks of an import: Vite 6 asks for that twice', () => {
  const files = readdirSync('dist/npm').filter((name) => name.endsWith('.js'))
  const asking = files.filter((name) =>
    /\} = await import\([^)]*\)\.then/.test(readFileSync(`dist/npm/${name}`, 'utf8')),
  )
  expect(asking).toEqual([])
})
