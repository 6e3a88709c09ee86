import { render } from 'preact'
import type { Chat } from '../chat/contracts'
import type { Core } from '../visitor/contracts'
import type { Undo } from '../browser/ports'
import { newElement, ofDocument } from '../browser/document'
import type { Stand, Ui } from './contracts'
import type { Json } from '../wire/errors'
import { chooseLanguage, directionOf } from './language'
import { Launcher } from './Launcher'
import sheet from './launcher.css?inline'
import type { Inside } from '../chat'
import type { OwnLauncher } from './hostButton'
import { launcherNames } from './strings'

const staleMs = 600_000
const firstLookMs = 1000
const restMs = 500
const openKey = 'ui/open'

/** What the launcher shares with those that come later. */
export interface Ground {
  stand: Stand
  /** There as soon as the conversation is. */
  core?: Core
  chat?: Chat
  root: ShadowRoot
  /** Carries the language, the direction and the colours of everything inside. */
  face: HTMLElement
  language: ReturnType<typeof chooseLanguage>
  /** What was asked for last; `shown` is what is on screen. */
  wanted: boolean
  shown: boolean
  /** Open or not, for the next page. */
  remember(open: boolean): void
  adopt(css: string): void
  draw(): void
  toggle(): void
}

/** The launcher, and what happens when it is pressed. Everything else is fetched when it is needed. */
export const mount = <I extends Inside>(stand: Stand<I>): Ui<I> => {
  const { options, settings, journal, session, clock, visitor, guard } = stand
  const host = newElement('tagalong-widget')
  const root = host.attachShadow({ mode: 'open' })
  const face = newElement('div')
  const slot = face.appendChild(newElement('div'))
  const undos: Undo[] = []
  let alive = true
  let busy = false
  let removals = 0
  let config: Json = {}
  let own: OwnLauncher | undefined
  let entering: Promise<I> | undefined

  const quiet = (promise: Promise<unknown> | undefined) => void promise?.catch(() => {})
  const place = () => ofDocument('documentElement').append(host)
  const inside = () =>
    (entering ??= stand.enter(ground).then(
      (entered) => {
        if (!alive) entered.stop()
        return entered
      },
      (error: unknown) => {
        entering = undefined
        throw error
      },
    ))

  const draw = () => {
    if (!alive) return
    const { chat, shown, language, toggle } = ground
    render(
      config.enabled !== false && (options.launcher ?? true) === true && (
        <Launcher
          name={launcherNames[language]}
          expanded={shown}
          busy={busy}
          unread={(!shown && chat?.unread.peek()) || 0}
          onClick={toggle}
          onIntent={() => quiet(fetchPanel().then(([entered]) => entered.prepare()))}
        />
      ),
      slot,
    )
    own?.mark(shown)
  }

  const ground: Ground = {
    stand,
    root,
    face,
    language: 'en',
    wanted: false,
    shown: false,
    remember(open) {
      session.write(openKey, open)
      journal.write(openKey, true)
    },
    adopt(css) {
      const made = new CSSStyleSheet()
      made.replaceSync(css)
      root.adoptedStyleSheets.push(made)
    },
    draw,
    toggle: () => quiet(ground.wanted ? close() : open()),
  }

  const listen = () => quiet(inside().then((entered) => entered.listen()))
  /** Both at once, though the one would fetch the other. */
  const fetchPanel = () => Promise.all([inside(), import('../ui/panel')])

  const open = async (byVisitor = true) => {
    ground.wanted = busy = true
    setHidden(false)
    draw()
    try {
      await ready
      await (await fetchPanel())[0].open(byVisitor)
    } catch (error) {
      ground.wanted = false
      stand.say('ui-failed', `The chat could not be opened: ${error}`)
      throw Object.assign(error as Error, { code: 'ui-failed' })
    } finally {
      busy = false
      draw()
    }
  }

  const close = async () => {
    ground.wanted = false
    await (await entering)?.close()
  }

  const setHidden = (hidden: boolean) => {
    if (face.hidden === hidden) return
    face.hidden = hidden
    stand.emit(hidden ? 'hide' : 'show', undefined)
  }

  /** What the options and the server say of the looks. */
  const dress = () => {
    const { theme, position, offset, zIndex, language, launcher } = options
    const { color, offlineColor, position: side } = (config.theme ?? {}) as Json
    const brand = `${config.online === false ? offlineColor : color}`
    face.lang = ground.language = chooseLanguage([language, ofDocument('documentElement').lang, ...navigator.languages, (config.settings as Json | undefined)?.language])
    face.dir = directionOf(ground.language)
    face.className = `widget ${theme ?? 'auto'} ${(position ? (position === 'start') === (face.dir === 'ltr') : side === 'left') ? 'left' : 'right'}`
    if (CSS.supports('color', brand)) face.style.setProperty('--server-color', brand)
    offset?.forEach((px, axis) => face.style.setProperty(axis ? '--y' : '--x', `${px}px`))
    if (zIndex !== undefined) host.style.setProperty('--tagalong-z-index', `${zIndex}`)
    if (launcher && launcher !== true && !own)
      quiet(
        import('./hostButton').then(({ createOwnLauncher }) => {
          undos.push((own ??= createOwnLauncher(ground)).stop)
          draw()
        }),
      )
    draw()
    quiet(entering?.then((entered) => entered.draw()))
  }

  const start = async () => {
    const fresh = settings.fresh(staleMs)
    // Without a copy the first look waits a little, so that the colour does not flash.
    const copy = (await settings.cached()) ?? (await Promise.race([fresh, new Promise<undefined>((done) => clock.after(firstLookMs, () => done(undefined)))]))
    if (!alive) return
    config = copy?.config ?? {}
    dress()
    undos.push(
      settings.observe((next) => {
        config = next?.config ?? config
        dress()
      }),
      visitor.observe(({ roomId }) => roomId && listen()),
    )
    clock.after(
      restMs,
      guard(async () => {
        // What no tab has ever written, none is asked for: the first such question holds the page up.
        if (journal.read(openKey) && session.read(openKey)) return open(false)
        if (!stand.permission.mayStore()) return
        const { visitor: registered, roomId } = await visitor.state()
        if ((config.triggers as unknown[] | undefined)?.length || roomId || (registered && (await stand.storage.list('message/', 1))[0])) listen()
      }),
    )
  }

  // A page that takes it away for ever is followed ever more slowly.
  const observer = new MutationObserver(() => host.isConnected || clock.after(removals++ ** 2, place))
  ground.adopt(sheet)
  root.append(face)
  place()
  observer.observe(ofDocument('documentElement'), { childList: true })
  undos.push(() => observer.disconnect())
  const ready = start()

  return {
    open,
    close,
    toggle: () => (ground.wanted ? close() : open()),
    show: () => setHidden(false),
    hide() {
      setHidden(true)
      quiet(close())
    },
    inside,
    destroy() {
      alive = false
      undos.splice(0).forEach((undo) => undo())
      quiet(entering?.then((entered) => entered.stop()))
      host.remove()
    },
  }
}
