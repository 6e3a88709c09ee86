import { loadMessages, useLater } from '../view/later'
import type { View } from '../view/view'

/** What was said, fetched when something was. */
export const Said = ({ view }: { view: View }) => {
  const messages = useLater(view, loadMessages)
  return messages ? (
    <>
      <messages.Log view={view} />
      <messages.Status view={view} />
      <messages.Uploads view={view} />
    </>
  ) : (
    <div class="talk" />
  )
}
