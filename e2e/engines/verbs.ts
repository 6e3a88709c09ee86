/**
 * What a spec may ask of a visitor in any engine. Playwright moves Chromium and Firefox, WebKit is moved over WebDriver, which knows little:
 * specs that speak in these verbs alone run in all three.
 */

/** One tab, as far as every engine goes. Playwright's `Page` is one as it is. */
export interface EnginePage {
  /** Resolves when the page has loaded. */
  goto(url: string): Promise<unknown>
  reload(): Promise<unknown>
  /** Runs in the page; the function sees nothing of this side but what it is given. */
  evaluate<Result>(run: () => Result | Promise<Result>): Promise<Result>
  evaluate<Result, Given>(run: (given: Given) => Result | Promise<Result>, given: Given): Promise<Result>
  /** Runs in every page from now on, before the page's own scripts. */
  addInitScript(run: () => unknown): Promise<unknown>
  waitForFunction(condition: () => unknown): Promise<unknown>
  close(): Promise<void>
}

/** What a visitor does with the widget, and sees of it. */
export interface EngineWidget {
  /** By the launcher; resolves when the panel is there. */
  open(): Promise<void>
  close(): Promise<void>
  /** Written into the composer, and sent. */
  say(text: string): Promise<void>
  /** The messages on screen, as they are read: whose, and what. */
  bubbles(): Promise<string[]>
  notes(): Promise<string[]>
  /** Into the field that is called so. */
  fill(label: string, text: string): Promise<void>
  /** The button that says so. */
  press(name: string): Promise<void>
  /** All that is to be read, the closed panel's greetings with it. */
  text(): Promise<string>
}

export interface EngineTab {
  page: EnginePage
  go(path: string): Promise<void>
  /** As a router does: the address first, the title `titleAfterMs` later; without a title the document keeps its own. */
  push(path: string, title?: string, titleAfterMs?: number): Promise<void>
  replace(path: string, title?: string, titleAfterMs?: number): Promise<void>
  hash(hash: string): Promise<void>
  /** Follows a real link. */
  follow(path: string): Promise<void>
  title(text: string): Promise<void>
  back(): Promise<void>
  forward(): Promise<void>
  /** Nothing of ours is under way here: what another page waits for costs this one its place in the back/forward cache. */
  rest(): Promise<void>
  /** From here on this document is known again. */
  mark(): Promise<void>
  /** The marked document is on screen again. */
  returned(): Promise<void>
  /** How many visits wait in this browser. */
  waiting(): Promise<number>
  /** Whether it is this tab that delivers. */
  holdsLock(): Promise<boolean>
  /** Whatever opens the chat: the button of the widget. */
  launcher: { waitFor(): Promise<void> }
  widget: EngineWidget
  close(): Promise<void>
}

export interface EngineVisitor extends EngineTab {
  /** Another tab of the same browser. */
  tab(): Promise<EngineTab>
}
