import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A second host, that lets every page read and write, and remembers what came. */
export const startForeignHost = async () => {
  const came: string[] = []
  const read = async (request: IncomingMessage) => {
    let body = ''
    for await (const chunk of request) body += chunk as string
    return body
  }
  const server = createServer((request, response) => {
    void read(request).then((body) => {
      came.push(`${request.method} ${request.url} ${JSON.stringify(request.headers)} ${body}`)
      const allow = {
        'access-control-allow-origin': '*',
        'access-control-allow-headers': '*',
        'access-control-allow-methods': '*',
      }
      response
        .writeHead(200, { ...allow, 'content-type': 'application/json' })
        .end(JSON.stringify({ success: true, page: {}, config: { enabled: true, online: true, settings: {} } }))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    came,
    async stop() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
