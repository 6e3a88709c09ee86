import { expect, panel, settled, test, widget, type Page } from '../../stage/gallery.ts'

const findings = async (page: Page): Promise<string[]> => {
  await page.addScriptTag({ path: 'node_modules/axe-core/axe.min.js' })
  const found = await page.evaluate(
    async () => (await window.axe.run('tagalong-widget', { resultTypes: ['violations'] })).violations,
  )
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} ${JSON.stringify(target)} ${failureSummary}`),
  )
}

for (const [name, query, size] of [
  ['in light', 'theme=light', { width: 900, height: 760 }],
  ['in dark', 'theme=dark', { width: 900, height: 760 }],
  ['on a phone, from right to left', 'theme=light&lang=ar', { width: 390, height: 700 }],
] as const)
  test(`no screen has an accessibility fault ${name}`, async ({ page, gallery }) => {
    test.setTimeout(240_000)
    await page.setViewportSize(size)
    const faults: string[] = []
    for (const scene of await gallery.names()) {
      await gallery.show(scene, query)
      await settled(page)
      for (const fault of await findings(page)) faults.push(`${scene}: ${fault}`)
    }
    expect(faults).toEqual([])
  })

test('the menu and what it asks have no accessibility fault', async ({ page, gallery }) => {
  await gallery.show('talk')
  for (const item of ['Transcript by e-mail', 'Change department', 'End chat']) {
    await widget(page).getByRole('button', { name: 'More' }).click()
    expect(await findings(page)).toEqual([])
    await widget(page).getByRole('button', { name: item }).first().click()
    await widget(page).locator('.question-form').waitFor()
    await settled(page)
    expect(await findings(page)).toEqual([])
    await page.keyboard.press('Escape')
    await expect(widget(page).locator('.question-form')).toHaveCount(0)
    await expect(panel(page)).toBeVisible()
  }
})

test('whatever colour the server sends, words can be read on it and in it', async ({ page, gallery }) => {
  const hues = Array.from({ length: 12 }, (_, index) => index * 30)
  const colors = [
    '#000',
    '#fff',
    '#777',
    '#ff0',
    '#00f',
    '#0f0',
    '#f5455c',
    ...hues.flatMap((hue) => [20, 40, 55, 70, 90].map((light) => `hsl(${hue} 90% ${light}%)`)),
  ]
  for (const theme of ['light', 'dark']) {
    await gallery.show('talk', `theme=${theme}`)
    await widget(page).locator('.mine .bubble').first().waitFor()
    const weak = await page.evaluate((all) => {
      const root = document.querySelector('tagalong-widget')!.shadowRoot!
      const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true })!
      const luminance = (color: string) => {
        canvas.fillStyle = color
        canvas.fillRect(0, 0, 1, 1)
        const [red, green, blue] = [...canvas.getImageData(0, 0, 1, 1).data].map((part) =>
          part > 10 ? ((part / 255 + 0.055) / 1.055) ** 2.4 : part / 3294.6,
        ) as [number, number, number]
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue
      }
      const contrast = (text: Element, background: Element) => {
        const [dim, bright] = [
          luminance(getComputedStyle(text).color),
          luminance(getComputedStyle(background).backgroundColor),
        ].sort((a, b) => a - b) as [number, number]
        return (bright + 0.05) / (dim + 0.05)
      }
      const pairs = [
        ['.launcher', '.launcher'],
        ['.header', '.panel'],
        ['.mine .bubble', '.mine .bubble'],
        ['.theirs .bubble a', '.theirs .bubble'],
        ['.side .avatar', '.side .avatar'],
      ].map((pair) => pair.map((selector) => root.querySelector(selector)!) as [Element, Element])
      const container = root.querySelector<HTMLElement>('.widget')!
      return all.flatMap((color) => {
        container.style.setProperty('--server-color', color)
        return pairs
          .filter(([text, background]) => contrast(text, background) < 4.5)
          .map(([text, background]) => `${color} ${text.className}: ${contrast(text, background)}`)
      })
    }, colors)
    expect(weak).toEqual([])
  }
})
