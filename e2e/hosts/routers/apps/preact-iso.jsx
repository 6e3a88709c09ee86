/** @jsxImportSource preact */
import { render } from 'preact'
import { useEffect } from 'preact/hooks'
import { ErrorBoundary, lazy, LocationProvider, Route, Router, useLocation } from 'preact-iso'
import { links, paths, slowly, titleOf } from '../shop.js'

const Page = () => {
  const { path, url } = useLocation()
  const { search } = new URL(url, location.origin)
  useEffect(() => void (document.title = titleOf(path, search)), [path, search])
  return null
}
const LazyPage = lazy(() => slowly(Page))

const Old = () => {
  const { route } = useLocation()
  useEffect(() => route('/new', true), [])
  return null
}

render(
  <LocationProvider>
    {links.map((to) => (
      <a key={to} href={to}>
        {to}
      </a>
    ))}
    <ErrorBoundary>
      <Router>
        {paths.map((path) => (
          <Route key={path} path={path} component={path === '/lazy' ? LazyPage : Page} />
        ))}
        <Route path="/old" component={Old} />
      </Router>
    </ErrorBoundary>
  </LocationProvider>,
  document.getElementById('app'),
)
