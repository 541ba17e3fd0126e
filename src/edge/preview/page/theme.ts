/** As the system has it, or dark, or light: remembered in this browser. */
import { part } from './dom.ts'

const THEMES = ['auto', 'dark', 'light'] as const
const KEY = 'pullquote-theme'

export function keepTheme(): void {
  const button = part('theme', HTMLButtonElement)
  let at = Math.max(0, (THEMES as readonly (string | null)[]).indexOf(read()))
  const show = () => {
    const theme = THEMES[at] ?? 'auto'
    document.documentElement.dataset['theme'] = theme
    button.textContent = `Theme: ${theme}`
  }
  button.addEventListener('click', () => {
    at = (at + 1) % THEMES.length
    write(THEMES[at] ?? 'auto')
    show()
  })
  show()
}

/** Storage may be forbidden: then it is forgotten. */
function read(): string | null {
  try {
    return localStorage.getItem(KEY)
  } catch {
    return null
  }
}

function write(theme: string): void {
  try {
    localStorage.setItem(KEY, theme)
  } catch {
    // It still holds until the page is closed.
  }
}
