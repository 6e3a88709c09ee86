import { useSignal } from '@preact/signals'
import { useRef } from 'preact/hooks'
import { Avatar } from '../view/Avatar'
import { CloseIcon, MoreIcon } from '../view/icons'
import { Menu } from './fetchedParts'
import { fetchScreens } from '../view/fetched'
import type { QuestionState } from '../view/question'
import type { View } from '../view/view'

export interface HeaderProps {
  view: View
  question: QuestionState
  onClose(): void
}

export const Header = ({ view, question, onClose }: HeaderProps) => {
  const { chat, strings } = view
  const menuOpen = useSignal(false)
  const more = useRef<HTMLButtonElement>(null)
  const config = chat.config.value
  const agent = chat.stage.value === 'talk' ? chat.agent.value : undefined
  const here = chat.online.value
  const status = agent ? (agent.status ?? 'online') : here ? 'online' : 'offline'
  const title = (here ? config?.title : config?.offlineTitle || config?.title) || strings.conversation
  const name = !agent ? title : agent.hidden ? strings.somebody : agent.name
  const closeMenu = (focus: boolean) => {
    menuOpen.value = false
    if (focus) more.current?.focus()
  }
  return (
    <header part="header" class="header">
      {(agent || config?.logoUrl) && (
        <Avatar name={name} url={agent ? agent.avatarUrl : config?.logoUrl} status={agent && status} />
      )}
      <div class="heading-block">
        <h2>
          <bdi>{name}</bdi>
        </h2>
        <p>
          {!agent && <i class={`status-dot ${status}`} />}
          {agent ? strings[status] : here ? strings.weAreHere : strings.weAreAway}
        </p>
      </div>
      <button
        ref={more}
        type="button"
        class="icon-button"
        aria-label={strings.more}
        aria-expanded={menuOpen.value}
        onPointerEnter={() => void fetchScreens().catch(() => {})}
        onClick={() => (menuOpen.value = !menuOpen.value)}
      >
        <MoreIcon />
      </button>
      <button type="button" class="icon-button" aria-label={strings.close} onClick={onClose}>
        <CloseIcon />
      </button>
      {menuOpen.value && <Menu view={view} question={question} onClose={closeMenu} />}
    </header>
  )
}
