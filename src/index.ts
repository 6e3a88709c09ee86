/** npm `.`: the whole widget. */
import { createApi } from './core/api'
import { readOptions, TagalongError, type Options, type Tagalong } from './options'
import { inert, start } from './start'

export { TagalongError }
export type { AgentDetail, Check, ConnectionState, DropReason, ErrorCode, EventName, Events, Guest, Options, Tagalong, Tracker, Tracking, VisitDetail, Visitor } from './options'

/**
 * Mounts the chat launcher and reports every page the visitor goes to. Never throws; on a server it returns an object that does nothing.
 *
 * @example
 * const chat = createTagalong({ server: 'https://chat.example.com' })
 * await chat.open()
 */
export const createTagalong = (options: Options): Tagalong =>
  start<Tagalong>(
    options,
    (core) =>
      createApi(core, {
        load: async () => (await import('./ui/mount')).mount(core),
        failed: (error) => {
          core.report('ui-failed', '')
          return new TagalongError('ui-failed', error instanceof Error ? error.message : 'The chat could not be loaded.')
        },
        read: (change, before) => ({ ...before, ...readOptions(change, (detail) => core.report('bad-option', detail)), server: before.server, tracking: before.tracking, queue: before.queue }),
      }),
    inert,
  )
