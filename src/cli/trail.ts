import { AgentError, createAgent, type AgentParts, type Visit } from '../agent'
import { formatDuration } from './formatDuration'
import { jsonLine, plain, readAddress, UsageError, type Terminal } from './terminal'

export interface TrailOptions {
  server?: string
  room?: string
  follow?: boolean
  json?: boolean
}

const two = (value: number): string => String(value).padStart(2, '0')

/** In local time, the order of whose parts everybody reads the same way. */
const clockTime = (ms: number): string => {
  const date = new Date(ms)
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`
}

const widestTitle = 40
const fitted = (title: string, width: number): string =>
  (title.length > width ? `${title.slice(0, width - 1)}…` : title).padEnd(width)

const row = (time: string, after: string, title: string, address: string, width: number): string =>
  `${time.padEnd(19)}  ${after.padStart(7)}  ${fitted(title, width)}  ${address}`

const asJson = ({ id, at, title, href }: Visit): string => jsonLine({ id, at: new Date(at).toISOString(), title, href })

/** Prints one visit after the other; `width` is the title column's. */
const createPrinter = (terminal: Terminal, json: boolean, width: number) => {
  let before: number | undefined
  let headed = json
  return (visit: Visit): void => {
    if (json) return terminal.out(asJson(visit))
    if (!headed) terminal.out(row('TIME', 'AFTER', 'TITLE', 'ADDRESS', width))
    headed = true
    terminal.out(
      row(
        clockTime(visit.at),
        before === undefined ? '' : formatDuration(visit.at - before),
        plain(visit.title) || '–',
        plain(visit.href),
        width,
      ),
    )
    before = visit.at
  }
}

/** 0: told · 1: refused. With `--follow` it ends when it is stopped or refused. */
export const trail = async (
  terminal: Terminal,
  options: TrailOptions,
  parts?: AgentParts,
  started: (stop: () => void) => void = () => {},
): Promise<number> => {
  const { TAGALONG_USER_ID: userId, TAGALONG_AUTH_TOKEN: authToken } = terminal.environment
  if (!options.server) throw new UsageError('trail needs --server, for example --server https://chat.example.com')
  if (!options.room) throw new UsageError('trail needs --room, the id of the conversation’s room')
  if (!userId || !authToken)
    throw new UsageError(
      'trail logs in as an agent: set TAGALONG_USER_ID and TAGALONG_AUTH_TOKEN in the environment, to the id and a personal access token of theirs',
    )
  const agent = createAgent({ server: readAddress(options.server), userId, authToken }, parts)
  const json = !!options.json
  if (options.follow) {
    const watch = agent.watchTrail(options.room, createPrinter(terminal, json, widestTitle), {
      onTrouble: (error, retryInMs) => {
        if (retryInMs !== undefined)
          terminal.err(`${(error as AgentError).message} Asking again in ${formatDuration(retryInMs)}.`)
      },
    })
    started(watch)
    await watch.ended
    return 0
  }
  const visits: Visit[] = []
  for await (const { items } of agent.pagesVisited(options.room, { count: 100, sort: { ts: 1 } })) visits.push(...items)
  if (!visits.length && !json) terminal.err('This room has no pages yet.')
  const width = Math.min(widestTitle, Math.max(5, ...visits.map(({ title }) => plain(title).length)))
  visits.forEach(createPrinter(terminal, json, width))
  return 0
}
