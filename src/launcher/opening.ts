import type { Undo } from '../browser/ports'
import type { Chat } from '../chat/contracts'
import type { ChatDoor, WidgetElement } from './contracts'
import { fetchOnce } from './fetchOnce'
import { isPanelWanted } from './panelState'

/** The way from the launcher to the chat and its panel, which are fetched when they are needed. */
export interface Opening {
  /** Without `byVisitor` the panel comes back by itself, and takes no focus. */
  open(byVisitor?: boolean): Promise<void>
  close(): Promise<void>
  toggle(): Promise<void>
  /** Fetches the chat without its panel. */
  listen(): Promise<Chat>
  /** Fetches all that opening takes, before the launcher has been pressed. */
  prepare(): Promise<unknown>
  /** Draws the panel anew, where there is one. */
  draw(): void
  stop: Undo
}

/** `drawn` resolves when the launcher has its looks. `show`: a widget that the host has hidden is shown when it is opened. */
export const createOpening = (widget: WidgetElement, drawn: () => Promise<void>, show: () => void): Opening => {
  const { parts } = widget
  let isStopped = false
  /** The last opening, unless the panel was closed since. */
  let lastOpening: Promise<void> | undefined
  let chatDoor: ChatDoor | undefined

  const fetchChat = fetchOnce(async () => {
    chatDoor = await parts.fetchChat(widget)
    if (isStopped) chatDoor.stop()
    return chatDoor
  })
  /** Both files at once, though the chat would fetch the panel. */
  const fetchBoth = async () => (await Promise.all([fetchChat(), import('../ui/panel')]))[0]

  const bringPanel = async (byVisitor: boolean) => {
    try {
      await drawn()
      await (await fetchBoth()).open(byVisitor)
    } catch (error) {
      widget.movePanel('close')
      parts.warnOnce('ui-failed', `The chat could not be opened: ${error}`)
      throw Object.assign(error as Error, { code: 'ui-failed' })
    }
  }
  const open = (byVisitor = true) => {
    show()
    widget.movePanel('open')
    return (lastOpening = bringPanel(byVisitor))
  }
  const close = async () => {
    lastOpening = undefined
    widget.movePanel('close')
    await chatDoor?.close()
  }

  // WebKit (2.50, measured) gives up a chunk that is still on its way when its page goes into the back/forward cache: the import fails.
  parts.page.observe((event) => {
    if (event === 'restore') lastOpening?.catch(() => open(false)).catch(() => {})
  })

  return {
    open,
    close,
    toggle: () => (isPanelWanted(widget.panel) ? close() : open()),
    listen: async () => (await fetchChat()).listen(),
    prepare: async () => (await fetchBoth()).prepare(),
    draw: () => chatDoor?.draw(),
    stop() {
      isStopped = true
      chatDoor?.stop()
    },
  }
}
