import type { Core } from '../visitor/contracts'
import type { CreateTalk, Talk, TalkCalls } from './talk/contracts'

/** `missing`: the file could not be fetched, or the chat is destroyed. The caller decides what that means. */
export type FetchedTalk = { kind: 'here'; talk: Talk } | { kind: 'missing'; error: unknown }

export type ImportTalk = () => Promise<{ createTalk: CreateTalk }>

export interface TalkLoaderParts {
  core: Pick<Core, 'report' | 'guard'>
  importTalk: ImportTalk
  create(createTalk: CreateTalk): Talk
}

export interface TalkLoader {
  /** Fetches the talk, or tries again after a failure, which has been reported to the host by then. */
  fetch(): Promise<FetchedTalk>
  /** The talk, once it has been fetched. */
  current(): Talk | undefined
  /** Calls of the chat that fetch the talk first. They reject when it is missing. */
  calls: TalkCalls
  /** The visitor has pressed a key: what the first message will need is fetched meanwhile. */
  typed(): void
  stop(): void
}

/** Fetches the talk (its download is `talk/`) when there is something to talk about. */
export const createTalkLoader = ({ core, importTalk, create }: TalkLoaderParts): TalkLoader => {
  let isDestroyed = false
  let talk: Talk | undefined
  let fetching: Promise<FetchedTalk> | undefined

  const load = async (): Promise<FetchedTalk> => {
    let createTalk: CreateTalk
    try {
      createTalk = (await importTalk()).createTalk
    } catch (error) {
      fetching = undefined
      core.report('ui-failed', `${error}`)
      return { kind: 'missing', error }
    }
    if (isDestroyed) return { kind: 'missing', error: new Error('destroyed') }
    talk = create(createTalk)
    return { kind: 'here', talk }
  }
  const fetch = () => (fetching ??= load())
  const { guard } = core

  const needed = async (): Promise<Talk> => {
    const fetched = await fetch()
    if (fetched.kind === 'missing') throw fetched.error
    return fetched.talk
  }

  return {
    fetch,
    current: () => talk,
    calls: {
      // Nobody waits for the end of the first seven: through the guard their rejections reach the error door.
      retry: guard(async (id) => (await needed()).retry(id)),
      discard: guard(async (id) => (await needed()).discard(id)),
      checkPassage: guard(async () => (await needed()).checkPassage()),
      attach: guard(async (files) => (await needed()).attach(files)),
      cancelUpload: guard(async (id) => (await needed()).cancelUpload(id)),
      retryUpload: guard(async (id) => (await needed()).retryUpload(id)),
      setMuted: guard(async (muted) => (await needed()).setMuted(muted)),
      showQuote: guard(async (id) => (await needed()).showQuote(id)),
      submitForm: async (values) => (await needed()).submitForm(values),
      leaveMessage: async (values) => (await needed()).leaveMessage(values),
      loadOlder: async () => (await needed()).loadOlder(),
      finish: async () => (await needed()).finish(),
      startNew: async () => (await needed()).startNew(),
      switchDepartment: async (id) => (await needed()).switchDepartment(id),
      survey: async (answers) => (await needed()).survey(answers),
      transcript: async (email) => (await needed()).transcript(email),
      act: async (messageId, action) => (await needed()).act(messageId, action),
    },
    typed: () => (talk ? talk.typed() : guard(async () => (await needed()).typed())()),
    stop() {
      isDestroyed = true
      talk?.stop()
    },
  }
}
