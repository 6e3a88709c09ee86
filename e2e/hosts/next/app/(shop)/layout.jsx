import Link from 'next/link'

const links = ['/', '/shoes', '/shoes?size=9', '/shoes?size=9#care', '/lazy', '/old', '/a', '/b', '/end']

export default function Shop({ children }) {
  return (
    <html lang="en">
      <body>
        {links.map((to) => (
          <Link key={to} href={to} prefetch={false}>
            {to}
          </Link>
        ))}
        {children}
      </body>
    </html>
  )
}
