import type { Undo } from '../../browser/ports'
import { ofDocument } from '../../browser/document'
import type { WidgetElement } from '../../launcher/contracts'
import type { Core } from '../../visitor/contracts'
import type { Strings } from '../strings/en'
import { loadStrings } from '../view/loadStrings'

export interface Wording {
  strings: Strings
  language: string
}

export interface WordingSource {
  /** Undefined until the strings of a first language have come. */
  current(): Wording | undefined
  /** Fetches the strings of the widget's language, if that has changed. */
  load(): Promise<void>
  stop: Undo
}

/** The strings of the panel, which follow the language of the widget, and so that of the page. */
export const createWording = (widget: WidgetElement, core: Core): WordingSource => {
  let current: Wording | undefined

  const load = async () => {
    const { language } = widget
    if (language === current?.language) return
    const strings = await loadStrings(language)
    // It may have changed again meanwhile.
    if (language === widget.language) current = { strings, language }
  }

  // A page may change its own language at any time: the launcher then chooses anew, and has the panel drawn.
  const chooseAgain = core.guard(() => core.settings.tell())
  const observer = new MutationObserver(chooseAgain)
  observer.observe(ofDocument('documentElement'), { attributeFilter: ['lang'] })
  chooseAgain()
  load().catch(() => {})
  return { current: () => current, load, stop: () => observer.disconnect() }
}
