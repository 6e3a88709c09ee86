import { createSignal, from, onCleanup, Show } from 'solid-js'
import { createComponent, insert, render } from 'solid-js/web'
import { createTagalongStore } from '@tagalong/livechat/store'
import { go } from '../links.js'
import { sayState } from '../state.js'

/** Written as Solid's compiler writes JSX, which this application does without. */
const make = (tag, content, onClick) => {
  const element = document.createElement(tag)
  insert(element, content)
  if (onClick) element.onclick = onClick
  return element
}
const link = (href, title) =>
  Object.assign(
    make('a', title, (event) => go(event, title)),
    { href },
  )

const Help = () => {
  const tagalong = createTagalongStore({ server: 'https://chat.example.com' })
  onCleanup(() => tagalong.chat.destroy())
  const state = from(tagalong, tagalong.getSnapshot())
  return [make('output', () => sayState(state())), make('button', 'Help', () => tagalong.chat.open())]
}

const App = () => {
  const [isThere, setThere] = createSignal(true)
  return [
    link('/shoes', 'Shoes'),
    link('/hats', 'Hats'),
    make(
      'button',
      () => (isThere() ? 'Take away' : 'Put back'),
      () => setThere(!isThere()),
    ),
    createComponent(Show, {
      get when() {
        return isThere()
      },
      get children() {
        return createComponent(Help, {})
      },
    }),
  ]
}
render(App, document.getElementById('app'))
