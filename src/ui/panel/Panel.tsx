import { h } from 'preact'
import { useSignal } from '@preact/signals'
import type { Component } from 'preact'
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks'
import type { Chat } from '../../chat/contracts'
import type { LauncherParts } from '../../launcher/contracts'
import type { Core } from '../../visitor/contracts'
import type { Strings } from '../strings/en'
import type { QuestionKind } from '../view/question'
import { Banner } from './Banner'
import { Question } from './fetchedParts'
import { keepFocusInside, useFocus } from './focus'
import { Header } from './Header'
import { followKeyboard, useIsNarrow } from './narrow'
import { Screen } from './Screen'

export interface PanelProps {
  core: Core
  chat: Chat
  strings: Strings
  language: string
  adopt(css: string): void
  warnOnce: LauncherParts['warnOnce']
  /** The panel is removed when it has faded out. */
  isFadingOut: boolean
  isFocusWanted: boolean
  onClose(): void
}

/** A method of its component, because Preact hands a component the errors of what is drawn inside by its method `componentDidCatch`. */
export function Panel(
  this: Component,
  { core, chat, strings, language, adopt, warnOnce, isFadingOut, isFocusWanted, onClose }: PanelProps,
) {
  const element = useRef<HTMLElement>(null)
  const failures = useRef(0)
  const failuresBefore = failures.current
  const isNarrow = useIsNarrow(core)
  const question = useSignal<QuestionKind | undefined>(undefined)
  const unread = useMemo(() => chat.unread.peek(), [])
  const { moveFocus, handlers } = useFocus(element, isFocusWanted, chat.stage.value)
  const ask = (kind: QuestionKind) => (question.value = kind)
  const view = { core, chat, strings, language, unread, adopt, ask, moveFocus }

  useLayoutEffect(() => (isNarrow && element.current ? followKeyboard(core, element.current) : undefined), [isNarrow])

  this.componentDidCatch = (error: Error) => {
    warnOnce('ui-failed', `The chat could not be drawn: ${error.message}`)
    // Several parts may fail for one reason before the panel is drawn again: they count once.
    failures.current = failuresBefore + 1
    this.setState({ failures: failures.current })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && !event.isComposing && !event.defaultPrevented) onClose()
    if (event.key === 'Tab' && isNarrow && element.current) keepFocusInside(event, element.current)
  }

  // After the first failure the screen is left out. After a second nothing is drawn.
  if (failuresBefore > 1) return null
  return (
    <section
      ref={element}
      part="panel"
      class={isFadingOut ? 'panel fading-out' : 'panel'}
      role="dialog"
      aria-modal={isNarrow}
      aria-label={chat.config.value?.title || strings.conversation}
      tabIndex={-1}
      onKeyDown={onKeyDown}
      {...handlers}
    >
      <Header view={view} question={question} onClose={onClose} />
      <div class="body">
        <Banner view={view} />
        {failuresBefore ? <p class="status-screen">{strings.failed}</p> : <Screen view={view} />}
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
