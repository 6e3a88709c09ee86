import { Finished, Offline } from './Edge'
import type { View } from '../view/view'
import { Consent } from './ConsentScreen'
import { Form } from './FormScreen'
import { Plain } from '../view/Plain'
import { Said } from './Said'
import { Talk } from './TalkScreen'

/** What the conversation asks for. */
export const Screen = ({ view }: { view: View }) => {
  const { chat, t } = view
  switch (chat.stage.value) {
    case 'loading':
      return <Plain text={t.loading} busy />
    case 'consent':
      return <Consent view={view} />
    case 'form':
      return <Form view={view} />
    case 'offline':
      return <Offline view={view} />
    case 'unavailable':
      return <Plain text={chat.config.value?.offline.unavailableMessage || t.unavailable} />
    case 'disabled':
      return <Plain text={t.disabled} />
    case 'finished':
      return (
        <>
          <Said view={view} />
          <Finished view={view} />
        </>
      )
    case 'talk':
      return <Talk view={view} />
  }
}
