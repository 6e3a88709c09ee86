/** The one door of the chat's download: hands out the visitor and the chat side by side. The chat comes for a look at what is unread, or for the panel. */
import type { Undo } from '../browser/ports'
import type { ChatDoor, WidgetElement } from '../launcher/contracts'
import type { PanelDoor } from '../ui/panel'
import type { Core } from '../visitor/contracts'
import badge from './badge.css?inline'
import { createChat as createRealChat } from './chat'
import type { Chat, CreateChat } from './contracts'
import { openPanelAgeMs } from './serverState'

export { createVisitor } from '../visitor'

export const createChatDoor = (
  widget: WidgetElement,
  core: Core,
  createChat: CreateChat = createRealChat,
): ChatDoor => {
  const undos: Undo[] = []
  let panel: PanelDoor | undefined
  let greeted = false
  const listen = (): Chat => {
    if (widget.chat) return widget.chat
    const chat = (widget.chat = createChat(core))
    widget.adopt(badge)
    undos.push(
      chat.destroy,
      chat.unread.subscribe(widget.draw),
      chat.greetings.subscribe(
        core.guard(async ({ length }) => {
          if (!length || greeted) return
          greeted = true
          const { greet } = await import('../launcher/greeting')
          undos.push(greet(chat, widget))
        }),
      ),
    )
    return chat
  }
  const prepare = async () => {
    void core.settings.fresh(openPanelAgeMs)
    const chat = listen()
    const { createPanel } = await import('../ui/panel')
    return (panel ??= createPanel(widget, core, chat))
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
