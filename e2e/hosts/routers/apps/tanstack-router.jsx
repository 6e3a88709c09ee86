import {
  createRootRoute,
  createRoute,
  createRouter,
  HeadContent,
  Link,
  Outlet,
  redirect,
  RouterProvider,
} from '@tanstack/react-router'
import { createPortal } from 'react-dom'
import { createRoot } from 'react-dom/client'
import { links, paths, slowly, titleOf } from '../shop.js'

const linkTo = (address) => {
  const { pathname, searchParams, hash } = new URL(address, 'http://shop')
  return {
    to: pathname,
    search: Object.fromEntries([...searchParams].map(([name, value]) => [name, +value])),
    hash: hash.slice(1) || undefined,
  }
}

const root = createRootRoute({
  component: () => (
    <>
      {createPortal(<HeadContent />, document.head)}
      {links.map((address) => (
        <Link key={address} {...linkTo(address)}>
          {address}
        </Link>
      ))}
      <Outlet />
    </>
  ),
})
const pages = paths.map((path) =>
  createRoute({
    getParentRoute: () => root,
    path,
    validateSearch: ({ size }) => (size ? { size } : {}),
    loader: path === '/lazy' ? () => slowly(null) : undefined,
    head: ({ match }) => ({ meta: [{ title: titleOf(path, new URLSearchParams(match.search)) }] }),
  }),
)
const old = createRoute({
  getParentRoute: () => root,
  path: '/old',
  beforeLoad() {
    throw redirect({ to: '/new' })
  },
})
createRoot(document.getElementById('app')).render(
  <RouterProvider router={createRouter({ routeTree: root.addChildren([...pages, old]) })} />,
)
