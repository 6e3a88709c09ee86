import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { needed } from '../../stage/needed.ts'

export const official = { name: '@rocket.chat/livechat', version: '1.13.3' }

const cache = 'e2e/bench/.cache'

/** The built files of the official widget, fetched once from the package registry npm is set up for; git does not see them. */
export const fetchOfficial = (): string => {
  const folder = join(cache, `livechat-${official.version}`)
  if (existsSync(folder)) return folder
  mkdirSync(cache, { recursive: true })
  const packed = execFileSync(
    'npm',
    ['pack', `${official.name}@${official.version}`, '--silent', '--pack-destination', cache],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] },
  )
  const archive = join(cache, needed(packed.trim().split('\n').at(-1), 'packed file'))
  rmSync(join(cache, 'package'), { recursive: true, force: true })
  execFileSync('tar', ['-xzf', archive, '-C', cache])
  const page = join(cache, 'package/build/index.html')
  // A server puts its own address into the frame's page; here both are the same origin.
  writeFileSync(
    page,
    readFileSync(page, 'utf8').replace('</head>', '<script>SERVER_URL=location.origin</script></head>'),
  )
  renameSync(join(cache, 'package/build'), folder)
  rmSync(join(cache, 'package'), { recursive: true, force: true })
  rmSync(archive)
  return folder
}
