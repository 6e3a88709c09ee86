import { createServer, request as ask, type IncomingMessage } from 'node:http'
import { connect, type AddressInfo, type Socket } from 'node:net'

export interface HostPage {
  title?: string
  head?: string
  body?: string
  /** The whole text, in place of title, head and body. */
  html?: string
  status?: number
  headers?: Record<string, string>
  type?: string
  latencyMs?: number
}
type Answer = HostPage | string | ((request: IncomingMessage) => HostPage | string)

export const htmlOf = ({ title, head = '', body = '' }: HostPage, first = ''): string =>
  `<!doctype html><html lang="en"><head>${first}<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">${title === undefined ? '' : `<title>${title}</title>`}${head}</head><body>${body}</body></html>`

/** A page whose policy asks for one has its own scripts under it, and what every page begins with. */
export const siteNonce = 'x'

/** A customer's website: any number of pages on an origin of its own, without a file of ours. */
export interface Site {
  origin: string
  /** What is answered at this path from now on; text is a script. */
  page(path: string, answer: Answer): void
  /** From now on every page begins with this script. */
  prepend(script: string): void
  /** From now on another server answers below this folder, websockets as well: a site that has its livechat server on its own origin. */
  forward(folder: string, origin: string): void
  stop(): Promise<void>
}

/** Where a path below one of these folders is answered. */
const elsewhere = (folders: Map<string, string>, path: string): string | undefined => {
  for (const [folder, origin] of folders) if (path.startsWith(`${folder}/`)) return origin + path.slice(folder.length)
  return undefined
}

/** `everywhere` makes the pages that no test has described. */
export const createSite = async (everywhere: (path: string) => HostPage): Promise<Site> => {
  const pages = new Map<string, Answer>()
  const sockets = new Set<Socket>()
  const folders = new Map<string, string>()
  let first = ''
  const server = createServer((request, response) => {
    const path = request.url ?? '/'
    const further = elsewhere(folders, path)
    if (further) {
      const { method, headers } = request
      const asked = ask(further, { method, headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers)
        answer.pipe(response)
      })
      asked.on('error', () => response.destroy())
      request.pipe(asked)
      return
    }
    const found = pages.get(path) ?? pages.get(path.replace(/\?.*/, ''))
    const answer = typeof found === 'function' ? found(request) : found
    const page: HostPage = typeof answer === 'string' ? { type: 'text/javascript' } : (answer ?? everywhere(path))
    const text = typeof answer === 'string' ? answer : (page.html ?? htmlOf(page, first))
    setTimeout(() => {
      response.writeHead(page.status ?? 200, {
        'content-type': page.type ?? 'text/html; charset=utf-8',
        ...page.headers,
      })
      response.end(text)
    }, page.latencyMs ?? 0)
  })
  server.on('upgrade', (request, socket: Socket, head: Buffer) => {
    const further = elsewhere(folders, request.url ?? '/')
    if (!further) return socket.destroy()
    const { hostname, port, pathname, search } = new URL(further)
    const through = connect(Number(port), hostname, () => {
      const lines = request.rawHeaders.flatMap((name, index, all) => (index % 2 ? [] : [`${name}: ${all[index + 1]}`]))
      through.write([`GET ${pathname}${search} HTTP/1.1`, ...lines, '', ''].join('\r\n'))
      through.write(head)
      socket.pipe(through).pipe(socket)
    })
    for (const end of [socket, through]) end.on('error', () => [socket, through].forEach((one) => one.destroy()))
  })
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    origin,
    page: (path, answer) => void pages.set(path, answer),
    prepend: (script) => void (first += `<script nonce="${siteNonce}">${script}</script>`),
    forward: (folder, to) => void folders.set(folder, to),
    async stop() {
      sockets.forEach((socket) => socket.destroy())
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
