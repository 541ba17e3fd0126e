/** A form of Discord's, as a dialog. */
import { h } from './dom.ts'
import { numberOf, recordOf, recordsOf, textOf } from './read.ts'
import type { WireModal } from './wire.ts'

/** @param submit - answers what went wrong, in one line, or nothing */
export function openModal(
  modal: WireModal,
  submit: (fields: Readonly<Record<string, string>>) => Promise<string | undefined>,
): void {
  const inputs = recordsOf(modal.components).flatMap(drawInput)
  const error = h('p', { class: 'error', role: 'alert' })
  const send = h('button', { type: 'submit', class: 'button primary' }, 'Submit')
  const cancel = h('button', { type: 'button', class: 'button secondary', click: () => dialog.close() }, 'Cancel')
  const form = h(
    'form',
    {},
    h('h2', { id: 'modal-title' }, modal.title),
    ...inputs.map(({ row }) => row),
    error,
    h('div', { class: 'actions' }, cancel, send),
  )
  const dialog = h('dialog', { class: 'modal', 'aria-labelledby': 'modal-title' }, form)
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    void hand()
  })
  dialog.addEventListener('close', () => dialog.remove())
  document.body.append(dialog)
  dialog.showModal()
  inputs[0]?.field.focus()

  async function hand(): Promise<void> {
    send.disabled = true
    error.textContent = ''
    const wrong = await submit(Object.fromEntries(inputs.map(({ name, field }) => [name, field.value])))
    if (wrong === undefined) {
      dialog.close()
      return
    }
    error.textContent = wrong
    send.disabled = false
  }
}

type Input = Readonly<{ name: string; field: HTMLInputElement | HTMLTextAreaElement; row: HTMLElement }>

/** A label with its component, or a legacy row. */
function drawInput(part: ReturnType<typeof recordOf>, index: number): readonly Input[] {
  const input = part['component'] ? recordOf(part['component']) : recordOf(recordsOf(part['components'])[0])
  if (input['type'] !== 4) return []
  const id = `field-${index}`
  const isRequired = input['required'] !== false
  const props = {
    id,
    required: isRequired,
    maxlength: numberOf(input['max_length'], 4_000),
    placeholder: textOf(input['placeholder']) || undefined,
    autocomplete: 'off',
  }
  const field = input['style'] === 2 ? h('textarea', { ...props, rows: 4 }) : h('input', { ...props, type: 'text' })
  field.value = textOf(input['value'])
  const label = textOf(part['label']) || textOf(input['label'])
  const star = isRequired ? h('span', { class: 'star', 'aria-hidden': 'true' }, ' *') : undefined
  const description = textOf(part['description'])
  const row = h(
    'div',
    { class: 'field-row' },
    h('label', { for: id }, label, star),
    description && h('p', { class: 'note' }, description),
    field,
  )
  return [{ name: textOf(input['custom_id']), field, row }]
}
