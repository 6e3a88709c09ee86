import type { Message, Office } from '../contracts.ts'

export const linkTo = (office: Office, { rid, _id }: Message): string => `${office.origin}/live/${rid}?msg=${_id}`

const quoteOf = (quoted: Message, link: string) => ({
  message_link: link,
  author_name: quoted.alias ?? quoted.u.username,
  author_icon: `/avatar/${quoted.u.username}`,
  text: quoted.msg,
  ts: quoted.ts,
  attachments: quoted['attachments'] ?? [],
})

/** A text that links to messages of its own room carries them as quotes, whoever wrote it. */
export function quotesIn(office: Office, rid: string, msg: string): { attachments?: unknown[] } {
  const links = msg.match(/https?:\/\/[^\s<>()\]]+[?&]msg=\w+/g) ?? []
  const attachments = links
    .filter((link) => link.startsWith(`${office.origin}/`))
    .flatMap((link) => {
      const [, id = ''] = /msg=(\w+)$/.exec(link) ?? []
      const quoted = office.store.message(id)
      return quoted?.rid === rid ? [quoteOf(quoted, link)] : []
    })
  return attachments.length > 0 ? { attachments } : {}
}
