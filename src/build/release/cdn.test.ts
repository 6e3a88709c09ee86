import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test as base } from 'playwright/test'
import { layOut } from './cdn'

interface Place {
  /** What the next build writes: a script, and the one chunk it names. */
  build(chunk: string, content: string): void
  layOut(version: string): void
  read(path: string): string
  list(path: string): string[]
}

const test = base.extend<{ place: Place }>({
  place: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'tagalong-cdn-'))
    const [dist, cdn] = [join(folder, 'dist'), join(folder, 'cdn')]
    await use({
      build(chunk, content) {
        rmSync(dist, { recursive: true, force: true })
        mkdirSync(join(dist, 'chunks'), { recursive: true })
        writeFileSync(join(dist, 'chunks', chunk), content)
        writeFileSync(join(dist, 'small.js'), `import('./chunks/${chunk}')`)
        writeFileSync(join(dist, 'THIRD-PARTY.txt'), '')
      },
      layOut: (version) => layOut({ dist, scripts: ['small.js'], version, cdn }),
      read: (path) => readFileSync(join(cdn, path), 'utf8'),
      list: (path) => readdirSync(join(cdn, path)).sort(),
    })
    rmSync(folder, { recursive: true })
  },
})

test('a page of the release before finds its chunks in latest, and each version has its own alone', ({ place }) => {
  place.build('panel-1.js', 'one')
  place.layOut('0.1.0')
  const [, oldChunk] = /'\.\/(.*)'/.exec(place.read('latest/small.js')) ?? []
  place.build('panel-2.js', 'two')
  place.layOut('0.2.0')
  expect(place.read('latest/small.js')).toContain('panel-2.js')
  expect(place.read(`latest/${oldChunk}`)).toBe('one')
  expect(place.list('latest/chunks')).toEqual(['panel-1.js', 'panel-2.js'])
  expect(place.list('0.1.0/chunks')).toEqual(['panel-1.js'])
  expect(place.list('0.2.0/chunks')).toEqual(['panel-2.js'])
})

test('a file that pages keep is never written over with another content, and the same once more is no harm', ({
  place,
}) => {
  place.build('panel-1.js', 'one')
  place.layOut('0.1.0')
  place.layOut('0.1.0')
  place.build('panel-1.js', 'another')
  expect(() => place.layOut('0.1.0')).toThrow('0.1.0/chunks/panel-1.js is there already with another content')
  expect(() => place.layOut('0.2.0')).toThrow('latest/chunks/panel-1.js is there already with another content')
  expect(place.list('.')).toEqual(['0.1.0', 'latest'])
})
