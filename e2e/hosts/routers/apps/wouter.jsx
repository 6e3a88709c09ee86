import { lazy, Suspense, useEffect } from 'react'
import { createRoot } from 'react-dom/client'
import { Link, Redirect, Route, Switch, useLocation, useSearch } from 'wouter'
import { links, paths, slowly, titleOf } from '../shop.js'

const Page = () => {
  const [path] = useLocation()
  const search = useSearch()
  useEffect(() => void (document.title = titleOf(path, search)), [path, search])
  return null
}
const LazyPage = lazy(() => slowly({ default: Page }))

createRoot(document.getElementById('app')).render(
  <Suspense>
    {links.map((to) => (
      <Link key={to} href={to}>
        {to}
      </Link>
    ))}
    <Switch>
      {paths.map((path) => (
        <Route key={path} path={path} component={path === '/lazy' ? LazyPage : Page} />
      ))}
      <Route path="/old">
        <Redirect to="/new" replace />
      </Route>
    </Switch>
  </Suspense>,
)
