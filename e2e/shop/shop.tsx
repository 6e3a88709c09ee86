import { type ComponentChildren, Fragment, h, render } from 'preact'
import { useEffect } from 'preact/hooks'
import { Account } from './Account.tsx'
import { collectionNames, collections, guide, products, type Collection, type Product } from './products.ts'
import { address, href, visit } from './address.ts'

const shopName = 'Juniper & Co.'

const useTitle = (title: string) =>
  useEffect(() => {
    document.title = title
  }, [title])

/** Changes the page without loading one, as routers do. */
const Inner = ({ to, current, children }: { to: string; current?: boolean; children: ComponentChildren }) => (
  <a
    href={to}
    aria-current={current ? 'page' : undefined}
    onClick={(event) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey || event.button) return
      event.preventDefault()
      visit(to)
    }}
  >
    {children}
  </a>
)

const Card = ({ product }: { product: Product }) => (
  <li>
    <a class="card" href={href({ product: product.id })}>
      <img src={product.picture} alt="" width="400" height="300" />
      <span class="name">{product.name}</span>
      <span class="price">{product.price}</span>
    </a>
  </li>
)

const Shelf = ({ of }: { of: Product[] }) => (
  <ul class="shelf">
    {of.map((product) => (
      <Card key={product.id} product={product} />
    ))}
  </ul>
)

const Guide = ({ hash }: { hash: string }) => {
  const page = Number(/^#page-(\d+)$/.exec(hash)?.[1] ?? 1)
  const advice = guide[page - 1] ?? guide[0]
  return (
    <section class="guide" id={`page-${page}`}>
      <h2>The care guide</h2>
      <nav aria-label="Pages of the guide">
        {guide.map(({ title }, index) => (
          <a key={title} href={`#page-${index + 1}`} aria-current={index + 1 === page ? 'page' : undefined}>
            {title}
          </a>
        ))}
      </nav>
      <p>{advice.text}</p>
    </section>
  )
}

const Home = ({ hash }: { hash: string }) => {
  const page = Number(/^#page-(\d+)$/.exec(hash)?.[1])
  const advice = guide[page - 1]
  useTitle(advice ? `${advice.title} – the care guide – ${shopName}` : `${shopName} – things that stay`)
  return (
    <Fragment>
      <header class="hero">
        <img src="/window.svg" alt="" width="800" height="320" />
        <h1>Things that stay</h1>
        <p>Made nearby, by people we know. Ask us anything: the round button in the corner is a person.</p>
      </header>
      <Shelf of={products} />
      <Guide hash={hash} />
    </Fragment>
  )
}

const Detail = ({ product }: { product: Product }) => {
  useTitle(`${product.name} – ${shopName}`)
  return (
    <article class="detail">
      <img src={product.picture} alt={product.name} width="400" height="300" />
      <div>
        <h1>{product.name}</h1>
        <p class="price">{product.price}</p>
        <p>{product.text}</p>
        <button type="button" class="buy">
          Put into the basket
        </button>
        <p>
          <a href={href()}>All things</a> ·{' '}
          <Inner to={href({ collection: product.collection })}>{collectionNames[product.collection]}</Inner>
        </p>
      </div>
    </article>
  )
}

const Collections = ({ current }: { current: Collection }) => {
  useTitle(`${collectionNames[current]} – ${shopName}`)
  return (
    <Fragment>
      <h1>{collectionNames[current]}</h1>
      <nav class="tabs" aria-label="Collections">
        {collections.map((one) => (
          <Inner key={one} to={href({ collection: one })} current={one === current}>
            {collectionNames[one]}
          </Inner>
        ))}
      </nav>
      <Shelf of={products.filter(({ collection }) => collection === current)} />
    </Fragment>
  )
}

const Elsewhere = ({ what }: { what: string }) => {
  useTitle(`${what} – ${shopName}`)
  return (
    <Fragment>
      <h1>{what}</h1>
      <p>A page like any other. The desk made this address to see whether the visit arrives.</p>
      <Inner to={href()}>Back to the shop</Inner>
    </Fragment>
  )
}

const Main = () => {
  const { searchParams, hash } = new URL(address.value)
  const product = products.find(({ id }) => id === searchParams.get('product'))
  const collection = collections.find((one) => one === searchParams.get('collection'))
  if (product) return <Detail product={product} />
  if (collection) return <Collections current={collection} />
  if (searchParams.has('account')) return <Account title={`Your account – ${shopName}`} />
  if (searchParams.has('page')) return <Elsewhere what={`Page ${searchParams.get('page')}`} />
  return <Home hash={hash} />
}

const Shop = () => (
  <Fragment>
    <div class="top">
      <a class="brand" href={href()}>
        {shopName}
      </a>
      <nav aria-label="Shop">
        <a href={href()}>Shop</a>
        <Inner to={href({ collection: 'kitchen' })}>Collections</Inner>
        <a href={href({}, '#page-1')}>Guide</a>
        <a href={href({ account: '' })}>Account</a>
      </nav>
    </div>
    <main>
      <Main />
    </main>
    <footer>A made-up shop. Nothing here is for sale, and the chat in the corner is Tagalong.</footer>
  </Fragment>
)

// The element is in the page beside this script.
render(<Shop />, document.getElementById('shop')!)
