import { useSignal } from '@preact/signals'
import type { View } from '../view'

export const Consent = ({ view: { chat, t } }: { view: View }) => {
  const state = useSignal<'asking' | 'working' | 'failed'>('asking')
  const accept = async () => {
    state.value = 'working'
    try {
      await chat.acceptConsent()
    } catch {
      state.value = 'failed'
    }
  }
  return (
    <div class="plain">
      <span class="trail" aria-hidden="true">
        <i />
        <i />
        <i />
      </span>
      <h3>{t.consentTitle}</h3>
      <p>{chat.config.value?.consent.text || t.consentText}</p>
      {state.value === 'failed' && (
        <p class="wrong" role="alert">
          {t.failed}
        </p>
      )}
      <button type="button" class="main" aria-disabled={state.value === 'working'} onClick={() => void accept()}>
        {t.consentAccept}
      </button>
    </div>
  )
}
