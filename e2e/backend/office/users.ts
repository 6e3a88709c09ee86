/** The people of the demo shop. Their credentials are fixed so that tests, the desk and the command line can log in. */
export interface User {
  _id: string
  username: string
  name: string
  email: string
  authToken: string
  permissions: string[]
}

const agentPermissions = ['view-l-room', 'change-livechat-room-visitor']
const managerPermissions = [...agentPermissions, 'view-livechat-rooms', 'view-livechat-manager']

/** Agent and livechat manager in one. */
export const demoAgent: User = {
  _id: 'anaAgent00000001x',
  username: 'ana',
  name: 'Ana Prado',
  email: 'ana@shop.example',
  authToken: 'demo-agent-ana-9fJ2kQ7vXw3nT5bLr8sYpZ1c',
  permissions: managerPermissions,
}

/** An ordinary agent, who may not list the rooms of others. */
export const secondAgent: User = {
  _id: 'benAgent00000002x',
  username: 'ben',
  name: 'Ben Okoro',
  email: 'ben@shop.example',
  authToken: 'demo-agent-ben-4hG6mD8qUe2zK9wCx1tRvN7a',
  permissions: agentPermissions,
}

/** Logged in like an agent, but without a single permission: earns the 403. */
export const outsider: User = {
  _id: 'calOutsider00003x',
  username: 'cal',
  name: 'Cal Lindgren',
  email: 'cal@shop.example',
  authToken: 'demo-outsider-cal-7yB3fS5jHd9pM2kWq6xE',
  permissions: [],
}

export const users = [demoAgent, secondAgent, outsider]

export const rocketCat = { _id: 'rocket.cat', username: 'rocket.cat' }
