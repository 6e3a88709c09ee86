/// <reference path="../../../src/ui/css.d.ts" />
import type { Options } from '../../../src/options'
import { createChatDoor } from '../../../src/chat'
import { createHostButtons } from '../../../src/launcher/steering/hostButton'
import { createWidgetElement } from '../../../src/launcher/widgetElement'
import { createChat, sceneName } from './chat'
import { createCannedCore } from './core'
import { now, scenes } from './scenes'

const query = new URLSearchParams(location.search)
const scene = scenes[sceneName()]

if (scene) {
  const theme = (query.get('theme') ?? 'light') as Options['theme']
  const online = !['offline', 'unavailable'].includes(sceneName())
  document.documentElement.className = theme ?? ''
  const copy = {
    at: now,
    config: {
      enabled: true,
      online,
      theme: { color: query.get('color') ?? '#2f5d50', offlineColor: '#5b6470', position: 'right' },
      triggers: scene.closed ? [{}] : [],
    },
  }
  const core = createCannedCore(
    {
      theme,
      language: query.get('lang') ?? 'en',
      position: (query.get('position') ?? undefined) as Options['position'],
    },
    copy,
    !scene.offline,
  )
  core.clock.now = () => (sceneName() === 'limited' || sceneName() === 'lost' ? Date.now() : now)
  const notes = { read: () => undefined, write: () => true }
  const ui = createWidgetElement({
    guard: core.guard,
    emit: core.emit,
    clock: core.clock,
    page: core.page,
    settings: core.settings,
    storage: core.storage,
    visitor: {
      state: core.visitor.state,
      observe: (listener) => core.visitor.observe((state) => listener(state, undefined)),
    },
    options: core.options(),
    journal: notes,
    session: notes,
    warnOnce: core.report,
    permission: { mayStore: () => true },
    steering: createHostButtons(),
    fetchChat: async (widget) => createChatDoor(widget, core, createChat),
  })
  Object.assign(globalThis, { core, ui })
  if (!scene.closed) void ui.open()
} else
  document.getElementById('scenes')?.replaceChildren(
    ...Object.keys(scenes).map((name) => {
      const link = document.createElement('a')
      link.href = `?scene=${name}&${query}`
      link.textContent = name
      return link
    }),
  )
