import { render } from 'preact'
import { newElement, ofDocument } from '../browser/document'
import type { Undo } from '../browser/ports'
import type { Json } from '../wire/json'
import type { LauncherCalls, LauncherParts, WidgetElement } from './contracts'
import { placeElement } from './element'
import type { HostButton } from './hostButton'
import { Launcher } from './Launcher'
import { applyLooks } from './looks'
import { createOpening } from './opening'
import { isPanelOnScreen, nextPanelState } from './panelState'
import { isChatExpected, rememberPanel, wasPanelOpen } from './remembered'
import { firstSettings } from './serverSettings'
import { launcherNames } from './strings'

/** What the page itself has to do comes first. */
const beforeRestoringMs = 500

/** Whatever fails here has been said already. */
const ignoreFailure = (promise: Promise<unknown>): void => void promise.catch(() => {})

/** The launcher on the page: joins the element, its looks, and the way to the panel. */
export const createWidgetElement = (parts: LauncherParts): LauncherCalls => {
  const { options, settings, clock, visitor, guard } = parts
  const element = placeElement(clock)
  const { container } = element
  const slot = container.appendChild(newElement('div'))
  const undos: Undo[] = []
  let isDestroyed = false
  let config: Json = {}
  let hostButton: HostButton | undefined

  const draw = () => {
    if (isDestroyed) return
    const { chat, panelState, language, toggle } = widget
    const isExpanded = isPanelOnScreen(panelState)
    render(
      config.enabled !== false && (options.launcher ?? true) === true && (
        <Launcher
          name={launcherNames[language]}
          isExpanded={isExpanded}
          isBusy={panelState === 'opening'}
          unread={(!isExpanded && chat?.unread.peek()) || 0}
          onClick={toggle}
          onIntent={() => ignoreFailure(prepare())}
        />
      ),
      slot,
    )
    hostButton?.mark(isExpanded)
  }
  const setHidden = (isHidden: boolean) => {
    if (container.hidden === isHidden) return
    container.hidden = isHidden
    parts.emit(isHidden ? 'hide' : 'show', undefined)
  }
  const widget: WidgetElement = {
    ...element,
    parts,
    language: 'en',
    panelState: 'closed',
    movePanel(event) {
      widget.panelState = nextPanelState(widget.panelState, event)
      draw()
    },
    rememberPanel: (isOpen) => rememberPanel(parts, isOpen),
    draw,
    toggle: () => ignoreFailure(calls.toggle()),
  }
  const show = () => setHidden(false)
  const { prepare, listen: listenToChat, draw: drawPanel, stop, ...calls } = createOpening(widget, () => drawn, show)
  const listen = () => ignoreFailure(listenToChat())

  const fetchHostButton = async () => {
    const { createHostButton } = await import('./hostButton')
    undos.push((hostButton ??= createHostButton(widget)).stop)
    draw()
  }
  const update = () => {
    const pageLanguages = [ofDocument('documentElement').lang, ...navigator.languages]
    widget.language = applyLooks(element, options, config, pageLanguages)
    const { launcher } = options
    if (launcher && launcher !== true && !hostButton) ignoreFailure(fetchHostButton())
    draw()
    ignoreFailure(drawPanel())
  }

  const start = async () => {
    config = (await firstSettings(parts))?.config ?? {}
    if (isDestroyed) return
    update()
    undos.push(
      settings.observe((next) => {
        config = next?.config ?? config
        update()
      }),
      visitor.observe(({ roomId }) => roomId && listen()),
    )
    clock.after(
      beforeRestoringMs,
      guard(async () => {
        if (wasPanelOpen(parts)) return calls.open(false)
        if (await isChatExpected(parts, config)) listen()
      }),
    )
  }
  const drawn = start()
  drawn.catch((error: unknown) => parts.warnOnce('ui-failed', `The launcher could not be drawn: ${error}`))

  return {
    ...calls,
    show,
    hide() {
      setHidden(true)
      ignoreFailure(calls.close())
    },
    listen,
    destroy() {
      isDestroyed = true
      undos.splice(0).forEach((undo) => undo())
      stop()
      element.remove()
    },
  }
}
