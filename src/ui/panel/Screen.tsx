import { Fragment, h } from 'preact'
import { StatusScreen } from '../view/StatusScreen'
import type { View } from '../view/view'
import { ConversationScreen } from './ConversationScreen'
import { FetchedScreen, MessageArea } from './fetchedParts'

/** The screen that the conversation asks for. */
export const Screen = ({ view }: { view: View }) => {
  const { chat, strings } = view
  switch (chat.stage.value) {
    case 'loading':
      return <StatusScreen text={strings.loading} isBusy />
    case 'consent':
      return <FetchedScreen view={view} name="ConsentScreen" />
    case 'form':
      return <FetchedScreen view={view} name="PreChatScreen" />
    case 'offline':
      return <FetchedScreen view={view} name="OfflineScreen" />
    case 'unavailable':
      return <StatusScreen text={chat.config.value?.offline.unavailableMessage || strings.unavailable} />
    case 'disabled':
      return <StatusScreen text={strings.disabled} />
    case 'finished':
      return (
        <Fragment>
          <MessageArea view={view} />
          <FetchedScreen view={view} name="FinishedScreen" />
        </Fragment>
      )
    case 'talk':
      return <ConversationScreen view={view} />
  }
}
