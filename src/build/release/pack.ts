import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { writeVersion, type Manifest } from './repository.ts'

/** npm takes these along whatever package.json says. */
const always = ['package.json', 'README.md', 'LICENSE']

/** Packs what was built, as this version, and leaves the sources as they are. Returns the path of the archive. */
export const packVersion = (
  root: string,
  folder: string,
  { files }: Manifest,
  version: string,
  changelog: string,
): string => {
  const stage = join(folder, 'package')
  rmSync(stage, { recursive: true, force: true })
  mkdirSync(stage, { recursive: true })
  for (const name of [...always, ...files])
    if (existsSync(join(root, name))) cpSync(join(root, name), join(stage, name), { recursive: true })
  writeVersion(stage, version)
  writeFileSync(join(stage, 'CHANGELOG.md'), changelog)
  // Its own scripts would build once more.
  const printed = execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', resolve(folder)], {
    cwd: stage,
    encoding: 'utf8',
  })
  const [{ filename }] = JSON.parse(printed) as [{ filename: string }]
  rmSync(stage, { recursive: true })
  return join(folder, filename)
}
