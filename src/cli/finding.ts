/** What doctor found: a problem comes with what to do about it. */
export type Finding = Readonly<{ what: string; state: 'ok' | 'problem' | 'skipped'; says: string; cure?: string }>
