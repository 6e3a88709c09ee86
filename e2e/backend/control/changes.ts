import { isRecord } from '../http/schema.ts'
import type { Port } from '../http/port.ts'
import { changeSettings } from '../office/store/settings.ts'
import type { Sockets } from '../realtime/sockets.ts'
import type { ServerState } from '../state.ts'
import { textOf } from './agent/action.ts'
import { actions } from './agent/actions.ts'
import { readFaults } from './faults.ts'

export interface Reply {
  status: number
  body: unknown
}

export const answered = (body: unknown): Reply => ({ status: 200, body })
const refused = (error: string): Reply => ({ status: 400, body: { error } })

/** What the control door changes: what shall go wrong, how the server is set up, what an agent does, and all of it undone. */
export function createChanges(state: ServerState, livechat: Port, sockets: Sockets) {
  const plug = () => (state.faults.isPlugPulled() ? livechat.close() : livechat.open())

  return {
    async putFaults(body: unknown): Promise<Reply> {
      const read = readFaults(body)
      if (read.kind === 'refused') return refused(read.error)
      state.faults.replace(read.faults)
      sockets.meetFault()
      if (state.faults.cutsConnections()) livechat.closeIdle()
      await plug()
      state.feed.tell('faults', state.faults.list())
      return answered({ faults: state.faults.list() })
    },

    putSettings(body: unknown): Reply {
      if (!isRecord(body)) return refused('settings are an object')
      const next = structuredClone(state.settings)
      const problem = changeSettings(next, body)
      if (problem) return refused(problem)
      state.settings = next
      state.saveSettings()
      state.feed.tell('settings', next)
      return answered({ settings: next })
    },

    async reset(): Promise<Reply> {
      state.reset()
      sockets.clear()
      await plug()
      return answered({})
    },

    act(body: unknown): Reply {
      if (!isRecord(body)) return refused('an action is an object')
      const does = textOf(body, 'does') ?? ''
      const action = Object.hasOwn(actions, does) ? actions[does] : undefined
      if (!action) return refused(`an agent does ${Object.keys(actions).join(', ')}; not '${does}'`)
      const outcome = action(state, body)
      state.save()
      return outcome.kind === 'done' ? answered(outcome.result) : refused(outcome.why)
    },
  }
}
