import { render } from 'preact'
import type { Core } from '../../visitor/contracts'
import type { Undo } from '../../browser/ports'
import { newElement, ofDocument } from '../../browser/document'
import type { WidgetElement } from '../../launcher/contracts'
import { loadStrings } from '../view/loadStrings'
import type { Strings } from '../strings/en'
import { loadMessages } from '../view/later'
import { Panel } from './Panel'
import theme from '../view/theme.css?inline'

/** What the page's own shortcuts, focus keepers and smooth scrolling would take from whoever writes in the panel. */
const keptInside = ['keydown', 'keyup', 'keypress', 'paste', 'focusin', 'wheel', 'touchmove']

const longestLeavingMs = 300

export interface PanelDoor {
  /** Resolves when it is on screen. A page that shows it again of its own does not take the focus. */
  open(byVisitor: boolean): Promise<void>
  /** Resolves when it is gone. */
  close(): Promise<void>
  draw(): void
  destroy: Undo
}

export const createPanel = (widget: WidgetElement): PanelDoor => {
  const { core, root, frame, toggle } = widget as WidgetElement & { core: Core }
  const slot = frame.appendChild(newElement('div'))
  const adopted = new Set<string>()
  let opener: Element | null = null
  let focusing = false
  let leaving = false
  let strings: Strings | undefined
  let language = ''
  let turn: Promise<void> = Promise.resolve()

  const adopt = (css: string) => {
    if (!adopted.has(css)) widget.adopt(css)
    adopted.add(css)
  }
  const draw = () => {
    const { chat, isPanelShown } = widget
    render(
      isPanelShown && chat && strings && (
        <Panel
          core={core}
          chat={chat}
          strings={strings}
          language={language}
          adopt={adopt}
          focusing={focusing}
          leaving={leaving}
          onClose={toggle}
        />
      ),
      slot,
    )
  }

  const speak = async () => {
    const wish = widget.language
    if (wish === language) return
    const words = await loadStrings(wish)
    if (wish !== widget.language) return
    strings = words
    language = wish
  }

  const appear = async () => {
    await speak()
    if (widget.isPanelShown || !widget.isPanelWanted) return
    opener = ofDocument('activeElement')
    widget.isPanelShown = true
    widget.draw()
    draw()
    widget.chat?.setOpen(true)
    core.emit('open', undefined)
    widget.rememberPanel(true)
  }

  const disappear = async () => {
    if (!widget.isPanelShown || widget.isPanelWanted) return
    widget.rememberPanel(false)
    widget.chat?.setOpen(false)
    const focused = slot.contains(root.activeElement)
    leaving = true
    draw()
    // A page in the backwidget draws no frames, so its animations never finish.
    await Promise.race([
      Promise.allSettled((slot.firstElementChild?.getAnimations() ?? []).map((animation) => animation.finished)),
      new Promise<void>((done) => core.clock.after(longestLeavingMs, done)),
    ])
    leaving = widget.isPanelShown = false
    draw()
    widget.draw()
    if (focused) (root.querySelector<HTMLElement>('.launcher') ?? (opener as HTMLElement | null))?.focus?.()
    core.emit('close', undefined)
  }

  const keep = (event: Event) => event.stopPropagation()
  for (const name of keptInside) slot.addEventListener(name, keep, { passive: true })
  adopt(theme)
  // A page may change its own language at any time.
  const lean = core.guard(() => core.settings.tell())
  const observer = new MutationObserver(lean)
  observer.observe(ofDocument('documentElement'), { attributeFilter: ['lang'] })
  lean()
  speak().catch(() => {})
  // Where a conversation is, it will be shown.
  const undoRoom = widget.chat!.room.subscribe((room) => void (room && loadMessages().catch(() => {})))
  return {
    open(byVisitor) {
      focusing = byVisitor
      const done = turn.then(appear)
      turn = done.catch(() => {})
      return done
    },
    close: () => (turn = turn.then(disappear)),
    draw: () => void speak().then(draw, () => {}),
    destroy() {
      observer.disconnect()
      undoRoom()
      widget.isPanelShown = false
      draw()
      slot.remove()
    },
  }
}
