import { useEffect } from 'react'
import { createRoot } from 'react-dom/client'
import { createHashRouter, Link, Navigate, Outlet, useLocation } from 'react-router'
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

const Page = () => {
  const { pathname, search } = useLocation()
  useEffect(() => void (document.title = titleOf(pathname, search)), [pathname, search])
  return null
}

const router = createHashRouter([
  {
    Component: Shop,
    children: [
      ...paths.map((path) =>
        path === '/lazy' ? { path, lazy: () => slowly({ Component: Page }) } : { path, Component: Page },
      ),
      { path: '/old', Component: () => <Navigate to="/new" replace /> },
    ],
  },
])
createRoot(document.getElementById('app')).render(<RouterProvider router={router} />)
