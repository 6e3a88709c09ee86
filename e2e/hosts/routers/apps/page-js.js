import page from 'page'
import { links, paths, slowly, titleOf } from '../shop.js'

document.getElementById('app').append(
  ...links.map((to) => {
    const link = document.createElement('a')
    link.href = link.textContent = to
    return link
  }),
)

/** As its documentation has it: the title is written before the address has changed. */
for (const path of paths)
  page(path, async ({ querystring }) => {
    if (path === '/lazy') await slowly()
    document.title = titleOf(path, querystring)
  })
page('/old', () => page.redirect('/new'))
page()
