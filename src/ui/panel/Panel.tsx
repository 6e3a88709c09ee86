import { useSignal } from '@preact/signals'
import type { Component } from 'preact'
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks'
import type { Chat } from '../../chat/contracts'
import type { Core } from '../../visitor/contracts'
import type { Strings } from '../strings/en'
import { Banner } from './Banner'
import { Header } from './Header'
import { keepFocus, useFocus } from './focus'
import { followViewport, useNarrow } from './phone'
import { Screen } from './Screen'
import { Question } from './Edge'
import type { QuestionKind } from '../view/question'

export interface PanelProps {
  core: Core
  chat: Chat
  strings: Strings
  language: string
  adopt(css: string): void
  /** Fades out; it is taken away afterwards. */
  leaving: boolean
  focusing: boolean
  onClose(): void
}

/** Called as a method of its component, which is where Preact brings what fails inside. */
export function Panel(
  this: Component,
  { core, chat, strings: t, language, adopt, leaving, focusing, onClose }: PanelProps,
) {
  const element = useRef<HTMLElement>(null)
  const failures = useRef(0)
  const before = failures.current
  const narrow = useNarrow(core)
  const question = useSignal<QuestionKind | undefined>(undefined)
  const unread = useMemo(() => chat.unread.peek(), [])
  const view = { core, chat, t, language, unread, adopt }
  const focus = useFocus(element, focusing, chat.stage.value)
  const title = chat.config.value?.title

  useLayoutEffect(() => (narrow && element.current ? followViewport(core, element.current) : undefined), [narrow])

  this.componentDidCatch = (error: Error) => {
    core.report('ui-failed', `The panel could not be drawn: ${error.message}`)
    // Several parts may fail of one cause before this is drawn again.
    failures.current = before + 1
    this.setState({ failures: failures.current })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && !event.isComposing && !event.defaultPrevented) onClose()
    if (event.key === 'Tab' && narrow) keepFocus(event, element.current!)
  }

  // Not even without what failed first.
  if (before > 1) return null
  return (
    <section
      ref={element}
      part="panel"
      class={leaving ? 'panel leaving' : 'panel'}
      role="dialog"
      aria-modal={narrow}
      aria-label={title || t.conversation}
      tabIndex={-1}
      onKeyDown={onKeyDown}
      {...focus}
    >
      <Header view={view} question={question} onClose={onClose} />
      <div class="body">
        <Banner view={view} />
        {before ? <p class="plain">{t.failed}</p> : <Screen view={view} />}
        {question.value && (
          <Question
            key={question.value}
            view={view}
            kind={question.value}
            onDone={() => (question.value = undefined)}
          />
        )}
      </div>
    </section>
  )
}
