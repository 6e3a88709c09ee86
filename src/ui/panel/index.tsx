/** The composition root of the panel: what the chat asks for when the launcher has been pressed. */
import { h, render } from 'preact'
import { plain } from '../../browser/plain'
import type { Undo } from '../../browser/ports'
import { newElement, ofDocument } from '../../browser/document'
import type { WidgetElement } from '../../launcher/contracts'
import type { Chat } from '../../chat/contracts'
import type { Core } from '../../visitor/contracts'
import { fetchMessages, fetchScreens } from '../view/fetched'
import { createWording } from './wording'
import { Panel } from './Panel'
import sheet from './panel.css?inline'

/** Events of the panel that the page's own shortcuts, focus traps and smooth scrolling would otherwise take from the visitor. */
const eventsKeptFromPage = ['keydown', 'keyup', 'keypress', 'paste', 'focusin', 'wheel', 'touchmove']

const stopPropagation = (event: Event) => event.stopPropagation()

const longestFadeMs = 300

/** A tab in the background draws no frames, so that an animation there never finishes. */
const fadedOut = (panel: Element | null, clock: Core['clock']) =>
  Promise.race([
    Promise.allSettled((panel?.getAnimations() ?? []).map((animation) => animation.finished)),
    new Promise<void>((resolve) => clock.after(longestFadeMs, resolve)),
  ])

export interface PanelDoor {
  /** Resolves when the panel is on screen. One that the visitor has not asked for does not take the focus. */
  open(byVisitor: boolean): Promise<void>
  /** Resolves when the panel is gone. */
  close(): Promise<void>
  draw(): void
  destroy: Undo
}

export const createPanel = (widget: WidgetElement, core: Core, chat: Chat): PanelDoor => {
  const { root, container, parts } = widget
  const slot = container.appendChild(newElement('div'))
  const adoptedSheets = new Set<string>()
  let opener: Element | null = null
  let isFocusWanted = false
  /** Opening and closing wait for each other. */
  let lastStep: Promise<void> = Promise.resolve()

  const adopt = (css: string) => {
    if (!adoptedSheets.has(css)) widget.adopt(css)
    adoptedSheets.add(css)
  }
  const wording = createWording(widget, core)
  const draw = () => {
    const { panel, toggle } = widget
    const words = wording.current()
    const isOnScreen = panel !== 'closed' && panel !== 'opening'
    render(
      isOnScreen && words && (
        <Panel
          core={core}
          chat={chat}
          {...words}
          adopt={adopt}
          warnOnce={parts.warnOnce}
          isFocusWanted={isFocusWanted}
          isFadingOut={panel !== 'open'}
          onClose={toggle}
        />
      ),
      slot,
    )
  }

  const show = async () => {
    await wording.load()
    const { panel } = widget
    if (panel !== 'opening' && panel !== 'reopening') return
    widget.movePanel('shown')
    // It was closed and opened again before it had begun to fade out.
    if (panel === 'reopening') return
    opener = ofDocument('activeElement')
    draw()
    chat.setOpen(true)
    core.emit('open', undefined)
    widget.rememberPanel(true)
  }

  const fadeOut = async () => {
    if (widget.panel !== 'closing') return
    widget.rememberPanel(false)
    chat.setOpen(false)
    const hadFocus = slot.contains(root.activeElement)
    draw()
    await fadedOut(slot.firstElementChild, core.clock)
    widget.movePanel('gone')
    draw()
    const launcher = root.querySelector<HTMLElement>('.launcher')
    if (hadFocus) (launcher ?? (opener as HTMLElement | null))?.focus?.()
    core.emit('close', undefined)
  }

  for (const name of eventsKeptFromPage) slot.addEventListener(name, stopPropagation, plain({ passive: true }))
  adopt(sheet)
  // What will be drawn is fetched while the panel is still on its way: messages where there is a conversation, forms where something is asked first.
  const stopFetching = [
    chat.room.subscribe((room) => void (room && fetchMessages().catch(() => {}))),
    chat.stage.subscribe((stage) => void (/consent|form|offline/.test(stage) && fetchScreens().catch(() => {}))),
  ]
  return {
    open(byVisitor) {
      isFocusWanted = byVisitor
      const shown = lastStep.then(show)
      lastStep = shown.catch(() => {})
      return shown
    },
    close: () => (lastStep = lastStep.then(fadeOut)),
    draw: core.guard(() => wording.load().then(draw)),
    destroy() {
      wording.stop()
      stopFetching.forEach((stop) => stop())
      render(null, slot)
      slot.remove()
    },
  }
}
