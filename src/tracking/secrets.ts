/**
 * What must not be kept of an address, wherever it stands in it. `secrets.txt` has a line for each case, with what becomes of it.
 *
 * By name: some words make a secret of any parameter, or member of a JSON object, that ends with them; others are too short or too common for
 * that, and count only as whole names (`code` and `state` are a sign-in's). By place: a name and a password before a host.
 */
const secret =
  /((token|secret|signature|credential|passw(or)?d|jwt|hmac|bearer|(api|access|private|secret)[_-]?key|(mfa|oob|verification)[_-]?code|code[_-]?verifier|s(ess(ion)?[_-]?)?id)|[?#&;"]\/?(key|auth(orization)?|pass|pwd?|code|state|otp|pin|sig|sess(ion)?|zenid|ticket|saml\w+))[[\]]*(=|"\s*:)|:\/\/[^/]*@/i

const login = /:\/\/[^/?#&]*@/g
/** A parameter of a query or a fragment, or one within a path, with the sign before it. */
const parameter = /[?#&][^?#&]*|;[^/?#&;]*/g

/** A whole address, or a list of parameters, may be the value of one parameter, encoded once and again: it goes with what is in it. */
const isSecret = (text: string): boolean => {
  // `unescape`, since `decodeURIComponent` throws on what is no valid encoding.
  const decoded = unescape(text)
  return decoded === text ? secret.test(text) : isSecret(decoded)
}

export const withoutSecrets = (text: string): string =>
  text
    .replace(login, '://')
    .replace(parameter, (whole) => (isSecret(whole) ? `${whole[0]}\0` : whole))
    // The next parameter takes the place of one that was removed; where there is none, the sign before it goes as well.
    .replace(/([?#])\0(?:[&;]\0)*(&?)|[&;]\0/g, (_all, sign: string, next: string) => (next ? sign : ''))

/** By shape: what begins as a JSON Web Token does, e-mail addresses, UUIDs, long numbers, and long runs of letters and digits as keys are. */
const shapes =
  /eyJ[\w.-]+|[\w.%+-]{1,64}(@|%40)[\w.-]+|[\da-f]{8}(-[\da-f]{4,12}){4}|(?=[a-z_]{0,40}\d)\w{20,}|\d{9,}/gi

/** For hosts who want more taken out than what is named as a secret: more than secrets look like them. */
export const withoutShapes = (text: string): string => text.replace(shapes, '*')
