import { h } from 'preact'
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
  const isMenuOpen = useSignal(false)
  const moreButton = useRef<HTMLButtonElement>(null)
  const config = chat.config.value
  const stage = chat.stage.value
  const agent = stage === 'talk' ? chat.agent.value : undefined
  const isOnline = chat.online.value
  const { state, limited } = chat.connection.value
  /** Before the server has answered, and while it does not, nothing is claimed of anybody. */
  const isReached = chat.serverAnswer.value === 'received' && (state !== 'waiting' || limited)
  const status = agent ? (agent.status ?? 'online') : isOnline ? 'online' : 'offline'
  const title = (isOnline ? config?.title : config?.offlineTitle || config?.title) || strings.conversation
  const name = !agent ? title : agent.hidden ? strings.somebody : agent.name
  const closeMenu = (isFocusBack: boolean) => {
    isMenuOpen.value = false
    if (isFocusBack) moreButton.current?.focus()
  }
  return (
    <header part="header" class="header">
      {(agent || config?.logoUrl) && (
        <Avatar name={name} url={agent ? agent.avatarUrl : config?.logoUrl} status={agent && isReached && status} />
      )}
      <div class="heading-block">
        <h2>
          <bdi>{name}</bdi>
        </h2>
        <p>
          {!agent && isReached && <i class={`status-dot ${status}`} />}
          {!isReached
            ? stage !== 'consent' && strings.loading
            : agent
              ? strings[status]
              : isOnline
                ? strings.weAreHere
                : strings.weAreAway}
        </p>
      </div>
      <button
        ref={moreButton}
        type="button"
        class="icon-button"
        aria-label={strings.more}
        aria-expanded={isMenuOpen.value}
        onPointerEnter={() => void fetchScreens().catch(() => {})}
        onClick={() => (isMenuOpen.value = !isMenuOpen.value)}
      >
        <MoreIcon />
      </button>
      <button type="button" class="icon-button" aria-label={strings.close} onClick={onClose}>
        <CloseIcon />
      </button>
      {isMenuOpen.value && <Menu view={view} question={question} onClose={closeMenu} />}
    </header>
  )
}
