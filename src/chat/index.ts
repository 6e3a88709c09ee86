/** What the launcher opens onto: comes with the conversation's file, whether for a look at what is unread or for the panel. */
import type { CreateChat } from './contracts'
import { createChat as createRealChat, openDoor } from './chat'
import type { Core } from '../visitor/contracts'
import type { ServerSettings } from '../tracking/contracts'
import type { Undo } from '../browser/ports'
import type { Door } from '../visitor'
import type { Tracking } from '../tracking'
import badge from './badge.css?inline'
import type { Ground } from '../launcher/widgetElement'
import type { PanelDoor } from '../ui/panel'

/** What was heard longer ago is not shown in an open panel. */
const openMs = 30_000

export interface Inside {
  /** The conversation without its panel: for what is unread, and for greetings. */
  listen(): void
  /** All that opening takes, before anybody has pressed. */
  prepare(): Promise<PanelDoor>
  open(byVisitor: boolean): Promise<void>
  close(): Promise<void>
  draw(): void
  stop: Undo
}

export const enter = (ground: Ground, core: Core, createChat: CreateChat): Inside => {
  const undos: Undo[] = []
  let panel: PanelDoor | undefined
  let greeted = false
  ground.core = core
  const listen = () => {
    if (ground.chat) return
    const chat = (ground.chat = createChat(core))
    ground.adopt(badge)
    undos.push(
      chat.destroy,
      chat.unread.subscribe(ground.draw),
      chat.greetings.subscribe(
        core.guard(async ({ length }) => {
          if (!length || greeted) return
          greeted = true
          const { greet } = await import('../launcher/greeting')
          undos.push(greet(chat, ground))
        }),
      ),
    )
  }
  const prepare = async () => {
    void core.settings.fresh(openMs)
    listen()
    const { createPanel } = await import('../ui/panel')
    return (panel ??= createPanel(ground))
  }
  return {
    listen,
    prepare,
    async open(byVisitor) {
      if (byVisitor) core.guard(core.opened)()
      await (await prepare()).open(byVisitor)
    },
    close: async () => panel?.close(),
    draw: () => panel?.draw(),
    stop() {
      undos.splice(0).forEach((undo) => undo())
      panel?.destroy()
    },
  }
}

/** With the real conversation. */
export const enterChat = (ground: Ground, tracking: Tracking, settings: ServerSettings): Inside & Door => {
  const door = openDoor(tracking, settings)
  const inside = enter(ground, door.core, createRealChat)
  return {
    ...door,
    ...inside,
    stop() {
      inside.stop()
      door.stop()
    },
  }
}
