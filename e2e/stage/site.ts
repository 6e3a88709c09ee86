import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'

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

/** A customer's website: any number of pages on an origin of its own, without a file of ours. */
export interface Site {
  origin: string
  /** What is answered at this path from now on; text is a script. */
  page(path: string, answer: Answer): void
  /** From now on every page begins with this script. */
  prepend(script: string): void
  stop(): Promise<void>
}

/** `everywhere` makes the pages that no test has described. */
export const createSite = async (everywhere: (path: string) => HostPage): Promise<Site> => {
  const pages = new Map<string, Answer>()
  const sockets = new Set<Socket>()
  let first = ''
  const server = createServer((request, response) => {
    const path = request.url ?? '/'
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
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    origin,
    page: (path, answer) => void pages.set(path, answer),
    prepend: (script) => void (first += `<script>${script}</script>`),
    async stop() {
      sockets.forEach((socket) => socket.destroy())
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
