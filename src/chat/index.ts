/** The one door of the chat's download: hands out the visitor and the chat side by side. The chat is made for its count of unread messages, or for the panel. */
import type { Undo } from '../browser/ports'
import type { ChatDoor, WidgetElement } from '../launcher/contracts'
import type { PanelDoor } from '../ui/panel'
import type { Core } from '../visitor/contracts'
import { openPanelSettingsAgeMs } from '../wire/settingsAge'
import badgeSheet from './badge.css?inline'
import { createChat as createRealChat } from './chat'
import type { Chat, CreateChat } from './contracts'

export { createVisitor } from '../visitor'

export const createChatDoor = (
  widget: WidgetElement,
  core: Core,
  createChat: CreateChat = createRealChat,
): ChatDoor => {
  const undos: Undo[] = []
  let panel: PanelDoor | undefined
  let isGreeting = false
  const listen = (): Chat => {
    if (widget.chat) return widget.chat
    const chat = (widget.chat = createChat(core))
    widget.adopt(badgeSheet)
    undos.push(
      chat.destroy,
      chat.unread.subscribe(widget.draw),
      chat.greetings.subscribe(
        core.guard(async ({ length }) => {
          if (!length || isGreeting) return
          isGreeting = true
          try {
            const { greet } = await import('../launcher/greeting')
            undos.push(greet(chat, widget))
          } catch (error) {
            // The next greeting tries again.
            isGreeting = false
            throw error
          }
        }),
      ),
    )
    return chat
  }
  const prepare = async () => {
    core.guard(core.settings.fresh)(openPanelSettingsAgeMs)
    const chat = listen()
    const { createPanel } = await import('../ui/panel')
    return (panel ??= createPanel(widget, core, chat))
  }
  return {
    listen,
    prepare,
    async open(byVisitor) {
      // A visitor whom nobody registers is shown why.
      if (byVisitor) core.guard(() => core.opened().catch(() => listen().checkServer()))()
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
