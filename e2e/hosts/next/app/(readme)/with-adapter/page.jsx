import Link from 'next/link'
// README's, put here by the spec.
import { Help } from '../help'

export const metadata = { title: 'Start' }

export default function Page() {
  return (
    <>
      <Help />
      <Link href="/with-adapter/shoes">Shoes</Link>
    </>
  )
}
