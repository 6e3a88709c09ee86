/**
 * The port that is wanted cannot be opened; the message says why and what to do.
 *
 * @example
 * createLivechat({ port: 3010 }).catch((error) => error instanceof PortError && console.error(error.message))
 */
export class PortError extends Error {
  override name = 'PortError'
}

/** What Node threw when it could not listen, as a sentence; undefined when it is something else. */
export const asPortError = (error: unknown): PortError | undefined => {
  // Whatever Node throws when it cannot listen has these.
  const { code, port } = error as { code?: string; port?: number }
  if (code === 'EADDRINUSE')
    return new PortError(
      `Port ${port} is in use: end what listens there, or choose another port; the one after it is needed as well.`,
      { cause: error },
    )
  if (code === 'EACCES')
    return new PortError(`Port ${port} may not be opened by this user: choose one from 1024 on.`, { cause: error })
  return undefined
}
