import { createApp, h } from 'vue'
import { createRouter, RouterLink, RouterView } from 'vue-router'
import { links, paths, slowly, titleOf } from './shop.js'

const Page = { render: () => null }

/** What its two histories have in common. */
export const start = (history) => {
  const router = createRouter({
    history,
    routes: [
      ...paths.map((path) => ({ path, component: path === '/lazy' ? () => slowly(Page) : Page })),
      { path: '/old', redirect: '/new' },
    ],
  })
  router.afterEach(({ path, query }) => void (document.title = titleOf(path, new URLSearchParams(query))))
  createApp({ render: () => [...links.map((to) => h(RouterLink, { to }, () => to)), h(RouterView)] })
    .use(router)
    .mount('#app')
}
