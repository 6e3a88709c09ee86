import { h } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import type { Tagalong } from '../../src/index.ts'

const withChat = (run: (api: Tagalong) => Promise<unknown>): Promise<unknown> =>
  new Promise((resolve, reject) => {
    // The script may not have come.
    if ('Tagalong' in window) window.Tagalong((api) => void run(api).then(resolve, reject))
    else reject(new Error('The chat has not been loaded.'))
  })

/** Signing in tells the chat who the visitor is; signing out gives the next visitor a new token. */
export const Account = ({ title }: { title: string }) => {
  const [says, setSays] = useState('')
  const [busy, setBusy] = useState(false)
  useEffect(() => {
    document.title = title
  }, [title])
  const attempt = async (run: (api: Tagalong) => Promise<unknown>, done: string) => {
    setBusy(true)
    try {
      await withChat(run)
      setSays(done)
    } catch (error) {
      setSays((error as Error).message)
    } finally {
      setBusy(false)
    }
  }
  return (
    <section class="account">
      <h1>Your account</h1>
      <p>Sign in, and the person at the other end of the chat knows whom they are talking to.</p>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          const { name, email } = Object.fromEntries(new FormData(event.currentTarget)) as Record<string, string>
          void attempt((api) => api.identify({ name, email }), 'Signed in: the chat knows you now.')
        }}
      >
        <label>
          Name
          <input name="name" autocomplete="name" defaultValue="Vera Lind" required />
        </label>
        <label>
          Email
          <input name="email" type="email" autocomplete="email" defaultValue="vera@shop.example" required />
        </label>
        <div class="row">
          <button disabled={busy}>Sign in</button>
          <button
            type="button"
            class="quiet"
            disabled={busy}
            onClick={() => void attempt((api) => api.reset(), 'Signed out: the next visitor starts anew.')}
          >
            Sign out
          </button>
        </div>
        <p role="status">{says}</p>
      </form>
    </section>
  )
}
