import { render } from 'preact'
import type { Undo } from '../../core/contracts'
import type { Ground } from '../mount'
import { Panel } from './Panel'
import theme from './theme.css?inline'

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

export const createPanel = (ground: Ground): PanelDoor => {
  const { core, root, face, toggle } = ground
  const slot = face.appendChild(document.createElement('div'))
  let opener: Element | null = null
  let focusing = false
  let leaving = false
  let turn: Promise<void> = Promise.resolve()

  const draw = () => {
    const { chat, strings, language, shown } = ground
    render(shown && chat && strings && <Panel core={core} chat={chat} strings={strings} language={language} focusing={focusing} leaving={leaving} onClose={toggle} />, slot)
  }

  const appear = () => {
    if (ground.shown || !ground.wanted) return
    opener = document.activeElement
    ground.shown = true
    ground.draw()
    draw()
    ground.chat?.setOpen(true)
    core.emit('open', undefined)
    ground.remember(true)
  }

  const disappear = async () => {
    if (!ground.shown || ground.wanted) return
    ground.remember(false)
    ground.chat?.setOpen(false)
    const focused = slot.contains(root.activeElement)
    leaving = true
    draw()
    // A page in the background draws no frames, so its animations never finish.
    await Promise.race([
      Promise.allSettled((slot.firstElementChild?.getAnimations() ?? []).map((animation) => animation.finished)),
      new Promise<void>((done) => core.clock.after(longestLeavingMs, done)),
    ])
    leaving = ground.shown = false
    draw()
    ground.draw()
    if (focused) (root.querySelector<HTMLElement>('.launcher') ?? (opener as HTMLElement | null))?.focus?.()
    core.emit('close', undefined)
  }

  const keep = (event: Event) => event.stopPropagation()
  for (const name of keptInside) slot.addEventListener(name, keep, { passive: true })
  ground.adopt(theme)
  return {
    open(byVisitor) {
      focusing = byVisitor
      return (turn = turn.then(appear))
    },
    close: () => (turn = turn.then(disappear)),
    draw,
    destroy() {
      ground.shown = false
      draw()
      slot.remove()
    },
  }
}
