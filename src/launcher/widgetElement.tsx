import { h, render } from 'preact'
import { newElement, ofDocument } from '../browser/document'
import type { Undo } from '../browser/ports'
import type { ConfigCopy } from '../tracking/stored'
import type { Json } from '../wire/json'
import type { LauncherCalls, LauncherParts, WidgetElement } from './contracts'
import { placeElement } from './element'
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

/** Draws the launcher, where the page is to have ours. */
const drawLauncher = (
  slot: Element,
  { chat, panel, language, toggle, parts: { options } }: WidgetElement,
  config: Json,
  onIntent: () => void,
): void => {
  const isExpanded = isPanelOnScreen(panel)
  render(
    config.enabled !== false && (options.launcher ?? true) === true && (
      <Launcher
        name={launcherNames[language]}
        isExpanded={isExpanded}
        isBusy={panel === 'opening'}
        unread={(!isExpanded && chat?.unread.peek()) || 0}
        onClick={toggle}
        onIntent={onIntent}
      />
    ),
    slot,
  )
}

/** Hides all that is ours, or shows it again, and tells the host when that is a change. */
const setHidden = ({ container, parts }: WidgetElement, isHidden: boolean): void => {
  if (container.hidden === isHidden) return
  container.hidden = isHidden
  parts.emit(isHidden ? 'hide' : 'show', undefined)
}

/** The launcher on the page: joins the element, its looks, and the way to the panel. */
export const createWidgetElement = (parts: LauncherParts): LauncherCalls => {
  const { options, settings, clock, page, visitor, guard } = parts
  const element = placeElement(clock, page)
  const slot = element.container.appendChild(newElement('div'))
  const undos: Undo[] = []
  let isDestroyed = false
  let config: Json = {}

  const draw = () => {
    if (isDestroyed) return
    parts.steering?.draw(widget)
    drawLauncher(slot, widget, config, () => ignoreFailure(opening.prepare()))
  }
  const widget: WidgetElement = {
    ...element,
    parts,
    language: 'en',
    panel: 'closed',
    movePanel(event) {
      widget.panel = nextPanelState(widget.panel, event)
      draw()
    },
    rememberPanel: (isOpen) => rememberPanel(parts, isOpen),
    draw,
    toggle: () => ignoreFailure(opening.toggle()),
  }
  const show = () => setHidden(widget, false)
  const opening = createOpening(widget, () => drawn, show)
  const listen = () => ignoreFailure(opening.listen())

  const update = () => {
    const pageLanguages = [ofDocument('documentElement').lang, ...navigator.languages]
    widget.language = applyLooks(element, options, config, pageLanguages)
    draw()
    opening.draw()
  }

  const follow = guard((copy?: ConfigCopy) => {
    config = copy?.config ?? config
    update()
  })
  const start = async () => {
    config = (await firstSettings(parts))?.config ?? {}
    if (isDestroyed) return
    update()
    undos.push(
      settings.observe(follow),
      visitor.observe(({ roomId }) => roomId && listen()),
    )
    clock.after(
      beforeRestoringMs,
      guard(async () => {
        if (wasPanelOpen(parts)) return opening.open(false)
        if (await isChatExpected(parts, config)) listen()
      }),
    )
  }
  const drawn = start()
  drawn.catch((error: unknown) => parts.warnOnce('ui-failed', `The launcher could not be drawn: ${error}`))

  return {
    ...opening,
    show,
    hide() {
      setHidden(widget, true)
      ignoreFailure(opening.close())
    },
    destroy() {
      isDestroyed = true
      undos.splice(0).forEach((undo) => undo())
      parts.steering?.stop()
      opening.stop()
      element.remove()
    },
  }
}
