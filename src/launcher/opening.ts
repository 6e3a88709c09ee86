import type { Undo } from '../browser/ports'
import type { ChatDoor, LauncherParts, WidgetElement } from './contracts'
import { isPanelWanted } from './panelState'

export interface OpeningParts {
  parts: Pick<LauncherParts, 'fetchChat' | 'page' | 'say'>
  widget: WidgetElement
  /** Resolves when the launcher has its looks. */
  drawn(): Promise<void>
  /** A widget that the host has hidden is shown when it is opened. */
  show(): void
}

/** The way from the launcher to the chat and its panel, which are fetched when they are needed. */
export interface Opening {
  /** Without `byVisitor` the panel comes back by itself, and takes no focus. */
  open(byVisitor?: boolean): Promise<void>
  close(): Promise<void>
  toggle(): Promise<void>
  /** Fetches the chat without its panel. */
  listen(): Promise<void>
  /** Fetches all that opening takes, before the launcher has been pressed. */
  prepare(): Promise<void>
  /** Draws the panel anew, where there is one. */
  draw(): Promise<void>
  stop: Undo
}

/** The error with the code that the host reads, once it has been said. Whoever has set the code has said it already. */
const asSaid = (error: unknown, say: () => void): unknown => {
  const failure = Object(error) as { code?: string }
  if (failure.code === 'ui-failed') return failure
  say()
  return Object.assign(failure, { code: 'ui-failed' })
}

export const createOpening = ({ parts, widget, drawn, show }: OpeningParts): Opening => {
  let isStopped = false
  let hasFailed = false
  let opened: Promise<void> | undefined
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
  /** Both at once, though the chat would fetch the panel. */
  const fetchFiles = () =>
    Promise.all([import('../chat'), import('../ui/panel')]).catch((error: unknown) => {
      throw asSaid(error, () =>
        parts.say('ui-failed', `The chat could not be fetched: ${error}: its host must send Access-Control-Allow-Origin.`),
      )
    })

  const tryOpening = async (byVisitor: boolean) => {
    try {
      await drawn()
      await fetchFiles()
      await (await fetchChat()).open(byVisitor)
    } catch (error) {
      hasFailed = true
      widget.movePanel('close')
      throw asSaid(error, () => parts.say('ui-failed', `The chat could not be drawn: ${error}`))
    }
  }
  const open = (byVisitor = true) => {
    hasFailed = false
    show()
    widget.movePanel('open')
    return (opened = tryOpening(byVisitor))
  }
  const close = async () => {
    hasFailed = false
    widget.movePanel('close')
    await (await fetching)?.close()
  }

  // WebKit (2.50, measured) gives up a chunk that is still on its way when its page goes into the back/forward cache: the import fails.
  const stopObserving = parts.page.observe(async (event) => {
    if (event !== 'restore') return
    await opened?.catch(() => {})
    if (hasFailed) open(false).catch(() => {})
  })

  return {
    open,
    close,
    toggle: () => (isPanelWanted(widget.panelState) ? close() : open()),
    listen: async () => (await fetchChat()).listen(),
    async prepare() {
      await fetchFiles()
      await (await fetchChat()).prepare()
    },
    draw: async () => (await fetching)?.draw(),
    stop() {
      isStopped = true
      stopObserving()
      fetching?.then((chatDoor) => chatDoor.stop()).catch(() => {})
    },
  }
}
