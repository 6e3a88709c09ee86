/** What the command is called on every screen: plain `tagalong` is another package's name on npm. */
export const commandName = 'npx @tagalong/livechat'

/** What each command takes: its options, and how many words that are none. */
export const commands: Record<string, { options: string[]; words: number }> = {
  rooms: { options: ['server', 'open', 'queued', 'json'], words: 0 },
  trail: { options: ['server', 'room', 'follow', 'json'], words: 0 },
  doctor: { options: ['origin', 'json'], words: 1 },
  migrate: { options: ['script'], words: 1 },
  serve: { options: ['port'], words: 0 },
  'server-check': { options: ['origin', 'conversation', 'json'], words: 1 },
}

export const help = `Shows what a livechat server knows of its visitors, and checks whether the widget would work with it

  ${commandName} rooms --server <address> [--open] [--queued] [--json]
      The conversations an agent may see, newest first, with the ids that trail takes.
      --open     only those that an agent serves now
      --queued   only those that wait for one

  ${commandName} trail --server <address> --room <id> [--follow] [--json]
      The pages a room's visitor went to, oldest first: when, how long after the one before, title, address.
      --follow   goes on with every new page until it is stopped

  rooms and trail log in as an agent, by the environment:
      TAGALONG_USER_ID     the agent's id
      TAGALONG_AUTH_TOKEN  a personal access token of theirs

  ${commandName} doctor <address> --origin <origin of the pages> [--json]
      Checks whether the widget would work on these pages, and stores nothing: server, API, livechat, CORS,
      websocket, limits, monitor, agents.
      What fails comes with the setting to change.

  ${commandName} server-check <address> [--origin <origin of the pages>] [--conversation] [--json]
      Tries every call of the widget with a visitor of its own, which it deletes at the end, and calls no agent.
      Says how each call works, and which answers differ from what is expected. Send its --json with a question to us.
      --conversation  opens a conversation as well, which agents see: one message, one file, and the end

  ${commandName} migrate <file.html> [--script <address of rocketchat-livechat.min.js>]
      Prints the official widget's snippet of that page with one address changed, and names, line by line, what the
      page calls or styles that has no counterpart. It writes no file, and ends with 1 when there is any such thing.

  ${commandName} serve [--port <number>]
      Starts a livechat server on this machine for trying things out, with an agent's desk and a small shop. It ends
      with Ctrl-C and keeps nothing.
      --port  of the server; the desk is on the next one. 3010 unless told, 0 for any that are free

  ${commandName} help · ${commandName} --version

  --json     prints JSON, one object per line
Ends with 0 when all is well, 1 when the server refused or a check failed, 2 when the command was wrong.`
