import { spawn } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { hasProgram } from './programs.ts'
import { snippetsOf } from './readme.ts'

export const hasNginx = hasProgram('nginx', '-v')

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo
      probe.close(() => resolve(port))
    })
  })

export interface Places {
  /** The folder of the site's own pages. */
  site: string
  /** The folder of the widget's files. */
  cdn: string
  /** Origin of the livechat server. */
  chat: string
}

/** README's configuration with the places of a test in it; each must be there to be replaced. */
const configuration = (places: Places, port: number): string =>
  Object.entries({
    'listen 80;': `listen 127.0.0.1:${port};`,
    '/var/www/shop': places.site,
    '/var/www/tagalong': places.cdn,
    'http://chat.internal:3000': places.chat,
  }).reduce((text, [name, place]) => {
    if (!text.includes(name)) throw new Error(`README's configuration for nginx does not mention ${name}.`)
    return text.replaceAll(name, place)
  }, snippetsOf('nginx').join(''))

/** Everything that nginx writes stays in `folder`. */
const around = (server: string, folder: string): string => {
  const kinds = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
  return `daemon off;
master_process off;
pid ${folder}/pid;
error_log ${folder}/errors;
events {}
http {
  access_log off;
  types { text/html html; text/javascript js; }
${kinds.map((kind) => `  ${kind}_temp_path ${folder}/${kind};`).join('\n')}
${server}
}
`
}

/** A real nginx with the configuration that README shows. */
export const startNginx = async (
  folder: string,
  places: Places,
): Promise<{ origin: string; stop(): Promise<void> }> => {
  const port = await freePort()
  const origin = `http://127.0.0.1:${port}`
  mkdirSync(folder, { recursive: true })
  const file = join(folder, 'nginx.conf')
  writeFileSync(file, around(configuration(places, port), folder))
  const nginx = spawn('nginx', ['-p', folder, '-c', file, '-e', join(folder, 'errors')], { stdio: 'inherit' })
  const ended = new Promise<void>((resolve) => nginx.once('exit', () => resolve()))
  const answers = () =>
    fetch(origin).then(
      () => true,
      () => false,
    )
  while (!(await answers())) {
    if (nginx.exitCode !== null) throw new Error(`nginx did not start: see ${join(folder, 'errors')}.`)
    await wait(50)
  }
  return {
    origin,
    async stop() {
      nginx.kill()
      await ended
    },
  }
}
