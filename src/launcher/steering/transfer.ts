import type { Chat, Refusal } from '../../chat/contracts'
import { TagalongError, type ErrorCode } from '../../options'
import type { VisitorStore } from '../../tracking/contracts'

const roomOpens = ({ room }: Chat): Promise<void> =>
  new Promise((resolve) => {
    const stop = room.subscribe((now) => {
      if (!now?.open) return
      resolve()
      // A signal tells its first listener while it is still subscribing.
      queueMicrotask(() => stop())
    })
  })

const ownCodes: string[] = ['limited', 'timeout', 'unreachable'] satisfies ErrorCode[]

const errorOf = ({ code, says, retryAfterMs }: Refusal): TagalongError =>
  ownCodes.includes(code)
    ? new TagalongError(code as ErrorCode, 'The conversation stays where it is.', { retryAfterMs, says })
    : new TagalongError('refused', says || code, { serverCode: code, says })

/** Moves the running conversation to another department, by its id or name. `listen` fetches the chat, without its panel. */
export const transfer = async (
  visitor: Pick<VisitorStore, 'state'>,
  listen: () => Promise<Chat>,
  department: string,
): Promise<void> => {
  const { roomId } = await visitor.state()
  if (!roomId)
    throw new TagalongError(
      'bad-call',
      'transfer() moves a conversation, and none is running: use update({ department }).',
    )
  const chat = await listen()
  await roomOpens(chat)
  const found = chat.config.peek()?.departments.find(({ id, name }) => id === department || name === department)
  try {
    await chat.switchDepartment(found?.id ?? department)
  } catch (error) {
    // The chat rejects with nothing else, unless a file of it is missing.
    throw errorOf(error as Refusal)
  }
}
