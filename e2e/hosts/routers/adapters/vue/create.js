import { createRouter } from 'vue-router'
import { tagalongPlugin } from '@tagalong/livechat/vue'
import Shop from './Shop.vue'

const Page = { render: () => null }
const titles = { '/': 'Home', '/shoes': 'Shoes', '/hats': 'Hats' }

/** The application, in the browser or on a server: `createApp` is Vue's, or the one that takes over what a server has rendered. */
export const create = (createApp, history) => {
  const router = createRouter({ history, routes: Object.keys(titles).map((path) => ({ path, component: Page })) })
  const app = createApp(Shop).use(router).use(tagalongPlugin, { server: 'https://chat.example.com' })
  return { app, router, titleOf: ({ path }) => titles[path] }
}
