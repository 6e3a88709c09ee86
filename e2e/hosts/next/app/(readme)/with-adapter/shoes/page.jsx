import Link from 'next/link'
import { Help } from '../../help'

export const metadata = { title: 'Shoes' }

export default function Page() {
  return (
    <>
      <Help />
      <Link href="/with-adapter">Start</Link>
    </>
  )
}
