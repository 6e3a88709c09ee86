const campaignParameter = /^((utm|mtm|pk)_\w+|campaign)=(.+)/

const decoded = (value: string): string => {
  try {
    return decodeURIComponent(value.replaceAll('+', ' '))
  } catch {
    return value
  }
}

/** Takes the parameters of a campaign out of an address; `campaign` is what they say. */
export const takeCampaign = (address: string): { href: string; campaign: string } => {
  const [, before = '', query = '', fragment = ''] = /^([^?#]*)\??([^#]*)(.*)$/s.exec(address) ?? []
  const parameters = query.split('&')
  const values = parameters.flatMap((parameter) => campaignParameter.exec(parameter)?.[3] ?? [])
  const others = parameters.filter((parameter) => parameter && !campaignParameter.test(parameter)).join('&')
  return {
    href: before + (others && `?${others}`) + fragment,
    // The same word is often both the source and the medium.
    campaign: [...new Set(values.map(decoded))].join(', '),
  }
}

/** The site that the visitor has come from: host and path, redacted as every address is. Empty for this very site, and where nobody says. */
export const siteBefore = (
  referrer: string,
  ownOrigin: string,
  redact: (href: string) => string | undefined,
): string => {
  try {
    const { protocol, host, pathname, origin } = new URL(referrer)
    if (origin === ownOrigin) return ''
    const redacted = redact(`${protocol}//${host}${pathname}`) ?? ''
    return redacted.replace(/^[^/]*\/\/(www\.)?/, '').replace(/\/$/, '')
  } catch {
    return ''
  }
}

/** “from google.com, campaign spring-sale”; undefined where nothing is known. */
export const sourceOf = (site: string, campaign: string): string | undefined =>
  [site && `from ${site}`, campaign && `campaign ${campaign}`].filter(Boolean).join(', ') || undefined
