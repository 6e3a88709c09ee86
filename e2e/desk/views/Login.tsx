import { h } from 'preact'
import { useState } from 'preact/hooks'
import { AgentError, createAgent, type Agent } from '../../../src/agent.ts'

/** For a real server. What is typed here is kept in this variable of this page and nowhere else. */
export const Login = ({ server, onAgent }: { server: string; onAgent(agent: Agent): void }) => {
  const [says, setSays] = useState('')
  const [busy, setBusy] = useState(false)
  const submit = async (form: HTMLFormElement) => {
    const { userId = '', authToken = '' } = Object.fromEntries(new FormData(form)) as Record<string, string>
    setBusy(true)
    try {
      const agent = createAgent({ server, userId: userId.trim(), authToken: authToken.trim() })
      await agent.rooms({ count: 1 })
      onAgent(agent)
    } catch (error) {
      setSays((error as AgentError).message)
      setBusy(false)
    }
  }
  return (
    <form
      class="login"
      autocomplete="off"
      onSubmit={(event) => {
        event.preventDefault()
        void submit(event.currentTarget)
      }}
    >
      <h1>Look over an agent’s shoulder</h1>
      <p>
        {server} is a real server, so this desk only reads: conversations, visitors, trails. To answer, use Rocket.Chat
        itself.
      </p>
      <label>
        The agent’s user id
        <input name="userId" required autocomplete="off" spellcheck={false} />
      </label>
      <label>
        Personal access token
        <input name="authToken" type="password" required autocomplete="off" />
      </label>
      <button disabled={busy}>{busy ? 'Looking…' : 'Look'}</button>
      <p class="hint">
        Both stay in the memory of this page and are gone when it is left. The shop’s links load new pages: give the
        desk its own window first.
      </p>
      {says && (
        <p class="problem" role="alert">
          {says}
        </p>
      )}
    </form>
  )
}
