/** What every application says of its widget, so that one test can read them all. */
export const sayState = ({ unread, open, agent, connection }) =>
  `${unread} unread, ${open ? 'open' : 'closed'}, ${agent?.name ?? 'nobody'}, ${connection ?? 'no connection'}`
