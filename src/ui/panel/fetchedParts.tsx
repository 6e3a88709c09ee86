import { Fragment, h } from 'preact'
import { fetchMessages, fetchScreens, useFetched } from '../view/fetched'
import type { MenuProps } from '../screens/Menu'
import type { LeaveMessageProps } from '../screens/LeaveMessage'
import type { QuestionProps } from '../screens/Question'
import { StatusScreen } from '../view/StatusScreen'
import type { View } from '../view/view'

export interface FetchedScreenProps {
  view: View
  name: 'ConsentScreen' | 'PreChatScreen' | 'OfflineScreen' | 'FinishedScreen'
}

/** Parts of the panel that few visitors see, or none before the first message: they are fetched when they are first drawn. */
export const FetchedScreen = ({ view, name }: FetchedScreenProps) => {
  const NamedScreen = useFetched(view, fetchScreens)?.[name]
  return NamedScreen ? <NamedScreen view={view} /> : <StatusScreen text={view.strings.loading} isBusy />
}

export const Menu = (props: MenuProps) => {
  const screens = useFetched(props.view, fetchScreens)
  return screens ? <screens.Menu {...props} /> : null
}

export const Question = (props: QuestionProps | (LeaveMessageProps & { kind: 'leave' })) => {
  const screens = useFetched(props.view, fetchScreens)
  if (!screens) return null
  const { view, kind, onDone } = props
  return kind === 'leave' ? (
    <screens.LeaveMessage view={view} onDone={onDone} />
  ) : (
    <screens.Question view={view} kind={kind} onDone={onDone} />
  )
}

/** The messages, who is typing, and files on their way. */
export const MessageArea = ({ view }: { view: View }) => {
  const messages = useFetched(view, fetchMessages)
  return messages ? (
    <Fragment>
      <messages.MessageList view={view} />
      <messages.TypingStatus view={view} />
      <messages.Uploads view={view} />
    </Fragment>
  ) : (
    <div class="conversation" />
  )
}
