import { h } from 'preact'
import { useSignal } from '@preact/signals'
import type { View } from '../view/view'
import { StatusScreen } from '../view/StatusScreen'

export const ConsentScreen = ({ view: { chat, strings } }: { view: View }) => {
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
    <StatusScreen title={strings.consentTitle} text={chat.config.value?.consent.text || strings.consentText}>
      {state.value === 'failed' && (
        <p class="error" role="alert">
          {strings.failed}
        </p>
      )}
      <button type="button" class="primary" aria-disabled={state.value === 'working'} onClick={() => void accept()}>
        {strings.consentAccept}
      </button>
    </StatusScreen>
  )
}
