/** An error as the socket carries it. */
export const ddpError = (error: string | number, reason?: string) => ({
  isClientSafe: true,
  error,
  ...(reason ? { reason } : {}),
  message: reason ? `${reason} [${error}]` : `[${error}]`,
  errorType: 'Meteor.Error',
})
