/** Messages as the painters make them, written by hand: invented people, an invented harbour. */

const at = (minutesAgo: number) => `<t:${Math.floor(Date.now() / 1_000) - minutesAgo * 60}:R>`
const press = (label: string, id: string, more: object = {}) => ({ type: 2, style: 2, label, custom_id: id, ...more })
const read = { type: 2, style: 5, label: 'Read', url: 'https://harbourpost.example/a' }
export const PICTURE = 'https://harbourpost.example/a.svg'

export const embedCard = (marker: string, headline = 'Council keeps the winter ferry') => ({
  content: `Harbour: ${headline} (Harbour Post)`,
  embeds: [
    {
      color: 0x3b82f6,
      author: { name: '⚓ Harbour · Harbour Post' },
      title: headline,
      url: 'https://harbourpost.example/a',
      description: [
        `-# ${at(5)}`,
        'The council voted on Thursday to keep the old ferry sailing through the winter.',
        '',
        '> “It is not for the shipping line to decide.”',
        '> -# **Mira Holt** · council leader',
        '',
        '-# Also in **Quay Radio** · matched *ferry*',
      ].join('\n'),
      thumbnail: { url: PICTURE },
      fields: [{ name: 'Vote', value: '7 to 2', inline: true }],
      footer: { text: 'Harbour Post' },
    },
  ],
  components: [
    {
      type: 1,
      components: [
        read,
        press('6 quotes', `v1:echo:again:${marker}`, { emoji: { name: '💬' } }),
        press('Off', 'v1:echo:off', { disabled: true }),
      ],
    },
  ],
  allowed_mentions: { parse: [] },
})

export const richCard = (marker: string) => ({
  flags: 32_768,
  components: [
    {
      type: 17,
      accent_color: 0xf5c211,
      components: [
        {
          type: 9,
          components: [
            {
              type: 10,
              content: `⛴️ **Ferries** · The Tidewater · ${at(15)}\n### [Pilots will not sail](https://tidewater.example/b)`,
            },
          ],
          accessory: { type: 11, media: { url: 'https://tidewater.example/missing.png' }, description: 'A pilot boat' },
        },
        { type: 14, divider: true, spacing: 1 },
        { type: 10, content: '- `one`\n- **two**\n-# see <#100000000000000011> or </echo:5>' },
        {
          type: 1,
          components: [
            {
              type: 3,
              custom_id: `v1:echo:again:select-${marker}`,
              placeholder: 'Open a story',
              options: [
                { label: 'First story', value: 'first', description: 'Quay Radio' },
                { label: 'Second story', value: 'second' },
              ],
            },
          ],
        },
        { type: 1, components: [press('Ask', 'v1:echo:ask'), press('Nothing', `v1:echo:nothing:${marker}`)] },
      ],
    },
  ],
  allowed_mentions: { parse: [] },
})

export const hostileCard = {
  content: '<img src=x onerror="document.title=1"> [click](javascript:alert(1)) @everyone',
  embeds: [
    {
      title: '<script>document.title=2</script>',
      description: '<b>not bold</b> **bold** ||<i>hidden</i>||',
      url: 'https://harbourpost.example/"><script>document.title=3</script>',
      image: { url: 'https://harbourpost.example/never.png?"><script>' },
    },
  ],
  allowed_mentions: { parse: [] },
}
