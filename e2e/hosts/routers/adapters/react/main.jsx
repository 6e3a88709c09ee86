import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { createBrowserRouter, Link, Outlet } from 'react-router'
import { RouterProvider } from 'react-router/dom'
import { App } from './App.jsx'

const Shop = () => (
  <App>
    <Link to="/shoes">Shoes</Link>
    <Link to="/hats">Hats</Link>
    <Outlet />
  </App>
)

const router = createBrowserRouter([
  {
    Component: Shop,
    children: [
      { path: '/', element: <title>Home</title> },
      { path: '/shoes', element: <title>Shoes</title> },
      { path: '/hats', element: <title>Hats</title> },
    ],
  },
])
createRoot(document.getElementById('app')).render(
  <StrictMode>
    <RouterProvider router={router} />
  </StrictMode>,
)
