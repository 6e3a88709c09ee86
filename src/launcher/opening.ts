import type { Undo } from '../browser/ports'
import type { ChatDoor, WidgetElement } from './contracts'
import { isPanelWanted } from './panelState'

/** The way from the launcher to the chat and its panel, which are fetched when they are needed. */
export interface Opening {
  /** Without `byVisitor` the panel comes back by itself, and takes no focus. */
  open(byVisitor?: boolean): Promise<void>
  close(): Promise<void>
  toggle(): Promise<void>
  /** Fetches the chat without its panel. */
  listen(): Promise<void>
  /** Fetches all that opening takes, before the launcher has been pressed. */
  prepare(): Promise<unknown>
  /** Draws the panel anew, where there is one. */
  draw(): Promise<void>
  stop: Undo
}

/** `drawn` resolves when the launcher has its looks. `show`: a widget that the host has hidden is shown when it is opened. */
export const createOpening = (widget: WidgetElement, drawn: () => Promise<void>, show: () => void): Opening => {
  const { parts } = widget
  let isStopped = false
  /** The last opening, unless the panel was closed since. */
  let lastOpening: Promise<void> | undefined
  let fetching: Promise<ChatDoor> | undefined

  const fetchChat = () =>
    (fetching ??= parts.fetchChat(widget).then(
      (chatDoor) => {
        if (isStopped) chatDoor.stop()
        return chatDoor
      },
      (error: unknown) => {
        fetching = undefined
        throw error
      },
    ))
  /** Says why the panel did not come, and gives the error the code that the host reads. An error with that code has been said already. */
  const fail = (error: unknown, says: string) => {
    const failure = Object(error) as { code?: string }
    if (failure.code !== 'ui-failed') parts.warnOnce('ui-failed', says)
    throw Object.assign(failure, { code: 'ui-failed' })
  }
  /** Both files at once, though the chat would fetch the panel. */
  const fetchBoth = async () => {
    await Promise.all([import('../chat'), import('../ui/panel')]).catch((error: unknown) =>
      fail(error, `No chat: ${error}: its host must send Access-Control-Allow-Origin.`),
    )
    return fetchChat()
  }

  const bringPanel = async (byVisitor: boolean) => {
    try {
      await drawn()
      await (await fetchBoth()).open(byVisitor)
    } catch (error) {
      widget.movePanel('close')
      fail(error, `The chat could not be drawn: ${error}`)
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
    await (await fetching)?.close()
  }

  // WebKit (2.50, measured) gives up a chunk that is still on its way when its page goes into the back/forward cache: the import fails.
  const stopObserving = parts.page.observe((event) => {
    if (event === 'restore') lastOpening?.catch(() => open(false)).catch(() => {})
  })

  return {
    open,
    close,
    toggle: () => (isPanelWanted(widget.panelState) ? close() : open()),
    listen: async () => (await fetchChat()).listen(),
    prepare: async () => (await fetchBoth()).prepare(),
    draw: async () => (await fetching)?.draw(),
    stop() {
      isStopped = true
      stopObserving()
      fetching?.then((chatDoor) => chatDoor.stop()).catch(() => {})
    },
  }
}
