/** The system's short names for why nothing answered, in words. */
const reasons: Record<string, string> = {
  ECONNREFUSED: 'nothing listens at this address and port',
  ECONNRESET: 'the connection was cut',
  ENOTFOUND: 'there is no host of this name',
  EAI_AGAIN: 'the name of the host could not be looked up just now',
  EHOSTUNREACH: 'there is no way to this host from here',
  ENETUNREACH: 'this machine has no network',
  ETIMEDOUT: 'nothing answered in time',
  EPROTO: 'it does not speak https at this port',
  ERR_SSL_WRONG_VERSION_NUMBER: 'it does not speak https at this port',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is signed by nobody but itself',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is signed by an authority that is not known here',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'the certificates between its own and a known authority are missing',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its certificate is signed by an authority that is not known here',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another host',
}

/** The short name is repeated: whoever looks further will look for it. */
export const sentenceOfReason = (reason: string): string =>
  Object.hasOwn(reasons, reason) ? `${reason}: ${reasons[reason]}` : reason
