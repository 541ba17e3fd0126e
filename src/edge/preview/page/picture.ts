import { h, icon } from './dom.ts'
import { webAddress } from './read.ts'

/** A picture by way of the preview's own server; a clean place holder where it cannot be had. */
export function picture(url: unknown, look: Readonly<{ class: string; alt: string }>): HTMLElement {
  const address = webAddress(url)
  const frame = h('div', { class: `picture ${look.class}` })
  const miss = () => {
    frame.replaceChildren(icon('picture'))
    frame.classList.add('missing')
    if (look.alt) {
      frame.setAttribute('role', 'img')
      frame.setAttribute('aria-label', look.alt)
    }
  }
  if (!address) {
    miss()
    return frame
  }
  const image = h('img', {
    src: `/api/image?url=${encodeURIComponent(address)}`,
    alt: look.alt,
    loading: 'lazy',
    decoding: 'async',
  })
  image.addEventListener('error', miss, { once: true })
  frame.append(image)
  return frame
}
