import { expect, it } from 'vitest'
import type { Delivery, MessageId } from '../../../src/core/model.ts'
import type { Claimed, Store } from '../../../src/flow/ports/store.ts'
import type { Held } from './held.ts'
import { bring, cards, commonFeeds, HARBOUR, HOUR, MEADOW, MINUTE, notice, subscription, T0 } from './world.ts'

const LEASE = { lease: 'one', leaseMs: MINUTE }
const OTHER = { lease: 'two', leaseMs: MINUTE }

export function deliveryCases(held: Held): void {
  it('keeps one delivery a name, for ever', async () => {
    const { store } = held
    expect(await store.addDelivery(notice(1), T0)).toBe(true)
    expect(await store.addDelivery(notice(1), T0)).toBe(false)
    await become(store, 'sent')
    expect(await store.addDelivery(notice(1), T0)).toBe(false)
    expect(await store.addDelivery(notice(1, MEADOW), T0)).toBe(true)
    expect(await store.claimDelivery(OTHER, T0)).toMatchObject({ work: { alert: { target: MEADOW } } })
  })

  it('names a delivery by a hash of 24 characters that every store shares', async () => {
    const { store } = held
    await store.addDelivery(notice(1), T0)
    const [row] = await store.deliveries(1)
    expect(row?.delivery).toMatchObject({
      nonce: expect.stringMatching(/^[\w-]{24}$/),
      state: 'queued',
      attempts: 0,
      createdAt: T0,
    })
    expect(row?.title).toBe('Notice 1')
  })

  it('speaks in the order of a lane, one at a time, and in several lanes at once', async () => {
    const { store } = held
    for (const planned of [notice(1), notice(2), notice(3, MEADOW)]) await store.addDelivery(planned, T0)
    const first = await store.claimDelivery(LEASE, T0)
    const second = await store.claimDelivery(OTHER, T0)
    expect([first, second].map((claim) => claim?.work.alert.notice)).toEqual(['Notice 1', 'Notice 3'])
    expect(await store.claimDelivery({ ...LEASE, lease: 'three' }, T0)).toBeUndefined()
    await save(store, first, 'sent')
    expect((await store.claimDelivery(LEASE, T0))?.work.alert.notice).toBe('Notice 2')
  })

  it('waits for the head of a lane, even when the next one is due', async () => {
    const { store } = held
    await store.addDelivery(notice(1, HARBOUR, T0 + HOUR), T0)
    await store.addDelivery(notice(2), T0)
    expect(await store.claimDelivery(LEASE, T0)).toBeUndefined()
    expect((await store.claimDelivery(LEASE, T0 + HOUR))?.work.alert.notice).toBe('Notice 1')
  })

  it.each(['dead', 'held', 'deleted'] as const)('goes on past what is %s', async (state) => {
    const { store } = held
    await store.addDelivery(notice(1), T0)
    await store.addDelivery(notice(2), T0)
    await become(store, state)
    expect((await store.claimDelivery(LEASE, T0))?.work.alert.notice).toBe('Notice 2')
  })

  it('does not go past what is unsure before that is settled', async () => {
    const { store } = held
    await store.addDelivery(notice(1), T0)
    await store.addDelivery(notice(2), T0)
    await become(store, 'unsure')
    expect(await store.claimDelivery(LEASE, T0 + 4_999)).toBeUndefined()
    expect((await store.claimDelivery(LEASE, T0 + 5_000))?.work).toMatchObject({
      state: 'unsure',
      alert: { notice: 'Notice 1' },
    })
  })

  it('lets lanes take turns', async () => {
    const { store } = held
    for (let n = 1; n <= 3; n++) await store.addDelivery(notice(n), T0)
    await store.addDelivery(notice(9, MEADOW, T0 + 5), T0)
    const order: (string | undefined)[] = []
    for (let at = T0 + 10; at < T0 + 14; at++) {
      const claim = await store.claimDelivery(LEASE, at)
      order.push(claim?.work.alert.notice)
      await save(store, claim, 'sent')
    }
    expect(order).toEqual(['Notice 1', 'Notice 9', 'Notice 2', 'Notice 3'])
  })

  it('hands over as unsure what was being sent when its lease lapsed', async () => {
    const { store } = held
    await store.addDelivery(notice(1), T0)
    const claim = await store.claimDelivery(LEASE, T0)
    expect(await save(store, claim, 'sending')).toBe('saved')
    expect(await store.claimDelivery(OTHER, T0 + MINUTE - 1)).toBeUndefined()
    const later = await store.claimDelivery(OTHER, T0 + MINUTE)
    expect(later?.work).toMatchObject({ state: 'unsure', checkAt: T0 + MINUTE, begun: { payload: 'frozen' } })
    expect(await save(store, claim, 'sent')).toBe('lapsed')
    expect(await save(store, later, 'sent')).toBe('saved')
  })

  it('saves what was sent as long as nobody else took the lane, however late', async () => {
    const { store } = held
    await store.addDelivery(notice(1), T0)
    const claim = await store.claimDelivery(LEASE, T0)
    await save(store, claim, 'sending')
    expect(await save(store, claim, 'sent')).toBe('saved')
    expect(await save(store, claim, 'sent')).toBe('lapsed')
    expect(await store.claimDelivery(OTHER, T0 + HOUR)).toBeUndefined()
  })

  it('edits a card that its story outgrew, and makes one edit of several wishes', async () => {
    const { store } = held
    const storyId = await sentCard(store)
    expect(await store.claimDelivery(LEASE, T0 + HOUR)).toBeUndefined()
    for (const name of ['Ibis', 'Egret'])
      expect(await bring(store, { feed: 'tide', name, joins: storyId }, T0 + HOUR)).toMatchObject({ edits: 1 })
    const edit = await store.claimDelivery(LEASE, T0 + HOUR)
    expect(edit?.work).toMatchObject({
      state: 'sent',
      wantedRevision: 3,
      begun: { shownRevision: 1 },
      message: { messageId: '7' },
    })
    await saveShown(store, edit, { revision: 3, editAt: T0 + HOUR + MINUTE })
    expect(await store.claimDelivery(LEASE, T0 + 2 * HOUR)).toBeUndefined()
  })

  it('edits a message no more often than it was told', async () => {
    const { store } = held
    const storyId = await sentCard(store)
    await bring(store, { feed: 'tide', name: 'Ibis', joins: storyId }, T0)
    await saveShown(store, await store.claimDelivery(LEASE, T0), { revision: 2, editAt: T0 + MINUTE })
    await bring(store, { feed: 'tide', name: 'Egret', joins: storyId }, T0 + 1)
    expect(await store.claimDelivery(LEASE, T0 + MINUTE - 1)).toBeUndefined()
    expect(await store.claimDelivery(LEASE, T0 + MINUTE)).toMatchObject({ work: { state: 'sent', wantedRevision: 3 } })
  })

  it('remembers that a story grew while its card was being sent', async () => {
    const { store } = held
    await commonFeeds(store, 'tide')
    await store.addSubscription(subscription('a'), 10)
    const { storyId } = await bring(store, { feed: 'tide', name: 'Heron', alert: cards(T0) }, T0)
    const claim = await store.claimDelivery(LEASE, T0)
    await save(store, claim, 'sending')
    expect(await bring(store, { feed: 'tide', name: 'Ibis', joins: storyId, alert: cards(T0) }, T0)).toMatchObject({
      queued: 0,
      edits: 1,
    })
    await save(store, claim, 'sent')
    expect((await store.claimDelivery(LEASE, T0))?.work).toMatchObject({ state: 'sent', wantedRevision: 2 })
  })

  it('draws a card that still waits from the grown story, without an edit', async () => {
    const { store } = held
    await commonFeeds(store, 'tide')
    await store.addSubscription(subscription('a'), 10)
    const { storyId } = await bring(store, { feed: 'tide', name: 'Heron', alert: cards(T0) }, T0)
    expect(await bring(store, { feed: 'tide', name: 'Ibis', joins: storyId, alert: cards(T0) }, T0)).toMatchObject({
      queued: 0,
      edits: 0,
    })
    expect((await store.claimDelivery(LEASE, T0))?.work).toMatchObject({ state: 'queued', wantedRevision: 2 })
  })

  it.each(['dead', 'held'] as const)(
    'remembers that a story grew while its card was %s: it may be tried again',
    async (state) => {
      const { store } = held
      await commonFeeds(store, 'tide')
      await store.addSubscription(subscription('a'), 10)
      const { storyId } = await bring(store, { feed: 'tide', name: 'Heron', alert: cards(T0) }, T0)
      await become(store, state)
      await bring(store, { feed: 'tide', name: 'Ibis', joins: storyId, alert: cards(T0) }, T0)
      const [row] = await store.deliveries(1)
      if (row) await store.retryDelivery(row.delivery.id, T0 + 1)
      expect((await store.claimDelivery(LEASE, T0 + 1))?.work).toMatchObject({
        state: 'unsure',
        wantedRevision: 2,
        begun: { shownRevision: 1 },
      })
    },
  )

  it('says what is new before it edits what is old', async () => {
    const { store } = held
    const storyId = await sentCard(store)
    await bring(store, { feed: 'tide', name: 'Ibis', joins: storyId }, T0)
    await store.addDelivery(notice(1, HARBOUR, T0 + 1), T0)
    expect((await store.claimDelivery(LEASE, T0 + 2))?.work.alert.notice).toBe('Notice 1')
  })

  it('puts a dead or held one back into its queue, with what was frozen, to be read back first', async () => {
    const { store } = held
    await store.addDelivery(notice(1), T0)
    await become(store, 'dead')
    const [row] = await store.deliveries(1)
    if (!row) throw new Error('nothing there')
    expect(await store.retryDelivery('unknown' as never, T0 + 1)).toBe(false)
    expect(await store.retryDelivery(row.delivery.id, T0 + 1)).toBe(true)
    expect(await store.retryDelivery(row.delivery.id, T0 + 1)).toBe(false)
    expect((await store.claimDelivery(LEASE, T0 + 1))?.work).toMatchObject({
      state: 'unsure',
      attempts: 0,
      begun: { payload: 'frozen' },
    })
  })

  it('releases all that is held in a channel, in its order', async () => {
    const { store } = held
    for (const planned of [notice(1), notice(2), notice(3, MEADOW)]) await store.addDelivery(planned, T0)
    for (let n = 0; n < 3; n++) await become(store, 'held')
    expect(await store.heldTargets()).toEqual([HARBOUR, MEADOW])
    expect(await store.releaseChannel(HARBOUR.channelId, T0 + 1)).toBe(2)
    expect(await store.heldTargets()).toEqual([MEADOW])
    expect(await store.releaseChannel(HARBOUR.channelId, T0 + 1)).toBe(0)
    expect((await store.claimDelivery(LEASE, T0 + 1))?.work.alert.notice).toBe('Notice 1')
    expect(await store.claimDelivery(OTHER, T0 + 1)).toBeUndefined()
  })
}

