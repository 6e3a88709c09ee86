import type { Locator, Page } from 'playwright/test'
import type { EngineTab } from '../engines/verbs.ts'
import { createBackForward, hearReasons } from './back-forward.ts'
import { createVerbs } from './verbs.ts'
import { createWidget, type Widget } from './widget.ts'

/** One tab of one visitor, with all that Playwright can do. */
export interface Tab extends EngineTab {
  page: Page
  launcher: Locator
  widget: Widget
}

export const createTab = (page: Page, site: { origin: string }): Tab => ({
  ...createVerbs(page, site),
  ...createBackForward(page, (heard) => hearReasons(page, heard)),
  launcher: page.locator('tagalong-widget').getByRole('button').first(),
  widget: createWidget(page),
})
