import type { VisitorState } from '../tracking/stored'
import type { Core } from '../visitor/contracts'
import type { Triggers, TriggersParts } from './triggers/contracts'

export interface TriggersLoaderParts extends TriggersParts {
  core: Core
}

export interface TriggersLoader {
  /** The triggers the server lists now; none takes back those that were listed before. */
  load(list: unknown[]): Promise<void>
  onPanelOpened(): void
  /** Something has happened on the page; triggers that are not there yet hear of it when they are. */
  onEvent(name: string): void
  followVisitor(state: VisitorState): void
  stop(): void
}

/** A host may tell of many things, and the server may have no triggers. */
const mostMissedEvents = 20

/** Fetches the triggers (their download is `triggers/`) where the server has any. */
export const createTriggersLoader = (parts: TriggersLoaderParts): TriggersLoader => {
  const { core, conversation } = parts
  let isDestroyed = false
  let triggers: Triggers | undefined
  let missedEvents: string[] = []
  let registration: 'unknown' | 'none' | 'done' = 'unknown'

  return {
    async load(list) {
      if (!list.length) return
      const { createTriggers } = await import('./triggers').catch((error: unknown) => {
        core.report('ui-failed', `${error}`)
        throw error
      })
      if (isDestroyed) return
      const isFirst = !triggers
      triggers ??= createTriggers(parts)
      await triggers.load(list)
      if (isFirst && conversation.facts.isPanelOpen.peek()) triggers.onPanelOpened()
      missedEvents.splice(0).forEach(triggers.onEvent)
    },
    onPanelOpened: () => triggers?.onPanelOpened(),
    onEvent(name) {
      if (triggers) triggers.onEvent(name)
      else missedEvents = [...missedEvents, name].slice(-mostMissedEvents)
    },
    followVisitor({ visitor }) {
      if (visitor && registration === 'none') triggers?.onRegistered()
      registration = visitor ? 'done' : 'none'
    },
    stop() {
      isDestroyed = true
      triggers?.stop()
    },
  }
}
