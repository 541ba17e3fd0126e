/** A delivery's name: what is said to whom, the same in every process and after every restart. */
import { createHash } from 'node:crypto'
import { targetKey } from './follow.ts'
import type { Alert, Subject } from './model.ts'

/** Discord takes a nonce of at most 25 characters. */
const NONCE_CHARS = 24

/** One text for what a message is about: unique for ever with its target and part. */
export function subjectKey(subject: Subject): string {
  switch (subject.kind) {
    case 'card':
      return `card:${subject.storyId}`
    case 'development':
      return `development:${subject.storyId}:${subject.n}`
    case 'digest':
      return `digest:${subject.subscriptionId}:${subject.dueAt}`
    case 'notice':
      return `notice:${subject.feedId}:${subject.event}:${subject.n}`
    case 'welcome':
      return `welcome:${subject.serverId}`
  }
}

/** 24 characters of base64url: the far side's guard against doubles, and the mark by which a message is found again. */
export function deliveryNonce({ target, subject, part }: Pick<Alert, 'target' | 'subject' | 'part'>): string {
  return createHash('sha256')
    .update(`v1|${targetKey(target)}|${subjectKey(subject)}|${part}`)
    .digest('base64url')
    .slice(0, NONCE_CHARS)
}
