/** What `doctor` found out about one thing, with the cure where something is wrong. A `note` is worth knowing and no problem. */
export type Finding = Readonly<{
  what: string
  state: 'ok' | 'note' | 'problem' | 'skipped'
  says: string
  cure?: string
}>
