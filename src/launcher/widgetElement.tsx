import { render } from 'preact'
import { newElement, ofDocument } from '../browser/document'
import type { Undo } from '../browser/ports'
import { messageLane, panelOpenKey, recordPrefixOf } from '../tracking/keys'
import type { Json } from '../wire/errors'
import { idleSettingsAgeMs } from '../wire/settingsAge'
import type { ChatDoor, LauncherCalls, LauncherParts, WidgetElement } from './contracts'
import type { HostButton } from './hostButton'
import { chooseLanguage, directionOf } from './language'
import { Launcher } from './Launcher'
import sheet from './launcher.css?inline'
import { launcherNames } from './strings'

const firstLookMs = 1000
const restMs = 500

/** The launcher, and what happens when it is pressed. Everything else is fetched when it is needed. */
export const createWidgetElement = (parts: LauncherParts): LauncherCalls => {
  const { options, settings, journal, session, clock, visitor, guard } = parts
  const host = newElement('tagalong-widget')
  const root = host.attachShadow({ mode: 'open' })
  const frame = newElement('div')
  const slot = frame.appendChild(newElement('div'))
  const undos: Undo[] = []
  let alive = true
  let busy = false
  let removals = 0
  let config: Json = {}
  let hostButton: HostButton | undefined
  let fetching: Promise<ChatDoor> | undefined

  const quiet = (promise: Promise<unknown> | undefined) => void promise?.catch(() => {})
  const place = () => ofDocument('documentElement').append(host)
  const fetchChat = () =>
    (fetching ??= parts.fetchChat(widget).then(
      (chatDoor) => {
        if (!alive) chatDoor.stop()
        return chatDoor
      },
      (error: unknown) => {
        fetching = undefined
        throw error
      },
    ))

  const draw = () => {
    if (!alive) return
    const { chat, isPanelShown, language, toggle } = widget
    render(
      config.enabled !== false && (options.launcher ?? true) === true && (
        <Launcher
          name={launcherNames[language]}
          expanded={isPanelShown}
          busy={busy}
          unread={(!isPanelShown && chat?.unread.peek()) || 0}
          onClick={toggle}
          onIntent={() => quiet(fetchPanel().then(([chatDoor]) => chatDoor.prepare()))}
        />
      ),
      slot,
    )
    hostButton?.mark(isPanelShown)
  }

  const widget: WidgetElement = {
    parts,
    root,
    frame,
    language: 'en',
    isPanelWanted: false,
    isPanelShown: false,
    rememberPanel(isOpen) {
      session.write(panelOpenKey, isOpen)
      journal.write(panelOpenKey, true)
    },
    adopt(css) {
      const made = new CSSStyleSheet()
      made.replaceSync(css)
      root.adoptedStyleSheets.push(made)
    },
    draw,
    toggle: () => quiet(widget.isPanelWanted ? close() : open()),
  }

  const listen = () => quiet(fetchChat().then((chatDoor) => chatDoor.listen()))
  /** Both at once, though the one would fetch the other. */
  const fetchPanel = () => Promise.all([fetchChat(), import('../ui/panel')])

  const open = async (byVisitor = true) => {
    widget.isPanelWanted = busy = true
    setHidden(false)
    draw()
    try {
      await ready
      await (await fetchPanel())[0].open(byVisitor)
    } catch (error) {
      widget.isPanelWanted = false
      parts.say('ui-failed', `The chat could not be opened: ${error}`)
      throw Object.assign(error as Error, { code: 'ui-failed' })
    } finally {
      busy = false
      draw()
    }
  }

  const close = async () => {
    widget.isPanelWanted = false
    await (await fetching)?.close()
  }

  const setHidden = (hidden: boolean) => {
    if (frame.hidden === hidden) return
    frame.hidden = hidden
    parts.emit(hidden ? 'hide' : 'show', undefined)
  }

  /** What the options and the server say of the looks. */
  const dress = () => {
    const { theme, position, offset, zIndex, language, launcher } = options
    const { color, offlineColor, position: side } = (config.theme ?? {}) as Json
    const brand = `${config.online === false ? offlineColor : color}`
    frame.lang = widget.language = chooseLanguage([
      language,
      ofDocument('documentElement').lang,
      ...navigator.languages,
      (config.settings as Json | undefined)?.language,
    ])
    frame.dir = directionOf(widget.language)
    frame.className = `widget ${theme ?? 'auto'} ${(position ? (position === 'start') === (frame.dir === 'ltr') : side === 'left') ? 'left' : 'right'}`
    if (CSS.supports('color', brand)) frame.style.setProperty('--server-color', brand)
    offset?.forEach((px, axis) => frame.style.setProperty(axis ? '--y' : '--x', `${px}px`))
    if (zIndex !== undefined) host.style.setProperty('--tagalong-z-index', `${zIndex}`)
    if (launcher && launcher !== true && !hostButton)
      quiet(
        import('./hostButton').then(({ createHostButton }) => {
          undos.push((hostButton ??= createHostButton(widget)).stop)
          draw()
        }),
      )
    draw()
    quiet(fetching?.then((chatDoor) => chatDoor.draw()))
  }

  const start = async () => {
    const fresh = settings.fresh(idleSettingsAgeMs)
    // Without a copy the first look waits a little, so that the colour does not flash.
    const copy =
      (await settings.cached()) ??
      (await Promise.race([fresh, new Promise<undefined>((done) => clock.after(firstLookMs, () => done(undefined)))]))
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
        if (journal.read(panelOpenKey) && session.read(panelOpenKey)) return open(false)
        if (!parts.permission.mayStore()) return
        const { visitor: registered, roomId } = await visitor.state()
        if (
          (config.triggers as unknown[] | undefined)?.length ||
          roomId ||
          (registered && (await parts.storage.list(recordPrefixOf(messageLane), 1))[0])
        )
          listen()
      }),
    )
  }

  // A page that takes it away for ever is followed ever more slowly.
  const observer = new MutationObserver(() => host.isConnected || clock.after((removals++) ** 2, place))
  widget.adopt(sheet)
  root.append(frame)
  place()
  observer.observe(ofDocument('documentElement'), { childList: true })
  undos.push(() => observer.disconnect())
  const ready = start()

  return {
    open,
    close,
    toggle: () => (widget.isPanelWanted ? close() : open()),
    show: () => setHidden(false),
    hide() {
      setHidden(true)
      quiet(close())
    },
    listen,
    destroy() {
      alive = false
      undos.splice(0).forEach((undo) => undo())
      quiet(fetching?.then((chatDoor) => chatDoor.stop()))
      host.remove()
    },
  }
}
