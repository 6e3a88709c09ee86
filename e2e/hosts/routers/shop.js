/** The shop that every router shows: what its pages are called, and where they link to. */
export const titles = {
  '/': 'Home',
  '/shoes': 'Shoes',
  '/lazy': 'Lazy',
  '/new': 'New',
  '/a': 'A',
  '/b': 'B',
  '/end': 'End',
}
export const paths = Object.keys(titles)
export const links = ['/', '/shoes', '/shoes?size=9', '/shoes?size=9#care', '/lazy', '/old', '/a', '/b', '/end']

export const titleOf = (path, search = '') => {
  const size = new URLSearchParams(search).get('size')
  return titles[path] + (size ? ` in ${size}` : '')
}

/** What a slow page waits for. */
export const slowly = (value) => new Promise((resolve) => setTimeout(resolve, 150, value))
