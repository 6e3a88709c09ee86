import { createAgent, type Agent, type AgentParts } from '../agent'
import { readServerArgument, UsageError, type Terminal } from './terminal'

/** The agent whose login is in the environment. */
export const logIn = (
  terminal: Terminal,
  command: string,
  givenServer: string | undefined,
  parts?: AgentParts,
): Agent => {
  const { TAGALONG_USER_ID: userId, TAGALONG_AUTH_TOKEN: authToken } = terminal.environment
  if (!givenServer) throw new UsageError(`${command} needs --server, for example --server https://chat.example.com`)
  if (!userId || !authToken)
    throw new UsageError(
      `${command} logs in as an agent: set TAGALONG_USER_ID and TAGALONG_AUTH_TOKEN in the environment, to the id and a personal access token of theirs`,
    )
  return createAgent({ server: readServerArgument(givenServer), userId, authToken }, parts)
}
