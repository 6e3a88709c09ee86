import { createRoot } from 'react-dom/client'
import { createBrowserRouter, Link, Outlet, redirect, useLocation } from 'react-router'
import { RouterProvider } from 'react-router/dom'
import { links, paths, slowly, titleOf } from '../shop.js'

const Shop = () => (
  <>
    {links.map((to) => (
      <Link key={to} to={to}>
        {to}
      </Link>
    ))}
    <Outlet />
  </>
)

/** The title is an element that React hoists into the head. */
const Page = () => {
  const { pathname, search } = useLocation()
  return <title>{titleOf(pathname, search)}</title>
}

const router = createBrowserRouter([
  {
    Component: Shop,
    children: [
      ...paths.map((path) => ({ path, Component: Page, loader: path === '/lazy' ? () => slowly(null) : undefined })),
      { path: '/old', loader: () => redirect('/new') },
    ],
  },
])
createRoot(document.getElementById('app')).render(<RouterProvider router={router} />)
