import { createSSRApp } from 'vue'
import { createMemoryHistory } from 'vue-router'
import { renderToString } from 'vue/server-renderer'
import { create } from './create.js'

export const render = async () => {
  const { app, router } = create(createSSRApp, createMemoryHistory())
  await router.push('/')
  return renderToString(app)
}
