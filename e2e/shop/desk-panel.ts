/** The agent's desk docked beside the shop. Whether it is open outlives the page; what is typed into it does not. */

const root = document.documentElement
const { chatServer = '', chatControl = '' } = root.dataset
const asked = new URLSearchParams(location.search)
const real = asked.get('server')
const desk = `/e2e/desk/index.html?${new URLSearchParams(real ? { server: real } : { server: chatServer, control: chatControl })}`
const key = 'desk-open'

const element = <K extends keyof HTMLElementTagNameMap>(
  name: K,
  properties: Partial<HTMLElementTagNameMap[K]>,
  ...children: Node[]
): HTMLElementTagNameMap[K] => {
  const made = Object.assign(document.createElement(name), properties)
  made.append(...children)
  return made
}

const phone = matchMedia('(max-width: 760px)')
let open = sessionStorage.getItem(key) !== 'no' && asked.get('desk') !== 'no'

const opener = element('button', {
  type: 'button',
  className: 'desk-open',
  textContent: 'Agent’s desk',
  onclick: () => set(true),
})
const panel = element(
  'aside',
  { className: 'desk-panel', ariaLabel: 'Agent’s desk' },
  element(
    'div',
    { className: 'desk-bar' },
    element('span', { textContent: real ? `Agent’s desk – ${real}` : 'Agent’s desk' }),
    element('button', {
      type: 'button',
      textContent: 'Own window',
      onclick: () => (window.open(desk, 'tagalong-desk'), set(false)),
    }),
    element('button', { type: 'button', textContent: 'Close', onclick: () => set(false) }),
  ),
)

/** On a phone the sheet lies where the chat's button would be: the button goes above it. */
const makeRoom = () => {
  if ('Tagalong' in window)
    window.Tagalong({ offset: open && phone.matches ? [16, Math.round(innerHeight * 0.62) + 16] : [20, 20] })
}

const set = (next: boolean) => {
  open = next
  sessionStorage.setItem(key, next ? 'yes' : 'no')
  show()
}

const show = () => {
  root.classList.toggle('with-desk', open)
  opener.remove()
  if (open) {
    if (!panel.querySelector('iframe')) panel.append(element('iframe', { src: desk, title: 'Agent’s desk' }))
    document.body.append(panel)
  } else {
    panel.remove()
    document.body.append(opener)
  }
  makeRoom()
}

show()
phone.addEventListener('change', makeRoom)
document.addEventListener('tagalong:ready', makeRoom)

// A module: its names are its own.
export {}
