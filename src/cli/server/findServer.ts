import type { Check } from '../../options'
import { configPath } from '../../wire/paths'
import { checkResult } from '../../diagnosis/checks'
import { isMixedContent } from '../../diagnosis/mixedContent'
import { serverOfConfigAddress } from '../../diagnosis/redirected'
import { printable } from '../terminal'
import { askServer, type HttpReply } from './http'
import { sentenceOfReason } from './reasons'

/** As many redirects as browsers follow. */
const longestChain = 20

/** The address to which the server redirects its callers. */
const redirectedTo = (server: string, reply: HttpReply): string | undefined => {
  const location =
    reply.kind === 'answer' && reply.status >= 300 && reply.status < 400 ? reply.headers.location : undefined
  return location && URL.canParse(location, server + configPath)
    ? new URL(location, server + configPath).href
    : undefined
}

export interface FoundServer {
  server: string
  reply: HttpReply
  /** Where a redirect leads: the end of a chain, as far as it stays with addresses of a server. */
  newAddress: string | undefined
}

/** Asks for `livechat/config`, and follows redirects as far as they lead to the same path of another server. */
export const findServer = async (given: string, origin: string): Promise<FoundServer> => {
  const askConfig = (at: string) => askServer('GET', at + configPath, { Origin: origin, Accept: 'application/json' })
  let server = given
  let reply = await askConfig(server)
  let next = redirectedTo(server, reply)
  let newAddress = next
  for (let redirects = 0; redirects < longestChain; redirects++) {
    const nextServer = next && serverOfConfigAddress(next)
    if (!nextServer) break
    newAddress = next
    server = nextServer
    reply = await askConfig(server)
    next = redirectedTo(server, reply)
  }
  return { server, reply, newAddress }
}

export const checkReached = ({ server, reply, newAddress }: FoundServer, origin: string): Check => {
  if (reply.kind === 'silent') return checkResult('server', reply.why, `${server} (${sentenceOfReason(reply.reason)})`)
  if (newAddress) return checkResult('server', 'moved', printable(newAddress))
  return checkResult('server', isMixedContent(origin, server) ? 'mixed-content' : 'good', server)
}
