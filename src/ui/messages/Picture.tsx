import { h } from 'preact'
import type { View } from '../view/view'
import { OnDemand } from './OnDemand'

/** A picture among the blocks of a message. */
export const Picture = ({ view, url, alt }: { view: View; url: string; alt: string }) =>
  url ? (
    <OnDemand view={view} url={url}>
      <img src={url} alt={alt} loading="lazy" />
    </OnDemand>
  ) : null