/** A card of one article, sent to the harbour. */
async function sentCard(store: Store) {
  await commonFeeds(store, 'tide')
  await store.addSubscription(subscription('a'), 10)
  const { storyId } = await bring(store, { feed: 'tide', name: 'Heron', alert: cards(T0) }, T0)
  await become(store, 'sent')
  return storyId
}

/** The next due one is claimed and saved in this state. */
async function become(store: Store, state: Saved): Promise<void> {
  await save(store, await store.claimDelivery(LEASE, T0), state)
}

type Saved = 'sending' | 'sent' | 'unsure' | 'held' | 'dead' | 'deleted'

type Claim = Claimed<Delivery> | undefined

/** Everything but `sending` gives the lane back. */
async function save(store: Store, claim: Claim, state: Saved) {
  if (!claim) throw new Error('nothing claimed')
  const { id, alert, createdAt, attempts, nonce, wantedRevision } = claim.work
  const begun = { payload: 'frozen', firstAt: T0, lastAt: T0, shownRevision: wantedRevision }
  const common = { id, alert, createdAt, attempts: attempts + 1, nonce, wantedRevision, begun }
  const message = { channelId: HARBOUR.channelId, messageId: '7' as MessageId }
  const states: Record<Saved, Delivery> = {
    sending: { ...common, state: 'sending', leaseUntil: claim.until },
    sent: { ...common, state: 'sent', sentAt: T0, message, editAt: T0, editAttempts: 0 },
    unsure: { ...common, state: 'unsure', checkAt: T0 + 5_000 },
    held: { ...common, state: 'held', reason: 'no right to write', heldAt: T0 },
    dead: { ...common, state: 'dead', reason: 'refused', diedAt: T0 },
    deleted: { ...common, state: 'deleted', deletedAt: T0 },
  }
  return store.saveDelivery(claim, states[state], state !== 'sending')
}

async function saveShown(
  store: Store,
  claim: Claim,
  { revision, editAt }: Readonly<{ revision: number; editAt: number }>,
) {
  if (claim?.work.state !== 'sent') throw new Error('no edit claimed')
  const begun = { ...claim.work.begun, shownRevision: revision }
  return store.saveDelivery(claim, { ...claim.work, begun, editAt }, true)
}
