import { Fragment, h } from 'preact'
import { StatusScreen } from '../view/StatusScreen'
import type { View } from '../view/view'
import { ConsentScreen } from './ConsentScreen'
import { ConversationScreen } from './ConversationScreen'
import { FinishedScreen, MessageArea, OfflineScreen } from './fetchedParts'
import { PreChatScreen } from './PreChatScreen'

/** The screen that the conversation asks for. */
export const Screen = ({ view }: { view: View }) => {
  const { chat, strings } = view
  switch (chat.stage.value) {
    case 'loading':
      return <StatusScreen text={strings.loading} isBusy />
    case 'consent':
      return <ConsentScreen view={view} />
    case 'form':
      return <PreChatScreen view={view} />
    case 'offline':
      return <OfflineScreen view={view} />
    case 'unavailable':
      return <StatusScreen text={chat.config.value?.offline.unavailableMessage || strings.unavailable} />
    case 'disabled':
      return <StatusScreen text={strings.disabled} />
    case 'finished':
      return (
        <Fragment>
          <MessageArea view={view} />
          <FinishedScreen view={view} />
        </Fragment>
      )
    case 'talk':
      return <ConversationScreen view={view} />
  }
}
