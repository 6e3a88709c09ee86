import { setTimeout as pause } from 'node:timers/promises'
import { areVisits, differences } from './compare.ts'
import type { Call, ExpectedVisit, Livechat, Visit } from './contracts.ts'

/** What is asked of a server while visits are waited for. */
export type Heard = Pick<Livechat, 'visits' | 'calls'>

export type Verdict = { isMet: true } | { isMet: false; says: string }

const everyMs = 50

/** Asks until the answer will do or the time is over; what was answered last. */
export const poll = async <T>(ask: () => Promise<T>, willDo: (answer: T) => boolean, timeoutMs: number): Promise<T> => {
  const until = performance.now() + timeoutMs
  for (;;) {
    const answer = await ask()
    if (willDo(answer) || performance.now() >= until) return answer
    await pause(everyMs)
  }
}

const times = (count: number): string => (count === 1 ? 'One call was' : `${count} calls were`)

/** Why visits may be missing, by what the server has heard. */
const reasons = (visits: Visit[], calls: Call[]): string[] => {
  if (!calls.length)
    return ['The server has not been called at all: is the widget on the page, with the address of this server?']
  const limited = calls.filter(({ status }) => status === 429).length
  const refused = calls.filter(({ status }) => status !== undefined && status >= 400 && status !== 429)
  const kinds = [...new Set(refused.map(({ method, path, status }) => `${method} ${path}: ${status}`))]
  return [
    ...(limited
      ? [
          `${times(limited)} refused by the rate limiter (429). Where no test says otherwise it lets ten a minute through for each route, as Rocket.Chat's does; the setting { limiter: false } switches it off.`,
        ]
      : []),
    ...(kinds.length ? [`${times(refused.length)} refused: ${kinds.join(', ')}.`] : []),
    ...(visits.length || limited || kinds.length ? [] : ['The server has been called, and no visit was reported.']),
  ]
}

/** Waits until exactly these visits have arrived; or, with `not`, until something else has. */
export const waitForVisits = async (
  heard: Heard,
  expected: ExpectedVisit[],
  { timeoutMs, not = false }: { timeoutMs: number; not?: boolean },
): Promise<Verdict> => {
  const visits = await poll(
    () => heard.visits(),
    (all) => areVisits(expected, all) !== not,
    timeoutMs,
  )
  if (areVisits(expected, visits) !== not) return { isMet: true }
  const text = not
    ? `For ${timeoutMs} ms the server has had just these visits, which it should not have:`
    : `The server has not had just these visits within ${timeoutMs} ms (- has not arrived, + was not expected):`
  const why = not ? [] : reasons(visits, await heard.calls())
  return {
    isMet: false,
    says: [text, '', differences(expected, visits), ...(why.length ? ['', ...why] : [])].join('\n'),
  }
}
