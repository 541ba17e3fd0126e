import { hubLinks } from '../../core/feed/link-header.ts'
import type { Announced, DownloadRequest } from '../../flow/ports.ts'
import type { Headers } from './exchange.ts'

/** What a feed's answer says of its hub before its first byte. @param url - that answered */
export function announcedOf(headers: Headers, { kind }: DownloadRequest, url: string): Announced {
  const header = [headers['link'] ?? []].flat().join(',')
  return kind === 'feed' && header !== '' ? hubLinks(header, url) : {}
}
