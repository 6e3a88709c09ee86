import { useSignal } from '@preact/signals'
import type { View } from '../view/view'
import { Plain } from '../view/Plain'

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
    <Plain title={t.consentTitle} text={chat.config.value?.consent.text || t.consentText}>
      {state.value === 'failed' && (
        <p class="wrong" role="alert">
          {t.failed}
        </p>
      )}
      <button type="button" class="main" aria-disabled={state.value === 'working'} onClick={() => void accept()}>
        {t.consentAccept}
      </button>
    </Plain>
  )
}
