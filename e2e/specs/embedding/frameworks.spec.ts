/** The lines that README's table has for React and Vue, where the table says, in an application of that framework. */
import { buildEntry } from '../../stage/entry.ts'
import { frameworkCode } from '../../stage/readme.ts'
import { expect, test, trail } from '../../test.ts'

const code = frameworkCode()

const imports = `import { createTagalong } from '@tagalong/livechat'
  const { server } = window`

const apps: Record<string, string> = {
  React: `${imports}
    import { createElement, StrictMode, useState } from 'react'
    import { createRoot } from 'react-dom/client'
    const App = () => {
      const [count, setCount] = useState(0)
      return createElement('button', { onClick: () => setCount(count + 1) }, 'counted ' + count)
    }
    ${code.React}
    createRoot(document.getElementById('app')).render(createElement(StrictMode, null, createElement(App)))`,
  Vue: `${imports}
    import { createApp, h, ref } from 'vue'
    const app = createApp({
      setup() {
        const count = ref(0)
        return () => h('button', { onClick: () => count.value++ }, 'counted ' + count.value)
      },
    })
    ${code.Vue}
    app.mount('#app')`,
}

for (const [name, source] of Object.entries(apps))
  test(`README’s line for ${name} makes one widget and one visit, beside a component that goes on working`, async ({
    visitor,
    server,
    site,
    said,
  }) => {
    site.page('/app.js', await buildEntry(source, 'development'))
    site.page('/', {
      title: 'App',
      head: `<script>window.server = '${server.origin}'</script><script type="module" src="/app.js"></script>`,
      body: '<div id="app"></div>',
    })
    await visitor.go('/')
    await visitor.launcher.waitFor()
    await visitor.page.getByRole('button', { name: 'counted 0' }).click()
    await expect(visitor.page.getByRole('button', { name: 'counted 1' })).toBeVisible()
    await visitor.push('/next', 'Next')
    await expect.poll(() => trail(server, site)).toEqual(['/ App', '/next Next'])
    await visitor.widget.open()
    await expect(visitor.page.locator('tagalong-widget')).toHaveCount(1)
    expect(said.filter((line) => /\[Tagalong\]|^(error|uncaught)/.test(line))).toEqual([])
  })
