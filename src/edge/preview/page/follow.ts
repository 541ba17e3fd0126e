/** Keeps a list at its newest end, unless somebody reads further up. */

/** Nearer to the end than this, the list follows. */
const FOLLOW_PX = 120

export type Follow = Readonly<{ isAtEnd(): boolean; toEnd(): void; tellOfNew(): void }>

export function keepAtEnd(scroller: HTMLElement, list: HTMLElement, newer: HTMLElement): Follow {
  let follows = true
  const isAtEnd = () => scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < FOLLOW_PX
  const toEnd = () => {
    scroller.scrollTop = scroller.scrollHeight
    follows = true
    newer.hidden = true
  }
  newer.addEventListener('click', toEnd)
  scroller.addEventListener('scroll', () => {
    follows = isAtEnd()
    if (follows) newer.hidden = true
  })
  // Pictures make messages grow after they were drawn, and a phone's keyboard makes the room small.
  const observer = new ResizeObserver(() => {
    if (follows) toEnd()
  })
  observer.observe(list)
  observer.observe(scroller)
  // Whoever has only a keyboard scrolls it as well.
  scroller.tabIndex = 0
  return {
    isAtEnd,
    toEnd,
    tellOfNew: () => {
      newer.hidden = false
    },
  }
}
