import { expect, launcher, panel, test, widget } from '../../stage/gallery.ts'

test('the focus goes in, stays in on a phone, and comes back; Escape closes', async ({ page, gallery }) => {
  await gallery.show('closed')
  await launcher(page).focus()
  await page.keyboard.press('Enter')
  await expect(panel(page)).toBeVisible()
  const focused = () =>
    page.evaluate(() => document.querySelector('tagalong-widget')!.shadowRoot!.activeElement?.closest('.panel') != null)
  await expect.poll(focused).toBe(true)
  await page.keyboard.press('Escape')
  await expect(panel(page)).toHaveCount(0)
  await expect(launcher(page)).toBeFocused()

  await page.setViewportSize({ width: 390, height: 700 })
  await gallery.show('talk')
  await expect(panel(page)).toHaveAttribute('aria-modal', 'true')
  await widget(page).locator('textarea').focus()
  for (let press = 0; press < 12; press++) {
    await page.keyboard.press(press % 4 ? 'Tab' : 'Shift+Tab')
    expect(await focused()).toBe(true)
  }
})

test('the menu is walked with the arrow keys and gives the focus back', async ({ page, gallery }) => {
  await gallery.show('talk')
  const more = widget(page).getByRole('button', { name: 'More' })
  await more.click()
  await expect(widget(page).getByRole('button', { name: 'Mute sounds' })).toBeFocused()
  await page.keyboard.press('ArrowUp')
  await expect(widget(page).getByRole('button', { name: 'End chat' })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(more).toBeFocused()
  await expect(panel(page)).toBeVisible()
})

test('a conversation of 2,000 messages opens at the latest, and one more is drawn alone', async ({ page, gallery }) => {
  await gallery.show('long')
  const log = widget(page).getByRole('log')
  await expect(log.getByText('Message 2000:')).toBeInViewport()
  expect(await log.locator('.row').count()).toBeLessThanOrEqual(60)
  const drawn = await page.evaluate(async () => {
    // Each message that is drawn says its time.
    const { toISOString } = Date.prototype
    let times = 0
    Date.prototype.toISOString = function () {
      times++
      return toISOString.call(this)
    }
    const { chat } = window
    chat.messages.value = [
      ...chat.messages.value,
      {
        ...chat.messages.value.at(-1),
        id: 'one-more',
        from: 'agent',
        body: [{ kind: 'paragraph', inlines: [{ kind: 'text', text: 'one more' }] }],
      },
    ]
    await new Promise(requestAnimationFrame)
    Date.prototype.toISOString = toISOString
    return times
  })
  await expect(log.getByText('one more')).toBeInViewport()
  expect(drawn).toBeGreaterThan(0)
  expect(drawn).toBeLessThanOrEqual(2)
})

test('what is read further up stays where it is when something comes in or is loaded above', async ({
  page,
  gallery,
}) => {
  await gallery.show('long')
  const log = widget(page).getByRole('log')
  await log.locator('.row').first().waitFor()
  await log.evaluate((box) => (box.scrollTop = -1500))
  await widget(page).getByText('Latest messages').waitFor()
  const read = log.getByText('Message 1980:')
  const place = async () => Math.round((await read.boundingBox())!.y)
  const before = await place()
  await page.evaluate(() => {
    const { chat } = window
    const last = chat.messages.value.at(-1)
    chat.messages.value = [
      ...chat.messages.value,
      { ...last, id: 'x1', from: 'agent' },
      { ...last, id: 'x2', from: 'agent' },
    ]
  })
  await widget(page).getByText('2 new messages').waitFor()
  expect(Math.abs((await place()) - before)).toBeLessThanOrEqual(1)
  const rows = await log.locator('.row').count()
  await log.evaluate((box) => (box.scrollTop = box.clientHeight - box.scrollHeight + 100))
  await expect.poll(() => log.locator('.row').count()).toBeGreaterThan(rows)
  await widget(page).getByText('2 new messages').click()
  await expect(widget(page).locator('.latest')).toHaveCount(0)
  expect(await log.locator('.row').count()).toBeLessThanOrEqual(62)
})

test('older messages are fetched when the visitor comes near them, and move nothing', async ({ page, gallery }) => {
  await gallery.show('paged')
  const log = widget(page).getByRole('log')
  await expect(log.getByText('Message 30:')).toBeInViewport()
  const rows = await log.locator('.row').count()
  const read = log.getByText('Message 3:')
  const before = await log.evaluate((box) => {
    box.scrollTop = box.clientHeight - box.scrollHeight + 200
    return box.querySelectorAll('.row')[2]!.getBoundingClientRect().y
  })
  await expect.poll(() => log.locator('.row').count()).toBeGreaterThan(rows)
  const row = read.locator('xpath=ancestor::div[@class="row"]')
  expect(Math.abs((await row.boundingBox())!.y - before)).toBeLessThanOrEqual(1)
  await log.evaluate((box) => (box.scrollTop = -box.scrollHeight))
  await expect(log.getByText('Message 0-1:')).toHaveCount(1)
})

test('Enter sends, Shift+Enter makes a line, and what is written too long is not sent', async ({ page, gallery }) => {
  await gallery.show('talk')
  const area = widget(page).locator('textarea')
  await area.fill('one')
  await area.press('Shift+Enter')
  await area.pressSequentially('two')
  await area.press('Enter')
  await expect(widget(page).locator('.mine .bubble').last()).toHaveText('one\ntwo', { useInnerText: true })
  await expect(area).toHaveValue('')
  await area.fill('x'.repeat(501))
  await expect(widget(page).getByText('1 character too many')).toBeVisible()
  await expect(widget(page).getByRole('button', { name: 'Send', exact: true })).toBeDisabled()
})

test('files are taken from the clipboard and from a drag, several at once, and can be given up', async ({
  page,
  gallery,
}) => {
  await gallery.show('talk')
  const area = widget(page).locator('textarea')
  const files = (...names: string[]) =>
    page.evaluateHandle((all) => {
      const data = new DataTransfer()
      all.forEach((name) => data.items.add(new File(['x'], name)))
      return data
    }, names)
  const uploads = widget(page).locator('.uploads b')
  await area.evaluate(
    (element, clipboardData) => {
      const event = new ClipboardEvent('paste', { bubbles: true, cancelable: true })
      // Firefox gives an event that a script has made a clipboard of its own, without files.
      Object.defineProperty(event, 'clipboardData', { value: clipboardData })
      element.dispatchEvent(event)
    },
    await files('pasted.png'),
  )
  await expect(uploads).toHaveText(['pasted.png'])
  const dataTransfer = await files('one.pdf', 'two.pdf')
  await area.dispatchEvent('dragover', { dataTransfer })
  await expect(widget(page).getByText('Drop files here to send them')).toBeVisible()
  await area.dispatchEvent('drop', { dataTransfer })
  await expect(widget(page).getByText('Drop files here to send them')).toHaveCount(0)
  await expect(uploads).toHaveText(['pasted.png', 'one.pdf', 'two.pdf'])
  await widget(page).getByRole('button', { name: 'Do not send one.pdf' }).click()
  await expect(uploads).toHaveText(['pasted.png', 'two.pdf'])
})

test('a greeting stands by the button until it is sent away or answered', async ({ page, gallery }) => {
  await gallery.show('greeting')
  const greeting = widget(page).locator('.greeting')
  await expect(greeting).toContainText('Shall we find the right boots for you?')
  await greeting.getByRole('button', { name: 'Close' }).click()
  await expect(greeting).toHaveCount(0)
  await gallery.show('greeting')
  await greeting.getByRole('button').first().click()
  await expect(panel(page)).toBeVisible()
})

test('a form says at each field what is wrong, and goes to the first', async ({ page, gallery }) => {
  await gallery.show('form')
  await widget(page).getByLabel('E-mail').fill('nobody')
  await widget(page).getByRole('button', { name: 'Start chat' }).click()
  const email = widget(page).getByLabel('E-mail')
  await expect(email).toBeFocused()
  await expect(email).toHaveAccessibleDescription('This is not an e-mail address.')
  await expect(widget(page).getByLabel('Shop')).toHaveAccessibleDescription('Please fill this in.')
  await email.fill('lee@example.com')
  await widget(page).getByLabel('Shop').selectOption('Bern')
  await widget(page).getByLabel('Order number').fill('none')
  await widget(page).getByRole('button', { name: 'Start chat' }).click()
  await expect(widget(page).getByLabel('Order number')).toHaveAccessibleDescription('Please check what you entered.')
  await widget(page).getByLabel('Order number').fill('42')
  await widget(page).getByRole('button', { name: 'Start chat' }).click()
  await expect(widget(page).getByText('How can we help?')).toBeVisible()
})

test("the page's own element is the button, and is left as it was", async ({ page, gallery }) => {
  await gallery.show('closed')
  await page.evaluate(() => {
    document
      .querySelector('main')!
      .insertAdjacentHTML('beforeend', '<a id="help" href="#help" aria-expanded="mixed">Help</a>')
    window.core.set({ launcher: '#help' })
  })
  const help = page.locator('#help')
  await expect(help).toHaveAttribute('aria-expanded', 'false')
  await expect(launcher(page)).toHaveCount(0)
  await help.click()
  await expect(panel(page)).toBeVisible()
  await expect(help).toHaveAttribute('aria-expanded', 'true')
  expect(page.url()).not.toContain('#help')
  await page.keyboard.press('Escape')
  await expect(help).toBeFocused()
  await page.evaluate(() => window.ui.destroy())
  expect(
    await help.evaluate((element) =>
      element.getAttributeNames().map((name) => `${name}=${element.getAttribute(name)}`),
    ),
  ).toEqual(['id=help', 'href=#help', 'aria-expanded=mixed'])
  await expect(widget(page)).toHaveCount(0)
})

test('taken away by the page, it comes back as it was', async ({ page, gallery }) => {
  await gallery.show('talk')
  await widget(page).locator('textarea').fill('half a thought')
  await page.evaluate(() => {
    document.querySelector('tagalong-widget')!.remove()
    document.body.replaceChildren()
  })
  await expect(widget(page).locator('textarea')).toHaveValue('half a thought')
})

test('an unknown language is English, and a language can be changed while it is open', async ({ page, gallery }) => {
  await gallery.show('welcome', 'lang=tlh')
  await expect(widget(page).getByText('How can we help?')).toBeVisible()
  await page.evaluate(() => window.core.set({ language: 'he' }))
  await expect(widget(page).getByText('איך אפשר לעזור?')).toBeVisible()
  await expect(panel(page).locator('..').locator('..')).toHaveAttribute('dir', 'rtl')
})

test('what cannot be drawn is said in its place, and the page never hears of it', async ({ page, gallery, said }) => {
  await gallery.show('talk')
  await expect(widget(page).getByRole('log')).toBeVisible()
  await page.evaluate(() => void (window.chat.messages.value = [{ id: 'broken' }]))
  await expect(widget(page).getByText('That did not work. Please try again.')).toBeVisible()
  await expect(widget(page).locator('textarea')).toHaveCount(0)
  expect(
    new Set(await page.evaluate(() => window.core.said.filter(([what]) => what === 'report').map(([, code]) => code))),
  ).toEqual(new Set(['ui-failed']))
  expect(said.filter((line) => line.startsWith('uncaught'))).toEqual([])
  await widget(page).getByRole('button', { name: 'Close' }).click()
  await expect(panel(page)).toHaveCount(0)
})

test('a picture has its place before it has come, and what sounds or moves can be played', async ({
  page,
  gallery,
}) => {
  // They never come.
  await page.route('https://chat.example.com/file-upload/**', () => {})
  await gallery.show('talk')
  await expect(widget(page).getByRole('log')).toBeVisible()
  await page.evaluate(() => {
    const { chat } = window
    const url = 'https://chat.example.com/file-upload/file'
    const files = [
      { kind: 'image', name: 'wide.png', url, width: 1000, height: 400 },
      { kind: 'audio', name: 'voice.mp3', url },
      { kind: 'video', name: 'clip.mp4', url },
    ]
    chat.messages.value = [
      ...chat.messages.value,
      ...files.map((file) => ({
        ...chat.messages.value.at(-1),
        id: file.name,
        from: 'agent',
        body: [],
        files: [file],
      })),
    ]
  })
  const place = await widget(page)
    .locator('img[alt="wide.png"]')
    .evaluate((image: HTMLImageElement) => [image.width, image.height])
  expect(place).toEqual([248, 99])
  await expect(widget(page).getByLabel('voice.mp3')).toHaveJSProperty('tagName', 'AUDIO')
  await expect(widget(page).getByLabel('clip.mp4')).toHaveJSProperty('tagName', 'VIDEO')
})
