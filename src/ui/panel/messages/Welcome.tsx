import type { View } from '../view'

/** Before the first message. */
export const Welcome = ({ view: { t } }: { view: View }) => (
  <div class="welcome">
    <span class="trail" aria-hidden="true">
      <i />
      <i />
      <i />
    </span>
    <h3>{t.welcome}</h3>
    <p>{t.welcomeText}</p>
  </div>
)
