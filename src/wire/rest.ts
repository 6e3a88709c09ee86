/** The bodies that the widget sends over REST. What a server answers is read by the decoders of this folder. */

export interface PageVisitedBody {
  token: string
  rid?: string
  pageInfo: { change: string; title: string; location: { href: string } }
}

export interface CustomFieldValue {
  key: string
  value: string
  overwrite: boolean
}

export interface VisitorBody {
  visitor: {
    token: string
    name?: string
    email?: string
    phone?: string
    username?: string
    department?: string
    customFields?: CustomFieldValue[]
  }
}
