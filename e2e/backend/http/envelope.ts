/** The shapes of the REST envelope: what every answer of the API looks like, whichever route gives it. */
export interface Answer {
  status: number
  body: unknown
  headers?: Record<string, string>
}

export type Body = Record<string, unknown>

export const ok = (result: Body = {}): Answer => ({ status: 200, body: { ...result, success: true } })

/** A plain error: no errorType. */
export const fail = (error?: string): Answer => ({
  status: 400,
  body: error === undefined ? { success: false } : { success: false, error },
})

/** A failure that carries an object instead of an error text. */
export const failWith = (fields: Body): Answer => ({ status: 400, body: { ...fields, success: false } })

/** A Meteor error: the code in brackets at the end of the text, and again as errorType. */
export const meteorFail = (code: string, reason = '', details?: Body): Answer => ({
  status: 400,
  body: {
    success: false,
    error: reason ? `${reason} [${code}]` : `[${code}]`,
    errorType: code,
    ...(details ? { details } : {}),
  },
})

/** An error as Meteor makes it, and JSON of it: sockets carry it, and the first servers answered with it. */
export const errorObject = (error: string | number, reason?: string) => ({
  isClientSafe: true,
  error,
  ...(reason ? { reason } : {}),
  message: reason ? `${reason} [${error}]` : `[${error}]`,
  errorType: 'Meteor.Error',
})

export const forbidden = (error: string): Answer => ({ status: 403, body: { success: false, error } })

export const notPermitted = (): Answer =>
  forbidden('User does not have the permissions required for this action [error-unauthorized]')

const loginText = 'You must be logged in to do this.'

export const notLoggedIn = (withEnvelope: boolean): Answer => ({
  status: 401,
  body: withEnvelope
    ? { status: 'error', message: loginText, success: false, error: loginText }
    : { status: 'error', message: loginText },
})

export const wrongMethod = (allowed: string[]): Answer => ({
  status: 405,
  headers: { Allow: allowed.join(', ') },
  body: { status: 'error', message: 'API endpoint does not exist' },
})

export const tooMany = (waitSeconds: number): Answer => ({
  status: 429,
  body: {
    success: false,
    error:
      'Error, too many requests. Please slow down. ' +
      `You must wait ${waitSeconds} seconds before trying this endpoint again. [error-too-many-requests]`,
  },
})
