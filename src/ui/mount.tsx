import { render } from 'preact'
import type { Mount, Ui, Undo } from '../core/contracts'
import { Greeting } from './Greeting'
import { chooseLanguage, directionOf } from './language'
import { Launcher } from './Launcher'
import sheet from './launcher.css?inline'
import { looksOf, paint, type Looks } from './looks'
import { createOwnLauncher } from './ownLauncher'
import { createParts } from './parts'
import { languages, launcherWords, type Language } from './strings/launcher'
import { createWidget } from './widget'

const staleMs = 600_000
const firstLookMs = 1000
const restMs = 500
const longestLeavingMs = 300
const openKey = 'ui/open'
const nothing = () => {}

/** The launcher, and what happens when it is pressed. */
export const mount: Mount = (core): Ui => {
  const widget = createWidget(core)
  const face = document.createElement('div')
  const darkness = matchMedia('(prefers-color-scheme: dark)')
  const undos: Undo[] = []
  let alive = true
  let hidden = false
  /** What was asked for last; `shown` is what is on screen. */
  let wanted = false
  let shown = false
  let leaving = false
  let busy = false
  let focusing = false
  let looks: Looks | undefined
  let language: Language = 'en'
  let opener: Element | null = null
  let turn: Promise<unknown> = Promise.resolve()

  const pause = (ms: number) => new Promise<undefined>((done) => core.clock.after(ms, () => done(undefined)))
  const toggle = () => void (wanted ? ui.close() : ui.open()).catch(nothing)
  const ownLauncher = createOwnLauncher(core, toggle)

  const draw = core.guard(() => {
    if (!alive || !looks) return
    const { chat, panel, strings } = parts
    const { launcher } = core.options()
    const { name, close, unread } = launcherWords(language)
    const greeting = shown ? undefined : chat?.greetings.peek().at(-1)
    face.classList.toggle('open', shown)
    render(
      <>
        {looks.enabled && !hidden && launcher !== false && !ownLauncher.used() && (
          <Launcher name={name} unreadWords={unread} expanded={shown} busy={busy} unread={shown ? 0 : (chat?.unread.peek() ?? 0)} onClick={toggle} onIntent={intend} />
        )}
        {greeting && !hidden && (
          <Greeting author={greeting.author.name} text={greeting.text} avatarUrl={greeting.author.avatarUrl} close={close} onOpen={toggle} onDismiss={() => chat?.dismissGreeting()} />
        )}
        {shown && panel && chat && strings && (
          <panel.Panel core={core} chat={chat} strings={strings} language={language} leaving={leaving} focusing={focusing} onClose={toggle} />
        )}
      </>,
      face,
    )
    ownLauncher.mark(shown)
  })
  const parts = createParts(core, widget.adopt, draw)

  /** What the options and the server say of the looks; the rest is `draw`. */
  const dress = core.guard(() => {
    if (!alive || !looks) return
    const { theme, position, offset, zIndex, language: wish } = core.options()
    const dark = theme === 'dark' || (theme !== 'light' && darkness.matches)
    language = chooseLanguage([wish, document.documentElement.lang, ...navigator.languages, looks.language], languages)
    const direction = directionOf(language)
    const left = position ? (position === 'start') === (direction === 'ltr') : looks.left
    face.lang = language
    face.dir = direction
    face.className = `widget${dark ? ' dark' : ''}${left ? ' left' : ''}`
    offset?.forEach((px, index) => face.style.setProperty(index ? '--y' : '--x', `${px}px`))
    if (zIndex !== undefined) widget.host.style.setProperty('--tagalong-z-index', `${zIndex}`)
    paint(face, looks.color, dark)
    if (parts.strings) void parts.load(language).then(draw, nothing)
    draw()
  })

  const intend = () => void parts.load(language).catch(nothing)

  const appear = async () => {
    await ready
    if (shown || !wanted || !alive) return
    opener = document.activeElement
    if (focusing) void core.opened().catch(nothing)
    busy = true
    draw()
    try {
      await parts.load(language)
    } catch (error) {
      wanted = false
      const says = `The chat could not be loaded; the next open tries again. ${(error as Error).message}`
      core.report('ui-failed', says)
      throw Object.assign(new Error(says), { name: 'TagalongError', code: 'ui-failed' })
    } finally {
      busy = false
      draw()
    }
    if (!wanted || !alive) return
    shown = true
    draw()
    parts.chat?.setOpen(true)
    core.emit('open', undefined)
    void core.storage.set(openKey, true)
  }

  const disappear = async () => {
    if (!shown || wanted || !alive) return
    void core.storage.delete(openKey)
    parts.chat?.setOpen(false)
    const element = widget.root.querySelector('.panel')
    const focused = element?.contains(widget.root.activeElement)
    leaving = true
    draw()
    // A page in the background draws no frames, so its animations never finish.
    await Promise.race([Promise.allSettled(element?.getAnimations?.().map((animation) => animation.finished) ?? []), pause(longestLeavingMs)])
    shown = leaving = false
    draw()
    if (focused) (widget.root.querySelector<HTMLElement>('.launcher') ?? (opener as HTMLElement | null))?.focus?.()
    core.emit('close', undefined)
  }

  const want = (next: boolean, byVisitor = true): Promise<void> => {
    wanted = next
    if (next) focusing = byVisitor
    const done = turn.then(next ? appear : disappear)
    turn = done.catch(nothing)
    return done
  }

  const setHidden = (next: boolean) => {
    if (hidden === next || !alive) return
    hidden = next
    draw()
    core.emit(next ? 'hide' : 'show', undefined)
  }

  const ui: Ui = {
    open: () => want(true),
    close: () => want(false),
    isOpen: () => wanted,
    show: () => setHidden(false),
    hide() {
      setHidden(true)
      void want(false).catch(nothing)
    },
    destroy() {
      if (!alive) return
      alive = false
      undos.forEach((undo) => undo())
      darkness.removeEventListener('change', dress)
      ownLauncher.stop()
      render(null, face)
      parts.stop()
      widget.destroy()
    },
  }

  const start = async () => {
    const [cached, wasOpen, { roomId }] = await Promise.all([core.settings.cached(), core.storage.get<boolean>(openKey), core.visitor.state()])
    // Without a copy the first look waits a little, so that the colour does not flash.
    const copy = cached ?? (await Promise.race([core.settings.fresh(staleMs), pause(firstLookMs)]))
    if (!alive) return
    looks = looksOf(copy?.config)
    dress()
    const loadChat = () => void parts.loadChat().catch(nothing)
    if (wasOpen) void want(true, false).catch(nothing)
    else if (roomId || looks.triggers) undos.push(core.clock.after(restMs, loadChat))
    undos.push(
      core.settings.observe((next) => {
        looks = looksOf(next.config)
        dress()
      }),
      core.visitor.observe((state) => state.roomId && loadChat()),
    )
    if (cached) void core.settings.fresh(staleMs)
  }

  widget.adopt(sheet)
  widget.root.append(face)
  darkness.addEventListener('change', dress)
  undos.push(core.observeOptions(dress))
  const ready = start()
  return ui
}
