import { createApp, createSSRApp } from 'vue'
import { createWebHistory } from 'vue-router'
import { create } from './create.js'

const place = document.getElementById('app')
const button = document.body.appendChild(document.createElement('button'))

let app
/** A whole new application at every time, as a site does that has several on its pages. */
const mount = async () => {
  const made = create(place.firstChild ? createSSRApp : createApp, createWebHistory())
  made.router.afterEach((route) => void (document.title = made.titleOf(route)))
  app = made.app
  await made.router.isReady()
  app.mount(place)
  button.textContent = 'Take away'
}
button.onclick = () => {
  if (button.textContent === 'Put back') return mount()
  app.unmount()
  button.textContent = 'Put back'
}
mount()
