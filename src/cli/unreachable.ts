import { configPath } from '../wire/paths'
import { AgentError } from '../agent'
import { askServer } from './server/http'
import { sentenceOfReason } from './server/reasons'
import { printable, readServerArgument } from './terminal'

/** An error of the agent as a line. That a server cannot be reached is said with its address and the system's reason, for which it is asked once more. */
export const lineOfError = async (error: AgentError, givenServer: string | undefined): Promise<string> => {
  if (error.code !== 'unreachable' || !givenServer) return printable(error.message)
  const server = readServerArgument(givenServer)
  const reply = await askServer('GET', server + configPath, { Accept: 'application/json' })
  return reply.kind === 'silent'
    ? printable(`${server} cannot be reached (${sentenceOfReason(reply.reason)}).`)
    : printable(error.message)
}
