import type { AgentDetail, Tagalong } from '../options'
import type { Say } from './contracts'
import type { ToldAgent } from './toldAgent'

type Listener = (data?: unknown) => void

/** The registrars by the names of the official widget, and the moment of each in our own words. */
const registrars = [
  'onChatMaximized',
  'onChatMinimized',
  'onChatStarted',
  'onChatEnded',
  'onPrechatFormSubmit',
  'onOfflineFormSubmit',
  'onWidgetShown',
  'onWidgetHidden',
  'onAssignAgent',
  'onAgentStatusChange',
  'onQueuePositionChange',
  'onServiceOffline',
] as const
type Registrar = (typeof registrars)[number]
type Fire = (name: Registrar, data?: unknown) => void

/** What is empty, because the server tells nobody who answers, is not there in the official widget. */
const agentOf = ({ name, username, status }: AgentDetail) => ({
  name: name || undefined,
  username: username || undefined,
  status,
})

/**
 * An agent who comes or goes is one thing, an agent whose status changes another. A page in the middle of a conversation tells of its agent only
 * where no page before it has: who came while there was none.
 */
const followAgent = (api: Tagalong, fire: Fire, told: ToldAgent): void => {
  let username = told.read()
  /** As this page knows the agent. */
  let last: AgentDetail | undefined
  const tell = (now: string | undefined) => {
    username = now
    told.write(now)
  }
  api.on('agent', (agent) => {
    const before = last
    last = agent
    if (agent?.username !== username) {
      tell(agent?.username)
      fire('onAssignAgent', agent && agentOf(agent))
    } else if (agent && before && agent.status !== before.status) fire('onAgentStatusChange', agentOf(agent))
  })
  // Nobody has gone when a conversation ends, and the next one has an agent of its own.
  api.on('chat-end', () => {
    last = undefined
    tell(undefined)
  })
}

/** Once whenever nobody is there any more, and where nobody was from the first. */
const followService = (api: Tagalong, fire: Fire): void => {
  let isOffline = false
  const become = (offline: boolean) => {
    if (offline && !isOffline) fire('onServiceOffline')
    isOffline = offline
  }
  api.on('online', ({ online }) => become(!online))
  // The chat itself hears of agents when it is opened: before, this is all that a page learns.
  api.on('error', ({ code }) => code === 'no-agents' && become(true))
}

const follow = (api: Tagalong, fire: Fire, told: ToldAgent): void => {
  api.on('open', () => fire('onChatMaximized'))
  api.on('close', () => fire('onChatMinimized'))
  api.on('chat-start', () => fire('onChatStarted'))
  api.on('chat-end', () => fire('onChatEnded'))
  api.on('show', () => fire('onWidgetShown'))
  api.on('hide', () => fire('onWidgetHidden'))
  api.on('form', (data) => fire('onPrechatFormSubmit', data))
  api.on('offline-message', (data) => fire('onOfflineFormSubmit', data))
  api.on('queue', ({ spot, waitSeconds, text }) =>
    fire('onQueuePositionChange', { spot, estimatedWaitTimeSeconds: waitSeconds, message: { text } }),
  )
  followAgent(api, fire, told)
  followService(api, fire)
}

export type OfficialCallbacks = Record<Registrar, (listener: Listener) => void> & { clearAllCallbacks(): void }

/** Every registrar takes any number of listeners, and all of them run, each once at its moment. */
export const createCallbacks = (say: Say, told: ToldAgent): OfficialCallbacks => {
  let listeners: { name: Registrar; listener: Listener }[] = []
  const fire: Fire = (name, data) => {
    for (const one of listeners)
      if (one.name === name)
        try {
          one.listener(data)
        } catch (error) {
          console.error(error)
        }
  }
  say((api) => follow(api, fire, told))
  const register = (name: Registrar) => (listener: Listener) => {
    if (typeof listener === 'function') listeners = [...listeners, { name, listener }]
  }
  return {
    // `fromEntries` forgets the names.
    ...(Object.fromEntries(registrars.map((name) => [name, register(name)])) as Record<
      Registrar,
      (listener: Listener) => void
    >),
    clearAllCallbacks() {
      listeners = []
    },
  }
}
