/** On a narrow screen the channels and the panel come from the sides; on a wide one the panel can be put away. */
import { part } from './dom.ts'

export function keepDrawers(): Readonly<{ close(): void }> {
  const body = document.body
  const scrim = part('scrim', HTMLButtonElement)
  const toggles = [
    [part('open-side', HTMLButtonElement), 'side'],
    [part('open-panel', HTMLButtonElement), 'panel'],
  ] as const
  const dashboard = part('dashboard', HTMLButtonElement)
  const isNarrow = matchMedia('(max-width: 1100px)')

  function open(name: string | undefined): void {
    if (name) body.dataset['open'] = name
    else delete body.dataset['open']
    for (const [toggle, which] of toggles) toggle.setAttribute('aria-expanded', String(which === name))
    scrim.hidden = !name
    if (name) part(name, HTMLElement).querySelector<HTMLElement>('button, [tabindex]')?.focus()
    showDashboard()
  }

  function close(): void {
    const name = body.dataset['open']
    if (!name) return
    open(undefined)
    toggles.find(([, which]) => which === name)?.[0].focus()
  }

  function showDashboard(): void {
    const isShown = isNarrow.matches ? body.dataset['open'] === 'panel' : body.dataset['panel'] !== 'away'
    dashboard.setAttribute('aria-expanded', String(isShown))
  }

  for (const [toggle, which] of toggles)
    toggle.addEventListener('click', () => (body.dataset['open'] === which ? close() : open(which)))
  scrim.addEventListener('click', close)
  addEventListener('keydown', (event) => {
    if (event.key === 'Escape') close()
  })
  dashboard.addEventListener('click', () => {
    if (isNarrow.matches) {
      open('panel')
      return
    }
    if (body.dataset['panel'] === 'away') delete body.dataset['panel']
    else body.dataset['panel'] = 'away'
    showDashboard()
  })
  isNarrow.addEventListener('change', () => open(undefined))
  // Whoever has only a keyboard scrolls it as well.
  part('panel', HTMLElement).tabIndex = 0
  showDashboard()
  return { close }
}
